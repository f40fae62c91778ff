"""Finds the site's pages as people do, by following links, and keeps some rows for each address."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from involvement.accounts.doors import Door
from involvement.accounts.permissions import permissions_of
from involvement.accounts.site_map import Address, addresses
from tests.browser.world import LOOKERS, Looking, Resident, World
from tests.conftest import client_for

MOST_EXAMPLES = 3
HREF = re.compile(r'<(?:a|link)\b[^>]*\shref="([^"]+)"')


@dataclass(frozen=True)
class Found:
    """A page that answered: its path, who asked (None is a visitor), and what came."""

    path: str
    member: Looking
    status: int
    kind: str

    @property
    def is_page(self) -> bool:
        return self.kind.startswith("text/html")


@dataclass
class Site:
    """The pages found, by the name of their address."""

    found: dict[str, list[Found]] = field(default_factory=lambda: defaultdict(list))


def readable() -> list[Address]:
    """Every address that answers GET; of two names for one pattern, the one that is tried."""
    by_pattern: dict[str, Address] = {}
    for one in addresses():
        if "GET" in one.methods and one.name:
            by_pattern.setdefault(one.pattern, one)
    return list(by_pattern.values())


def walk_site(world: World, further: list[str]) -> Site:
    """Follow every link that members and visitors may follow, a few rows for each address, and
    `further` pages that no link leads to."""
    site = Site()
    by_name = {one.name: one for one in readable()}
    for member in [None, *(world.cast[role] for role in LOOKERS), *world.residents[:1]]:
        _walk_as(member, world, site, by_name, further)
    return site


def _walk_as(
    member: Looking,
    world: World,
    site: Site,
    by_name: dict[str, Address],
    further: list[str],
) -> None:
    host = f"{world.landlord.slug}.localhost"
    if isinstance(member, Resident):
        client = member.client(world.landlord)
    else:
        client = client_for(world.landlord, member) if member else Client(headers={"host": host})
    seen: set[str] = set()
    plain = [one.name for one in by_name.values() if not one.converters and may(member, one)]
    # What is asked with its question comes before the same address without it
    waiting = deque(further + [reverse(name) for name in plain])
    while waiting:
        path = waiting.popleft()
        name = _name_of(path)
        enough = len(site.found[name]) >= MOST_EXAMPLES if name else True
        if path in seen or enough or name not in by_name or not may(member, by_name[name]):
            continue
        seen.add(path)
        found, html = _asked(client, path, member)
        # Without its question a page may send back to the list; with it, it was found before
        if found.status == 302 and site.found[name]:
            continue
        if all(found.path != other.path for other in site.found[name]):
            site.found[name].append(found)
        if found.is_page:
            waiting.extend(_links(path, html))


def _asked(client: Client, path: str, member: Looking) -> tuple[Found, str]:
    """The page and its source. What the harness or the page raised is kept for its own test."""
    try:
        response = client.get(path)
    except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001 -- whatever it is, it is told
        return Found(path, member, 500, f"{type(error).__name__}: {error}"), ""
    kind = response.headers.get("Content-Type", "")
    html = response.content.decode() if kind.startswith("text/html") else ""
    response.close()
    return Found(path, member, response.status_code, kind), html


def may(member: Looking, address: Address) -> bool:
    """Whether this person is among those who look at this address."""
    if address.door == Door.RESIDENT or isinstance(member, Resident):
        return address.door == Door.RESIDENT and isinstance(member, Resident)
    if address.door == Door.MEMBER:
        return member is not None and address.permission in permissions_of(member.role)
    if address.door == Door.OWN:
        return member is not None
    return member is None


def _name_of(path: str) -> str:
    try:
        return resolve(path.split("?", maxsplit=1)[0]).view_name
    except Resolver404:
        return ""


def _links(page: str, html: str) -> Iterator[str]:
    for href in HREF.findall(html):
        target = urlsplit(urljoin(page, unescape(href)))
        if not target.netloc and target.scheme in {"", "http"}:
            yield target.path
