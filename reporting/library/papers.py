"""A report as a document: from its frozen facts and wording alone, without the database."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from involvement.calendars.words import count, say_date
from involvement.rendering.charts import Chart
from involvement.rendering.documents import (
    Brand,
    Cut,
    Frame,
    KeyFigure,
    Pair,
    document_html,
)
from involvement.rendering.text import WIDTH, html_to_text
from reporting.figures.shapes import Facts, Figure, NextStep
from reporting.library.drawings import (
    MOST_IN_LARGE_PRINT,
    MOST_SUBJECTS,
    steps_chart,
    subjects_chart,
)
from reporting.library.pairs import pair_of
from reporting.library.texts import Worded

MOST_STEPS = 12
FIRST_FIGURES = ("T01", "T03", "T05", "T07")
TELLING_FIGURES = ("T11", "T12", "T14", "T16")


@dataclass(frozen=True, slots=True)
class Issue:
    """What a report's row says around its facts: which version, where it stands."""

    version: int
    stands: str
    """ "approved 12 November 2026" or "draft, not approved"."""
    restated_because: str = ""


def paper_html(
    told: Worded, issue: Issue, cut: Cut = Cut.PAPER, *, listed: bool | None = None
) -> str:
    """The whole HTML of the paper in one cut, ready for the PDF maker.

    With `listed` its figures are a list of sentences and no table, as the large print has them.
    """
    as_list = cut is Cut.LARGE if listed is None else listed
    return document_html(
        "reporting/library/paper.html",
        {**context_of(told, issue, cut), "listed": as_list},
        frame=frame_of(told.facts, issue),
        cut=cut,
    )


def paper_text(told: Worded, issue: Issue, *, width: int = WIDTH) -> str:
    """The whole report as plain words, to be read or listened to; not wrapped at `width` 0."""
    return html_to_text(paper_html(told, issue, listed=True), width=width)


def frame_of(facts: Facts, issue: Issue) -> Frame:
    """What stands around the words: cover, foot, the person to ring."""
    whose = facts.whose
    return Frame(
        title=facts.title,
        brand=Brand(whose.name, whose.colour, whose.logo),
        reference=f"{facts.title}, {whose.short_name}, {facts.period.code}",
        version=issue.version,
        dated=issue.stands,
        period=facts.period.label,
        opening=facts.opening,
        person=whose.contact_name,
        telephone=whose.contact_phone,
        hours=whose.contact_hours,
        demonstration="Demonstration: people and figures are invented" if whose.is_demo else "",
        lang=whose.lang,
    )


def context_of(told: Worded, issue: Issue, cut: Cut = Cut.PAPER) -> dict[str, Any]:
    """Everything the paper, the web page and their parts print."""
    facts = told.facts
    here = [pair for pair in facts.pairs if not pair.earlier]
    return {
        "facts": facts,
        "issue": issue,
        "note": told.note,
        "residents": facts.audience == "RESIDENTS",
        "figures": key_figures(facts, FIRST_FIGURES),
        "telling": key_figures(facts, TELLING_FIGURES),
        "answered": [pair_of(p, facts) for p in here if p.fate in {"done", "not", "will"}],
        "waiting": [pair_of(p, facts) for p in here if p.fate == "waiting"],
        "noted": [p for p in here if p.fate == "noted"],
        "earlier": [pair_of(p, facts) for p in facts.pairs if p.earlier],
        "minorities": [pair for pair in facts.pairs if pair.minority_view],
        "charts": charts_of(facts, cut),
        "told_words": told_words(facts),
        "since_words": since_words(facts),
        "owners": _owners(facts),
        "steps": facts.steps[:MOST_STEPS],
        "more_steps": len(facts.steps) - MOST_STEPS,
        "all_figures": facts.figures,
        "all_rows": [[f.code, f"{f.number} {f.counts}", f.base, f.how] for f in facts.figures],
        "team_rows": _team_rows(facts),
        "expected_rows": _expected_rows(facts.steps),
    }


def key_figures(facts: Facts, codes: tuple[str, ...]) -> list[KeyFigure]:
    """The figures of these codes, as they stand by themselves."""
    found = (facts.figure(code) for code in codes)
    return [_key_figure(figure) for figure in found if figure is not None]


def _key_figure(figure: Figure) -> KeyFigure:
    beside = ", ".join(words for words in (figure.base, figure.beside) if words)
    return KeyFigure(figure.number, figure.code, figure.counts, beside)


def told_words(facts: Facts) -> str:
    """Who was told, how, and who was not."""
    to_tell, told = facts.numbers["to_tell"], facts.numbers["told"]
    if not to_tell:
        return "Nobody who gave a name is waiting to be told of a decision."
    words = f"{told:,} of {count(to_tell, 'person or group', 'people and groups')} with a decision have been told"
    ways = [f"{share.count:,} {share.name}" for share in facts.channels]
    words += f" ({', '.join(ways)})." if ways else "."
    if told < to_tell:
        n = to_tell - told
        words += f" {n:,} {'has' if n == 1 else 'have'} not been told yet."
    return words


def since_words(facts: Facts) -> str:
    """How much has gone further since the period ended; "" where nothing has."""
    since, said = facts.numbers.get("since", 0), facts.numbers["said"]
    if not since:
        return ""
    ended = say_date(dt.date.fromisoformat(facts.period.end))
    have = "has" if since == 1 else "have"
    return (
        f"Since {ended}, {since:,} of the {count(said, 'thing')} said {have} gone further. It is "
        "marked here, and the next report counts it."
    )


def _owners(facts: Facts) -> list[tuple[str, list[Pair]]]:
    """The pairs by the team that looks after them, teams by name."""
    names = sorted({pair.owner for pair in facts.pairs if pair.fate != "noted"})
    return [
        (name, [pair_of(p, facts) for p in facts.pairs if p.owner == name and p.fate != "noted"])
        for name in names
    ]


def _team_rows(facts: Facts) -> list[list[str]]:
    return [
        [
            team.name,
            *(
                f"{n:,}"
                for n in (
                    team.said,
                    team.done,
                    team.agreed,
                    team.not_agreed,
                    team.noted,
                    team.waiting,
                    team.late,
                )
            ),
        ]
        for team in facts.teams
    ]


def _expected_rows(steps: tuple[NextStep, ...]) -> list[list[str]]:
    return [
        [step.owner or "Nobody yet", step.words, step.when]
        for step in sorted(steps, key=lambda step: (step.owner, step.on or "9999"))
    ]


def charts_of(facts: Facts, cut: Cut) -> list[Chart]:
    """The report's charts; none where nothing was said."""
    most_rows = MOST_IN_LARGE_PRINT if cut is Cut.LARGE else MOST_SUBJECTS
    drawn = (steps_chart(facts), subjects_chart(facts, most_rows))
    return [chart for chart in drawn if chart is not None]
