"""A form as a browser without script holds it: what would be sent if nobody touched it."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.test import Client

Sent = dict[str, list[str]]
TICKS = {"checkbox", "radio"}


class _Forms(HTMLParser):
    """Every form of a page: where it goes, and what it would send."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, Sent]] = []
        self._inside = False
        self._area = self._select = ""
        self._options: list[tuple[str, bool]] = []
        self._many = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "form":
            self._inside = True
            self.forms.append((given.get("action") or "", {}))
        elif not self._inside:
            return
        elif tag == "textarea":
            self._area = name
            self.forms[-1][1][name] = [""]
        elif tag == "select":
            self._select, self._options, self._many = name, [], "multiple" in given
        elif tag == "option":
            self._options.append((value, "selected" in given))
        elif name and tag in {"input", "button"}:
            ticked = given.get("type") not in TICKS or "checked" in given
            if ticked:
                self.forms[-1][1].setdefault(name, []).append(
                    value or ("on" if given.get("type") in TICKS else "")
                )

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1][1][self._area][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "textarea" and self._area:
            sent = self.forms[-1][1][self._area]
            # The first line end after the tag is none of the text's
            sent[0] = sent[0].replace("\r\n", "\n").removeprefix("\n").replace("\n", "\r\n")
            self._area = ""
        elif tag == "select" and self._select:
            chosen = [value for value, is_chosen in self._options if is_chosen]
            first = [value for value, _ in self._options][:1]
            self.forms[-1][1][self._select] = chosen or ([] if self._many else first)
            self._select = ""


def form_of(page: str, seen: str, field: str) -> tuple[str, Sent]:
    """Where the form with the marks of a field goes, and what it would send."""
    parser = _Forms()
    parser.feed(page)
    asked = field.removeprefix(seen.removesuffix("seen"))
    # Of a set of forms the marks are those of its rows
    found = [
        each
        for each in parser.forms
        if {asked, "rows"} & {mark.split(":")[0] for mark in "".join(each[1].get(seen, [])).split()}
    ]
    assert len(found) == 1, f"{len(found)} forms of the page mark {field}"
    return found[0]


def opened(client: Client, address: str, seen: str, field: str) -> tuple[str, Sent]:
    """The same of the page at an address; without an address of its own it goes to the page."""
    to, sent = form_of(client.get(address).content.decode(), seen, field)
    return to or address, sent


def said(values: dict[str, Any]) -> Sent:
    """Values as a form sends them; None is a box without its tick."""
    return {
        name: [str(one) for one in (value if isinstance(value, list) else [value])]
        for name, value in values.items()
        if value is not None
    }


def changed(sent: Sent, values: dict[str, Any]) -> Sent:
    """What a form sends once somebody has put these values into it."""
    left = {name: value for name, value in sent.items() if name not in values}
    return left | said(values)
