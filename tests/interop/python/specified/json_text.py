"""JSON payloads: exact numbers, strings, names, depth."""

from cases import call, case, fails, ok

ECMA = "RFC 8259; ECMA-262, JSON.parse and JSON.stringify"


def utf8(text):
    return {"utf8": text}


def json(name, about, rows, origin=ECMA, **options):
    """A case of (text or hexadecimal, expectation)."""
    case(f"json/{name}", about, origin, config={"value": {"format": "json"}, **options},
         records=[{"value": utf8(t) if isinstance(t, str) else t[0]} for t, _ in rows],
         expect=[{"value": x if isinstance(x, dict) else ok(x)} for _, x in rows])


def bad(code, at=None, path=None, category="decode"):
    return fails(code, category, path=path, at=at)


def raw(data):
    """Bytes as hexadecimal, told apart from a text."""
    return (data,)


json("values", "every kind of value, white space gone", [
    ("null", "null"), (" true ", "true"), ("false\n", "false"), ('"text"', '"text"'), ("[]", "[]"), ("{}", "{}"), ("\t[ 1 , [ ] , { } ]\r\n", "[1,[],{}]"),
    ('{ "a" : { "b" : [ 1, "x", null ] } , "c" : false }', '{"a":{"b":[1,"x",null]},"c":false}')])
case("json/byte-order-mark-counted", "a byte order mark is passed over, and counted", ECMA, config={"value": {"format": "json"}}, records=[{"value": "efbbbf7b7d"}, {"value": "7b7d"}],
     expect=[{"value": ok("{}")}] * 2, calls=[call("warnings", {"BYTE_ORDER_MARK": 1})])
json("integers", "integers keep every digit", [
    ("0", "0"), ("-1", "-1"), ("9007199254740993", "9007199254740993"), ("-9007199254740993", "-9007199254740993"), ("9223372036854775807", "9223372036854775807"),
    ("-9223372036854775808", "-9223372036854775808"), ("9223372036854775808", "9223372036854775808"), ("18446744073709551615", "18446744073709551615"),
    ("18446744073709551616", "18446744073709551616"), ("-123456789012345678901234567890", "-123456789012345678901234567890"), ("1" + "0" * 999, "1" + "0" * 999),
    ('{"a":[12345678901234567890]}', '{"a":[12345678901234567890]}')], "RFC 8259; integers are exact")
json("integers-limit", "an integer of more than a thousand digits", [("1" + "0" * 1000, bad("JSON_NUMBER_RANGE", 0)), ("-" + "9" * 1000, "-" + "9" * 1000)],
     "RFC 8259; at most 1,000 digits")
json("negative-zero", "-0 is a double", [("-0", "-0"), ("[-0,0]", "[-0,0]"), ("-0.0", "-0"), ("-0e5", "-0"), ("0.0", "0")])
json("doubles", "a point or an exponent makes a double, laid out as Number::toString does", [
    ("1.0", "1"), ("1.5", "1.5"), ("1e2", "100"), ("1E2", "100"), ("1e+2", "100"), ("100e-2", "1"), ("0.1", "0.1"), ("1e21", "1e+21"), ("1e20", "100000000000000000000"),
    ("123456789.123456789e3", "123456789123.45679"), ("1e-6", "0.000001"), ("1e-7", "1e-7"), ("5e-324", "5e-324"), ("1.7976931348623157e308", "1.7976931348623157e+308"),
    ("9007199254740993.0", "9007199254740992"), ("0.30000000000000004", "0.30000000000000004"), ("2.2250738585072011e-308", "2.225073858507201e-308"), ("1e-400", "0"), ("-1e-400", "-0"),
    ("0.1e-0001", "0.01")])
json("number-range", "numbers beyond a double", [("1e400", bad("JSON_NUMBER_RANGE", 0, "$")), ("-1e400", bad("JSON_NUMBER_RANGE", 0)), ("[1,1e309]", bad("JSON_NUMBER_RANGE", 3, "$[1]")),
     ("1.8e308", bad("JSON_NUMBER_RANGE", 0)), ("1e308", "1e+308")], "RFC 8259; IEEE 754")
json("strings", "escapes are read, and written as JSON.stringify does", [
    (r'"\u0041\u00e9\u6f22"', '"Aé漢"'), (r'"\ud83d\ude00"', '"😀"'), (r'"\/\b\f\n\r\t\"\\"', r'"/\b\f\n\r\t\"\\"'), (r'"\u0000\u001F\u007f"', '"\\u0000\\u001f\x7f"'),
    ('"ë漢😀\u2028\x7f"', '"ë漢😀\u2028\x7f"'), ('""', '""'), (r'"0123456789abcde\u00e9"', '"0123456789abcdeé"'), (r'{"\u0061\n":1}', r'{"a\n":1}'), ('"' + "é" * 50 + '"', '"' + "é" * 50 + '"')])
json("names", "the names of an object in their order; one that comes twice: its last value, at its first place", [
    ('{"b":1,"a":2}', '{"b":1,"a":2}'), ('{"10":1,"2":2,"b":3}', '{"10":1,"2":2,"b":3}'), ('{"a":1,"b":2,"a":3}', '{"a":3,"b":2}'), ('{"":0}', '{"":0}'),
    (r'{"a":{"x":1},"\u0061":{"y":2}}', '{"a":{"y":2}}'), ('{"x":[{"k":1,"k":2}]}', '{"x":[{"k":2}]}')])
json("prototype", "names that mean something to JavaScript are ordinary names", [
    ('{"__proto__":{"a":1},"constructor":{"prototype":2},"toString":3}', '{"__proto__":{"a":1},"constructor":{"prototype":2},"toString":3}'),
    ('{"__proto__":1,"__proto__":null}', '{"__proto__":null}')])
