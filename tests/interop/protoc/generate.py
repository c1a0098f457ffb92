"""Random .proto files: all syntaxes, features at every level, options, nesting, groups, extensions, comments in odd
places. Most are valid; some break one rule or another, by design or by chance."""

SCALARS = ["double", "float", "int32", "int64", "uint32", "uint64", "sint32", "sint64", "fixed32", "fixed64", "sfixed32",
           "sfixed64", "bool", "string", "bytes"]
KEYS = ["int32", "int64", "uint32", "uint64", "sint32", "sint64", "fixed32", "fixed64", "sfixed32", "sfixed64", "bool", "string"]
FEATURES = {
    "field_presence": ["EXPLICIT", "IMPLICIT", "LEGACY_REQUIRED"],
    "enum_type": ["OPEN", "CLOSED"],
    "repeated_field_encoding": ["PACKED", "EXPANDED"],
    "utf8_validation": ["VERIFY", "NONE"],
    "message_encoding": ["LENGTH_PREFIXED", "DELIMITED"],
    "json_format": ["ALLOW", "LEGACY_BEST_EFFORT"],
    "enforce_naming_style": ["STYLE2024", "STYLE_LEGACY"],
    "default_symbol_visibility": ["EXPORT_ALL", "EXPORT_TOP_LEVEL", "LOCAL_ALL", "STRICT"],
}
WORDS = ["id", "name", "user", "order", "total", "price", "kind", "state", "items", "tag", "note", "message", "enum", "value",
         "key", "stream", "rpc", "to", "max", "package", "map", "reserved", "extensions", "group", "syntax", "oneof", "default"]
OPTIONS = """
message Custom {
  optional int32 number = 1; optional string text = 2; repeated int64 list = 3; optional Custom inner = 4;
  optional Level level = 5; repeated Custom more = 6; optional bytes raw = 7; optional double real = 8; optional bool flag = 9;
  oneof either { uint64 left = 10; string right = 11; } map<string, int32> counts = 12; optional float single = 13;
  optional sint32 zig = 14; optional fixed64 fix = 15; extensions 100 to 200;
}
enum Level { LOW = 0; HIGH = 7; }
extend Custom { optional Level extra = 100; repeated Custom extras = 101; }
extend google.protobuf.FileOptions { optional Custom file_opt = 50001; repeated string file_list = 50002; }
extend google.protobuf.MessageOptions { optional Custom message_opt = 50001; optional int32 message_int = 50002; }
extend google.protobuf.FieldOptions { optional Custom field_opt = 50001; optional float field_float = 50002; repeated Level levels = 50003; }
extend google.protobuf.EnumOptions { optional Custom enum_opt = 50001; }
extend google.protobuf.EnumValueOptions { optional Custom value_opt = 50001; optional sint64 value_sint = 50002; }
extend google.protobuf.OneofOptions { optional Custom oneof_opt = 50001; }
extend google.protobuf.ServiceOptions { optional Custom service_opt = 50001; }
extend google.protobuf.MethodOptions { optional Custom method_opt = 50001; }
extend google.protobuf.ExtensionRangeOptions { optional Custom range_opt = 50001; }
"""


class Type:
    def __init__(self, name, kind, nested=False):
        self.name, self.kind, self.nested = name, kind, nested


