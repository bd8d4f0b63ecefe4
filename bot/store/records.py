"""Turns the core's frozen values into JSON and back, strictly, by the types that their classes declare."""

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, NamedTuple, TypeVar, Union, cast, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Copenhagen")
"""Moments come back in the municipality's own zone: a fixed offset would be wrong after the clocks change."""

Json = Any
Value = TypeVar("Value")
KIND = "$"
"""Tells, where a field may hold one of several kinds, which one it is."""


class RecordError(ValueError):
    """What is stored is not what the class declares; the message names the class and the field."""


class Codec(NamedTuple):
    """How values of one type are written to JSON and read back."""

    write: Callable[[Any], Json]
    read: Callable[[Json], Any]


def dump(kind: type[Value] | Any, value: Value) -> str:
    """The value as JSON text. `kind` is its class, or a union of classes.

    Raises:
        RecordError: the value is not of that kind.
    """
    return json.dumps(codec_of(cast(Any, kind)).write(value), ensure_ascii=False, separators=(",", ":"))


def load(kind: type[Value], stored: str) -> Value:
    """The value that the text holds; fields that were added since take their defaults.

    Raises:
        RecordError: the text is no JSON, or not of that kind.
    """
    try:
        raw = json.loads(stored)
    except ValueError as error:
        raise RecordError(f"{kind}: not JSON") from error
    value: Value = codec_of(cast(Any, kind)).read(raw)
    return value


def load_union(kind: Any, stored: str) -> Any:
    """As `load`, for a union of classes, which type checkers do not take for a class."""
    return load(kind, stored)


def kind_of(record: type, field_name: str) -> Any:
    """The type of one field of a class, to be stored by itself."""
    return get_type_hints(record)[field_name]


def stamp(moment: datetime) -> float:
    """Seconds since 1970 for an index.

    Raises:
        RecordError: the moment has no zone.
    """
    if moment.tzinfo is None:
        raise RecordError("a moment without a zone")
    return moment.timestamp()


def moment(seconds: float) -> datetime:
    """The moment in the municipality's zone."""
    return datetime.fromtimestamp(seconds, ZONE)


@cache
def codec_of(kind: Any) -> Codec:
    """How this type is written and read.

    Raises:
        TypeError: it is a type that no record may hold.
    """
    if kind in (str, bool, int, NoneType):
        return _plain(kind)
    if kind is float:
        return Codec(float, _expect(float, (int, float), float))
    if kind is datetime:
        return Codec(_write_moment, _read_moment)
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _union(get_args(kind))
    if origin is Literal:
        return _literal(get_args(kind))
    if origin is tuple:
        return _tuple(get_args(kind))
    if origin is frozenset:
        return _frozenset(get_args(kind)[0])
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(get_args(kind)[1])
    if isinstance(kind, type) and issubclass(kind, Enum):
        return Codec(lambda value: value.value, lambda raw: _enum(kind, raw))
    if is_dataclass(kind):
        return _record(kind)
    raise TypeError(f"no record may hold {kind!r}")


def _expect(kind: Any, accepted: type | tuple[type, ...], make: Callable[[Any], Any] | None = None) -> Any:
    def read(raw: Json) -> Any:
        if not isinstance(raw, accepted) or (isinstance(raw, bool) and kind is not bool):
            raise RecordError(f"{getattr(kind, '__name__', kind)} expected, {type(raw).__name__} found")
        return make(raw) if make else raw

    return read


def _plain(kind: type) -> Codec:
    check = _expect(kind, kind)
    return Codec(check, check)


def _write_moment(value: datetime) -> str:
    if value.tzinfo is None:
        raise RecordError("a moment without a zone")
    return value.isoformat()


def _read_moment(raw: Json) -> datetime:
    try:
        value = datetime.fromisoformat(raw)
    except (TypeError, ValueError) as error:
        raise RecordError("not a moment") from error
    if value.tzinfo is None:
        raise RecordError("a moment without a zone")
    return value.astimezone(ZONE)


def _enum(kind: type[Enum], raw: Json) -> Enum:
    try:
        return kind(raw)
    except ValueError as error:
        raise RecordError(f"{kind.__name__}: no such value") from error


def _literal(values: tuple[Any, ...]) -> Codec:
    def check(value: Any) -> Any:
        if value not in values:
            raise RecordError(f"none of {', '.join(map(str, values))}")
        return value

    return Codec(check, check)


