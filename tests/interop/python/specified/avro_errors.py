"""Avro data that must fail, and where; each lenient rule."""

from cases import fails, zigzag
from specified.avro import SPEC, avro
from specified.common import AVRO, JSON

BINARY = SPEC + ", Binary Encoding"
PRODUCT = {"type": "record", "name": "Product", "fields": [
    {"name": "id", "type": "int"}, {"name": "name", "type": "string"}, {"name": "price", "type": "double"}]}


def cut(path, at):
    return fails("AVRO_TRUNCATED", path=path, at=at)


def limit(code, path=None, at=None):
    return fails(code, "limit", path=path, at=at)


avro("error-truncated", "a datum cut in every field: the read that failed is named by where it began", BINARY, PRODUCT, [
    ("", cut("$.id", 0)), ("d2", cut("$.id", 0)), ("d20f", cut("$.name", 2)), ("d20f0c", cut("$.name", 3)), ("d20f0c4c61", cut("$.name", 3)),
    ("d20f0c4c6170746f70", cut("$.price", 9)), (AVRO[:-2], cut("$.price", 9)), (AVRO, JSON)])
avro("error-truncated-items", "a datum cut in items and entries", BINARY, {"type": "record", "name": "R", "fields": [
    {"name": "tags", "type": {"type": "array", "items": "string"}}, {"name": "attrs", "type": {"type": "map", "values": "int"}}]}, [
    ("04" + "0261" + "0862", cut("$.tags[1]", 4)), ("00" + "02" + "0261", cut("$.attrs{0}", 4)),
    ("02026100" + "00", '{"tags":["a"],"attrs":{}}')])
avro("error-truncated-path", "names that are no identifiers are quoted in paths", BINARY, {"type": "record", "name": "R", "fields": [
    {"name": "a.b", "type": {"type": "array", "items": {"type": "record", "name": "S", "fields": [{"name": "x", "type": "boolean"}]}}}]}, [
    ("04" + "00" + "02", fails("AVRO_BOOLEAN", path='$["a.b"][1].x', at=2)), ("020100", '{"a.b":[{"x":true}]}')])
avro("error-fixed", "a fixed that is cut", BINARY, {"type": "fixed", "name": "F", "size": 4}, [("000102", cut("$", 0)), ("00010203", '"AAECAw=="')])
avro("error-trailing", "bytes after the datum", BINARY, "int", [
    ("0200", fails("AVRO_TRAILING", path="$", at=1)), ("8001ffff", fails("AVRO_TRAILING", path="$", at=2)), ("02", "1")])
avro("lenient-trailing", "the rule trailing-bytes ignores them", BINARY, "int", [("0200", "1"), ("8001ffff", "64")], lenient=["trailing-bytes"])
avro("error-varint", "variable-length integers of more than 64 bits", BINARY, "long", [
    ("ff" * 10 + "01", fails("AVRO_VARINT", path="$", at=0)), ("ff" * 9 + "02", fails("AVRO_VARINT", path="$", at=0)),
    ("80" * 10 + "00", fails("AVRO_VARINT", path="$", at=0)), ("ff" * 9 + "01", "-9223372036854775808"), ("ff" * 9, cut("$", 0))])
avro("error-int-range", "ints that need more than 32 bits", "Java Avro: an int of more than 32 bits is refused", "int", [
    ("8080808010", fails("AVRO_INT_RANGE", path="$", at=0)), ("8180808010", fails("AVRO_INT_RANGE", path="$", at=0)),
    ("ff" * 9 + "01", fails("AVRO_INT_RANGE", path="$", at=0)), ("feffffff0f", "2147483647")])
avro("lenient-int-overflow", "the rule int-overflow keeps the lower 32 bits", BINARY, "int", [
    ("8080808010", "-2147483648"), (zigzag(1 << 32), "0"), (zigzag((1 << 32) + 5), "5"), (zigzag(-(1 << 31) - 1), "2147483647")], lenient=["int-overflow"])
avro("error-length", "lengths and counts that are negative", BINARY, {"type": "array", "items": "string"}, [
    ("0201" + "00", fails("AVRO_LENGTH", path="$[0]", at=1)), ("ff" * 9 + "01", fails("AVRO_LENGTH", path="$", at=0)), ("0202" + "61" + "00", '["a"]')])
avro("error-length-range", "lengths and sizes of blocks that no host of 32 bits can address", BINARY + "; an int in Java Avro", {"type": "array", "items": "string"}, [
    ("02" + zigzag(1 << 31), fails("AVRO_LENGTH", path="$[0]", at=1)), ("01" + zigzag(1 << 31) + "0261" + "00", fails("AVRO_LENGTH", path="$", at=1)),
    ("01" + zigzag((1 << 32) + 2) + "0261" + "00", fails("AVRO_LENGTH", path="$", at=1)), ("01" + zigzag(-1) + "0261" + "00", fails("AVRO_LENGTH", path="$", at=1)),
    ("02" + zigzag((1 << 31) - 1), cut("$[0]", 6)), ("01" + zigzag((1 << 31) - 1) + "0261" + "00", '["a"]')])
