//! The short way and the scan say the same; `decode_with` compares them. Here: that the short way is taken, and that it
//! holds up to messages whose fields stand in any order, several times, or broken.

use super::*;

fn rich() -> Plan {
    let oneof = |f: Msg| f.int(9, 0);
    let m = message("M")
        .sub(2, field("text", 1, OPTIONAL, STRING))
        .sub(2, field("int", 2, OPTIONAL, INT32))
        .sub(2, field("long", 3, OPTIONAL, SINT64))
        .sub(2, field("numbers", 4, REPEATED, UINT64))
        .sub(2, field("texts", 5, REPEATED, STRING))
        .sub(2, typed("entries", 6, REPEATED, MESSAGE, "M.EntriesEntry"))
        .sub(2, typed("m", 7, OPTIONAL, MESSAGE, "M"))
        .sub(2, typed("ms", 8, REPEATED, MESSAGE, "M"))
        .sub(2, oneof(field("a", 9, OPTIONAL, DOUBLE)))
        .sub(2, oneof(field("b", 10, OPTIONAL, BYTES)))
        .sub(2, typed("e", 11, OPTIONAL, ENUM, "E"))
        .sub(2, field("far", 3000, OPTIONAL, BOOL))
        .sub(3, entry("EntriesEntry", STRING, field("value", 2, OPTIONAL, INT32)))
        .sub(4, enumeration("E", &[("A", 0), ("B", 5)]))
        .sub(8, message("o"));
    plan(&schema(proto3().sub(4, m)), "t.M", "{}")
}

/// Each field once, in order, and an unknown one.
fn parts(inner: &Msg) -> Vec<Msg> {
    vec![
        msg().str(1, "aé"),
        msg().int(2, -7),
        msg().int(3, 1 << 40),
        msg().len(4, &[1, 2, 0x80, 1]),
        msg().int(4, 9),
        msg().str(5, "x").str(5, ""),
        msg().sub(6, msg().str(1, "k").int(2, 5)).sub(6, msg().int(2, 5)).sub(6, msg().int(2, 5).str(1, "k")),
        msg().sub(7, inner.clone()),
        msg().sub(8, inner.clone()).sub(8, msg()),
        msg().fixed64(9, 1.5f64.to_bits()),
        msg().int(11, 5),
        msg().str(99, "unknown"),
        msg().int(3000, 1),
    ]
}

fn whole(parts: &[Msg]) -> Msg {
    parts.iter().fold(msg(), |m, part| m.raw(part.bytes()))
}

fn is_ordered(plan: &Plan, m: &Msg) -> bool {
    let cursor = Cursor::new(m.bytes(), 0, m.bytes().len());
    plan.decode_ordered(&cursor, &mut Scratch::default(), &mut Events::default())
}

#[test]
fn what_serializers_write_takes_the_short_way() {
    let plan = rich();
    let inner = whole(&parts(&msg()));
    let all = parts(&inner);
    assert!(is_ordered(&plan, &whole(&all)));
    assert!(is_ordered(&plan, &msg()));
    for i in 0..all.len() {
        let mut some = all.clone();
        some.remove(i);
        assert!(is_ordered(&plan, &whole(&some)), "without part {i}");
        decode_with(&plan, &whole(&some)).unwrap();
    }
    let odd = [
        msg().int(2, 1).str(1, "a"),
        msg().int(2, 1).int(2, 2),
        msg().fixed64(9, 0).str(10, "b"),
        msg().sub(7, msg().int(2, 1).str(1, "a")),
        msg().len(4, &[]),
        msg().len(1, &[0xff]),
        msg().raw(&[0x0a, 5, 1]),
    ];
    for m in odd {
        assert!(!is_ordered(&plan, &m));
        let _ = decode_with(&plan, &m);
    }
}

#[test]
fn fields_in_any_order_and_damaged() {
    let plan = rich();
    let all = parts(&whole(&parts(&msg())));
    let mut random = crate::random::below(3);
    let mut ordered = 0;
    for _ in 0..2_000 {
        let mut some = all.clone();
        if random(8) == 0 {
            some.push(msg().str(10, "b"));
        }
        for _ in 0..random(4) {
            let (from, to) = (random(some.len()), random(some.len()));
            match random(3) {
                0 => some.swap(from, to),
                1 => some.insert(to, some[from].clone()),
                _ => drop(some.remove(from)),
            }
        }
        let mut bytes = whole(&some).bytes().to_vec();
        if random(3) == 0 {
            let at = random(bytes.len());
            bytes[at] = random(256) as u8;
        }
        let m = msg().raw(&bytes);
        ordered += usize::from(is_ordered(&plan, &m));
        let _ = decode_with(&plan, &m);
    }
    assert!((300..1_800).contains(&ordered), "{ordered}");
}
