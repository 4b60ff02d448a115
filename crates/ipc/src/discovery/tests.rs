use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::{DOCUMENT, document};
use crate::fault::FaultCode;
use crate::message::{CANCEL, CHANGED};
use crate::method::{Audience, Described, PROTOCOL, Schemas, describe};
use crate::snapshot::Snapshot;

const PAGE: &str = include_str!("../../../../docs/protocol.md");

#[test]
fn the_document_says_what_the_types_say() {
    let mut generated = serde_json::to_string_pretty(&generated()).unwrap();
    generated.push('\n');
    if std::env::var_os("SIGNET_ACCEPT").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/src/discovery/openrpc.json"), &generated).unwrap();
        return;
    }
    assert!(
        generated == DOCUMENT,
        "the endpoint has changed. If that is meant: SIGNET_ACCEPT=1 cargo test -p signet-ipc discovery"
    );
}

#[test]
fn every_reference_in_the_document_leads_somewhere() {
    let document = document().unwrap();
    let mut references = Vec::new();
    collect_references(&document, &mut references);
    assert!(!references.is_empty(), "the schemas refer to each other");
    for reference in references {
        let pointer = reference.strip_prefix('#').expect("within the document");
        assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
    }
}

#[test]
fn the_protocols_page_names_each_param_and_each_field_where_it_tells_of_the_method() {
    let document = document().unwrap();
    for method in document["methods"].as_array().unwrap() {
        let name = method["name"].as_str().unwrap();
        if name == CANCEL {
            continue;
        }
        let section = section_of(name);
        for field in params(method).into_iter().chain(fields(&document, &method["result"]["schema"])) {
            assert!(names(section, &field), "the section on {name} does not name {field}");
        }
    }
}

#[test]
fn the_protocols_page_names_no_param_that_does_not_exist() {
    let document = document().unwrap();
    let said = document.to_string();
    for row in methods_part().lines().filter(|line| line.starts_with("| `")) {
        let cell = row.split('|').nth(1).unwrap();
        for name in cell.split('`').skip(1).step_by(2) {
            assert!(said.contains(&format!("\"{name}\"")), "{name} is nowhere in the protocol: {row}");
        }
    }
}

fn generated() -> Value {
    let settings = |settings: SchemaSettings| {
        settings.with(|settings| settings.definitions_path = "/components/schemas".into()).into_generator()
    };
    let mut schemas = Schemas {
        inbound: settings(SchemaSettings::draft07().for_deserialize()),
        outbound: settings(SchemaSettings::draft07().for_serialize()),
    };
    let described = describe(&mut schemas);
    let mut methods: Vec<Value> = described.iter().map(method).collect();
    methods.push(json!({
        "name": CANCEL,
        "summary": "A notification: calls one of this connection's requests off, which is then answered with -32800.",
        "paramStructure": "by-name",
        "params": [{"name": "id", "required": true, "schema": {"type": ["integer", "string"]}}],
    }));
    let snapshot = schemas.outbound.subschema_for::<Snapshot>();
    let definitions: Map<String, Value> =
        schemas.inbound.take_definitions(true).into_iter().chain(schemas.outbound.take_definitions(true)).collect();
    json!({
        "openrpc": "1.3.2",
        "info": {
            "title": "Signet's local endpoint",
            "version": PROTOCOL.to_string(),
            "description": "JSON-RPC 2.0, one message a line, over a Unix socket or a named pipe. \
                Fields may be added at any time: ignore those you do not know.",
            "license": {"name": "MIT OR Apache-2.0"},
        },
        "methods": methods,
        "x-notifications": [{
            "name": CHANGED,
            "summary": "To those who called agent.subscribe: what the agent's state has become.",
            "paramStructure": "by-name",
            "params": snapshot,
        }],
        "components": {"schemas": definitions, "errors": errors()},
    })
}

