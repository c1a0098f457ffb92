//! Members that a writer puts in one order: their names are compared where they are expected, and read only elsewhere.

use super::Scan;

/// Bytes that are compared, by words.
const BYTES: usize = 8 * WORDS;
const WORDS: usize = 3;

/// A member that is known.
pub(crate) struct Expected<T> {
    name: &'static str,
    /// The caller's value for it.
    member: T,
    /// Its name as texts have it, with quotes and colon, and 0 behind them.
    words: [u64; WORDS],
    /// The bits of these.
    mask: [u64; WORDS],
}

impl<T: Copy> Expected<T> {
    /// A member of a name of at most 21 characters, all of which stand for themselves in JSON.
    pub(crate) const fn new(name: &'static str, member: T) -> Self {
        let (mut words, mut mask) = ([0; WORDS], [0; WORDS]);
        let mut at = 0;
        while at < name.len() + 3 {
            let byte = match at.checked_sub(1) {
                Some(i) if i < name.len() => name.as_bytes()[i],
                Some(i) if i > name.len() => b':',
                _ => b'"',
            };
            words[at / 8] |= (byte as u64) << (at % 8 * 8);
            mask[at / 8] |= 0xff << (at % 8 * 8);
            at += 1;
        }
        Expected { name, member, words, mask }
    }

    /// Whether a text begins with the name.
    #[inline(always)]
    fn begins(&self, text: &[u8; BYTES]) -> bool {
        let [a, b, c] = std::array::from_fn(|i| {
            let word = text[8 * i..].first_chunk().map_or(0, |word| u64::from_le_bytes(*word));
            word & self.mask[i] ^ self.words[i]
        });
        a | b | c == 0
    }
}

impl Scan<'_> {
    /// Calls `each` with what each member of an object is known as, before the value, which it passes over.
    #[inline(always)]
    pub(crate) fn expected<T: Copy>(
        &mut self,
        expected: &[Expected<T>],
        mut each: impl FnMut(Option<T>, &mut Self) -> Option<()>,
    ) -> Option<()> {
        let mut next = expected;
        self.parts(b'{', b'}', |scan| {
            let known = match next.split_first() {
                Some((first, rest)) if scan.pass_name_of(first) => {
                    next = rest;
                    Some(first.member)
                }
                _ => {
                    let name = scan.name()?;
                    let place = expected.iter().position(|known| known.name == name);
                    next = place.and_then(|place| expected.get(place + 1..)).unwrap_or(next);
                    place.map(|place| expected[place].member)
                }
            };
            each(known, scan)
        })
    }

    #[inline(always)]
    fn pass_name_of<T: Copy>(&mut self, expected: &Expected<T>) -> bool {
        let begins = self.rest().first_chunk().is_some_and(|text| expected.begins(text));
        self.advance(if begins { expected.name.len() + 3 } else { 0 });
        begins
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [Expected<char>; 4] = [
        Expected::new("a", 'a'),
        Expected::new("abcdefghijklmnopqrstu", 'u'),
        Expected::new("", ' '),
        Expected::new("abcde", 'e'),
    ];

    fn members(text: &str) -> Option<String> {
        let mut found = String::new();
        let mut scan = Scan::new(text);
        scan.expected(&NAMES, |known, scan| {
            found.push(known.unwrap_or('?'));
            scan.value().map(drop)
        })?;
        scan.peek().is_none().then_some(found)
    }

    #[test]
    fn in_any_order_and_form() {
        let long = "abcdefghijklmnopqrstu";
        let is = |text: &str, found: &str| assert_eq!(members(text).as_deref(), Some(found), "{text}");
        is(&format!(r#"{{"a":1,"{long}":2,"":3,"abcde":4}}"#), "au e");
        is(&format!(r#"{{"abcde":4,"":3,"{long}":2,"a":1}}"#), "e ua");
        is(&format!(r#"{{ "a" : 1,"{long}":2 ,"abcde" :4, "":[3],"a":1}}"#), "aue a");
        is(&format!(r#"{{"a":1,"a":2,"ab":3,"{long}v":4,"\u0061bcde":5,"abcdf":6}}"#), "aa??e?");
        is("{}", "");
        is(r#"{"a":{"a":"}"}}"#, "a");
        for text in ["", "{", r#"{"a""#, r#"{"a":"#, r#"{"a":}"#, r#"{"a";1}"#, r#"{"a":1,}"#, r#"{"a":1"#] {
            assert_eq!(members(text), None, "{text}");
        }
    }
}
