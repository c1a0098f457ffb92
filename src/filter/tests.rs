use super::*;

fn matches(pattern: &str, value: &str) -> bool {
    let record = format!(r#"{{"topic":"t","value":{{"value":{value}}}}}"#);
    let pattern = format!(r#"{{"value":{pattern}}}"#);
    evaluate(&pattern, &record).unwrap_or_else(|e| panic!("{pattern}: {e}")).matches
}

#[test]
fn operators() {
    for (pattern, yes, no) in [
        (r#"{"a":["x"]}"#, r#"{"a":"x"}"#, r#"{"a":"X"}"#),
        (r#"{"a":[1]}"#, r#"{"a":1.0}"#, r#"{"a":"1"}"#),
        (r#"{"a":[null]}"#, r#"{"a":null}"#, r#"{}"#),
        (r#"{"a":[""]}"#, r#"{"a":""}"#, r#"{"a":null}"#),
        (r#"{"a":[true]}"#, r#"{"a":true}"#, r#"{"a":"true"}"#),
        (r#"{"a":["x","y"]}"#, r#"{"a":"y"}"#, r#"{"a":"z"}"#),
        (r#"{"a":["x"]}"#, r#"{"a":["y","x"]}"#, r#"{"a":[]}"#),
        (r#"{"a":[{"prefix":"ab"}]}"#, r#"{"a":"abc"}"#, r#"{"a":"cab"}"#),
        (r#"{"a":[{"suffix":"ab"}]}"#, r#"{"a":"cab"}"#, r#"{"a":"abc"}"#),
        (r#"{"a":[{"prefix":{"equals-ignore-case":"AB"}}]}"#, r#"{"a":"aBc"}"#, r#"{"a":"b"}"#),
        (r#"{"a":[{"equals-ignore-case":"AB"}]}"#, r#"{"a":"aB"}"#, r#"{"a":"abc"}"#),
        (r#"{"a":[{"anything-but":"x"}]}"#, r#"{"a":"y"}"#, r#"{"a":"x"}"#),
        (r#"{"a":[{"anything-but":["x",1]}]}"#, r#"{"a":2}"#, r#"{"a":1}"#),
        (r#"{"a":[{"anything-but":"x"}]}"#, r#"{"a":["x","y"]}"#, r#"{}"#),
        (r#"{"a":[{"anything-but":{"prefix":"x"}}]}"#, r#"{"a":"ax"}"#, r#"{"a":"xa"}"#),
        (r#"{"a":[{"numeric":["=",5]}]}"#, r#"{"a":5.0}"#, r#"{"a":"5"}"#),
        (r#"{"a":[{"numeric":[">",0,"<=",5]}]}"#, r#"{"a":5}"#, r#"{"a":0}"#),
        (r#"{"a":[{"exists":true}]}"#, r#"{"a":null}"#, r#"{"a":{}}"#),
        (r#"{"a":[{"exists":false}]}"#, r#"{"b":1}"#, r#"{"a":1}"#),
        (r#"{"a":[{"wildcard":"a*b*c"}]}"#, r#"{"a":"a--b--b-c"}"#, r#"{"a":"a-c-b"}"#),
        (r#"{"a":[{"wildcard":"\\*x"}]}"#, r#"{"a":"*x"}"#, r#"{"a":"yx"}"#),
        (r#"{"a":[{"wildcard":"ab*ba"}]}"#, r#"{"a":"abba"}"#, r#"{"a":"aba"}"#),
        (r#"{"a":[{"cidr":"10.0.0.0/24"}]}"#, r#"{"a":"10.0.0.255"}"#, r#"{"a":"10.0.1.0"}"#),
        (r#"{"a":{"b":["x"]}}"#, r#"{"a":{"b":"x"}}"#, r#"{"a":"x"}"#),
        (r#"{"a":{"b":["x"],"c":["y"]}}"#, r#"{"a":[{"b":"x","c":"y"}]}"#, r#"{"a":[{"b":"x"},{"c":"y"}]}"#),
        (r#"{"a":["x"],"b":["y"]}"#, r#"{"a":"x","b":"y"}"#, r#"{"a":"x"}"#),
        (r#"{"$or":[{"a":["x"]},{"b":["y"]}]}"#, r#"{"b":"y"}"#, r#"{"b":"x"}"#),
        (r#"["x"]"#, r#""x""#, r#"{"x":1}"#),
        (r#"[{"anything-but":["error"]}]"#, r#""fine""#, r#""error""#),
    ] {
        assert!(matches(pattern, yes), "{pattern} keeps {yes}");
        assert!(!matches(pattern, no), "{pattern} drops {no}");
    }
}

#[test]
fn what_lambda_refuses_is_an_error() {
    let long = format!(r#"{{"value":["{}"]}}"#, "x".repeat(5000));
    for pattern in [
        "",
        "[]",
        "{}",
        r#"{"value":[]}"#,
        r#"{"value":"x"}"#,
        r#"{"value":[["x"]]}"#,
        r#"{"value":[{"prefix":1}]}"#,
        r#"{"value":[{"nope":"x"}]}"#,
        r#"{"value":[{"prefix":"x","suffix":"y"}]}"#,
        r#"{"value":[{"numeric":["<"]}]}"#,
        r#"{"value":[{"numeric":["~",1]}]}"#,
        r#"{"value":[{"wildcard":"a**"}]}"#,
        r#"{"value":[{"cidr":"10.0.0.0/33"}]}"#,
        r#"{"Filters":{}}"#,
        &long,
    ] {
        let error = evaluate(pattern, "{}").expect_err(pattern);
        assert_eq!(error.code(), Code::FilterInvalid, "{pattern}");
    }
    assert_eq!(evaluate(r#"{"value":["x"]}"#, "7").unwrap_err().code(), Code::EventShape);
}

#[test]
fn arrays_in_arrays_are_told_in_time() {
    let nested = |n: usize, open: &str, inner: &str, close: &str| open.repeat(n) + inner + &close.repeat(n);
    let pattern = nested(160, r#"{"a":"#, r#"{"b":[1]}"#, "}");
    let document = |b: &str| format!(r#"{{"value":{{"value":{}}}}}"#, nested(80, r#"{"a":[{"a":"#, b, "}]}"));
    let pattern = format!(r#"{{"value":{pattern}}}"#);
    let outcome = evaluate(&pattern, &document(r#"[{"b":2},{"b":3}]"#)).unwrap();
    assert_eq!((outcome.matches, outcome.failed.len()), (false, 1), "the first item's");
    assert!(evaluate(&pattern, &document(r#"[{"b":2},{"b":1}]"#)).unwrap().matches);
    assert!(!Criteria::read(&pattern).unwrap().keep(&document(r#"[{"b":2}]"#)).unwrap());
    assert!(!matches(r#"{"a":{"b":[{"exists":false}]}}"#, r#"{"a":[[{"b":1}]]}"#));
}

#[test]
fn odd_names_are_quoted_in_paths() {
    let outcome = evaluate(r#"{"value":{"a.b":[1]}}"#, "{}").unwrap();
    assert_eq!(outcome.failed[0].path, r#"$.value["a.b"]"#);
    let error = evaluate(r#"{"value":{"a.b":1}}"#, "{}").unwrap_err();
    assert_eq!(error.path(), Some(r#"$.value["a.b"]"#));
}

#[test]
fn what_fails_is_told() {
    let criteria = r#"{"Filters":[{"Pattern":"{\"value\":{\"a\":[{\"prefix\":\"x\"}],\"b\":[1]}}"},{"Pattern":"{\"key\":[\"k\"]}"}]}"#;
    let outcome = evaluate(criteria, r#"{"key":{"value":"z"},"value":{"value":{"a":"secret"}}}"#).unwrap();
    let told: Vec<_> = outcome.failed.iter().map(|f| (f.filter, &*f.path, f.found)).collect();
    assert_eq!(told, [(0, "$.value.a", "a string"), (0, "$.value.b", "nothing"), (1, "$.key", "a string")]);
    assert_eq!(outcome.warnings.len(), 1);
    assert!(!crate::json::to_text(&outcome).contains("secret"));
    assert!(!outcome.matches);
    let failed = r#"{"value":{"error":{}}}"#;
    assert_eq!(evaluate(r#"{"value":["x"]}"#, failed).unwrap().failed[0].found, "nothing");
}
