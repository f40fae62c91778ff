"""What pages offer, and whether whoever reads them may take it: a member walks every page they may
open, some rows for each address, and what their role is offered and refused is told."""

from __future__ import annotations

import sys
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from involvement.accounts.doors import DOOR, Door
from involvement.accounts.models import Membership
from involvement.accounts.site_map import addresses
from tests.browser.site import may, readable
from tests.browser.world import World
from tests.conftest import client_for

FACES = ("/desk/", "/board/")
WENT_WRONG = (Exception, pytest.fail.Exception)


@dataclass
class Form:
    """A form as it stands on a page: how and where it goes, with what, and by which buttons."""

    method: str
    action: str
    hidden: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)

    def presses(self) -> Iterator[tuple[str, dict[str, str]]]:
        """By button: where it goes, and what is sent along."""
        for action, name, value in self.buttons or [("", "", "")]:
            yield action or self.action, self.hidden | ({name: value} if name else {})


class Offers(HTMLParser):
    """Reads off a page what it offers."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._open: Form | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, value = given.get("name", ""), given.get("value", "")
        kind = given.get("type", "submit" if tag == "button" else "text")
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if "hx-get" in given:
            self.links.append(given["hx-get"])
        if tag == "form":
            self._open = Form(given.get("method", "get").upper(), given.get("action", ""))
            self.forms.append(self._open)
        elif tag in {"button", "input"} and self._open is not None and kind == "submit":
            self._open.buttons.append((given.get("formaction", ""), name, value))
        elif tag == "input" and self._open is not None and kind == "hidden":
            self._open.hidden[name] = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None


@dataclass
class Walk:
    """One member's way through the desk and the library."""

    member: Membership
    client: Client
    looked: Counter[str] = field(default_factory=Counter)
    offered: set[str] = field(default_factory=set)
    pressed: set[str] = field(default_factory=set)
    faults: dict[str, str] = field(default_factory=dict)

    def look_at(self, path: str) -> Offers:
        """What a page offers; nothing where it is no page."""
        self.looked[name_of(path)] += 1
        try:
            response: Any = self.client.get(path)
        except WENT_WRONG as error:
            self._tell(path, path, repr(error))
            return Offers("")
        if response.status_code in {403, 405, 500}:
            self._tell(path, path, f"answers {response.status_code}")
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        offers = Offers(response.content.decode() if is_page else "")
        response.close()
        return offers

    def try_form(self, page: str, form: Form) -> None:
        """Each button leads where the member may go, and their going is not refused there."""
        for action, data in form.presses():
            target = urljoin(page, action)
            if not is_ours(target) or not self.may_take(page, target, form.method):
                continue
            if form.method == "POST" and refuses_itself(target) and target not in self.pressed:
                self.pressed.add(target)
                status = self._press(target, data)
                if status == 403:
                    self._tell(page, target, f"answers {status}")

    def may_take(self, page: str, target: str, method: str = "GET") -> bool:
        """Whether the door of what a page offers lets this member in; told where it does not."""
        name = name_of(target)
        self.offered.add(name)
        stamp = getattr(resolve(urlsplit(target).path).func, DOOR, {})
        if stamp.get("door") == Door.MEMBER and not self.member.may(stamp["permission"]):
            self._tell(page, target, f"asks for {stamp['permission']}")
            return False
        if method not in answered()[name]:
            self._tell(page, target, f"does not answer {method}")
            return False
        return True

    def _press(self, target: str, data: dict[str, str]) -> int:
        with transaction.atomic():
            try:
                return int(self.client.post(target, data).status_code)
            finally:
                transaction.set_rollback(True)

    def _tell(self, page: str, target: str, why: str) -> None:
        """One example for each kind of target on each kind of page."""
        self.faults.setdefault(f"{name_of(page)} {name_of(target)}", f"{page} → {target} {why}")


def walk_as(member: Membership, world: World, further: list[str], rows: int) -> Walk:
    """Look at every page that the member may open, at most so many rows of each address."""
    walk = Walk(member, client_for(world.landlord, member))
    open_to = {one.name for one in readable() if one.door == Door.MEMBER and may(member, one)}
    plain = [one.name for one in readable() if one.name in open_to and not one.converters]
    # What is asked with its question comes before the same address without it
    waiting = deque([path for path in further if name_of(path) in open_to])
    waiting.extend(reverse(name) for name in plain)
    seen: set[str] = set()
    while waiting:
        path = waiting.popleft()
        if path in seen or walk.looked[name_of(path)] >= rows:
            continue
        seen.add(path)
        offers = walk.look_at(path)
        targets = [urljoin(path, href).split("#", maxsplit=1)[0] for href in offers.links]
        waiting.extend(one for one in targets if is_ours(one) and walk.may_take(path, one))
        for form in offers.forms:
            walk.try_form(path, form)
    return walk


def is_ours(target: str) -> bool:
    """Whether it is an address of the desk's or the library's."""
    split = urlsplit(target)
    return not split.netloc and split.path.startswith(FACES) and bool(name_of(target))


def name_of(path: str) -> str:
    """The name of an address; "" for what none serves."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""


@cache
def answered() -> dict[str, tuple[str, ...]]:
    """What each address answers, by its name."""
    return {one.name: one.methods for one in addresses()}


def refuses_itself(target: str) -> bool:
    """Whether the view, behind its door, asks for a permission once more."""
    module = sys.modules[resolve(urlsplit(target).path).func.__module__]
    return "PermissionDenied" in Path(str(module.__file__)).read_text(encoding="utf-8")