json("byte-order-mark", "a byte order mark is skipped, and counts in offsets", [
    (raw("efbbbf7b7d"), "{}"), (raw("efbbbf5b312c5d"), bad("JSON_SYNTAX", 6)), (raw("efbbbf"), bad("JSON_TRUNCATED", 3))])
json("truncated", "documents that end too early", [
    (raw(""), bad("JSON_TRUNCATED", 0)), ("  ", bad("JSON_TRUNCATED", 2)), ("[", bad("JSON_TRUNCATED", 1)), ("[1,", bad("JSON_TRUNCATED", 3)), ('{"a"', bad("JSON_TRUNCATED", 4)),
    ('{"a":', bad("JSON_TRUNCATED", 5)), ('"abc', bad("JSON_TRUNCATED", 4)), ("tru", bad("JSON_TRUNCATED", 3)), ("-", bad("JSON_TRUNCATED", 1)), ("[1]", "[1]")])
json("syntax", "what is almost JSON", [
    ('{"a":1,}', bad("JSON_SYNTAX", 7)), ("[1,]", bad("JSON_SYNTAX", 3)), ("{'a':1}", bad("JSON_SYNTAX", 1)), ("NaN", bad("JSON_SYNTAX", 0)), ("Infinity", bad("JSON_SYNTAX", 0)),
    ("+1", bad("JSON_SYNTAX", 0)), (".5", bad("JSON_SYNTAX", 0)), ("// x\n1", bad("JSON_SYNTAX", 0)), ("[1 2]", bad("JSON_SYNTAX", 3)), ('{"a" 1}', bad("JSON_SYNTAX", 5)),
    ("{1:2}", bad("JSON_SYNTAX", 1)), ("]", bad("JSON_SYNTAX", 0)), ("[}", bad("JSON_SYNTAX", 1)), (raw("22610122"), bad("JSON_SYNTAX", 2)), ('"\\x41"', bad("JSON_SYNTAX", 2)),
    ('"\\u12g4"', bad("JSON_SYNTAX", 5)), ("1.x", bad("JSON_SYNTAX", 2)), ("[1.]", bad("JSON_SYNTAX", 3)), ("[01]", bad("JSON_SYNTAX", 2)), (raw("00"), bad("JSON_SYNTAX", 0)), ("{}", "{}")])
json("syntax-path", "where an error is: names from data do not appear", [
    ('{"secret":[1,{"a":x}]}', bad("JSON_SYNTAX", 18, "${0}[1]{0}")), ('{"a":1,"b":{"c":1e999}}', bad("JSON_NUMBER_RANGE", 16, "${1}{0}"))])
json("trailing", "bytes after the document", [("{} x", bad("JSON_TRAILING", 3, "$")), ("1 2", bad("JSON_TRAILING", 2)), ("null,", bad("JSON_TRAILING", 4)), ("{} \n", "{}")])
json("lenient-trailing", "the rule trailing-bytes ignores them", [("{} x", "{}"), ("1 2", "1")], lenient=["trailing-bytes"])
json("utf8", "bytes that are not UTF-8", [
    (raw("2261ff22"), bad("JSON_UTF8", 2)), (raw("22c328" + "22"), bad("JSON_UTF8", 1)), (raw("22eda08022"), bad("JSON_UTF8", 1)), (raw("7b22ff223a317d"), bad("JSON_UTF8", 2))], "RFC 3629")
json("surrogates", "half of a surrogate pair", [
    (r'"\ud800"', bad("JSON_SURROGATE", 1)), (r'"\udc00"', bad("JSON_SURROGATE", 1)), (r'"\ud83dx"', bad("JSON_SURROGATE", 1)), (r'"\ud83d\u0041"', bad("JSON_SURROGATE", 1)),
    (r'{"\ud800":1}', bad("JSON_SURROGATE", 2)), (r'"\ud83d\ude00"', '"😀"')], "Unicode 15, Surrogates")
json("lenient-utf8", "the rule utf8 puts U+FFFD in their place", [
    (raw("2261ff22"), '"a\ufffd"'), (r'"\ud800"', '"\ufffd"'), (r'"\ud83d\u0041"', '"\ufffdA"'), (r'"\ud83d\ud83d\ude00"', '"\ufffd😀"')], "Unicode 15", lenient=["utf8"])
json("depth", "a hundred levels are fine, one more is an error", [
    ("[" * 100 + "]" * 100, "[" * 100 + "]" * 100), ("[" * 101 + "]" * 101, bad("JSON_DEPTH", 100, category="limit")), ('{"a":' * 100 + "1" + "}" * 100, '{"a":' * 100 + "1" + "}" * 100),
    ('{"a":' * 101 + "1" + "}" * 101, bad("JSON_DEPTH", 500, category="limit")), (({"repeat": [["5b", 100000]]},), bad("JSON_DEPTH", 100, category="limit")), ("1", "1")], "limits of kafkalens")
json("depth-most", "the limit on depth may be 500, and then every host bears it", [
    ("[" * 500 + "]" * 500, "[" * 500 + "]" * 500), ("[" * 501 + "]" * 501, bad("JSON_DEPTH", 500, category="limit")),
    ('{"a":' * 500 + "1" + "}" * 500, '{"a":' * 500 + "1" + "}" * 500)], "limits of kafkalens", limits={"depth": 500})
json("long", "a long document", [("[" + ",".join(f'{{"id":{i},"name":"item {i}","price":{i}.25}}' for i in range(200)) + "]",
                                  "[" + ",".join(f'{{"id":{i},"name":"item {i}","price":{i}.25}}' for i in range(200)) + "]")])
