"""Puts a mutant in the place of its function, in this very process, wherever that function was imported to."""

import ast
import builtins
import sys
import warnings
from collections.abc import Iterator
from types import CodeType, FunctionType
from typing import Any


def swap(module: str, function: str, source: str) -> None:
    """Let the function (`name` or `Class.name`) do what stands in this source of its module.

    The function stays the same object and gets another body, so that whoever holds it holds the mutant.
    """
    held = vars(sys.modules[module])
    target = _held(held, function)
    with warnings.catch_warnings():
        # A mutant may well compare a text by `is`; that is for the tests to find.
        warnings.simplefilter("ignore")
        tree = ast.parse(source)
        whole = compile(tree, target.__code__.co_filename, "exec", dont_inherit=True)
    new = next(code for code in _codes(whole) if code.co_qualname == function)
    assert new.co_freevars == target.__code__.co_freevars
    target.__code__ = new
    args = _definition(tree, function).args
    if args.defaults:
        target.__defaults__ = tuple(_value(node, held) for node in args.defaults)
    if any(args.kw_defaults):
        target.__kwdefaults__ = {
            arg.arg: _value(node, held)
            for arg, node in zip(args.kwonlyargs, args.kw_defaults, strict=True)
            if node is not None
        }


def _held(names: dict[str, Any], function: str) -> FunctionType:
    inside, _, name = function.rpartition(".")
    found = vars(names[inside])[name] if inside else names[name]
    if isinstance(found, staticmethod | classmethod):
        found = found.__func__
    assert isinstance(found, FunctionType), function
    return found


def _codes(code: CodeType) -> Iterator[CodeType]:
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield inner
            yield from _codes(inner)


def _definition(tree: ast.Module, function: str) -> ast.FunctionDef | ast.AsyncFunctionDef:
    inside, _, name = function.rpartition(".")
    body = next(n.body for n in tree.body if isinstance(n, ast.ClassDef) and n.name == inside) if inside else tree.body
    return next(n for n in body if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef) and n.name == name)


def _value(node: ast.expr, names: dict[str, Any]) -> object:
    """What a default is worth where the function is defined."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        return names.get(node.id, getattr(builtins, node.id, None))
    return eval(compile(ast.Expression(node), "<default>", "eval"), names)  # noqa: S307 - our own source
