//! Dates and times as text, ISO 8601 in ECMAScript's layout.

use crate::digits::number;

/// Days of a year 0 to 1970-01-01, in the proleptic Gregorian calendar whose years begin in March.
const EPOCH_FROM_MARCH_0000: i64 = 719_468;
const DAY_SECONDS: i64 = 86_400;
/// What ECMAScript's expanded years of six digits hold.
const LAST_YEAR: i64 = 999_999;

/// A short text, made in place.
#[derive(Clone, Copy, Debug)]
pub struct Stamp {
    text: [u8; 40],
    len: usize,
}

impl Stamp {
    fn new() -> Self {
        Stamp { text: [0; 40], len: 0 }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        self.text.get(..self.len).and_then(|t| std::str::from_utf8(t).ok()).unwrap_or_default()
    }

    #[inline(always)]
    fn push(&mut self, byte: u8) {
        if let Some(slot) = self.text.get_mut(self.len) {
            *slot = byte;
            self.len += 1;
        }
    }

    /// The last `width` digits of `v`, with leading zeros.
    #[inline(always)]
    fn digits(&mut self, mut v: u64, width: usize) {
        if let Some(slots) = self.text.get_mut(self.len..self.len + width) {
            for slot in slots.iter_mut().rev() {
                *slot = b'0' + (v % 10) as u8;
                v /= 10;
            }
            self.len += width;
        }
    }

    /// `YYYY-MM-DD`, or nothing when no calendar holds it.
    #[inline]
    fn date(&mut self, days: i64) -> Option<()> {
        let (year, month, day) = civil(days)?;
        match year {
            0..=9999 => self.digits(year as u64, 4),
            _ => {
                self.push(if year < 0 { b'-' } else { b'+' });
                self.digits(year.unsigned_abs(), 6);
            }
        }
        self.push(b'-');
        self.digits(month, 2);
        self.push(b'-');
        self.digits(day, 2);
        Some(())
    }

    /// `HH:MM:SS` and so many digits of a second.
    fn clock(&mut self, seconds: i64, fraction: u64, digits: u32) {
        let s = seconds as u64;
        self.digits(s / 3600, 2);
        self.push(b':');
        self.digits(s / 60 % 60, 2);
        self.push(b':');
        self.digits(s % 60, 2);
        if digits > 0 {
            self.push(b'.');
            self.digits(fraction, digits as usize);
        }
    }
}

/// Year, month and day of a number of days since 1970-01-01.
#[inline]
fn civil(days: i64) -> Option<(i64, u64, u64)> {
    let z = days.checked_add(EPOCH_FROM_MARCH_0000)?;
    let era = z.div_euclid(146_097);
    let day_of_era = z.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (-LAST_YEAR..=LAST_YEAR).contains(&year).then_some((year, month as u64, day as u64))
}

/// A date from days since 1970-01-01: `2024-02-29`.
pub fn date(days: i64) -> Option<Stamp> {
    let mut stamp = Stamp::new();
    stamp.date(days)?;
    Some(stamp)
}

/// A time of day from 10^-`digits` seconds since midnight: `13:45:30.123`.
#[inline]
pub fn time(value: i64, digits: u32) -> Option<Stamp> {
    let unit = 10i64.pow(digits);
    let seconds = value.div_euclid(unit);
    if !(0..DAY_SECONDS).contains(&seconds) {
        return None;
    }
    let mut stamp = Stamp::new();
    stamp.clock(seconds, value.rem_euclid(unit) as u64, digits);
    Some(stamp)
}

/// A point in time from 10^-`digits` seconds since 1970-01-01: `2024-02-29T13:45:30.123`, and `Z` where it is UTC.
#[inline]
pub fn timestamp(value: i64, digits: u32, utc: bool) -> Option<Stamp> {
    let unit = 10i64.pow(digits);
    instant(value.div_euclid(unit), value.rem_euclid(unit) as u64, digits, utc)
}

