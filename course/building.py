"""Builds the frozen dataclasses of `course.model` from plain data, guided by their own type hints."""

import contextlib
import functools
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass

from course.model import frozen

Maker = Callable[[object], object]


class Misfit(Exception):
    """Plain data that does not have the shape of its dataclass; the schema says it better."""


def build(kind: type, data: object, **extra: object) -> object:
    """One dataclass of this kind from a dict; lists become tuples and dicts read-only."""
    if type(data) is not dict:
        raise Misfit(kind.__name__)
    makers, needed = _shape(kind)
    if not needed <= data.keys() | extra.keys() or not data.keys() <= makers.keys() - extra.keys():
        raise Misfit(kind.__name__)
    return kind(**{name: makers[name](value) for name, value in data.items()}, **extra)


@functools.cache
def _shape(kind: type) -> tuple[dict[str, Maker], set[str]]:
    """How each field is made, and which fields must be there."""
    hints = typing.get_type_hints(kind)
    makers = {field.name: _maker(hints[field.name]) for field in fields(kind)}
    needed = {field.name for field in fields(kind) if field.default is MISSING and field.default_factory is MISSING}
    return makers, needed


@functools.cache
def _maker(hint: object) -> Maker:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if is_dataclass(hint):
        return functools.partial(build, hint)
    if origin is tuple:
        return functools.partial(_items, _maker(arguments[0]))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return functools.partial(_mapping, _maker(arguments[1]))
    if origin is typing.Literal:
        return functools.partial(_one_of, (str,), arguments)
    if origin is types.UnionType:
        return functools.partial(_first_that_fits, tuple(map(_maker, arguments)))
    if hint is object:
        return _anything
    return functools.partial(_one_of, (int, float) if hint is float else (hint,), None)


def _one_of(kinds: tuple[type, ...], choices: tuple | None, value: object) -> object:
    if type(value) not in kinds or (choices and value not in choices):
        raise Misfit(str(type(value)))
    return value


def _first_that_fits(makers: tuple[Maker, ...], value: object) -> object:
    for make in makers:
        with contextlib.suppress(Misfit):
            return make(value)
    raise Misfit(str(type(value)))


def _items(make: Maker, value: object) -> tuple:
    if type(value) is not list:
        raise Misfit("list")
    return tuple(map(make, value))


def _mapping(make: Maker, value: object) -> Mapping:
    if type(value) is not dict:
        raise Misfit("dict")
    return frozen({key: make(item) for key, item in value.items()})


def _anything(value: object) -> object:
    return tuple(map(_anything, value)) if type(value) is list else value
