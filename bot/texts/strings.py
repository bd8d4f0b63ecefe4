"""YAML read as plain strings with their places: nothing in it becomes a number, a date or a truth value."""

from pathlib import Path

import yaml

Sheet = dict[str, "str | list[str] | Sheet"]
"""Nested keys; a leaf is a string or a list of strings."""


class SheetFault(ValueError):
    """A file of texts can't be read as it stands; the message names file, line and what is wrong."""


def read_sheet(path: Path) -> Sheet:
    """Everything in a YAML file as strings, so that `no` is the word and `0123` has four digits.

    Raises `SheetFault` for broken YAML, a key that stands twice, and anything else than keys, lists and strings.
    """
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 1
        raise SheetFault(f"{path.name}:{line}: {getattr(error, 'problem', None) or 'is not YAML'}") from error
    if root is None:
        return {}
    if not isinstance(root, yaml.MappingNode):
        raise SheetFault(f"{path.name}:1: must begin with a key")
    return _mapping(root, path.name)


def _mapping(node: yaml.MappingNode, file: str) -> Sheet:
    sheet: Sheet = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise SheetFault(f"{file}:{line}: a key must be a word")
        name = str(key.value)
        if name in sheet:
            raise SheetFault(f"{file}:{line}: the key `{name}` stands twice")
        sheet[name] = _leaf(value, file)
    return sheet


def _leaf(node: yaml.Node, file: str) -> str | list[str] | Sheet:
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, file)
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode) and all(isinstance(item, yaml.ScalarNode) for item in node.value):
        return [str(item.value) for item in node.value]
    raise SheetFault(f"{file}:{node.start_mark.line + 1}: only keys, texts and lists of texts may stand here")
