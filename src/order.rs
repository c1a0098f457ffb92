//! Sorting, in one instantiation: the library's sort is four kilobytes of wasm for each type that it sorts.

use std::cmp::Ordering;

/// Sorts items; equals stay in their order.
pub(crate) fn sort<T>(items: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let order = places(items.len(), &|a, b| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    let mut from: Vec<Option<T>> = std::mem::take(items).into_iter().map(Some).collect();
    items.extend(order.into_iter().filter_map(|at| from.get_mut(at)?.take()));
}

/// So many places in their order.
#[inline(never)]
fn places(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<_> = (0..count).collect();
    order.sort_unstable_by(|&a, &b| compare(a, b).then(a.cmp(&b)));
    order
}

/// Sorts items by two numbers each; equals stay in their order.
pub(crate) fn by_numbers<T>(items: &mut Vec<T>, numbers: impl Fn(&T) -> (i64, i64)) {
    sort(items, |a, b| numbers(a).cmp(&numbers(b)));
}

/// The number of a score that is not negative, for the greatest to come first.
pub(crate) fn falling(score: f64) -> (i64, i64) {
    (-(score.to_bits() as i64), 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equals_stay_in_their_order() {
        let mut items = vec![(2, 'a'), (1, 'b'), (2, 'c'), (1, 'd')];
        by_numbers(&mut items, |item| (item.0, 0));
        assert_eq!(items, [(1, 'b'), (1, 'd'), (2, 'a'), (2, 'c')]);
    }

    #[test]
    fn the_greatest_score_comes_first() {
        let mut scores = vec![0.5, 1.0, 0.0, 0.9];
        by_numbers(&mut scores, |score| falling(*score));
        assert_eq!(scores, [1.0, 0.9, 0.5, 0.0]);
    }
}
