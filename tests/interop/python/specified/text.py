"""Text in its encodings, bytes, and what Kafka's own serializers write."""

from cases import b64, case, fails, ok

KAFKA = "Apache Kafka, org.apache.kafka.common.serialization"


def text(name, about, origin, side, rows, **options):
    """A case of (hex, expectation)."""
    case(f"text/{name}", about, origin, config={**({"value": side} if side else {}), **options}, records=[{"value": h} for h, _ in rows],
         expect=[{"value": x if isinstance(x, dict) else ok(x)} for _, x in rows])


UTF8 = [("", '""'), ("6869", '"hi"'), ("c3ab20e6bca220f09f9880", '"ë 漢 😀"'), ("00220a5c1f7f", '"\\u0000\\"\\n\\\\\\u001f\x7f"'), ("7b2261223a317d", '"{\\"a\\":1}"')]
text("default", "without configuration, text in UTF-8", "semantics: no schema, no format", None, UTF8 + [("ff", fails("TEXT_ENCODING", at=0))])
text("utf-8", "text in UTF-8", "RFC 3629", {"format": "text"}, UTF8)
text("utf-8-invalid", "bytes that are not UTF-8: the first of them", "RFC 3629", {"format": "text", "encoding": "utf-8"}, [
    ("61ff", fails("TEXT_ENCODING", at=1)), ("c328", fails("TEXT_ENCODING", at=0)), ("6161c3", fails("TEXT_ENCODING", at=2)), ("eda080", fails("TEXT_ENCODING", at=0)), ("61" * 40 + "80", fails("TEXT_ENCODING", at=40)), ("61", '"a"')])
text("utf-8-lenient", "the rule utf8 puts U+FFFD in place of each bad sequence", "Unicode 15, Substitution of Maximal Subparts", {"format": "text"},
     [("61ff62", '"a\ufffdb"'), ("c328", '"\ufffd("'), ("f0908d", '"\ufffd"')], lenient=["utf8"])
text("utf-16", "UTF-16 with and without a byte order mark; without, big-endian as Java has it", "RFC 2781", {"format": "text", "encoding": "utf-16"},
     [("feff00410e01", '"Aก"'), ("fffe4100010e", '"Aก"'), ("00410e01", '"Aก"'), ("feffd83dde00", '"😀"'), ("", '""'), ("feff", '""')])
text("utf-16-invalid", "an odd byte and half a surrogate pair", "RFC 2781", {"format": "text", "encoding": "utf-16"},
     [("004100", fails("TEXT_ENCODING", at=2)), ("d83d0041", fails("TEXT_ENCODING", at=0)), ("de00", fails("TEXT_ENCODING", at=0)), ("0041", '"A"')])
text("iso-8859-1", "every byte is a character", "ISO 8859-1", {"format": "text", "encoding": "iso-8859-1"}, [
    ("e9ff", '"éÿ"'), ("80", '"\x80"'), ("", '""'), (bytes(range(32, 127)).hex(), '"' + "".join(map(chr, range(32, 127))).replace("\\", "\\\\").replace('"', '\\"') + '"'),
    (bytes(range(128, 256)).hex(), '"' + "".join(map(chr, range(128, 256))) + '"')])
text("bytes", "bytes as base64 with padding", "RFC 4648", {"format": "bytes"}, [("", '""'), ("00", '"AA=="'), ("ff00", '"/wA="'), ("fbefbe", '"++++"'), (bytes(range(256)).hex(), '"' + b64(bytes(range(256))) + '"')])


def primitive(kind, rows, wrong, about):
    text(f"primitive-{kind}", about, KAFKA, {"format": "primitive", "type": kind}, rows + [(h, fails("PRIMITIVE_LENGTH", at=0)) for h in wrong])


primitive("int16", [("0001", "1"), ("7fff", "32767"), ("8000", "-32768"), ("ffff", "-1")], ["", "00", "000000"], "ShortSerializer: two bytes, big-endian")
primitive("int32", [("00000001", "1"), ("7fffffff", "2147483647"), ("80000000", "-2147483648")], ["", "000000", "0000000000"], "IntegerSerializer: four bytes, big-endian")
primitive("int64", [("0000000000000001", "1"), ("7fffffffffffffff", "9223372036854775807"), ("8000000000000000", "-9223372036854775808"), ("0020000000000001", "9007199254740993")],
          ["", "00000001"], "LongSerializer: eight bytes, big-endian")
primitive("float", [("3dcccccd", "0.10000000149011612"), ("80000000", "-0"), ("7fc00000", '"NaN"'), ("ff800000", '"-Infinity"')], ["", "3dcccc"], "FloatSerializer: four bytes, big-endian")
primitive("double", [("3fb999999999999a", "0.1"), ("8000000000000000", "-0"), ("7ff8000000000000", '"NaN"'), ("444b1ae4d6e2ef50", "1e+21")], ["", "3fb99999"], "DoubleSerializer: eight bytes, big-endian")
primitive("uuid", [("89791762-2336-4186-9674-299b90a802e2".encode().hex(), '"89791762-2336-4186-9674-299b90a802e2"')], ["", "00"], "UUIDSerializer: the text of 36 characters")
