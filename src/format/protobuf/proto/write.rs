//! Declarations → descriptors, as protoc writes them (without source positions).

use super::super::features::Edition;
use super::super::names::json_name;
use super::ast::{Enum, Field, File, How, Label, Message, Options, Range, Service, Visibility};
use super::dynamic::{Dyn, Val};

/// A file as a `FileDescriptorProto`.
pub(super) fn file(f: &File, options: &[Dyn]) -> Dyn {
    let w = Writer { options };
    let mut out = Dyn::default();
    out.text(1, &f.name);
    if !f.package.is_empty() {
        out.text(2, &f.package);
    }
    let mut place = 0;
    for import in &f.imports {
        if import.how == How::Option {
            out.text(15, &import.name);
            continue;
        }
        out.text(3, &import.name);
        match import.how {
            How::Public => out.number(10, place),
            How::Weak => out.number(11, place),
            _ => {}
        }
        place += 1;
    }
    f.messages.iter().for_each(|m| out.push(4, Val::Message(w.message(m))));
    f.enums.iter().for_each(|e| out.push(5, Val::Message(w.enumeration(e))));
    f.services.iter().for_each(|s| out.push(6, Val::Message(w.service(s))));
    f.extensions.iter().for_each(|x| out.push(7, Val::Message(w.field(x))));
    w.put_options(&mut out, 8, &f.options);
    match f.edition {
        Edition::Proto2 => {}
        Edition::Proto3 => out.text(12, "proto3"),
        Edition::Edition2023 => (out.text(12, "editions"), out.number(14, 1000)).1,
        Edition::Edition2024 => (out.text(12, "editions"), out.number(14, 1001)).1,
    }
    out
}

struct Writer<'a> {
    options: &'a [Dyn],
}

fn visibility(v: Visibility, number: u32, out: &mut Dyn) {
    match v {
        Visibility::Unset => {}
        Visibility::Local => out.number(number, 1),
        Visibility::Export => out.number(number, 2),
    }
}

fn range(r: &Range, exclusive: bool) -> Dyn {
    let mut out = Dyn::default();
    out.number(1, r.start);
    out.number(2, r.end + i64::from(exclusive));
    out
}

impl Writer<'_> {
    fn put_options(&self, out: &mut Dyn, number: u32, options: &Options) {
        if options.id != 0 {
            out.push(number, Val::Message(self.options.get(options.id).cloned().unwrap_or_default()));
        }
    }

    fn message(&self, m: &Message) -> Dyn {
        let mut out = Dyn::default();
        out.text(1, &m.name);
        m.fields.iter().for_each(|f| out.push(2, Val::Message(self.field(f))));
        m.messages.iter().for_each(|n| out.push(3, Val::Message(self.message(n))));
        m.enums.iter().for_each(|e| out.push(4, Val::Message(self.enumeration(e))));
        for r in &m.ranges {
            let mut d = range(&r.range, true);
            self.put_options(&mut d, 3, &r.options);
            out.push(5, Val::Message(d));
        }
        m.extensions.iter().for_each(|f| out.push(6, Val::Message(self.field(f))));
        if m.map_entry {
            let mut options = Dyn::default();
            options.number(7, 1);
            out.push(7, Val::Message(options));
        } else {
            self.put_options(&mut out, 7, &m.options);
        }
        for o in &m.oneofs {
            let mut d = Dyn::default();
            d.text(1, &o.name);
            self.put_options(&mut d, 2, &o.options);
            out.push(8, Val::Message(d));
        }
        m.reserved.iter().for_each(|r| out.push(9, Val::Message(range(r, true))));
        m.reserved_names.iter().for_each(|(_, name)| out.text(10, name));
        visibility(m.visibility, 11, &mut out);
        out
    }

    fn field(&self, f: &Field) -> Dyn {
        let mut out = Dyn::default();
        out.text(1, &f.name);
        if !f.extendee.is_empty() {
            out.text(2, &f.extendee);
        }
        out.number(3, f.number);
        out.number(
            4,
            match f.label {
                Label::Optional => 1,
                Label::Required => 2,
                Label::Repeated => 3,
            },
        );
        out.number(5, f.kind.into());
        if !f.type_name.is_empty() {
            out.text(6, &f.type_name);
        }
        if let Some(default) = &f.default {
            out.text(7, default);
        }
        self.put_options(&mut out, 8, &f.options);
        if let Some(i) = f.oneof {
            out.number(9, i as i64);
        }
        match &f.json_name {
            Some((_, name)) => out.text(10, name),
            None => out.text(10, &json_name(&f.name)),
        }
        if f.proto3_optional {
            out.number(17, 1);
        }
        out
    }

    fn enumeration(&self, e: &Enum) -> Dyn {
        let mut out = Dyn::default();
        out.text(1, &e.name);
        for v in &e.values {
            let mut d = Dyn::default();
            d.text(1, &v.name);
            d.number(2, v.number.into());
            self.put_options(&mut d, 3, &v.options);
            out.push(2, Val::Message(d));
        }
        self.put_options(&mut out, 3, &e.options);
        e.reserved.iter().for_each(|r| out.push(4, Val::Message(range(r, false))));
        e.reserved_names.iter().for_each(|(_, name)| out.text(5, name));
        visibility(e.visibility, 6, &mut out);
        out
    }

    fn service(&self, s: &Service) -> Dyn {
        let mut out = Dyn::default();
        out.text(1, &s.name);
        for m in &s.methods {
            let mut d = Dyn::default();
            d.text(1, &m.name);
            d.text(2, &m.input);
            d.text(3, &m.output);
            self.put_options(&mut d, 4, &m.options);
            for (number, streaming) in [(5, m.client_streaming), (6, m.server_streaming)] {
                if streaming {
                    d.number(number, 1);
                }
            }
            out.push(2, Val::Message(d));
        }
        self.put_options(&mut out, 3, &s.options);
        out
    }
}
