//! `Timestamp` and `Duration` as ProtoJSON writes them.

use std::fmt::Write;

const DAY: i64 = 86_400;
/// 0001-01-01T00:00:00Z.
const FIRST_SECOND: i64 = -62_135_596_800;
/// 9999-12-31T23:59:59Z.
const LAST_SECOND: i64 = 253_402_300_799;
/// About 10,000 years.
const LONGEST: i64 = 315_576_000_000;

/// Nothing, or 3, 6 or 9 digits.
fn fraction(nanos: i32, out: &mut String) -> Option<()> {
    match nanos {
        0 => return Some(()),
        n if n % 1_000_000 == 0 => write!(out, ".{:03}", n / 1_000_000),
        n if n % 1_000 == 0 => write!(out, ".{:06}", n / 1_000),
        n => write!(out, ".{n:09}"),
    }
    .ok()
}

/// A point in time, or nothing where it is out of range.
pub(super) fn timestamp(seconds: i64, nanos: i32, out: &mut String) -> Option<()> {
    if !(FIRST_SECOND..=LAST_SECOND).contains(&seconds) || !(0..1_000_000_000).contains(&nanos) {
        return None;
    }
    let (year, month, day) = civil(seconds.div_euclid(DAY));
    let second = seconds.rem_euclid(DAY);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    write!(out, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}").ok()?;
    fraction(nanos, out)?;
    out.push('Z');
    Some(())
}

/// Year, month and day of a day counted from 1970-01-01, in the proleptic Gregorian calendar.
fn civil(days: i64) -> (i64, i64, i64) {
    // Years are counted from March, so that a leap day is a year's last.
    let days = days + 719_468;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day_of_year - (153 * shifted + 2) / 5 + 1)
}

/// A length of time, or nothing where it is out of range or its parts differ in sign.
pub(super) fn duration(seconds: i64, nanos: i32, out: &mut String) -> Option<()> {
    let range = (-LONGEST..=LONGEST).contains(&seconds) && (-999_999_999..=999_999_999).contains(&nanos);
    if !range || (seconds < 0 && nanos > 0) || (seconds > 0 && nanos < 0) {
        return None;
    }
    let sign = if seconds < 0 || nanos < 0 { "-" } else { "" };
    write!(out, "{sign}{}", seconds.unsigned_abs()).ok()?;
    fraction(nanos.abs(), out)?;
    out.push('s');
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64, nanos: i32) -> Option<String> {
        let mut out = String::new();
        timestamp(seconds, nanos, &mut out).map(|()| out)
    }

    fn long(seconds: i64, nanos: i32) -> Option<String> {
        let mut out = String::new();
        duration(seconds, nanos, &mut out).map(|()| out)
    }

    #[test]
    fn timestamps() {
        assert_eq!(at(0, 0).as_deref(), Some("1970-01-01T00:00:00Z"));
        assert_eq!(at(1_680_631_941, 751_000_000).as_deref(), Some("2023-04-04T18:12:21.751Z"));
        assert_eq!(at(951_782_400, 1_000).as_deref(), Some("2000-02-29T00:00:00.000001Z"));
        assert_eq!(at(-1, 1).as_deref(), Some("1969-12-31T23:59:59.000000001Z"));
        assert_eq!(at(FIRST_SECOND, 0).as_deref(), Some("0001-01-01T00:00:00Z"));
        assert_eq!(at(LAST_SECOND, 999_999_999).as_deref(), Some("9999-12-31T23:59:59.999999999Z"));
        assert_eq!(at(FIRST_SECOND - 1, 0), None);
        assert_eq!(at(LAST_SECOND + 1, 0), None);
        assert_eq!(at(0, -1), None);
        assert_eq!(at(0, 1_000_000_000), None);
    }

    #[test]
    fn durations() {
        assert_eq!(long(1, 0).as_deref(), Some("1s"));
        assert_eq!(long(-1, -500_000_000).as_deref(), Some("-1.500s"));
        assert_eq!(long(0, -1).as_deref(), Some("-0.000000001s"));
        assert_eq!(long(0, 1_000).as_deref(), Some("0.000001s"));
        assert_eq!(long(LONGEST, 999_999_999).as_deref(), Some("315576000000.999999999s"));
        assert_eq!(long(LONGEST + 1, 0), None);
        assert_eq!(long(1, -1), None);
        assert_eq!(long(-1, 1), None);
        assert_eq!(long(i64::MIN, i32::MIN), None);
    }
}
