"""The report at three lengths, as plain words: for a poster, a newsletter's column, in full."""

from __future__ import annotations

from enum import StrEnum

from reporting.figures.shapes import SaidAndDone
from reporting.library.papers import Issue, paper_text
from reporting.library.texts import Worded

POSTER_PAIRS, COLUMN_PAIRS = 2, 5
POSTER_WORDS, COLUMN_WORDS = 14, 26


class Length(StrEnum):
    """How long; each is a separate text and not the beginning of the longer one."""

    POSTER = "poster"
    COLUMN = "column"
    FULL = "full"

    @property
    def label(self) -> str:
        """What it is for, in words."""
        return {
            "poster": "Poster or screen",
            "column": "Column of a newsletter",
            "full": "The whole report",
        }[self]


def at_length(told: Worded, issue: Issue, length: Length) -> str:
    """The report's words at that length, a paragraph a line: whoever pastes them sets the width."""
    if length is Length.FULL:
        return paper_text(told, issue, width=0)
    facts = told.facts
    poster = length is Length.POSTER
    answered = [pair for pair in facts.pairs if pair.fate in {"done", "not"}]
    shown = answered[: POSTER_PAIRS if poster else COLUMN_PAIRS]
    lines = [facts.title, f"{facts.period.words}, {facts.whose.name}", ""]
    lines += [_poster_opening(told) if poster else facts.opening, ""]
    for pair in shown:
        lines += [_said(told, pair, poster=poster), _did(pair, poster=poster), ""]
    lines += [_ring(told)]
    return "\n".join(lines).strip() + "\n"


def _poster_opening(told: Worded) -> str:
    numbers = told.facts.numbers
    return (
        f"{numbers['said']:,} said. {numbers['done']:,} done. {numbers['not']:,} no, with a reason."
    )


def _said(told: Worded, pair: SaidAndDone, *, poster: bool) -> str:
    who = "You" if told.facts.audience == "RESIDENTS" else "They"
    words = _short(pair.said, POSTER_WORDS if poster else COLUMN_WORDS)
    return f"{who} said: “{words}”" if pair.is_quote else f"{who} said, in short: {words}"


def _did(pair: SaidAndDone, *, poster: bool) -> str:
    words = _short(
        pair.because if pair.fate == "not" else pair.did,
        POSTER_WORDS * 2 if poster else 2 * COLUMN_WORDS,
    )
    return f"We did not, because: {words}" if pair.fate == "not" else f"We did: {words}"


def _short(words: str, most: int) -> str:
    """The first words, with an ellipsis where some are left out."""
    parts = words.split()
    return words if len(parts) <= most else " ".join(parts[:most]).rstrip(".,;:") + " …"


def _ring(told: Worded) -> str:
    whose = told.facts.whose
    if not whose.contact_phone:
        return f"All of it: ask {whose.name}."
    who = whose.contact_name or "us"
    return f"All of it, or to tell us something: ring {who} on {whose.contact_phone}."