def _tuple(kinds: tuple[Any, ...]) -> Codec:
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        item = codec_of(kinds[0])
        many = _expect(tuple, list)
        return Codec(lambda value: [item.write(one) for one in value], lambda raw: tuple(map(item.read, many(raw))))
    items = tuple(codec_of(kind) for kind in kinds)

    def read(raw: Json) -> tuple[Any, ...]:
        if not isinstance(raw, list) or len(raw) != len(items):
            raise RecordError(f"{len(items)} values expected")
        return tuple(item.read(one) for item, one in zip(items, raw, strict=True))

    return Codec(lambda value: [item.write(one) for item, one in zip(items, value, strict=True)], read)


def _frozenset(kind: Any) -> Codec:
    item = codec_of(kind)
    many = _expect(frozenset, list)
    return Codec(
        lambda value: sorted(item.write(one) for one in value), lambda raw: frozenset(map(item.read, many(raw)))
    )


def _mapping(kind: Any) -> Codec:
    item = codec_of(kind)
    many = _expect(dict, dict)
    return Codec(
        lambda value: {str(key): item.write(one) for key, one in value.items()},
        lambda raw: {key: item.read(one) for key, one in many(raw).items()},
    )


def _union(kinds: tuple[Any, ...]) -> Codec:
    optional = NoneType in kinds
    kinds = tuple(kind for kind in kinds if kind is not NoneType)
    if len(kinds) == 1:
        only = codec_of(kinds[0])
        return Codec(
            lambda value: None if value is None and optional else only.write(value),
            lambda raw: None if raw is None and optional else only.read(raw),
        )
    known = [(kind if isinstance(kind, type) else get_origin(kind), codec_of(kind)) for kind in kinds]
    by_name = {kind.__name__: codec for kind, codec in known}

    def write(value: Any) -> Json:
        if value is None and optional:
            return None
        for kind, codec in known:
            if type(value) is kind or (isinstance(value, kind) and not isinstance(value, bool)):
                raw = codec.write(value)
                if isinstance(raw, dict):
                    return {KIND: kind.__name__, **raw}
                return raw if not isinstance(value, datetime) else {KIND: kind.__name__, "value": raw}
        raise RecordError(f"{type(value).__name__} is none of {', '.join(by_name)}")

    def read(raw: Json) -> Any:
        if raw is None and optional:
            return None
        if isinstance(raw, dict):
            name = raw.get(KIND)
            if name not in by_name:
                raise RecordError(f"none of {', '.join(by_name)}")
            rest = {key: value for key, value in raw.items() if key != KIND}
            return by_name[name].read(rest["value"] if name == datetime.__name__ else rest)
        name = {list: "tuple"}.get(type(raw), type(raw).__name__)
        if name not in by_name:
            raise RecordError(f"none of {', '.join(by_name)}")
        return by_name[name].read(raw)

    return Codec(write, read)


def _record(kind: Any) -> Codec:
    plan: list[tuple[str, Codec, Any]] | None = None

    def planned() -> list[tuple[str, Codec, Any]]:
        # Worked out at the first use, since a record may hold its own kind (words within words).
        nonlocal plan
        if plan is None:
            hints = get_type_hints(kind)
            plan = [(item.name, codec_of(hints[item.name]), item) for item in fields(kind)]
        return plan

    def write(value: Any) -> Json:
        if type(value) is not kind:
            raise RecordError(f"{kind.__name__} expected, {type(value).__name__} found")
        return {name: codec.write(getattr(value, name)) for name, codec, _ in planned()}

    def read(raw: Json) -> Any:
        if not isinstance(raw, dict):
            raise RecordError(f"{kind.__name__} expected, {type(raw).__name__} found")
        steps = planned()
        if not raw.keys() <= {name for name, _, _ in steps}:
            raise RecordError(f"{kind.__name__}: a field that nobody knows")
        return kind(**{name: _field(kind, name, codec, item, raw) for name, codec, item in steps})

    return Codec(write, read)


def _field(kind: Any, name: str, codec: Codec, item: "Field[Any]", raw: Json) -> Any:
    if name not in raw:
        if item.default is not MISSING:
            return item.default
        if item.default_factory is not MISSING:
            return item.default_factory()
        raise RecordError(f"{kind.__name__}.{name} is missing")
    try:
        return codec.read(raw[name])
    except RecordError as error:
        raise RecordError(f"{kind.__name__}.{name}: {error}") from error
