"""Every address of the site, and who may open it: read off the stamps that doors leave."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from involvement.accounts.doors import DOOR, Door
from involvement.accounts.permissions import Permission

FACES = ("desk", "my", "board")


@dataclass(frozen=True)
class Address:
    """One URL pattern. `door` and `permission` are None where no door of ours opens it."""

    name: str
    pattern: str
    methods: tuple[str, ...]
    door: Door | None
    permission: Permission | None
    face: str
    view: str
    converters: dict[str, str]

    def as_dict(self) -> dict[str, Any]:
        """The address as plain values, for JSON."""
        return {
            "name": self.name,
            "pattern": self.pattern,
            "methods": list(self.methods),
            "door": self.door,
            "permission": self.permission,
            "faces": [self.face],
            "view": self.view,
            "arguments": self.converters,
        }


def addresses() -> list[Address]:
    """All addresses, in the order they are tried."""
    return list(_walk(get_resolver().url_patterns, "/", (), {}))


def _walk(
    patterns: Any, prefix: str, namespaces: tuple[str, ...], converters: dict[str, str]
) -> Iterator[Address]:
    for entry in patterns:
        route = prefix + str(entry.pattern)
        taken = converters | {
            name: type(converter).__name__.removesuffix("Converter").lower()
            for name, converter in entry.pattern.converters.items()
        }
        if isinstance(entry, URLResolver):
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from _walk(entry.url_patterns, route, inner, taken)
        elif isinstance(entry, URLPattern):
            yield _address(entry, route, namespaces, taken)


def _address(
    entry: URLPattern, route: str, namespaces: tuple[str, ...], converters: dict[str, str]
) -> Address:
    stamp = getattr(entry.callback, DOOR, {})
    first = route.strip("/").split("/")[0]
    return Address(
        name=":".join((*namespaces, entry.name)) if entry.name else "",
        pattern=route,
        methods=_methods(entry.callback),
        door=stamp.get("door"),
        permission=stamp.get("permission"),
        face=first if first in FACES else "public",
        view=_view_name(entry.callback),
        converters=converters,
    )


def _view_name(view: Any) -> str:
    view = getattr(view, "view_class", view)
    return f"{view.__module__}.{getattr(view, '__qualname__', type(view).__name__)}"


def _methods(view: Any) -> tuple[str, ...]:
    """What the view answers, read from `require_http_methods` around it or from its class."""
    kind = getattr(view, "view_class", None)
    if kind is not None:
        names = [name for name in kind.http_method_names if hasattr(kind, name)]
        return tuple(name.upper() for name in names if name != "options")
    current = view
    while current is not None:
        if inspect.isfunction(current):
            methods = inspect.getclosurevars(current).nonlocals.get("request_method_list")
            if methods is not None:
                return tuple(methods)
        current = getattr(current, "__wrapped__", None)
    return ("GET", "HEAD", "POST")