class Generator:
    def __init__(self, rng):
        self.r = rng
        self.wild = rng.random() < 0.3

    def chance(self, p):
        return self.r.random() < p

    def odd(self, p=0.04):
        """Whether to break a rule here."""
        return self.wild and self.r.random() < p

    def pick(self, items):
        return self.r.choice(items)

    def gap(self):
        """What may stand between tokens."""
        if self.chance(0.93):
            return " "
        return self.pick(["\n", "\t", " /* c */ ", " // message X {\n", "\r\n", " /* \" ' ; */ ", "/**/", "  \n\n", " //\n", "\v\f"])

    # -- names

    def fresh(self, style):
        self.count += 1
        word = self.pick(WORDS)
        if style == "Title":
            return f"{word.capitalize()}{self.count}"
        if style == "SCREAMING":
            return f"{word.upper()}_V{self.count}"
        if self.style2024 and not self.odd():
            return f"{word}_f{self.count}"
        return self.pick([f"{word}{self.count}", f"{word}_{self.count}", f"{word}_f{self.count}", f"{word}X{self.count}",
                          f"_{word}{self.count}", f"{word}__{self.count}", word if self.odd(0.3) else f"{word}_x{self.count}"])

    def string(self):
        body = "".join(self.pick(["a", "b c", "é", "\\n", "\\x41", "\\101", "\\'", '\\"', "\\\\", "\\t", "//", "{", "\\u00e9", "0", "\\0",
                                  "\\U0001F600", "\\?", "\\7z", "漢"]) for _ in range(self.r.randrange(5)))
        text = f'"{body}"'
        if self.chance(0.15):
            text += self.gap() + "'x'"
        if self.odd(0.03):
            text = self.pick(['"\\q"', "'open", '"\\xg"', '"\\u12"', '"\\ud800"'])
        return text

    def integer(self, low, high):
        v = self.pick([0, 1, 2, low, high, self.r.randint(low, high)])
        if self.odd():
            v = self.pick([low - 1, high + 1])
        if v < 0:
            return f"-{self.pick(['', ' '])}{-v}"
        return self.pick([str(v), hex(v), f"0{v:o}" if v else "0", str(v)])

    def real(self):
        return self.pick(["1.5", "-2", "0x10", "inf", "-inf", "nan", "1e10", "1E-5", ".5", "3.", "-0.0", "0", "1e400", "123456789.123",
                          "16777217", "3.4028235e38", "1e39", "0.1", "010", "18446744073709551616"])

    def text_value(self, depth=0):
        """A `Custom` in text format."""
        out = []
        fields = self.r.sample(["number", "text", "list", "inner", "level", "more", "raw", "real", "flag", "left", "counts", "single", "zig",
                                "fix", "[opt.extra]", "[opt.extras]"], self.r.randrange(4))
        for f in fields:
            if f in ("inner", "more", "[opt.extras]"):
                if depth > 2:
                    continue
                v = self.text_value(depth + 1)
                if f != "inner" and self.chance(0.3):
                    v = f"[{v}, {self.text_value(depth + 1)}]"
                    f += ":"
                elif self.chance(0.4):
                    f += ":"
            else:
                v = {
                    "number": lambda: self.integer(-(2**31), 2**31 - 1), "text": self.string,
                    "list": lambda: self.pick(["1", "[]", "[1, -2]", self.integer(-(2**63), 2**63 - 1)]),
                    "level": lambda: self.pick(["LOW", "HIGH", "7", "NONE" if self.odd(0.5) else "HIGH"]), "raw": self.string,
                    "real": self.real, "flag": lambda: self.pick(["true", "false", "1", "t", "False", "True"]),
                    "left": lambda: self.integer(0, 2**64 - 1),
                    "counts": lambda: self.pick(['{ key: "a" value: 1 }', '[{ key: "b" value: -3 }, { key: "c" }]', "{ }"]),
                    "single": self.real, "zig": lambda: self.integer(-(2**31), 2**31 - 1), "fix": lambda: self.integer(0, 2**64 - 1),
                    "[opt.extra]": lambda: self.pick(["LOW", "HIGH"]),
                }[f]()
                if f == "counts" and self.chance(0.4):
                    pass
                elif not (self.odd(0.05)):
                    f += ":"
            out.append(f"{f}{self.gap()}{v}")
        body = self.pick([" ", ", ", "; ", "\n"]).join(out)
        return f"<{body}>" if depth and self.chance(0.2) else "{" + self.gap() + body + self.gap() + "}"

    # -- options

    def features(self, target):
        """Features that fit a target, by name."""
        fits = {
            "file": ["field_presence", "enum_type", "repeated_field_encoding", "utf8_validation", "message_encoding", "json_format"],
            "message": ["json_format"], "enum": ["enum_type", "json_format"], "field": [],
            "oneof": [], "value": [], "service": [], "method": [],
        }[target]
        if self.edition == 2024:
            fits = fits + ["enforce_naming_style"] + (["default_symbol_visibility"] if target == "file" else [])
        if self.odd(0.1):
            fits = list(FEATURES)
        return fits

    def feature(self, name):
        values = FEATURES[name]
        if name == "field_presence" and not self.odd(0.3):
            values = values[:2]
        if name == "enforce_naming_style":
            values = ["STYLE_LEGACY"] if not self.odd(0.3) else values
        return self.pick(values)

    def set_options(self, target, custom):
        """Statements `name = value` for a declaration."""
        out = []
        if self.edition and self.chance(0.3) or self.odd(0.03):
            names = self.features(target)
            if names:
                chosen = self.r.sample(names, min(len(names), self.r.randint(1, 2)))
                pairs = [(n, self.feature(n)) for n in chosen]
                if self.chance(0.3):
                    out.append("features = {" + " ".join(f"{n}: {v}" for n, v in pairs) + "}")
                else:
                    out += [f"features.{n} = {v}" for n, v in pairs]
                self.set.update(pairs if target == "file" else [])
        if self.use_options and self.chance(0.2):
            form = self.r.randrange(4)
            name = self.pick([f"(opt.{custom})", f"(.opt.{custom})"])
            if form == 0:
                out.append(f"{name} = {self.text_value()}")
            elif form == 1:
                out.append(f"{name}.number = {self.integer(-(2**31), 2**31 - 1)}")
                out.append(f"{name}.text = {self.string()}")
            elif form == 2:
                out.append(f"{name}.inner.flag = true")
                out.append(f"{name}.inner.real = {self.real()}")
                out.append(f"{name}.(opt.extra) = HIGH")
            else:
                out.append(f"{name}.raw = {self.string()}")
        if self.odd(0.03):
            out.append(self.pick(["unknown = 1", "(opt.nothing) = 2", "deprecated = 1", "deprecated = maybe", "features = 1"]))
        if self.chance(0.08):
            if target not in ("file", "oneof"):
                out.append(f"deprecated = {self.pick(['true', 'false'])}")
        return out

    def statements(self, target, custom):
        return "".join(f"option{self.gap()}{o};{self.gap()}" for o in self.set_options(target, custom))

    def brackets(self, options):
        return f"{self.gap()}[{', '.join(options)}]" if options else ""

    # -- declarations

    def enum(self, nested=False):
        name = self.fresh("Title")
        closed = self.syntax == "proto2" or self.set.get("enum_type") == "CLOSED"
        body = ""
        if self.edition and self.chance(0.2):
            closed = self.chance(0.5)
            body += f"option features.enum_type = {'CLOSED' if closed else 'OPEN'};"
        alias = self.chance(0.1)
        if alias:
            body += "option allow_alias = true;"
        elif not body:
            body += self.statements("enum", "enum_opt")
        numbers = self.r.sample(range(1, 60), self.r.randrange(5)) + [-self.r.randint(1, 9)] * self.chance(0.2)
        numbers = ([] if closed and self.chance(0.3) and numbers else [0]) + numbers
        if self.odd(0.05):
            self.r.shuffle(numbers)
        if alias and not self.odd(0.3):
            numbers.append(numbers[0])
        values = []
        for n in numbers:
            v = self.fresh("SCREAMING")
            if self.odd(0.03):
                v = v.lower()
            values.append(v)
            options = self.set_options("value", "value_opt")
            text = str(n) if n < 0 or self.chance(0.9) else hex(n)
            body += f"{v}{self.gap()}={self.gap()}{text}{self.brackets(options)};{self.gap()}"
        if self.chance(0.15):
            body += self.pick(["reserved 100 to 200;", "reserved 300 to max, -50 to -40;", self.reserved_names(["OLD", "GONE"]), "reserved 77;"])
        if self.odd(0.03):
            body += self.pick([f"reserved {numbers[0]};", "reserved 5 to 3;", f"{values[0]}_X = {numbers[0]};"])
        kind = Type(name, "closed" if closed else "enum", nested)
        kind.values = values
        self.types.append(kind)
        return f"{self.visibility()}enum {name}{self.gap()}{{{self.gap()}{body}}}\n"

    def reserved_names(self, names):
        quoted = not self.edition
        if self.odd():
            quoted = not quoted
        return "reserved " + ", ".join(f'"{n}"' if quoted else n for n in names) + ";"

    def visibility(self):
        if (self.edition == 2024 and self.chance(0.2)) or self.odd(0.01):
            return self.pick(["export ", "local "])
        return ""

    def label(self):
        if self.syntax == "proto2":
            return self.pick(["optional ", "required ", "repeated ", "optional "])
        if self.syntax == "proto3":
            return self.pick(["", "", "repeated ", "optional "])
        return self.pick(["", "", "repeated "])

    def field_type(self):
        if self.types and self.chance(0.35):
            t = self.pick(self.types)
            if t.kind == "closed" and self.syntax == "proto3" and not self.odd(0.3):
                return "int32", None
            return self.pick([t.name, f".{self.package}.{t.name}" if self.package and not t.nested else t.name]), t
        if self.chance(0.1) and self.imports_wkt:
            return self.pick(["google.protobuf.Timestamp", ".google.protobuf.Duration"]), Type("x", "message")
        return self.pick(SCALARS), None

    def field(self, numbers, label=None, extension=False):
        label = self.label() if label is None else label
        if extension and label == "required ":
            label = "optional "
        if self.odd(0.02):
            label = self.pick(["optional ", "required ", "repeated ", ""])
        kind, declared = self.field_type()
        number = numbers.pop() if numbers else 1
        if self.odd(0.02):
            number = self.pick([0, 19000, 2**29, 1, 2**31])
        name = self.fresh("snake")
        options = self.field_options(kind, declared, label, extension)
        text = str(number) if self.chance(0.95) else hex(number)
        return f"{label}{kind}{self.gap()}{name}{self.gap()}={self.gap()}{text}{self.brackets(options)}{self.gap()};{self.gap()}"

    def field_options(self, kind, declared, label, extension, oneof=False):
        options = self.set_options("field", "field_opt")
        repeated = label == "repeated "
        message = declared is not None and declared.kind == "message"
        implicit = self.set.get("field_presence") == "IMPLICIT"
        if self.edition and self.chance(0.3):
            if repeated:
                if not message and kind not in ("string", "bytes"):
                    options.append(f"features.repeated_field_encoding = {self.pick(['PACKED', 'EXPANDED'])}")
            elif not extension and not oneof:
                values = ["EXPLICIT", "LEGACY_REQUIRED"] if message else ["EXPLICIT", "IMPLICIT", "LEGACY_REQUIRED"]
                value = self.pick(values)
                if not (value == "IMPLICIT" and declared is not None and declared.kind == "closed"):
                    options.append(f"features.field_presence = {value}")
                    implicit = value == "IMPLICIT"
            if message and self.chance(0.5):
                options.append(f"features.message_encoding = {self.pick(['DELIMITED', 'LENGTH_PREFIXED'])}")
            if kind == "string":
                options.append(f"features.utf8_validation = {self.pick(['NONE', 'VERIFY'])}")
        if not self.edition and repeated and not message and kind not in ("string", "bytes") and self.chance(0.2):
            options.append(f"packed = {self.pick(['true', 'false'])}")
        default = self.syntax != "proto3" and not repeated and not message and not implicit and self.chance(0.25)
        if default or self.odd(0.02):
            options.append(f"default = {self.default(kind, declared)}")
        if not extension and self.chance(0.08) or self.odd(0.01):
            self.count += 1
            options.append(f'json_name = {self.pick([self.string(), chr(34) + "custom" + str(self.count) + chr(34)])}')
        if kind.endswith("64") and self.chance(0.1):
            options.append(f"jstype = {self.pick(['JS_STRING', 'JS_NUMBER', 'JS_NORMAL'])}")
        if self.odd(0.03):
            options.append(self.pick(["packed = true", "lazy = true", "jstype = JS_STRING", "ctype = CORD", "default = 1", 'json_name = "[x]"',
                                      "features.field_presence = IMPLICIT", "features.message_encoding = DELIMITED"]))
        if self.chance(0.03):
            options.append("debug_redact = true")
        self.r.shuffle(options)
        return options

    def default(self, kind, declared):
        if declared is not None and declared.kind in ("enum", "closed"):
            return self.pick(declared.values) if not self.odd() else "NOTHING"
        if kind in ("float", "double"):
            return self.real()
        if kind == "bool":
            return self.pick(["true", "false"])
        if kind in ("string", "bytes"):
            return self.string()
        bits = 64 if kind.endswith("64") else 32
        unsigned = kind.startswith(("uint", "fixed"))
        return self.integer(0, 2**bits - 1) if unsigned else self.integer(-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)

    def map(self, numbers):
        key = self.pick(KEYS) if not self.odd(0.1) else self.pick(["float", "bytes"])
        kind, declared = self.field_type()
        if declared is not None and declared.kind in ("closed", "enum") and self.set.get("field_presence") == "IMPLICIT":
            kind = "int32"
        options = self.set_options("field", "field_opt")
        if self.edition and "string" in (key, kind) and self.chance(0.2):
            options.append("features.utf8_validation = NONE")
        if self.odd(0.05):
            options.append(self.pick(["features.message_encoding = DELIMITED", "features.repeated_field_encoding = EXPANDED", "default = 1"]))
        label = "repeated " if self.odd(0.03) else ""
        return (f"{label}map{self.gap()}<{key}{self.gap()},{self.gap()}{kind}>{self.gap()}{self.fresh('snake')} = "
                f"{numbers.pop()}{self.brackets(options)};")

    def group(self, numbers, label=None):
        name = self.fresh("Title")
        if self.odd():
            name = name.lower()
        label = self.label() if label is None else label
        return f"{label}group{self.gap()}{name} = {numbers.pop()}{self.gap()}{{{self.body(2)}}}\n"

    def oneof(self, numbers):
        body = self.statements("oneof", "oneof_opt") if self.chance(0.3) else ""
        for _ in range(self.r.randint(0 if self.odd() else 1, 3)):
            if self.syntax == "proto2" and self.chance(0.15):
                body += self.group(numbers, "")
                continue
            kind, declared = self.field_type()
            options = self.field_options(kind, declared, "", False, True)
            if self.set.get("field_presence") == "IMPLICIT":
                options = [o for o in options if not o.startswith("default")]
            body += f"{kind} {self.fresh('snake')} = {numbers.pop()}{self.brackets(options)};{self.gap()}"
        return f"oneof {self.fresh('snake')}{self.gap()}{{{body}}}\n"

    def body(self, depth):
        numbers = self.r.sample(list(range(1, 40)) + [100, 18999, 20000, 2**29 - 1], 24)
        if self.odd(0.1):
            numbers[-1] = numbers[-2]
        out, before = [self.statements("message", "message_opt")], len(self.types)
        if depth < 3:
            for _ in range(self.r.randrange(3)):
                roll = self.r.random()
                if roll < 0.4:
                    out.append(self.message(depth + 1))
                elif roll < 0.7:
                    out.append(self.enum(True))
        self.local_types = self.types[before:]
        for _ in range(self.r.randrange(6)):
            roll = self.r.random()
            if roll < 0.65:
                out.append(self.field(numbers))
            elif roll < 0.78:
                out.append(self.map(numbers))
            elif roll < 0.9:
                out.append(self.oneof(numbers))
            elif self.syntax == "proto2" or self.odd(0.1):
                out.append(self.group(numbers))
        if self.chance(0.15):
            out.append(self.pick(["reserved 1000 to 1999;", "reserved 3000, 3002 to 3005;", self.reserved_names(["gone", "old_one"])]))
        if self.odd(0.05):
            out.append(self.pick(["reserved 1 to 30;", "reserved 5 to 2;", "reserved 1500;", "extensions 0;", "reserved 536870912;", ";", "foo bar;"]))
        if self.syntax != "proto3" and self.chance(0.2) or self.odd(0.02):
            options = self.pick(["", "", "[verification = UNVERIFIED]"])
            if self.use_options and self.chance(0.3):
                options = f"[(opt.range_opt) = {self.text_value()}]"
            if self.chance(0.15):
                options = '[declaration = { number: 5000 full_name: ".a.b" type: ".a.C" }, declaration = { number: 5001 reserved: true }]'
            if self.odd(0.1):
                options = self.pick(['[declaration = { number: 4 full_name: ".a.b" type: ".a.C" }]', '[declaration = { number: 5000 }]',
                                     '[verification = UNVERIFIED, declaration = { number: 5000 full_name: ".a" type: "int32" }]'])
            out.append(f"extensions 5000 to {self.pick(['5999', 'max', '5001'])}{options};")
            self.extendable = "declaration" not in options
        # Types that are nested stay in scope here only.
        del self.types[before:]
        self.r.shuffle(out)
        return self.gap().join(out)

    def message(self, depth=0):
        name = self.fresh("Title")
        if self.odd(0.02):
            name = self.pick(["lower", "A", "With_Underscore"])
        visibility = self.visibility()
        self.extendable = False
        own = Type(name, "message", depth > 0)
        body = self.body(depth)
        if self.extendable:
            self.extendees.append(name) if depth == 0 else None
        self.types.append(own)
        return f"{visibility}message {name}{self.gap()}{{{self.gap()}{body}{self.gap()}}}\n"

    def extend(self):
        if not self.extendees:
            return ""
        name = self.pick(self.extendees)
        numbers = [self.extension_number + i for i in range(2)]
        self.extension_number += 2
        fields = "".join(self.field(numbers, None if self.syntax != "proto3" else "optional ", True) for _ in range(self.r.randint(1, 2)))
        if self.odd(0.05):
            fields = "map<int32, int32> m = 5000;"
        return f"extend {name}{self.gap()}{{{fields}}}\n"

    def service(self):
        messages = [t.name for t in self.types if t.kind == "message" and not t.nested]
        if not messages:
            return ""
        out = self.statements("service", "service_opt")
        for _ in range(self.r.randrange(3)):
            stream = [self.pick(["", "stream "]) for _ in range(2)]
            end = self.pick([";", "{}", "{ option deprecated = true; }", "{ option idempotency_level = IDEMPOTENT; ; }"])
            out += (f"rpc {self.fresh('Title')}{self.gap()}({stream[0]}{self.pick(messages)}){self.gap()}returns"
                    f"{self.gap()}({stream[1]}{self.pick(messages)}){end}")
        return f"service {self.fresh('Title')} {{{out}}}\n"

    def header(self):
        self.count, self.types, self.set, self.extendees, self.extension_number = 0, [], {}, [], 5000
        self.extendable, self.local_types = False, []
        self.edition = self.pick([0, 0, 2023, 2024])
        self.syntax = f"edition {self.edition}" if self.edition else self.pick(["proto2", "proto3"])
        self.style2024 = self.edition == 2024
        if self.edition:
            out = f'edition{self.gap()}={self.gap()}"{self.edition}";\n'
        else:
            out = "" if self.syntax == "proto2" and self.chance(0.3) else f'syntax = "{self.syntax}";\n'
        if self.odd(0.03):
            out = self.pick(['syntax = "proto4";', 'edition = "2022";', 'edition = "2026";', "syntax = proto3;", 'edition = "proto2";'])
        return out

    def file(self, package, imports):
        out = self.header()
        self.package = package
        self.imports_wkt, self.use_options = self.chance(0.4), "opt.proto" in imports
        lines = [f'package {self.package};'] if self.package else []
        if self.imports_wkt:
            imports = imports + ["google/protobuf/timestamp.proto", "google/protobuf/duration.proto"]
        for i in imports:
            how = self.pick(["", "", "", "public "]) if i not in ("opt.proto",) else ""
            if i == "opt.proto" and self.edition == 2024:
                how = "option "
            lines.append(f'import {how}"{i}";')
        lines.sort(key=lambda line: "option" in line)
        out += "\n".join(lines) + "\n"
        out += self.statements("file", "file_opt")
        if self.chance(0.2):
            out += self.pick(['option java_package = "a.b";', "option optimize_for = SPEED;", 'option go_package = "x";', "option cc_enable_arenas = true;"])
        self.types += self.foreign
        for _ in range(self.r.randint(1, 4)):
            roll = self.r.random()
            if roll < 0.5:
                out += self.message()
            elif roll < 0.7:
                out += self.enum()
            elif roll < 0.85:
                out += self.extend()
            else:
                out += self.service()
        if self.odd(0.05):
            out += self.pick(["message", "}", 'import "missing.proto";', "message A { Missing x = 1; }", "package again;", "/* open", "message A {} message A {}",
                              "enum E {}", ";;", "\x01", "é", "message M { message M { M m = 1; } }", "extend Missing { }", "option x = ;"])
        return out


def generate(rng):
    """Files as (name, text), those that others import among them, in any order."""
    g = Generator(rng)
    files, imports, g.foreign = [], [], []
    if rng.random() < 0.5:
        files.append(("opt.proto", 'syntax = "proto2"; package opt; import "google/protobuf/descriptor.proto";' + OPTIONS))
        imports.append("opt.proto")
    if rng.random() < 0.3:
        package = g.pick(["lib", "app", "app.inner", ""])
        text = g.file(package, list(imports))
        files.append(("lib.proto", text))
        if not g.wild or rng.random() < 0.8:
            imports.append("lib.proto")
        prefix = f"{package}." if package else ""
        g.foreign = [Type(prefix + t.name, t.kind, True) for t in g.types if not t.nested and "local" not in text]
        for t, u in zip(g.foreign, [t for t in g.types if not t.nested]):
            t.values = getattr(u, "values", [])
        if package == "":
            g.foreign = []
    count = 0
    text = g.file(g.pick(["app", "app.inner", "", "p"]) if len(files) < 2 else g.pick(["app", "main.x"]), imports)
    count += 1
    files.append(("main.proto", text))
    rng.shuffle(files)
    return files
