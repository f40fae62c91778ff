"""A theme of a report as a pair: what was said, and the answer with what shows it."""

from __future__ import annotations

import datetime as dt

from involvement.calendars.words import count, say_date
from involvement.rendering.documents import Answer, Pair
from reporting.figures.shapes import Change, Facts, Fate, SaidAndDone

ANSWERS = {
    Fate.DONE: Answer.DID,
    Fate.AGREED: Answer.WILL,
    Fate.NOT: Answer.NOT,
    Fate.WAITING: Answer.WAITING,
    Fate.NOTED: Answer.WAITING,
}


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
    """What shows a change: the measure, how sure it is, where the proof is. A change that a replaced
    decision made is told here, for the answer is that of the later one."""
    before = (
        [f"Done on {_day(change.on)}, under the decision of {_day(change.under)}: {change.words}"]
        if change.under
        else []
    )
    return before + _proof(change)


def _day(iso: str) -> str:
    return say_date(dt.date.fromisoformat(iso))


def _proof(change: Change) -> list[str]:
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
