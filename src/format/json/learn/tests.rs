//! Documents read by templates are those that the parser reads: their tape, read by its shape, gives the same text.

use super::super::{Plan, Scratch};
use crate::dialect::{Int64, Options, Style};
use crate::error::Fault;
use crate::format::shape::{Likely, Node, Shape};
use crate::limits::Limits;
use crate::sink::json::Json;
use crate::sink::tape::Tape;
use crate::wire::Cursor;
use proptest::prelude::*;

/// Reads a tape as js/src/materialize does.
struct Reader<'a> {
    tape: &'a Tape,
    shape: &'a Shape,
    at: [usize; 5],
}

impl Reader<'_> {
    fn word(&mut self) -> i32 {
        self.at[0] += 1;
        self.tape.ints()[self.at[0] - 1]
    }

    fn double(&mut self) -> f64 {
        self.at[1] += 1;
        self.tape.floats()[self.at[1] - 1]
    }

    fn text(&mut self, n: i32) -> String {
        if n >= 0 {
            let start = self.at[3];
            self.at[3] += n as usize;
            return self.tape.latin()[start..self.at[3]].iter().map(|b| char::from(*b)).collect();
        }
        let start = self.at[4];
        self.at[4] += (-n - 1) as usize;
        String::from_utf16(&self.tape.wide()[start..self.at[4]]).unwrap()
    }

    fn node(&mut self, index: u32) -> String {
        let shape = self.shape;
        match &shape.nodes[index as usize] {
            Node::Any(_) => self.any(),
            Node::Likely(likely, _) => self.likely(likely),
            other => panic!("{other:?}"),
        }
    }

    fn likely(&mut self, likely: &Likely) -> String {
        match likely {
            Likely::Text => match self.word() {
                i32::MIN => self.any(),
                n => quoted(&self.text(n)),
            },
            Likely::Number => match self.double() {
                v if v.is_nan() => self.any(),
                v => number(v),
            },
            Likely::Boolean => match self.word() {
                2 => self.any(),
                v => (v == 1).to_string(),
            },
            Likely::Array(item) => match self.word() {
                -1 => self.any(),
                n => list((0..n).map(|_| self.node(*item)).collect()),
            },
            Likely::Record(fields) => {
                let first = self.word();
                if first == -1 {
                    return self.any();
                }
                let mut missing = vec![first];
                (30..fields.len()).step_by(30).for_each(|_| missing.push(self.word()));
                let there = |i: &usize| missing[i / 30] & 1 << (i % 30) == 0;
                let there: Vec<_> = (0..fields.len()).filter(there).collect();
                object(
                    there.into_iter().map(|i| (fields[i].name.clone(), self.node(fields[i].node))).collect(),
                )
            }
        }
    }

    /// By [`crate::format::Tag`].
    fn any(&mut self) -> String {
        match self.word() {
            0 => "null".into(),
            1 => (self.word() == 1).to_string(),
            2 => number(self.double()),
            3 => match self.double() {
                v if v.is_nan() => {
                    self.at[2] += 1;
                    self.tape.bigs()[self.at[2] - 1].to_string()
                }
                v => number(v),
            },
            4 => {
                let n = self.word();
                self.text(n)
            }
            5 => {
                let n = self.word();
                quoted(&self.text(n))
            }
            6 => {
                let n = self.word();
                list((0..n).map(|_| self.any()).collect())
            }
            7 => {
                let n = self.word();
                let entry = |reader: &mut Self| {
                    let key = match reader.word() {
                        -1 => {
                            let n = reader.word();
                            reader.text(n)
                        }
                        key => reader.tape.keys()[key as usize].to_string(),
                    };
                    (key, reader.any())
                };
                object((0..n).map(|_| entry(self)).collect())
            }
            tag => panic!("tag {tag}"),
        }
    }
}

fn quoted(text: &str) -> String {
    let mut json = Json::new();
    json.quoted(text);
    json.into_string()
}

fn number(v: f64) -> String {
    use crate::format::Sink;
    let mut json = Json::new();
    json.double(v, (0, 0));
    json.into_string()
}

fn list(items: Vec<String>) -> String {
    format!("[{}]", items.join(","))
}

/// The last value of a name, at the first one's place.
fn object(entries: Vec<(String, String)>) -> String {
    let mut kept: Vec<(String, String)> = Vec::new();
    for (name, value) in entries {
        match kept.iter_mut().find(|(known, _)| *known == name) {
            Some(entry) => entry.1 = value,
            None => kept.push((name, value)),
        }
    }
    let entries: Vec<_> = kept.iter().map(|(name, value)| format!("{}:{value}", quoted(name))).collect();
    format!("{{{}}}", entries.join(","))
}

/// A plan with what it has learned.
struct Pupil {
    plan: Plan,
    scratch: Scratch,
    tape: Tape,
    /// Documents that were read by a template.
    like: usize,
}

