//! .proto text → tokens. What stands between them (spaces, comments) is passed over.

use super::source::Text;
use crate::error::Error;

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    Ident(String),
    Int(u64),
    /// A number with a point or an exponent, or an integer beyond 64 bits.
    Float(f64),
    Str(Vec<u8>),
    Symbol(char),
    End,
}

/// A token and the byte where it begins.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub at: usize,
    pub kind: Kind,
}

struct Lexer<'a> {
    text: &'a Text<'a>,
    bytes: &'a [u8],
    at: usize,
}

/// The tokens of a file; the last one is [`Kind::End`].
pub(super) fn tokens(text: &Text<'_>) -> Result<Vec<Token>, Error> {
    let bytes = text.text.as_bytes();
    let mut lexer = Lexer { text, bytes, at: if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 } };
    let mut out = Vec::new();
    loop {
        lexer.blank()?;
        let at = lexer.at;
        let kind = lexer.token()?;
        let end = kind == Kind::End;
        out.push(Token { at, kind });
        if end {
            return Ok(out);
        }
    }
}

fn is_word(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'_'
}

impl Lexer<'_> {
    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn error<T>(&self, at: usize, expected: &str, found: &str) -> Result<T, Error> {
        Err(self.text.error(at, expected, found))
    }

    fn blank(&mut self) -> Result<(), Error> {
        loop {
            match (self.peek(0), self.peek(1)) {
                (b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c, _) => self.at += 1,
                (b'/', b'/') => self.at += self.bytes[self.at..].iter().take_while(|b| **b != b'\n').count(),
                (b'/', b'*') => self.block()?,
                _ => return Ok(()),
            }
        }
    }

    fn block(&mut self) -> Result<(), Error> {
        let start = self.at;
        self.at += 2;
        while self.at < self.bytes.len() {
            match (self.peek(0), self.peek(1)) {
                (b'*', b'/') => {
                    self.at += 2;
                    return Ok(());
                }
                // Comments don't nest; protoc refuses what looks as if they did.
                (b'/', b'*') => {
                    return self.error(self.at, "the end of the comment", "the beginning of another");
                }
                _ => self.at += 1,
            }
        }
        self.error(start, "the end of the comment that begins here", "the end of the file")
    }

    fn token(&mut self) -> Result<Kind, Error> {
        let b = self.peek(0);
        if self.at >= self.bytes.len() {
            return Ok(Kind::End);
        }
        if b.is_ascii_digit() || b == b'.' && self.peek(1).is_ascii_digit() {
            return self.number();
        }
        if is_word(b) {
            let start = self.at;
            while is_word(self.peek(0)) {
                self.at += 1;
            }
            return Ok(Kind::Ident(self.text.text[start..self.at].to_owned()));
        }
        if b == b'"' || b == b'\'' {
            return self.string(b);
        }
        if !(b' '..0x7f).contains(&b) {
            return self.error(self.at, "a token", "a control character or one outside ASCII");
        }
        self.at += 1;
        Ok(Kind::Symbol(char::from(b)))
    }

    fn digits(&mut self, is: fn(&u8) -> bool) -> &str {
        let start = self.at;
        self.at += self.bytes[start..].iter().take_while(|b| is(b)).count();
        &self.text.text[start..self.at]
    }

    fn number(&mut self) -> Result<Kind, Error> {
        let start = self.at;
        let kind = match (self.peek(0), self.peek(1) | 0x20) {
            (b'0', b'x') => {
                self.at += 2;
                match u64::from_str_radix(self.digits(u8::is_ascii_hexdigit), 16) {
                    Ok(v) => Kind::Int(v),
                    Err(_) => return self.error(start, "a hexadecimal integer of 64 bits", "another"),
                }
            }
            (b'0', b'0'..=b'9') => match u64::from_str_radix(self.digits(u8::is_ascii_digit), 8) {
                Ok(v) => Kind::Int(v),
                Err(_) => return self.error(start, "an octal integer of 64 bits", "another"),
            },
            _ => self.decimal(start)?,
        };
        if is_word(self.peek(0)) {
            return self.error(self.at, "a space between number and word", "none");
        }
        if self.peek(0) == b'.' {
            return self.error(
                self.at,
                "one point in a number, and none in an octal or hexadecimal one",
                "more",
            );
        }
        Ok(kind)
    }

    fn decimal(&mut self, start: usize) -> Result<Kind, Error> {
        let mut float = false;
        self.digits(u8::is_ascii_digit);
        if self.peek(0) == b'.' {
            float = true;
            self.at += 1;
            self.digits(u8::is_ascii_digit);
        }
        if self.peek(0) | 0x20 == b'e' {
            float = true;
            self.at += 1;
            if matches!(self.peek(0), b'+' | b'-') {
                self.at += 1;
            }
            if self.digits(u8::is_ascii_digit).is_empty() {
                return self.error(start, "digits after the exponent's e", "none");
            }
        }
        let text = &self.text.text[start..self.at];
        match text.parse() {
            Ok(v) if !float => Ok(Kind::Int(v)),
            _ => Ok(Kind::Float(crate::json::float::double(text).unwrap_or(f64::INFINITY))),
        }
    }

    fn string(&mut self, quote: u8) -> Result<Kind, Error> {
        let start = self.at;
        self.at += 1;
        let mut out = Vec::new();
        loop {
            let b = self.peek(0);
            if self.at >= self.bytes.len() || b == b'\n' {
                return self.error(start, "the end of the string that begins here", "the end of the line");
            }
            self.at += 1;
            match b {
                0 => return self.error(self.at - 1, "a character of a string", "a control character"),
                b'\\' => self.escape(&mut out)?,
                _ if b == quote => return Ok(Kind::Str(out)),
                _ => out.push(b),
            }
        }
    }

    fn escape(&mut self, out: &mut Vec<u8>) -> Result<(), Error> {
        let start = self.at - 1;
        let kind = self.peek(0);
        self.at += 1;
        let mut digits = |most: usize, radix: u32| {
            let text = &self.bytes[self.at.min(self.bytes.len())..];
            let digit = |b: &u8| char::from(*b).to_digit(radix);
            let found: Vec<u32> = text.iter().take(most).map_while(digit).collect();
            self.at += found.len();
            (found.len(), found.iter().fold(0u32, |v, d| v.wrapping_mul(radix).wrapping_add(*d)))
        };
        match kind {
            b'a' => out.push(7),
            b'b' => out.push(8),
            b'f' => out.push(12),
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b't' => out.push(b'\t'),
            b'v' => out.push(11),
            b'\\' | b'?' | b'\'' | b'"' => out.push(kind),
            b'0'..=b'7' => {
                let (n, rest) = digits(2, 8);
                out.push((u32::from(kind - b'0') << (3 * n) | rest) as u8);
            }
            b'x' | b'X' => match digits(2, 16) {
                (0, _) => return self.error(start, "hexadecimal digits in the escape", "none"),
                (_, v) => out.push(v as u8),
            },
            b'u' | b'U' => {
                let most = if kind == b'u' { 4 } else { 8 };
                let (n, mut v) = digits(most, 16);
                if n == most && (0xd800..0xdc00).contains(&v) && (self.peek(0), self.peek(1)) == (b'\\', b'u')
                {
                    let low = self.text.text.get(self.at + 2..self.at + 6);
                    if let Some(low) = low.and_then(|l| u32::from_str_radix(l, 16).ok())
                        && (0xdc00..0xe000).contains(&low)
                    {
                        v = 0x10000 + ((v - 0xd800) << 10) + (low - 0xdc00);
                        self.at += 6;
                    }
                }
                match char::from_u32(v).filter(|_| n == most) {
                    Some(c) => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
                    None => return self.error(start, "the digits of a Unicode character", "others"),
                }
            }
            _ => return self.error(start, "an escape of .proto text", "another"),
        }
        Ok(())
    }
}
