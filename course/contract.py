"""Holds a file against `content/schema.json` and turns every error into a finding an author understands."""

import functools
import json
import sys
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

from course.findings import Finding
from course.letters import CLOSE, hint, sentences

_WANTED = {"array": "list", "object": "group", "boolean": "boolean", "integer": "integer", "number": "number"}
SHOWN = 80  # letters of a text that fits nowhere
SCHEMA = Path(__file__).parent / "content" / "schema.json"


def findings(data: object, definition: str, language: str) -> Iterator[Finding]:
    """Everything in the data that breaks a definition of the schema."""
    for error in _validator(definition).iter_errors(data):
        yield from _HANDLERS.get(error.validator, _other)(error, language)


@functools.cache
def _validator(definition: str) -> object:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return _jsonschema().Draft202012Validator({"$ref": f"#/$defs/{definition}", "$defs": schema["$defs"]})


def _jsonschema() -> object:
    """jsonschema without the grammars of web addresses, which cost it two seconds and which no content uses."""
    blocked = "jsonschema" not in sys.modules and "rfc3987_syntax" not in sys.modules
    if blocked:
        sys.modules["rfc3987_syntax"] = None
    try:
        import jsonschema  # here, because a participant's kernel never needs it
    finally:
        if blocked:
            del sys.modules["rfc3987_syntax"]
    return jsonschema


def _finding(name: str, error: object, **values: object) -> Finding:
    keys = tuple(error.absolute_path)
    named = [str(key) for key in keys if isinstance(key, str)]
    facts = {"key": named[-1] if named else "", "value": error.instance, "limit": error.validator_value}
    return Finding(f"schema.{name}", keys, values={**facts, "description": _description(error.schema), **values})


def _description(schema: Mapping) -> str:
    return schema.get("description", _definition(schema).get("description", ""))


def _required(error: object, language: str) -> Iterator[Finding]:
    # jsonschema gives one error for each missing key, but names the key only in its English message.
    key = next(key for key in error.validator_value if error.message.startswith(repr(key)))
    closed = error.schema.get("additionalProperties") is False
    unknown = [name for name in error.instance if name not in error.schema.get("properties", {})]
    if closed and get_close_matches(key, unknown, 1, CLOSE):
        return  # misspelt, which is said once
    schema = {"type": "string", **error.schema.get("properties", {}).get(key, {})}
    if {**schema, **_definition(schema)}["type"] in ("array", "object"):
        yield _finding("required_group", error, key=key, description=_description(schema))
    else:
        yield _finding("required", error, key=key, example=f"{key}: {_example(schema)}")


def _example(schema: Mapping) -> str:
    examples = schema.get("examples", _definition(schema).get("examples", ["…"]))
    return json.dumps(examples[0], ensure_ascii=False)


def _definition(schema: Mapping) -> Mapping:
    definitions = _validator("module").schema["$defs"]
    return definitions.get(schema.get("$ref", "").removeprefix("#/$defs/"), {})


def _unknown(error: object, language: str) -> Iterator[Finding]:
    known = tuple(error.schema["properties"])
    for key in error.instance:
        if key not in known:
            finding = _finding("unknown", error, key=key, hint=hint(key, known, language))
            yield Finding(finding.key, (*finding.keys, key), values=finding.values)


def _type(error: object, language: str) -> Iterator[Finding]:
    wanted, value = error.validator_value, error.instance
    if error.absolute_path and isinstance(error.absolute_path[-1], str):
        values = {}
    else:
        values = {"key": sentences(language)["schema.line" if error.absolute_path else "schema.whole"]}
    if value is None:
        yield _finding("empty", error, **values)
    elif wanted == "string" or isinstance(wanted, list):
        bare = str(value).lower() if isinstance(value, bool) else value
        yield _finding("text_group" if isinstance(value, dict | list) else "text_bare", error, value=bare, **values)
    else:
        yield _finding(_WANTED[wanted], error, example=error.schema.get("default", 5), **values)


def _enum(error: object, language: str) -> Iterator[Finding]:
    yield _finding("choice", error, hint=hint(error.instance, error.validator_value, language))


def _pattern(error: object, language: str) -> Iterator[Finding]:
    shown = error.instance if len(error.instance) <= SHOWN else f"{error.instance[:SHOWN]} …"
    yield _finding("form" if error.instance.strip() else "text_empty", error, value=shown)


def _long(error: object, language: str) -> Iterator[Finding]:
    yield _finding("long", error, count=len(error.instance))


def _count(error: object, language: str) -> Iterator[Finding]:
    name = "few" if error.validator.startswith("min") else "many"
    yield _finding(name, error, count=len(error.instance))


def _size(error: object, language: str) -> Iterator[Finding]:
    names = {"minimum": "small", "maximum": "large", "exclusiveMinimum": "above"}
    yield _finding(names[error.validator], error)


def _twice(error: object, language: str) -> Iterator[Finding]:
    yield _finding("twice", error)


def _other(error: object, language: str) -> Iterator[Finding]:
    yield _finding("other", error)


_HANDLERS = {
    "required": _required,
    "additionalProperties": _unknown,
    "type": _type,
    "enum": _enum,
    "pattern": _pattern,
    "maxLength": _long,
    "minItems": _count,
    "maxItems": _count,
    "minProperties": _count,
    "minimum": _size,
    "maximum": _size,
    "exclusiveMinimum": _size,
    "uniqueItems": _twice,
}
