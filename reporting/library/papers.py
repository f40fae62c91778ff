"""A report as a document: from its frozen facts and wording alone, without the database."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from involvement.calendars.words import count, say_date
from involvement.rendering.charts import Chart
from involvement.rendering.documents import (
    Answer,
    Brand,
    Cut,
    Frame,
    KeyFigure,
    Pair,
    document_html,
)
from involvement.rendering.text import WIDTH, html_to_text
from reporting.figures.shapes import Change, Facts, Fate, Figure, NextStep, SaidAndDone
from reporting.library.drawings import (
    MOST_IN_LARGE_PRINT,
    MOST_SUBJECTS,
    steps_chart,
    subjects_chart,
)
from reporting.library.texts import Worded

ANSWERS = {
    Fate.DONE: Answer.DID,
    Fate.AGREED: Answer.WILL,
    Fate.NOT: Answer.NOT,
    Fate.WAITING: Answer.WAITING,
    Fate.NOTED: Answer.WAITING,
}
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


def pair_of(pair: SaidAndDone, facts: Facts) -> Pair:
    """A theme as the two halves of a pair."""
    fate = Fate(pair.fate)
    residents = facts.audience == "RESIDENTS"
    did, also = _did(pair, fate, facts)
    verdict, held = verdict_words(pair)
    by = ", ".join(words for words in (pair.by, pair.place) if words)
    return Pair(
        said=pair.said,
        by=by,
        answer=ANSWERS[fate],
        did=did,
        also=also,
        note=pair.note,
        verdict=verdict,
        held=held,
        heading=_heading(pair, fate),
        label="You said" if residents else "They said",
        quoted=pair.is_quote,
        more=pair.more_quotes,
        code=pair.code,
        evidence=tuple(words for change in pair.changes for words in _shown(change)),
    )


def _heading(pair: SaidAndDone, fate: Fate) -> str:
    """The heading over the answer, where the usual one would say too much or too little."""
    if fate is Fate.DONE:
        return "We did part of it" if pair.result == "PARTLY" else ""
    if pair.since:
        return "Agreed" if fate is Fate.AGREED else "Not decided in time for this report"
    return ""


def _shown(change: Change) -> list[str]:
    """What shows a change: the measure, how sure it is, where the proof is."""
    shown = [change.measure] if change.measure else []
    if change.evidence:
        shown.append(f"{change.confidence}: {'; '.join(change.evidence)}")
    elif change.confidence != "Evidenced":
        shown.append(
            f"{change.confidence}; no evidence is kept with it yet"
            if change.confidence == "Claimed"
            else change.confidence
        )
    return shown


def _did(pair: SaidAndDone, fate: Fate, facts: Facts) -> tuple[str, str]:
    if fate is Fate.NOT:
        return pair.because, pair.did
    if fate is Fate.WAITING and pair.since:
        return pair.since, f"It had waited {count(pair.waited_days, 'day')}."
    if fate is Fate.WAITING:
        promise = facts.whose.decision_days
        waited = f"This has waited {count(pair.waited_days, 'day')}"
        if pair.waited_days > promise:
            return f"{waited}, longer than the {promise} we promise.", _due(pair, facts)
        return f"{waited}. We promise a decision within {promise}.", _due(pair, facts)
    also = (
        f"Not all of it, because: {pair.because}"
        if pair.result == "PARTLY" and pair.because
        else pair.because
    )
    return pair.did, " ".join(words for words in (also, pair.since) if words)


def _due(pair: SaidAndDone, facts: Facts) -> str:
    if not pair.due:
        return ""
    was = "was" if pair.due <= facts.counted_on else "is"
    return f"A decision {was} promised by {say_date(dt.date.fromisoformat(pair.due))}."


def verdict_words(pair: SaidAndDone) -> tuple[str, bool]:
    """The answers to "Did it happen?" with their base, and whether most say yes."""
    answered = pair.yes + pair.partly + pair.no
    if not pair.asked:
        return "", False
    if not answered:
        people = count(pair.asked, "person", "people")
        return f"We have asked {people}. Nobody has answered yet.", False
    said = (
        f"{pair.yes} of the {answered} who answered say yes"
        if answered > 1
        else (
            "The one who answered says "
            + ("yes" if pair.yes else "partly" if pair.partly else "no")
        )
    )
    if answered > 1:
        parts = [
            f"{n} {'says' if n == 1 else 'say'} {word}"
            for n, word in ((pair.partly, "partly"), (pair.no, "no"))
            if n
        ]
        said = f"{said}; {', '.join(parts)}" if parts else said
    return (
        f"{said}. {count(pair.asked, 'person was', 'people were')} asked.",
        pair.yes * 2 > answered,
    )


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