avro("error-boolean", "a boolean other than 0 and 1", BINARY, "boolean", [
    ("02", fails("AVRO_BOOLEAN", path="$", at=0)), ("ff", fails("AVRO_BOOLEAN", path="$", at=0)), ("01", "true")])
avro("lenient-boolean", "the rule boolean takes any other byte for false", "Java Avro", "boolean", [("02", "false"), ("ff", "false"), ("01", "true")], lenient=["boolean"])
BAD = [("04c328", 1), ("0661ff62", 2), ("02c3", 1), ("06eda080", 1), ("04c080", 1), ("08f4908080", 1), ("2a" + "61" * 20 + "80", 21)]
avro("error-utf8", "strings that are not UTF-8: the first bad byte", "RFC 3629", "string",
     [(h, fails("AVRO_UTF8", path="$", at=at)) for h, at in BAD] + [("04c3a9", '"é"')])
avro("error-utf8-key", "keys that are not UTF-8", "RFC 3629", {"type": "map", "values": "int"},
     [("04" + "0261" + "02" + "0462ff" + "04" + "00", fails("AVRO_UTF8", path="${1}", at=6))])
avro("lenient-utf8", "the rule utf8 puts U+FFFD in place of each bad sequence", "Unicode 15, Substitution of Maximal Subparts; the surrogate as Java's String has it, Java Avro 1.12.1", "string",
     [("04c328", '"\ufffd("'), ("0661ff62", '"a\ufffdb"'), ("02c3", '"\ufffd"'), ("06eda080", '"\ufffd"'), ("06e28228", '"\ufffd("')], lenient=["utf8"])
avro("error-union", "branches outside the union", BINARY, ["null", "int"], [
    ("04", fails("AVRO_UNION_INDEX", path="$", at=0)), ("01", fails("AVRO_UNION_INDEX", path="$", at=0)), ("ff" * 9 + "01", fails("AVRO_UNION_INDEX", path="$", at=0)), ("0204", "2")])
avro("error-enum", "indexes outside the symbols", BINARY, {"type": "enum", "name": "E", "symbols": ["A", "B"]}, [
    ("04", fails("AVRO_ENUM_INDEX", path="$", at=0)), ("01", fails("AVRO_ENUM_INDEX", path="$", at=0)), ("02", '"B"')])
avro("error-block-count", "a count that the bytes left cannot hold", BINARY, {"type": "array", "items": "int"}, [
    ("d00f00", fails("AVRO_BLOCK_COUNT", path="$", at=0)), ("0202" + "feffffffffffffffff01", fails("AVRO_BLOCK_COUNT", path="$", at=2)), ("0404" + "0200", "[2,1]")])
avro("limit-items-empty", "more items without bytes than the limit", BINARY, {"type": "array", "items": "null"}, [
    (zigzag(1_000_001) + "00", limit("AVRO_ITEMS", "$", at=0)), ("feffffffffffffffff01" + "00", limit("AVRO_ITEMS", "$", at=0)), ("0400", "[null,null]")])
avro("limit-items-option", "the limit on items is the configuration's, over all blocks", BINARY, {"type": "array", "items": "null"}, [
    ("1400", "[" + ",".join(["null"] * 10) + "]"), ("1600", limit("AVRO_ITEMS", "$", at=0)), ("0c0c00", limit("AVRO_ITEMS", "$", at=1)), ("0c0800", "[" + ",".join(["null"] * 10) + "]")],
    limits={"items": 10})
LIST = {"type": "record", "name": "Node", "fields": [{"name": "next", "type": ["null", "Node"]}]}


def nested(levels):
    return '{"next":' * levels + "null" + "}" * levels


avro("limit-depth", "a hundred levels are fine, one more is an error at the value that would open it", BINARY, LIST, [
    ("02" * 99 + "00", nested(100)), ("02" * 100 + "00", limit("AVRO_DEPTH", "$" + ".next" * 100, at=100)), ("00", nested(1))])
avro("limit-depth-option", "the limit on depth is the configuration's", BINARY, LIST, [
    ("020200", nested(3)), ("02020200", limit("AVRO_DEPTH", "$.next.next.next", at=3))], limits={"depth": 3})
avro("limit-depth-most", "the limit on depth may be 500, and then every host bears it", BINARY, LIST, [
    ("02" * 499 + "00", nested(500)), ("02" * 500 + "00", limit("AVRO_DEPTH", "$" + ".next" * 500, at=500))], limits={"depth": 500})
avro("limit-depth-hostile", "a datum of 100,000 levels", BINARY, LIST, [
    ({"repeat": [["02", 100000], ["00", 1]]}, limit("AVRO_DEPTH", "$" + ".next" * 100, at=100)), ("0200", nested(2))])
avro("limit-depth-arrays", "arrays and maps count as levels, unions do not", BINARY, {"type": "record", "name": "T", "fields": [
    {"name": "kids", "type": {"type": "array", "items": ["null", "T"]}}]}, [
    ("0202" + "0200" + "00" * 2, '{"kids":[{"kids":[null]}]}'), ("0202" + "0202" + "00" + "0000", limit("AVRO_DEPTH", "$.kids[0].kids[0]", at=4))], limits={"depth": 4})
