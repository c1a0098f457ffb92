//! Input made to hurt: depth, size, merging, damage. Never a panic; memory and time in proportion.

use super::*;

fn list() -> Arc<Schema> {
    let m = message("L")
        .sub(2, typed("next", 1, OPTIONAL, MESSAGE, "L"))
        .sub(2, typed("g", 2, OPTIONAL, GROUP, "L"))
        .sub(2, typed("any", 3, OPTIONAL, MESSAGE, ".google.protobuf.Any"))
        .sub(2, field("n", 4, REPEATED, BOOL))
        .sub(2, field("s", 5, OPTIONAL, STRING))
        .sub(2, typed("v", 6, OPTIONAL, MESSAGE, ".google.protobuf.Value"))
        .sub(2, typed("map", 7, REPEATED, MESSAGE, ".t.L.MapEntry"))
        .sub(3, entry("MapEntry", STRING, typed("value", 2, OPTIONAL, MESSAGE, ".t.L")));
    schema(proto2().sub(4, m))
}

fn nested(levels: usize, wrap: impl Fn(Msg) -> Msg) -> Msg {
    (0..levels).fold(msg(), |m, _| wrap(m))
}

/// Runs where a wasm instance could: on 256 KiB of stack.
fn on_a_small_stack(f: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(256 << 10).spawn(f).unwrap().join().unwrap();
}

fn any(m: Msg) -> Msg {
    msg().sub(3, msg().str(1, "/t.L").sub(2, m))
}

