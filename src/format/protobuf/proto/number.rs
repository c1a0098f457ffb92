//! Numbers and bytes as descriptors write defaults.

/// The range of an integer type of `FieldDescriptorProto.Type`.
pub(super) fn range(kind: u8) -> (i128, i128) {
    match kind {
        5 | 15 | 17 | 14 => (i32::MIN.into(), i32::MAX.into()),
        3 | 16 | 18 => (i64::MIN.into(), i64::MAX.into()),
        7 | 13 => (0, u32::MAX.into()),
        _ => (0, u64::MAX.into()),
    }
}

/// A double as C's `%.15g` writes it where that is the same number, else with as many digits as it takes.
pub(super) fn double(v: f64) -> String {
    special(v).unwrap_or_else(|| general(zmij::Buffer::new().format_finite(v), 15, 17))
}

/// A float as C's `%.6g` writes it where that is the same number, else with as many digits as it takes.
pub(super) fn float(v: f32) -> String {
    special(v.into()).unwrap_or_else(|| general(zmij::Buffer::new().format_finite(v), 6, 9))
}

fn special(v: f64) -> Option<String> {
    match v {
        _ if v.is_nan() => Some("nan".into()),
        _ if v.is_infinite() => Some(if v > 0.0 { "inf" } else { "-inf" }.into()),
        _ => None,
    }
}

/// The shortest text of a number laid out as C's `%g` does for so many digits, or for `most` where it has more.
fn general(shortest: &str, digits: usize, most: usize) -> String {
    let (mantissa, exponent) = shortest.split_once('e').unwrap_or((shortest, "0"));
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |mantissa| ("-", mantissa));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = whole.to_owned() + fraction;
    let from_first = all.trim_start_matches('0');
    let text = from_first.trim_end_matches('0');
    let Some(first) = text.get(..1) else { return format!("{sign}0") };
    let behind_first = |text: &str| if text.is_empty() { String::new() } else { format!(".{text}") };
    // Of the first digit.
    let exponent =
        exponent.parse().unwrap_or(0) + whole.len() as i32 - 1 - (all.len() - from_first.len()) as i32;
    let digits = if text.len() > digits { most } else { digits };
    if exponent < -4 || exponent >= digits as i32 {
        let rest = behind_first(text.get(1..).unwrap_or_default());
        let minus = if exponent < 0 { '-' } else { '+' };
        return format!("{sign}{first}{rest}e{minus}{:02}", exponent.abs());
    }
    if exponent < 0 {
        return format!("{sign}0.{}{text}", "0".repeat((-1 - exponent) as usize));
    }
    let whole = exponent as usize + 1;
    match text.get(whole..) {
        Some(rest) => format!("{sign}{}{}", text.get(..whole).unwrap_or_default(), behind_first(rest)),
        None => format!("{sign}{text}{}", "0".repeat(whole - text.len())),
    }
}

/// Bytes as C escapes, in octal where they aren't ASCII to be seen.
pub(super) fn escape_bytes(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for &b in bytes {
        match b {
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            b'"' | b'\'' | b'\\' => out.extend(['\\', char::from(b)]),
            b' '..=b'~' => out.push(char::from(b)),
            _ => out.push_str(&format!("\\{b:03o}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_c_writes_them() {
        assert_eq!(double(1.5), "1.5");
        assert_eq!(double(1e30), "1e+30");
        assert_eq!(double(0.1), "0.1");
        assert_eq!(double(-0.0), "-0");
        assert_eq!(double(1e-7), "1e-07");
        assert_eq!(double(0.1 + 0.2), "0.30000000000000004");
        assert_eq!(double(1e15), "1e+15");
        assert_eq!(double(123456.0), "123456");
        assert_eq!(double(120000.0), "120000");
        assert_eq!(double(-0.000125), "-0.000125");
        assert_eq!(double(-12.5e20), "-1.25e+21");
        assert_eq!(double(12345678901234568.0), "12345678901234568");
        assert_eq!(double(0.0), "0");
        assert_eq!(float(0.1), "0.1");
        assert_eq!(float(16777216.0), "16777216");
        assert_eq!(float(f32::NEG_INFINITY), "-inf");
        assert_eq!(escape_bytes(b"a\0\xff\n\"'\\"), "a\\000\\377\\n\\\"\\'\\\\");
    }
}
