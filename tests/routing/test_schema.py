"""The schema for editors takes what the loader takes, and underlines the slips that it can know."""

import re
from functools import cache
from typing import Any

import pytest
import yaml

from bot.routing.rules import TAXONOMY
from bot.routing.schema import rules_schema
from tests.routing.small import small_rules

TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "number": (int, float),
    "null": type(None),
}  # fmt: skip


@cache
def schema() -> dict[str, Any]:
    """The schema, made once, when the first test asks."""
    return rules_schema()


class Unknown(Exception):
    """The schema says something that this small checker does not know."""


KNOWN = {
    "$defs", "$ref", "$schema", "title", "description", "default", "type", "properties", "required", "const", "enum",
    "additionalProperties", "items", "anyOf", "minItems", "maxItems", "minimum", "maximum", "exclusiveMinimum",
    "minProperties", "propertyNames", "patternProperties", "format",
    "minLength", "maxLength",
}  # fmt: skip


def faults(value: Any, part: dict[str, Any], at: str = "") -> list[str]:
    """Where a value breaks a schema: the keywords of JSON Schema that pydantic writes, and no others."""
    if set(part) - KNOWN:
        raise Unknown(sorted(set(part) - KNOWN))
    if "$ref" in part:
        return faults(value, schema()["$defs"][part["$ref"].rpartition("/")[2]], at)
    if "anyOf" in part:
        tried = [faults(value, choice, at) for choice in part["anyOf"]]
        return [] if [] in tried else min(tried, key=len)
    types = part.get("type", list(TYPES))
    allowed = [TYPES[name] for name in ([types] if isinstance(types, str) else types)]
    if not any(isinstance(value, kind) for kind in allowed):
        return [f"{at}: {value!r} is no {types}"]
    found = [] if value in part.get("enum", [value]) else [f"{at}: {value!r} is not allowed"]
    if isinstance(value, int | float):
        low, high = part.get("minimum", part.get("exclusiveMinimum", value)), part.get("maximum", value)
        found += [] if low <= value <= high else [f"{at}: {value} is out of range"]
    if isinstance(value, str):
        fits = part.get("minLength", 0) <= len(value) <= part.get("maxLength", len(value))
        found += [] if fits else [f"{at}: {len(value)} characters"]
    if isinstance(value, list):
        inside = part.get("minItems", 0) <= len(value) <= part.get("maxItems", len(value))
        found += [] if inside else [f"{at}: {len(value)} items"]
        found += [fault for n, item in enumerate(value) for fault in faults(item, part.get("items", {}), f"{at}.{n}")]
    if isinstance(value, dict):
        found += [f"{at}: {name} is missing" for name in part.get("required", ()) if name not in value]
        for name, item in value.items():
            named = (inner for sign, inner in part.get("patternProperties", {}).items() if re.search(sign, name))
            inner = part.get("properties", {}).get(name, next(named, part.get("additionalProperties", {})))
            found += [f"{at}: {name} is not known"] if inner is False else faults(item, inner, f"{at}.{name}")
    return found


def read(text: str) -> Any:
    """YAML as an editor reads it: numbers are numbers, days and hours are text."""

    class Editor(yaml.CSafeLoader):
        """YAML 1.2, as editors have it."""

    Editor.yaml_implicit_resolvers = {
        sign: [(tag, match) for tag, match in found if tag.rpartition(":")[2] in ("int", "float", "null")]
        for sign, found in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }
    return yaml.load(text, Loader=Editor)  # noqa: S506


def test_the_shipped_rules_fit_the_schema(shipped: str) -> None:
    assert faults(read(shipped), schema()) == []


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("    ansvarlig: bo\n", "    ansvarllig: bo\n", ".emner.natur: ansvarllig is not known"),
        ("    ansvarlig: bo\n", "", ".emner.natur: ansvarlig is missing"),
        ("  byrum:\n", "  byrumm:\n", ".emner: byrum is missing"),
        ("arbejdsdage: '2'", "arbejdsdage: 400", ".løfter.arbejdsdage: 400 is out of range"),
        ("svarer_i: gruppe", "svarer_i: grupe", ".agenter.mette.svarer_i: 'grupe' is not allowed"),
        (
            "    - natur\n",
            "    - {natur: 1}\n",
            ".emner.natur.ord.0: {'natur': 1} is no ['string', 'number', 'boolean']",
        ),
    ],
)
def test_a_slip_is_underlined(shipped: str, old: str, new: str, where: str) -> None:
    text = small_rules(shipped)
    assert old in text
    assert where in faults(read(text.replace(old, new, 1)), schema())


def test_every_topic_of_the_taxonomy_must_be_there() -> None:
    assert schema()["properties"]["emner"]["required"] == list(TAXONOMY)


def test_a_number_may_stand_where_a_word_is_wanted_and_a_word_where_a_number_is(shipped: str) -> None:
    text = small_rules(shipped)
    for old, new in (
        ("navn: Bo Lind", "navn: 4711"),
        ("arbejdsdage: '2'", "arbejdsdage: 2"),
        ("navn: Bo Lind", "navn: no"),
    ):
        assert old in text
        assert faults(read(text.replace(old, new, 1)), schema()) == []


def test_a_day_or_an_hour_is_text_of_any_form_here_for_the_loader_tells_what_is_wrong_in_it() -> None:
    def parts(part: Any) -> list[dict[str, Any]]:
        if isinstance(part, list):
            return [found for item in part for found in parts(item)]
        return [part, *(found for value in part.values() for found in parts(value))] if isinstance(part, dict) else []

    assert [part for part in parts(schema()) if isinstance(part.get("format"), str)] == []
