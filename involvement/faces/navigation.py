"""The menus of the faces, read from settings.NAVIGATION.

Each entry is a dict: `face` (desk, my, public, board, foot), `label`, `url_name`, and where wanted
`permission`, `where` (dotted path of a callable taking the request: whether this landlord has such
a page), `count` (likewise, giving a number or None) and `group` (a change of group leaves a gap in
the desk's menu).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a menu as the layouts draw it."""

    label: str
    url: str
    count: int | None = None
    current: bool = False
    starts_group: bool = False


class Navigation:
    """The menus of one request; a menu, with its counts, is made when a layout first asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def desk(self) -> list[Item]:
        """The officers' menu."""
        return menu(self._request, "desk")

    @cached_property
    def my(self) -> list[Item]:
        """A resident's own menu."""
        return menu(self._request, "my")

    @cached_property
    def public(self) -> list[Item]:
        """The menu anybody sees."""
        return menu(self._request, "public")

    @cached_property
    def board(self) -> list[Item]:
        """The menu of the board's library."""
        return menu(self._request, "board")

    @cached_property
    def foot(self) -> list[Item]:
        """The links at the foot of residents' pages."""
        return menu(self._request, "foot")

    def __iter__(self) -> Iterator[Item]:
        for face in ("desk", "my", "public", "board"):
            yield from getattr(self, face)


def menu(request: HttpRequest, face: str) -> list[Item]:
    """The entries of a face that this reader may open, the open one marked.

    An entry whose address this installation does not serve is left out.
    """
    found = [
        (entry, url)
        for entry in getattr(settings, "NAVIGATION", [])
        if entry["face"] == face
        and may_open(getattr(request, "membership", None), entry.get("permission"))
        and _is_here(entry, request)
        and (url := _url(entry["url_name"]))
    ]
    here = _current(request.path, [url for _entry, url in found])
    items: list[Item] = []
    group = None
    for entry, url in found:
        starts = bool(items) and entry.get("group") != group
        group = entry.get("group")
        items.append(
            Item(
                entry["label"],
                url,
                _count(entry, request),
                current=url == here,
                starts_group=starts,
            )
        )
    return items


def may_open(membership: Any, permission: Any) -> bool:
    """Whether a membership holds a permission; an entry without one is for everybody."""
    if permission is None:
        return True
    return membership is not None and bool(membership.may(permission))


def _is_here(entry: Mapping[str, Any], request: HttpRequest) -> bool:
    dotted = entry.get("where")
    return dotted is None or bool(import_string(dotted)(request))


def _url(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def _current(path: str, urls: list[str]) -> str:
    # A face's first page holds all its others by address, so it lights up only on itself
    roots = {url for url in urls if any(other != url and other.startswith(url) for other in urls)}
    holding = [url for url in urls if path == url or (url not in roots and path.startswith(url))]
    return max(holding, key=len, default="")


def _count(entry: Mapping[str, Any], request: HttpRequest) -> int | None:
    dotted = entry.get("count")
    if not dotted:
        return None
    count: int | None = import_string(dotted)(request)
    return count
