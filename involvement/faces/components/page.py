"""Parts of a page: crumbs, sections, cards, notes, messages, facts, days, empty states."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString

from involvement.faces.components.draw import draw

register = template.Library()


@register.simple_tag
def crumbs(*parts: str) -> SafeString:
    """Where you are: words and address by turns, the last words alone.

    `{% crumbs "Plans" plans_url "Resident involvement plan" %}`.
    """
    links = [(parts[at], parts[at + 1]) for at in range(0, len(parts) - 1, 2)]
    return draw("crumbs", links=links, here=parts[-1] if len(parts) % 2 else "")


@register.simple_block_tag
def section(
    content: str,
    title: str,
    *,
    count: int | None = None,
    link_words: str = "",
    link_url: str = "",
    name: str = "",
) -> SafeString:
    """A section with its head: `{% section "Broken threads" count=3 link_words="All" link_url=url %}…{% endsection %}`.

    `name` is the id a link may jump to.
    """
    return draw(
        "section",
        content=content,
        title=title,
        count=count,
        link_words=link_words,
        link_url=link_url,
        name=name,
    )


@register.simple_block_tag
def card(content: str, title: str = "", *, padded: bool = True) -> SafeString:
    """A white card; `padded=False` where a table or rows fill it to the edge."""
    return draw("card", content=content, title=title, padded=padded)


@register.simple_block_tag
def note(content: str, title: str = "") -> SafeString:
    """A note on honey paper."""
    return draw("note", content=content, title=title)


@register.simple_tag
def page_messages(messages: Iterable[Any]) -> SafeString:
    """What the last page did, as sentences at the top; the first takes the focus."""
    return draw("page_message", messages=list(messages))


@register.simple_block_tag
def empty_state(content: str, title: str, *, good: bool = False) -> SafeString:
    """Nothing here, why, and what to do: `{% empty_state "Nobody is waiting for you." good=True %}{% endempty_state %}`."""
    return draw("empty_state", content=content, title=title, good=good)


@register.simple_tag
def facts(rows: Iterable[tuple[str, Any]]) -> SafeString:
    """Facts at the side: rows of (what, which). What is marked safe stays HTML."""
    return draw("facts", rows=list(rows))


@register.simple_block_tag
def day_row(content: str, on: dt.date, title: str, url: str = "") -> SafeString:
    """A day and what happens on it, inside `<ul class="card rows days">`."""
    return draw(
        "day_row",
        content=content,
        weekday=f"{on:%a}",
        number=on.day,
        month=f"{on:%b}",
        title=title,
        url=url,
    )
