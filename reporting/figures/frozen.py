"""Facts to JSON and back. The same facts always give the same text, and so the same checksum."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import types
from dataclasses import MISSING
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin, get_type_hints

from reporting.figures.shapes import Facts

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")


def to_json(facts: Facts) -> dict[str, Any]:
    """The facts as JSON holds them."""
    plain: dict[str, Any] = json.loads(json.dumps(dataclasses.asdict(facts)))
    return plain


def from_json(value: dict[str, Any]) -> Facts:
    """The facts again. Raises KeyError where something is missing."""
    return _read(Facts, value)


def checksum(value: dict[str, Any]) -> str:
    """SHA-256 of the facts written with sorted keys and no spaces."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _read(kind: type[T], value: Any) -> T:
    hints = get_type_hints(kind)
    spared = {each.name for each in dataclasses.fields(kind) if each.default is not MISSING}
    return kind(
        **{
            name: _value(hint, value[name])
            for name, hint in hints.items()
            if name in value or name not in spared
        }
    )


def _value(hint: Any, value: Any) -> Any:
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return _read(hint, value)
    if get_origin(hint) is tuple:
        inside = get_args(hint)[0]
        return tuple(_value(inside, item) for item in value)
    if isinstance(hint, types.GenericAlias):
        return dict(value)
    return value