fn method(described: &Described) -> Value {
    let params = described.params.as_object().unwrap();
    let required: Vec<&str> =
        params.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let param = |(name, schema): (&String, &Value)| {
        let mut schema = schema.clone();
        let summary = schema.as_object_mut().and_then(|schema| schema.remove("description"));
        let mut param = json!({"name": name, "required": required.contains(&name.as_str()), "schema": schema});
        if let Some(summary) = summary {
            param["summary"] = summary;
        }
        param
    };
    let properties = params.get("properties").and_then(Value::as_object).into_iter().flatten();
    json!({
        "name": described.name,
        "summary": params["description"],
        "paramStructure": "by-name",
        "params": properties.map(param).collect::<Vec<_>>(),
        "result": {"name": "result", "schema": described.result},
        "errors": errors_of(described.name),
        "x-audience": match described.audience {
            Audience::Anybody => "anybody",
            Audience::Starter => "starter",
            Audience::Managers => "managers",
        },
    })
}

fn errors() -> Map<String, Value> {
    let numbers = (-32060..=-32050).rev().chain([-32800, -32700, -32600, -32601, -32602, -32603]);
    let error = |number: i32| {
        let code = FaultCode::from(number);
        let name = code.name().map_or_else(|| format!("{code:?}"), str::to_owned);
        let mut error = json!({"code": number, "message": meaning(number)});
        if let Some(kind) = code.kind() {
            error["data"] = json!({"code": name, "kind": kind});
        }
        (name, error)
    };
    numbers.map(error).collect()
}

/// The errors that the page names in the method's part, after the word itself.
fn errors_of(name: &str) -> Vec<Value> {
    let told = section_of(name).split("Errors:").skip(1).filter_map(|rest| rest.split("\n\n").next());
    let told = told.collect::<Vec<_>>().join(" ");
    let named = (-32060..=-32050).rev().filter_map(|number| FaultCode::from(number).name());
    let named = named.filter(|code| told.contains(&format!("`{code}`")));
    named.map(|code| json!({"$ref": format!("#/components/errors/{code}")})).collect()
}

/// What the protocol's page says of an error.
fn meaning(number: i32) -> &'static str {
    let row = PAGE.lines().find(|line| line.contains(&format!("| {number} |"))).expect("a row for each error");
    row.split('|').nth(3).expect("a third cell").trim()
}

fn collect_references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                match value.as_str().filter(|_| key == "$ref") {
                    Some(reference) => found.push(reference.to_owned()),
                    None => collect_references(value, found),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| collect_references(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn params(method: &Value) -> Vec<String> {
    let params = method["params"].as_array().unwrap();
    params.iter().map(|param| param["name"].as_str().unwrap().to_owned()).collect()
}

/// The fields of a result, those of all its shapes.
fn fields(document: &Value, schema: &Value) -> Vec<String> {
    if let Some(reference) = schema["$ref"].as_str() {
        return fields(document, document.pointer(&reference[1..]).unwrap());
    }
    let own = schema["properties"].as_object().into_iter().flat_map(|properties| properties.keys().cloned());
    let shapes = ["oneOf", "anyOf", "allOf"].into_iter().filter_map(|key| schema[key].as_array()).flatten();
    own.chain(shapes.flat_map(|shape| fields(document, shape))).collect()
}

fn methods_part() -> &'static str {
    let start = PAGE.find("\n## Methods\n").expect("a part on the methods");
    let part = &PAGE[start + 1..];
    part.find("\n## ").map_or(part, |end| &part[..end])
}

/// The part of the page under the heading that names a method.
fn section_of(name: &str) -> &'static str {
    let is_heading = |section: &&str| {
        let heading = section.lines().next().unwrap_or_default();
        heading.split([' ', ',']).any(|word| word == name)
    };
    methods_part().split("\n### ").find(is_heading).unwrap_or_else(|| panic!("no heading names {name}"))
}

/// Whether a text has a word in its code.
fn names(text: &str, word: &str) -> bool {
    let is_part = |sign: char| sign.is_alphanumeric() || sign == '_';
    text.match_indices(word)
        .any(|(at, _)| !text[..at].ends_with(is_part) && !text[at + word.len()..].starts_with(is_part))
}