/// The same from whole seconds and the digits of their fraction.
#[inline]
pub fn instant(seconds: i64, fraction: u64, digits: u32, utc: bool) -> Option<Stamp> {
    let mut stamp = Stamp::new();
    stamp.date(seconds.div_euclid(DAY_SECONDS))?;
    stamp.push(b'T');
    stamp.clock(seconds.rem_euclid(DAY_SECONDS), fraction, digits);
    if utc {
        stamp.push(b'Z');
    }
    Some(stamp)
}

/// Days since 1970-01-01 of a date: what [`date`] gives.
pub fn parse_date(text: &str) -> Option<i64> {
    let (sign, text) = match text.as_bytes().first()? {
        b'-' => (-1, &text[1..]),
        b'+' => (1, &text[1..]),
        _ => (0, text),
    };
    let (year, rest) = text.split_at_checked(if sign == 0 { 4 } else { 6 })?;
    let (month, day) = rest.strip_prefix('-')?.split_once('-')?;
    let year = number::<i64>(year)? * if sign == 0 { 1 } else { sign };
    days(year, two_digits(month)?, two_digits(day)?)
}

/// Days since 1970-01-01 of a date; nothing where the calendar has no such date.
pub fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some(())?;
    let from_march = (month + 9) % 12;
    let y = year - i64::from(month <= 2);
    let day_of_year = (153 * from_march + 2) / 5 + day - 1;
    let year_of_era = y.rem_euclid(400);
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    let days = y.div_euclid(400) * 146_097 + day_of_era - EPOCH_FROM_MARCH_0000;
    // The 30th of February is another day.
    (civil(days)? == (year, month as u64, day as u64)).then_some(days)
}

/// A time of day in 10^-`digits` seconds: what [`time`] gives, perhaps with fewer digits.
pub fn parse_time(text: &str, digits: u32) -> Option<i64> {
    let (clock, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut parts = clock.split(':').map(two_digits);
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next()??);
    (parts.next().is_none() && hour < 24 && minute < 60 && second < 60).then_some(())?;
    let missing = (digits as usize).checked_sub(fraction.len())?;
    let fraction = if fraction.is_empty() { 0 } else { number::<i64>(fraction)? * 10i64.pow(missing as u32) };
    Some((hour * 3600 + minute * 60 + second) * 10i64.pow(digits) + fraction)
}

/// A point in time in 10^-`digits` seconds since 1970, without its `Z`.
pub fn parse_timestamp(text: &str, digits: u32) -> Option<i64> {
    let (date, time) = text.split_once('T')?;
    let day = i128::from(parse_date(date)?) * i128::from(DAY_SECONDS) * 10i128.pow(digits);
    i64::try_from(day + i128::from(parse_time(time, digits)?)).ok()
}

fn two_digits(text: &str) -> Option<i64> {
    (text.len() == 2).then(|| number(text))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times() {
        let text = |s: Option<Stamp>| s.map(|s| s.as_str().to_owned());
        let some = |s: &str| Some(s.to_owned());
        assert_eq!(text(date(0)), some("1970-01-01"));
        assert_eq!(text(date(-1)), some("1969-12-31"));
        assert_eq!(text(date(19782)), some("2024-02-29"));
        assert_eq!(text(date(-719_528)), some("0000-01-01"));
        assert_eq!(text(date(-719_529)), some("-000001-12-31"));
        assert_eq!(text(date(2_932_897)), some("+010000-01-01"));
        assert_eq!(text(date(i64::from(i32::MAX))), None);
        assert_eq!(text(timestamp(1_680_631_941_751, 3, true)), some("2023-04-04T18:12:21.751Z"));
        assert_eq!(text(timestamp(-1, 9, false)), some("1969-12-31T23:59:59.999999999"));
        assert_eq!(text(timestamp(i64::MIN, 3, true)), None);
        assert_eq!(text(timestamp(i64::MIN, 9, true)), some("1677-09-21T00:12:43.145224192Z"));
        assert_eq!(text(time(49_530_123, 3)), some("13:45:30.123"));
        assert_eq!(text(time(86_400_000, 3)), None);
        assert_eq!(text(time(-1, 6)), None);
    }
}