#[test]
fn depth_has_a_limit_and_needs_little_stack() {
    on_a_small_stack(|| {
        let s = list();
        let p = plan(&s, "t.L", r#"{"defaults":"omit"}"#);
        let list_value = |m: Msg| msg().sub(6, msg().sub(1, m));
        let struct_value = |m: Msg| msg().sub(5, msg().sub(1, msg().str(1, "k").sub(2, m)));
        // Levels of messages, map entries among them, that each turn adds.
        for (step, wrap) in [
            (1, &(|m| msg().sub(1, m)) as &dyn Fn(Msg) -> Msg),
            (1, &|m| msg().group(2, m)),
            (2, &any),
            (2, &|m| msg().sub(7, msg().sub(2, m))),
        ] {
            let fits = nested(100 / step, wrap);
            assert!(decode_with(&p, &fits).is_ok());
            for levels in [100 / step + 1, 5_000] {
                let e = decode_with(&p, &nested(levels, wrap)).unwrap_err();
                assert_eq!(e.code(), Code::ProtobufDepth);
                assert!(e.message().starts_with("expected at most 100 levels (limit `depth`)"), "{e}");
            }
        }
        for (step, wrap) in [(2, &list_value as &dyn Fn(Msg) -> Msg), (3, &struct_value)] {
            let of = |levels| msg().sub(6, nested(levels, wrap));
            assert!(decode_with(&p, &of(99 / step)).is_ok());
            assert_eq!(decode_with(&p, &of(99 / step + 1)).unwrap_err().code(), Code::ProtobufDepth);
        }
        let unknown = nested(100, |m| msg().group(9, m));
        assert!(decode_with(&p, &unknown).is_ok());
        let unknown = msg().raw(&[0x4b; 100_000]);
        assert_eq!(decode_with(&p, &unknown).unwrap_err().code(), Code::ProtobufDepth);
    });
}

#[test]
fn overwritten_members_have_the_same_depth_limit() {
    on_a_small_stack(|| {
        let m = message("O")
            .sub(2, typed("a", 1, OPTIONAL, MESSAGE, "O").int(9, 0))
            .sub(2, field("b", 2, OPTIONAL, INT32).int(9, 0))
            .sub(8, message("o"));
        let s = schema(proto3().sub(4, m));
        let p = plan(&s, "t.O", "{}");
        let lost = |levels| nested(levels, |m| msg().sub(1, m)).int(2, 1);
        assert_eq!(decode_with(&p, &lost(100)).unwrap(), r#"{"b":1}"#);
        assert_eq!(decode_with(&p, &lost(101)).unwrap_err().code(), Code::ProtobufDepth);
    });
}

#[test]
fn merging_a_message_in_many_parts_is_linear() {
    let s = list();
    let part = msg().sub(1, msg().sub(1, msg().sub(1, msg().int(4, 1))));
    let bytes = (0..100_000).fold(msg(), |m, _| m.raw(part.bytes()));
    let p = plan(&s, "t.L", r#"{"defaults":"omit"}"#);
    let out = decode_with(&p, &bytes).unwrap();
    assert_eq!(out.matches("true").count(), 100_000);
}

/// A sink that keeps nothing.
struct Nothing;

impl crate::format::Sink for Nothing {
    fn erased(&mut self) -> &mut dyn crate::format::Sink {
        self
    }
    fn begin(&mut self, _: usize) {}
    fn end(&mut self) {}
    fn abort(&mut self) {}
    fn null(&mut self, _: (usize, usize)) {}
    fn boolean(&mut self, _: bool, _: (usize, usize)) {}
    fn int(&mut self, _: i32, _: (usize, usize)) {}
    fn uint(&mut self, _: u32, _: (usize, usize)) {}
    fn long(&mut self, _: i64, _: (usize, usize)) {}
    fn ulong(&mut self, _: u64, _: (usize, usize)) {}
    fn digits(&mut self, _: &str, _: (usize, usize)) {}
    fn float(&mut self, _: f32, _: bool, _: (usize, usize)) {}
    fn double(&mut self, _: f64, _: (usize, usize)) {}
    fn string(&mut self, v: crate::wire::Run<'_>, _: (usize, usize)) -> Result<(), crate::format::NotUtf8> {
        crate::format::utf8(v).map(drop)
    }
    fn text(&mut self, _: &str, _: (usize, usize)) {}
    fn instant(&mut self, _: i64, _: &str, _: (usize, usize)) {}
    fn bytes(&mut self, _: crate::wire::Run<'_>, _: crate::dialect::Bytes, _: (usize, usize)) {}
    fn symbol(&mut self, _: u32, _: &crate::format::Lit, _: (usize, usize)) {}
    fn unknown_symbol(&mut self, _: i32, _: (usize, usize)) {}
    fn branch(&mut self, _: u32, _: (usize, usize)) {}
    fn presence(&mut self, _: bool) {}
    fn tag(&mut self, _: crate::format::Tag) {}
    fn record(&mut self, _: &crate::format::Record, _: usize) {}
    fn field(&mut self, _: &crate::format::Field) {}
    fn record_end(&mut self, _: &crate::format::Record, _: usize) {}
    fn array(&mut self, _: usize) -> usize {
        0
    }
    fn item(&mut self, _: usize) {}
    fn array_end(&mut self, _: usize, _: usize, _: usize) {}
    fn map(&mut self, _: usize) -> usize {
        0
    }
    fn key(
        &mut self,
        _: usize,
        v: crate::wire::Run<'_>,
        _: (usize, usize),
    ) -> Result<(), crate::format::NotUtf8> {
        crate::format::utf8(v).map(drop)
    }
    fn map_end(&mut self, _: usize, _: usize, _: usize) {}
}

#[test]
fn packed_values_cost_no_memory() {
    let bytes = msg().len(4, &vec![1; 4 << 20]);
    let s = list();
    let p = plan(&s, "t.L", "{}");
    let mut scratch = Scratch::default();
    p.decode(Cursor::new(bytes.bytes(), 0, bytes.bytes().len()), &mut scratch, &mut Nothing).unwrap();
    assert!(scratch.bytes() < 4096, "{}", scratch.bytes());
}

#[test]
fn an_any_in_an_any_costs_memory_by_its_levels() {
    let s = list();
    let p = plan(&s, "t.L", r#"{"defaults":"omit"}"#);
    let of = |levels, text: &str| {
        let bytes = nested(levels, any).bytes().to_vec();
        let bytes = msg().raw(&bytes).str(5, text);
        let mut scratch = Scratch::default();
        let mut json = crate::sink::json::Json::new();
        let whole = Cursor::new(bytes.bytes(), 0, bytes.bytes().len());
        p.decode(whole, &mut scratch, &mut json).unwrap();
        (scratch.bytes(), json.into_string().len())
    };
    let ((few, _), (many, length)) = (of(5, ""), of(50, ""));
    assert!(many < 16 * few + 16_384, "{few} {many}");
    assert!(length < 50 * 64, "{length}");
    // What stands beside costs no more of it.
    assert_eq!(of(50, &"x".repeat(1 << 20)).0, many);
}

#[test]
fn nested_groups_take_time_by_their_bytes() {
    let s = list();
    let p = plan(&s, "t.L", r#"{"defaults":"omit"}"#);
    let time = |size: usize| {
        let inner = (0..size).fold(msg(), |m, _| m.int(4, 1));
        let bytes = (0..99).fold(inner, |m, _| msg().group(2, m));
        let start = std::time::Instant::now();
        decode_with(&p, &bytes).unwrap();
        start.elapsed().as_secs_f64()
    };
    time(1_000);
    // A level looks for its end, and the levels are limited: four times the bytes take about four times as long. Sixteen
    // times would be a square.
    let (one, four) = (time(20_000), time(80_000));
    assert!(four < 10.0 * one + 0.5, "{one} s, {four} s");
}

#[test]
fn unknown_fields_are_counted_at_every_level() {
    let s = list();
    let p = plan(&s, "t.L", r#"{"defaults":"omit"}"#);
    let unknown = || msg().int(90, 1).str(91, "x").group(92, msg().int(1, 1)).str(4, "");
    // A known field of another wire type is one too; packed booleans without any are none.
    let bytes = unknown().int(5, 1).sub(1, unknown()).sub(7, msg().str(1, "k").sub(2, unknown()).int(9, 1));
    let mut scratch = Scratch::default();
    p.decode(Cursor::new(bytes.bytes(), 0, bytes.bytes().len()), &mut scratch, &mut Nothing).unwrap();
    assert_eq!(scratch.unknown_fields(), 3 + 1 + 3 + 3 + 1);
}

#[test]
fn values_that_a_later_entry_overwrites_must_be_well_formed() {
    let s = list();
    let p = plan(&s, "t.L", r#"{"defaults":"omit"}"#);
    let entry = |value: Msg| msg().str(1, "k").sub(2, value);
    let good = msg().sub(7, entry(msg().str(5, "old"))).sub(7, entry(msg().str(5, "new")));
    assert_eq!(decode_with(&p, &good).unwrap(), r#"{"map":{"k":{"s":"new"}}}"#);
    let bad = msg().sub(7, entry(msg().raw(&[0x2a, 5]))).sub(7, entry(msg().str(5, "new")));
    assert_eq!(decode_with(&p, &bad).unwrap_err().code(), Code::ProtobufTruncated);
}

#[test]
fn sinks_may_be_unsized() {
    let s = list();
    let p = plan(&s, "t.L", "{}");
    let bytes = any(any(msg().str(5, "x")));
    let sink: &mut dyn crate::format::Sink = &mut Nothing;
    p.decode(Cursor::new(bytes.bytes(), 0, bytes.bytes().len()), &mut Scratch::default(), sink).unwrap();
}

#[test]
fn values_from_defaults_have_a_limit() {
    let m = (2..=1001).fold(message("M").sub(2, typed("m", 1, REPEATED, MESSAGE, "M")), |m, i| {
        m.sub(2, field(&format!("f{i}"), i, OPTIONAL, INT32))
    });
    let s = schema(proto3().sub(4, m));
    let limits = Limits { items: 5_000, ..Limits::default() };
    let p = Plan::compile(&s, s.message("t.M").unwrap(), &Style::default(), &limits).unwrap();
    let bytes = (0..10).fold(msg(), |m, _| m.sub(1, msg()));
    let e = decode_with(&p, &bytes).unwrap_err();
    assert_eq!(e.code(), Code::ProtobufItems);
}

#[test]
fn damaged_messages_never_panic() {
    let s = list();
    let p = plan(&s, "t.L", "{}");
    let part =
        msg().int(4, 1).len(4, &[1, 0]).str(5, "aé").sub(6, msg().sub(5, msg().sub(1, msg().str(1, "k"))));
    let whole =
        any(part.clone()).sub(1, part.clone()).group(2, part.clone()).sub(7, msg().str(1, "k").sub(2, part));
    let mut random = crate::random::below(1);
    for _ in 0..20_000 {
        let mut bytes = whole.bytes().to_vec();
        for _ in 0..=random(3) {
            let at = random(bytes.len());
            match random(3) {
                0 => bytes[at] = random(256) as u8,
                1 => bytes.truncate(at.max(1)),
                _ => bytes.insert(at, random(256) as u8),
            }
        }
        let _ = decode_with(&p, &msg().raw(&bytes));
    }
}

#[test]
fn damaged_descriptors_never_panic() {
    let m = message("M")
        .sub(2, typed("m", 1, REPEATED, MESSAGE, "M.MEntry"))
        .sub(2, typed("e", 2, OPTIONAL, ENUM, "E").str(7, "A").int(9, 0))
        .sub(3, entry("MEntry", STRING, typed("value", 2, OPTIONAL, MESSAGE, ".t.M")))
        .sub(4, enumeration("E", &[("A", 0)]))
        .sub(8, message("o"));
    let whole = set([edition2023().sub(4, m)]);
    let mut random = crate::random::below(7);
    for _ in 0..20_000 {
        let mut bytes = whole.clone();
        let at = random(bytes.len());
        bytes[at] = random(256) as u8;
        let Ok(s) = Schema::from_descriptors(&bytes, &Limits::default()) else { continue };
        let s = Arc::new(s);
        let ids: Vec<_> = s.files().iter().flat_map(|f| f.messages.clone()).collect();
        for id in ids {
            if let Ok(p) = Plan::compile(&s, id, &Style::default(), &Limits::default()) {
                let _ = decode_with(&p, &msg().sub(1, msg().str(1, "k").sub(2, msg().int(2, 0))));
            }
        }
    }
}