impl Pupil {
    fn new(options: &str) -> Pupil {
        let style: Style = Options::from_json(options).unwrap().style();
        let plan = Plan::compile(&style, &Limits::default());
        Pupil { plan, scratch: Scratch::default(), tape: Tape::new(), like: 0 }
    }

    /// The text of a document, by what the tape got of it.
    fn read(&mut self, document: &[u8]) -> Result<String, Fault> {
        let before = self.tape.mark();
        let padded = [document, &[0; 16]].concat();
        let result =
            self.plan.decode(Cursor::new(&padded, 0, document.len()), &mut self.scratch, &mut self.tape);
        if let Err(fault) = result {
            assert_eq!(self.tape.mark(), before, "a failed document leaves nothing");
            return Err(fault);
        }
        let template = self.tape.ints()[before[0] as usize];
        self.like += usize::from(template != 0);
        let untyped = Shape { nodes: vec![Node::Any(Int64::Auto)], root: 0 };
        let shape = self.scratch.template_shape(template as u32).unwrap_or(untyped);
        let [a, b, c, d, e, _] = before.map(|n| n as usize);
        let mut reader = Reader { tape: &self.tape, shape: &shape, at: [a + 1, b, c, d, e] };
        let text = reader.node(shape.root);
        let [a, b, c, d, e, _] = self.tape.mark().map(|n| n as usize);
        assert_eq!(reader.at, [a, b, c, d, e], "all of it was read");
        Ok(text)
    }

    /// The same by the parser alone.
    fn parsed(&self, document: &[u8]) -> Result<String, Fault> {
        let mut json = Json::new();
        self.plan.decode(Cursor::new(document, 0, document.len()), &mut Scratch::default(), &mut json)?;
        Ok(json.into_string())
    }

    fn check(&mut self, document: &[u8]) {
        let text = String::from_utf8_lossy(document).into_owned();
        assert_eq!(self.read(document), self.parsed(document), "{text}");
    }

    /// How many of the documents, given in turns, a template reads.
    fn teach(&mut self, documents: &[&str], turns: usize) -> usize {
        let before = self.like;
        for document in documents.iter().cycle().take(turns) {
            self.check(document.as_bytes());
        }
        self.like - before
    }
}

const ORDER: &str = r#"{"id":"a-1","count":3,"paid":true,"note":null,"total":12.5,"items":[{"sku":"S","qty":1},{"sku":"T","qty":2}],"tags":["x"],"address":{"city":"Köln","zip code":"50667"}}"#;

#[test]
fn a_kind_of_documents_is_learned_from_two() {
    let mut pupil = Pupil::new("{}");
    assert_eq!(pupil.teach(&[ORDER], 10), 8);
    assert_eq!(pupil.scratch.templates(), 1);
}

#[test]
fn what_is_otherwise_in_a_place_costs_nothing_but_a_mark() {
    let mut pupil = Pupil::new("{}");
    pupil.teach(&[ORDER], 4);
    let others = [
        ("\"a-1\"", "null"),
        ("\"a-1\"", "[1,\"x\",{}]"),
        ("\"a-1\"", "\"日本\\u00e9\\ud83d\\ude00\""),
        ("3", "-0"),
        ("3", "9007199254740993"),
        ("3", "123456789012345678901234567890"),
        ("3", "\"three\""),
        ("3", "1e3"),
        ("true", "null"),
        ("true", "0"),
        ("{\"sku\":\"S\",\"qty\":1}", "7"),
        ("[\"x\"]", "{\"x\":1}"),
        ("[\"x\"]", "[]"),
        ("{\"city\":\"Köln\",\"zip code\":\"50667\"}", "null"),
        ("\"count\":3,", ""),
        ("\"id\":\"a-1\",", ""),
        (",\"qty\":2", ""),
        (",", "  ,\n\t"),
        (":", " : "),
    ];
    for (from, to) in others {
        let document = ORDER.replace(from, to);
        assert_ne!(document, ORDER);
        let before = pupil.like;
        pupil.check(document.as_bytes());
        assert_eq!(pupil.like, before + 1, "{document}");
    }
}

#[test]
fn what_does_not_fit_is_parsed() {
    for (from, to) in [
        ("\"id\"", "\"\\u0069d\""),
        ("\"count\":3", "\"id\":3"),
        ("\"count\":3,\"paid\":true", "\"paid\":true,\"count\":3"),
        ("\"qty\":2", "\"more\":2"),
        ("\"total\"", "\"__proto__\""),
    ] {
        let mut pupil = Pupil::new("{}");
        pupil.teach(&[ORDER], 4);
        let before = pupil.like;
        pupil.check(ORDER.replace(from, to).as_bytes());
        assert_eq!(pupil.like, before, "{to}");
    }
}

#[test]
fn several_kinds_may_alternate() {
    let mut pupil = Pupil::new("{}");
    let other = r#"{"type":"B","user":"u","at":5}"#;
    let third = r#"{"type":"C","temperature":1.5,"humidity":2,"place":"x"}"#;
    assert!(pupil.teach(&[ORDER, other, third, "[1,2]", "{}", "17"], 600) > 330, "{}", pupil.like);
}

