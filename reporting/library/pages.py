"""A report as a web page: the same words as the paper, in the parts of the site."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify

from involvement.rendering.documents import Answer, Pair
from reporting.figures.shapes import Facts
from reporting.library.papers import Issue, context_of
from reporting.library.texts import Worded

OUTCOMES = {
    Answer.DID: "did",
    Answer.WILL: "will",
    Answer.NOT: "did_not",
    Answer.WAITING: "waits",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A pair with what the page's part is told about it."""

    pair: Pair
    outcome: str
    verdict_kind: str
    minority_view: str


def web_context(told: Worded, issue: Issue, subject: str = "") -> dict[str, Any]:
    """What `reporting/library/parts/web.html` prints, of one subject where one is chosen."""
    facts = told.facts
    chosen = next((each for each in subjects_of(facts) if slugify(each) == subject), "")
    if chosen:
        pairs = tuple(pair for pair in facts.pairs if pair.subject == chosen)
        told = Worded(dataclasses.replace(facts, pairs=pairs), told.note)
    context = context_of(told, issue)
    minority = {pair.code: pair.minority_view for pair in facts.pairs}
    for name in ("answered", "waiting", "earlier"):
        context[name] = [_shown(pair, minority) for pair in context[name]]
    context["owners"] = [
        (name, [_shown(pair, minority) for pair in pairs]) for name, pairs in context["owners"]
    ]
    numbers = facts.numbers
    context |= {
        "subject": chosen,
        "subject_slug": slugify(chosen),
        "subjects": [(name, slugify(name)) for name in subjects_of(facts)],
        "tally_rows": [
            (
                numbers["said"],
                "things you said" if context["residents"] else "things residents said",
            ),
            (numbers["done"], "done so far"),
            (numbers["not"], "we said no to, with a reason"),
            (numbers["waiting"], "we have not decided yet"),
        ],
        "chart_colour": facts.whose.colour,
    }
    return context


def subjects_of(facts: Facts) -> list[str]:
    """The subjects of the report's pairs, by name."""
    return sorted({pair.subject for pair in facts.pairs if pair.subject})


def _shown(pair: Pair, minority: dict[str, str]) -> Shown:
    kind = "good" if pair.held else "waits"
    if pair.verdict and not pair.held and "asked" not in pair.verdict[:8]:
        kind = "partly"
    return Shown(pair, OUTCOMES[pair.answer], kind, minority.get(pair.code, ""))
