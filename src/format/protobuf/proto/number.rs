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

/// A double as C's `%.15g` writes it, or `%.17g` where that isn't the same number.
pub(super) fn double(v: f64) -> String {
    special(v).unwrap_or_else(|| {
        let short = general(v, 15);
        if short.parse() == Ok(v) { short } else { general(v, 17) }
    })
}

/// A float as C's `%.6g` writes it, or `%.9g` where that isn't the same number.
pub(super) fn float(v: f32) -> String {
    special(v.into()).unwrap_or_else(|| {
        let short = general(v.into(), 6);
        if short.parse() == Ok(v) { short } else { general(v.into(), 9) }
    })
}

fn special(v: f64) -> Option<String> {
    match v {
        _ if v.is_nan() => Some("nan".into()),
        _ if v.is_infinite() => Some(if v > 0.0 { "inf" } else { "-inf" }.into()),
        _ => None,
    }
}

/// C's `%g` with so many significant digits.
fn general(v: f64, digits: usize) -> String {
    let scientific = format!("{:.*e}", digits - 1, v);
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if exponent < -4 || exponent >= digits as i32 {
        let sign = if exponent < 0 { '-' } else { '+' };
        return format!("{}e{sign}{:02}", trim(mantissa), exponent.abs());
    }
    trim(&format!("{:.*}", (digits as i32 - 1 - exponent).max(0) as usize, v)).to_owned()
}

/// Without zeros at the end of a fraction.
fn trim(text: &str) -> &str {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text }
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
        assert_eq!(float(0.1), "0.1");
        assert_eq!(float(16777216.0), "16777216");
        assert_eq!(float(f32::NEG_INFINITY), "-inf");
        assert_eq!(escape_bytes(b"a\0\xff\n\"'\\"), "a\\000\\377\\n\\\"\\'\\\\");
    }
}