#[test]
fn names_that_come_and_go_or_are_data() {
    let mut pupil = Pupil::new("{}");
    let shifting: Vec<String> = (0..64u32)
        .map(|bits| {
            let fields = (0..6).filter(|i| bits >> i & 1 == 1).map(|i| format!("\"field{i}\":{bits}"));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
        })
        .collect();
    let shifting: Vec<_> = shifting.iter().map(String::as_str).rev().collect();
    assert!(pupil.teach(&shifting, 640) > 500, "{}", pupil.like);

    let mut pupil = Pupil::new("{}");
    for i in 0..1_000 {
        pupil.check(format!("{{\"id\":{i},\"counts\":{{\"user{i}\":1,\"user{}\":2}}}}", i + 1).as_bytes());
    }
    assert!(pupil.like > 900, "{}", pupil.like);
    assert!(pupil.scratch.templates() < 8);

    let mut pupil = Pupil::new("{}");
    for i in 0..5_000 {
        pupil.check(format!("{{\"user{i}\":1,\"user{}\":2}}", i + 1).as_bytes());
    }
    assert!(pupil.scratch.templates() <= super::TEMPLATES);
    assert!(pupil.scratch.learned.kinds.len() <= super::KINDS);
}

#[test]
fn objects_of_many_names() {
    for n in [29, 30, 31, 61, 256] {
        let fields: Vec<_> = (0..n).map(|i| format!("\"a rather long name {i}\":\"{i}\"")).collect();
        let document = format!("{{{}}}", fields.join(","));
        let mut pupil = Pupil::new("{}");
        assert_eq!(pupil.teach(&[&document], 4), 2);
        for i in 0..n {
            let mut some = fields.clone();
            some.remove(i);
            pupil.check(format!("{{{}}}", some.join(",")).as_bytes());
        }
        assert_eq!(pupil.like, 2 + n);
    }
}

#[test]
fn options_are_those_of_the_parser() {
    for options in [
        r#"{"int64":"number"}"#,
        r#"{"int64":"string"}"#,
        r#"{"lenient":["utf8","trailing_bytes"]}"#,
        r#"{"int64":{"paths":{"$.count":"string"}}}"#,
    ] {
        let Ok(_) = Options::from_json(options) else { continue };
        let mut pupil = Pupil::new(options);
        for i in 0..40 {
            let document = ORDER.replace('3', &(9_007_199_254_740_990u64 + i % 4).to_string());
            let (found, expected) = (pupil.read(document.as_bytes()), pupil.parsed(document.as_bytes()));
            // How the reader shows integers is its own business, here as there.
            assert_eq!(found.is_ok(), expected.is_ok(), "{options}: {document}");
            for odd in [&b"\"\xff\""[..], b"\"\\ud800\"", b"1 2"] {
                let document = [document.replace("null}", "").as_bytes(), odd].concat();
                assert_eq!(pupil.read(&document).is_ok(), pupil.parsed(&document).is_ok());
            }
        }
    }
}

fn value() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        any::<bool>().prop_map(|v| v.to_string()),
        any::<i64>().prop_map(|v| v.to_string()),
        (-1000i32..1000).prop_map(|v| v.to_string()),
        any::<f64>().prop_filter("finite", |v| v.is_finite()).prop_map(|v| v.to_string()),
        "[a-zé日\\PC]{0,20}".prop_map(|text| quoted(&text)),
        Just("\"\\u0041\\n\"".to_owned()),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        let names = prop::sample::select(vec!["a", "b", "c", "__proto__", "ein längerer Name", "1"]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(list),
            prop::collection::vec((names, inner), 0..5).prop_map(|entries| {
                let entries: Vec<_> = entries.iter().map(|(k, v)| format!("{}:{v}", quoted(k))).collect();
                format!("{{{}}}", entries.join(","))
            }),
        ]
    })
}

proptest! {
    #[test]
    fn documents_by_chance(documents in prop::collection::vec(value(), 1..6), damage in any::<u64>()) {
        let mut pupil = Pupil::new("{}");
        let parts: Vec<_> = documents.iter().map(String::as_str).collect();
        for turn in 0..4 {
            let whole = format!("{{\"a\":{},\"b\":{}}}", parts[turn % parts.len()], parts[0]);
            pupil.check(whole.as_bytes());
            pupil.teach(&parts, parts.len());
        }
        for document in &documents {
            let mut bytes = format!("{{\"a\":{document},\"b\":{}}}", parts[0]).into_bytes();
            let at = damage as usize % bytes.len();
            match damage >> 62 {
                0 => bytes.truncate(at),
                1 => bytes[at] = (damage >> 32) as u8,
                _ => drop(bytes.remove(at)),
            }
            pupil.check(&bytes);
        }
    }
}
