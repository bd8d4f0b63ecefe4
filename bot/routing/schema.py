"""The rules' form as a JSON Schema, so that an editor can complete fields and underline a slip while one writes."""

from typing import Any

from bot.routing.rules import KINDS, TAXONOMY, Rules

_SCALAR = ["string", "number", "boolean"]


def rules_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a rules file with the fields' Danish names."""
    schema: dict[str, Any] = _ease(Rules.model_json_schema(by_alias=True))
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "routing_rules.yaml"
    schema["properties"]["emner"]["required"] = list(TAXONOMY)
    schema["properties"]["slags"]["required"] = list(KINDS)
    place = schema["$defs"]["PlaceBlock"]
    # A place may be its bare name.
    schema["$defs"]["PlaceBlock"] = {"anyOf": [{"type": _SCALAR}, place]}
    return schema


def _ease(part: Any) -> Any:
    """Take as text whatever the loader takes: a word of digits or `no` is a word, and a number may stand in quotes."""
    if isinstance(part, list):
        return [_ease(item) for item in part]
    if not isinstance(part, dict):
        return part
    eased = {key: _ease(value) for key, value in part.items()}
    if eased.get("type") == "string" and "enum" not in eased and "const" not in eased:
        eased["type"] = _SCALAR
        eased.pop("format", None)
    if "gt" in eased:
        eased["exclusiveMinimum"] = eased.pop("gt")
    if eased.get("type") in ("integer", "number", "boolean"):
        eased["type"] = [eased["type"], "string"]
    return eased
