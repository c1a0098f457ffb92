//! `Timestamp` and `Duration` as ProtoJSON writes them.

use crate::digits::number;
use crate::format::temporal;
use std::fmt::Write;

const DAY: i64 = 86_400;
/// 0001-01-01T00:00:00Z.
const FIRST_SECOND: i64 = -62_135_596_800;
/// 9999-12-31T23:59:59Z.
const LAST_SECOND: i64 = 253_402_300_799;
/// About 10,000 years.
const LONGEST: i64 = 315_576_000_000;

/// A fraction of a second and its digits: none, 3, 6 or 9.
fn fraction(nanos: i32) -> (u64, u32) {
    let nanos = u64::from(nanos.unsigned_abs());
    match nanos {
        0 => (0, 0),
        n if n % 1_000_000 == 0 => (n / 1_000_000, 3),
        n if n % 1_000 == 0 => (n / 1_000, 6),
        n => (n, 9),
    }
}

/// A point in time, or nothing where it is out of range.
pub(super) fn timestamp(seconds: i64, nanos: i32, out: &mut String) -> Option<()> {
    if !(FIRST_SECOND..=LAST_SECOND).contains(&seconds) || !(0..1_000_000_000).contains(&nanos) {
        return None;
    }
    let (fraction, digits) = fraction(nanos);
    out.push_str(temporal::instant(seconds, fraction, digits, true)?.as_str());
    Some(())
}

/// A length of time, or nothing where it is out of range or its parts differ in sign.
pub(super) fn duration(seconds: i64, nanos: i32, out: &mut String) -> Option<()> {
    let range = (-LONGEST..=LONGEST).contains(&seconds) && (-999_999_999..=999_999_999).contains(&nanos);
    if !range || (seconds < 0 && nanos > 0) || (seconds > 0 && nanos < 0) {
        return None;
    }
    let sign = if seconds < 0 || nanos < 0 { "-" } else { "" };
    write!(out, "{sign}{}", seconds.unsigned_abs()).ok()?;
    let (fraction, digits) = fraction(nanos);
    if digits > 0 {
        write!(out, ".{fraction:0width$}", width = digits as usize).ok()?;
    }
    out.push('s');
    Some(())
}

/// A number of at most eighteen digits.
fn digits(text: &str) -> Option<i64> {
    number(text).filter(|_| text.len() <= 18)
}

/// At most nine digits of a fraction, as nanoseconds.
fn nanos(text: &str) -> Option<i32> {
    let scale = 9u32.checked_sub(u32::try_from(text.len()).ok()?)?;
    Some((digits(text)? * 10i64.pow(scale)) as i32)
}

/// Seconds and nanoseconds of a duration's text.
pub(in super::super) fn parse_duration(text: &str) -> Option<(i64, i32)> {
    let text = text.strip_suffix('s')?;
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |t| (-1, t));
    let (seconds, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let (seconds, fraction) = (digits(seconds)?, nanos(fraction)?);
    (seconds <= LONGEST).then_some((sign * seconds, sign as i32 * fraction))
}

/// Seconds and nanoseconds of a point in time's text (RFC 3339, with an offset or `Z`).
pub(in super::super) fn parse_timestamp(text: &str) -> Option<(i64, i32)> {
    let (date, clock) = text.split_once('T')?;
    let mut date = date.split('-');
    let mut part = |length: usize| digits(date.next().filter(|p| p.len() == length)?);
    let (year, month, day) = (part(4)?, part(2)?, part(2)?);
    let split = clock.find(['Z', '+', '-'])?;
    let (clock, zone) = clock.split_at(split);
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let mut clock = clock.split(':');
    let mut part = || digits(clock.next().filter(|p| p.len() == 2)?);
    let (hour, minute, second) = (part()?, part()?, part()?);
    let days = temporal::days(year, month, day)?;
    if hour > 23 || minute > 59 || second > 59 || clock.next().is_some() || date.next().is_some() {
        return None;
    }
    let seconds = days * DAY + hour * 3600 + minute * 60 + second - offset(zone)?;
    let range = (FIRST_SECOND..=LAST_SECOND).contains(&seconds);
    Some((seconds, nanos(fraction)?)).filter(|_| range)
}

/// Seconds east of UTC.
fn offset(zone: &str) -> Option<i64> {
    if zone == "Z" {
        return Some(0);
    }
    let (hours, minutes) = zone.get(1..)?.split_once(':')?;
    let both = (hours.len(), minutes.len()) == (2, 2);
    let seconds = digits(hours)? * 3600 + digits(minutes)? * 60;
    both.then_some(if zone.starts_with('-') { -seconds } else { seconds })
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
