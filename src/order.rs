//! Sorting by numbers, in one instantiation: the library's sort is four kilobytes of wasm for each type that it sorts.

/// Sorts items by two numbers each; equals stay in their order.
pub(crate) fn by_numbers<T>(items: &mut Vec<T>, numbers: impl Fn(&T) -> (i64, i64)) {
    let mut order: Vec<_> = items.iter().map(numbers).zip(0_usize..).collect();
    order.sort_unstable();
    let mut places: Vec<Option<T>> = std::mem::take(items).into_iter().map(Some).collect();
    items.extend(order.into_iter().filter_map(|(_, at)| places.get_mut(at)?.take()));
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
