"""The golden thread as drawn: stations, seven knots, steps, progress, split bars."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django import template
from django.utils.safestring import SafeString

from involvement.faces.components.draw import draw
from involvement.faces.components.pieces import state_named
from involvement.faces.words import number

register = template.Library()

STATIONS: Final = ("said", "theme", "decision", "plan line", "outcome", "told", "did it happen")
_FIRST, _GAP, _ROW = 10, 20, 12


@dataclass(frozen=True, slots=True)
class Knot:
    """One of the seven knots of a row: where it is, what it is, the line that leads to the next."""

    state: str
    x: int
    line: str
    tied: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a split bar, in the coordinates of its drawing."""

    family: str
    x: float
    width: float
    words: str
    pattern: str


@register.simple_block_tag
def station(
    content: str,
    state: str,
    title: str,
    *,
    aside: str = "",
    when: str = "",
    after: str = "",
) -> SafeString:
    """A station of a record's thread, inside `<ol class="thread">`.

    `{% station "tied" "Said" aside="by 14 people" when="11 June 2026" after="day 0" %}…{% endstation %}`.
    `state` is tied, no, cut, ours or todo; what stands in a cut station is put in the cut box.
    """
    return draw(
        "thread_station",
        content=content,
        state=state,
        title=title,
        aside=aside,
        when=when,
        after=after,
    )


@register.simple_tag
def mini_thread(states: str | Sequence[str], words: str = "") -> SafeString:
    """Seven knots with the break in words: `{% mini_thread "tied tied cut todo todo todo todo" "no decision" %}`."""
    names = states.lower().split() if isinstance(states, str) else [name.lower() for name in states]
    if len(names) != len(STATIONS):
        raise ValueError(f"A thread has {len(STATIONS)} stations, not {len(names)}.")
    place = names.index("cut") if "cut" in names else None
    x = _FIRST + _GAP * (place or 0)
    return draw(
        "mini_thread",
        knots=[_knot(names, index) for index in range(len(names))],
        label=_thread_label(names, place, words),
        words=words if place is not None else "",
        words_at="138" if x > 100 else str(max(x, 44)),
        anchor="end" if x > 100 else "middle",
    )


def _knot(names: list[str], index: int) -> Knot:
    x, state = _FIRST + _GAP * index, names[index]
    tied = state in {"tied", "no"}
    if index + 1 == len(names):
        return Knot(state, x, "", tied=False)
    after = names[index + 1]
    start = x + (0 if tied else 6)
    end = x + _GAP - {"cut": 14, "todo": 6}.get(after, 0)
    held = tied and after != "todo"
    return Knot(state, x, f"M{start} {_ROW}H{end}" if end > start else "", tied=held)


def _thread_label(names: list[str], place: int | None, words: str) -> str:
    if place is not None:
        return f"Thread cut before {STATIONS[place]}" + (f": {words}" if words else "")
    reached = [STATIONS[index] for index, name in enumerate(names) if name in {"tied", "no"}]
    if len(reached) == len(names):
        return "Thread whole"
    return f"Thread tied as far as {reached[-1]}" if reached else "Thread not begun"


@register.simple_tag
def steps(of: Iterable[tuple[str, str, str, str]]) -> SafeString:
    """What became of one thing said: rows of (knot, bold words, words, quiet words)."""
    return draw("steps", steps=list(of))


@register.simple_tag
def progress(at: int, of: int, words: str = "Your answers are kept as you go.") -> SafeString:
    """Where the reader is among the questions: `{% progress 3 4 %}`."""
    width, gap = 20 + 50 * (min(of, 8) - 1), 50
    shown = min(of, 8)
    here = at if of <= 8 else max(1, round(at / of * 8))
    knots = [(10 + gap * index, index + 1 - here) for index in range(shown)]
    return draw("progress", width=width, knots=knots, at=at, of=of, words=words)


@register.simple_tag
def split_bar(parts: Iterable[tuple[str, int, str]], of: str = "") -> SafeString:
    """How many are in which state: rows of (state, count, words), drawn as a bar and said as tags.

    `of` names what is counted, for example "lines". A count of nothing keeps its tag, not its piece.
    """
    rows = [(state_named(state), count, words) for state, count, words in parts]
    total = sum(count for _state, count, _words in rows)
    tags = [
        {"state": state, "words": f"{number(count)} {words or state.words.lower()}"}
        for state, count, words in rows
    ]
    pieces, x = [], 0.0
    for state, count, words in rows:
        if not count:
            continue
        width = 560 * count / total
        pieces.append(
            Piece(
                state.family,
                round(x, 1),
                round(max(width - 2, 1), 1),
                words,
                _pattern(state.family, width),
            )
        )
        x += width
    return draw("split_bar", pieces=pieces, tags=tags, total=total, of=of)


def _pattern(family: str, width: float) -> str:
    if family == "watch":
        return "".join(f"M{left} 16l16 -18" for left in range(-16, int(width) + 8, 8))
    if family == "late":
        return "".join(f"M{x} {y}v.01" for x in range(3, int(width), 6) for y in (3, 8, 13))
    return ""
