"""The figures of a report, each with its code, its base and how it is counted."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from involvement.calendars.words import count
from reporting.figures.queries.counts import Counts
from reporting.figures.shapes import Figure, Whose

LETTERS: Final = "PQRUVWXYZABCDEFGHJKLMN"
"""The first letters of the codes of themes; T is for totals, S for charts, I and O look like
figures."""


class Spec(NamedTuple):
    """What a figure counts. `words` are those for one and for many; `base` and `how` may name numbers; `keys` are the rows behind it."""

    code: str
    name: str
    words: str
    base: str
    how: str
    evidence: str
    keys: str


SPECS: Final = (
    Spec("T01", "said", "thing said|things said", "by {speakers}",
         "Everything in the log that was said in the period, from every source.",
         "feedback", "said"),
    Spec("T02", "speakers", "different speaker|different speakers", "of {said}",
         "People and groups, each counted once; each thing said without a name counts as one.",
         "feedback", "said"),
    Spec("T03", "done", "done so far", "of {said}",
         "Things said whose decision was yes or partly, and for which a change is recorded.",
         "feedback", "done"),
    Spec("T04", "will", "agreed, still to do", "of {said}",
         "Things said whose decision was yes or partly, with no change recorded yet.",
         "feedback", "will"),
    Spec("T05", "not", "we said no to, with a reason", "of {said}",
         "Things said whose decision was not agreed.", "feedback", "not"),
    Spec("T06", "noted", "noted with thanks", "of {said}",
         "Things said that need no decision, closed with a reason.", "feedback", "noted"),
    Spec("T07", "waiting", "not decided yet", "of {said}",
         "Things said with no decision yet. We promise one in {promise}.", "feedback", "waiting"),
    Spec("T08", "decided", "decided", "of {said}",
         "Things said that have a decision: yes, partly or no.", "feedback", "decided"),
    Spec("T09", "refused", "decided with a no", "of {decisions} made",
         "Decisions of the period that were not agreed, whenever it was said.",
         "decision", "refused"),
    Spec("T10", "changes", "change made|changes made", "in the period, whenever it was said",
         "Changes that happened in the period, and earlier ones that were recorded too late for "
         "the report before. Each stands in one report only.", "outcome", "changes"),
    Spec("T11", "told", "told what came of it", "of {to_tell} to tell",
         "People and groups with a decision who were told about everything they said that is "
         "decided. Who died or left before they could be told is not counted.", "reply", "told"),
    Spec("T12", "decide_days_doubled", "until half were decided", "of {decided}",
         "Whole days, each from the day it was said. Half took longer, half were quicker.",
         "feedback", "decided"),
    Spec("T13", "decide_days_worst", "until the slowest was decided", "of {decided}",
         "Whole days, each from the day it was said.", "feedback", "decided"),
    Spec("T14", "tell_days_doubled", "until half were told", "of {things_told}",
         "Whole days, each from the day it was said. Half took longer, half were quicker.",
         "reply", "told"),
    Spec("T15", "tell_days_worst", "until the slowest was told", "of {things_told}",
         "Whole days, each from the day it was said.", "reply", "told"),
    Spec("T16", "verdict_yes", "says that it happened|say that it happened", "of {answered} who answered, {asked} asked",
         "Answers to “Did it happen?” from people who were told.", "verdict", "answered"),
    Spec("T17", "decisions", "decision made|decisions made", "in the period, whenever it was said",
         "Decisions of the period, and earlier ones that were recorded too late for the report "
         "before. Each stands in one report only.", "decision", "decisions"),
)  # fmt: skip

NOTHING: Final = {
    "said": "nothing was said in the period",
    "speakers": "nothing was said in the period",
    "decided": "nothing has been decided yet",
    "decisions": "nothing was decided in the period",
    "to_tell": "there is nobody to tell yet",
    "things_told": "nobody has been told yet",
    "asked": "nobody has been asked yet",
    "answered": "nobody who was asked has answered yet",
}
"""What stands in place of "of 0 …"."""


def theme_code(place: int) -> str:
    """The code of the theme in that place, from nought: P01 to P99, Q01 …; "" beyond them all."""
    letter, number = divmod(place, 99)
    return f"{LETTERS[letter]}{number + 1:02}" if letter < len(LETTERS) else ""


def figures_of(counts: Counts, before: dict[str, int] | None, whose: Whose) -> list[Figure]:
    """Every figure a report may print. `before` are the numbers of the period before."""
    now = counts.numbers
    words = {
        "said": f"{count(now['said'], 'thing')} said",
        "decided": f"{count(now['decided'], 'thing')} decided",
        "things_told": f"{count(len(counts.keys['told']), 'thing')} told",
        "decisions": count(now["decisions"], "decision"),
        "speakers": count(now["speakers"], "speaker"),
        "to_tell": count(now["to_tell"], "person or group", "people and groups"),
        "promise": count(whose.decision_days, "day"),
        "answered": f"{now['answered']:,}",
        "asked": f"{now['asked']:,}",
    }
    return [
        Figure(
            code=spec.code,
            number=number_words(spec.name, now[spec.name] if keeps_nought else -1),
            counts=spec.words.split("|")[0 if now[spec.name] == 1 else -1],
            base=missing or spec.base.format(**words),
            beside=_beside(spec.name, before),
            how=spec.how.format(**words),
            evidence=spec.evidence,
            keys=counts.keys[spec.keys],
        )
        for spec in SPECS
        for missing in [_missing(spec, now | {"things_told": len(counts.keys["told"])})]
        # Of nothing said, nought is the plain answer
        for keeps_nought in [missing in {"", NOTHING["said"]}]
    ]


def _missing(spec: Spec, numbers: dict[str, int]) -> str:
    """What there is none of to count from, in words; "" where there is some."""
    named = re.findall(r"{(\w+)}", spec.base)
    # Whom we asked comes before who of them answered.
    empty = [name for name in reversed(named) if not numbers[name]]
    return NOTHING[empty[0]] if empty else ""


def number_words(name: str, number: int) -> str:
    """A count, or a length of time; the median is kept doubled, so that a half stays exact.

    Below nought there was nothing to count from."""
    if number < 0:
        return "none yet"
    if "_days_" not in name:
        return f"{number:,}"
    if not name.endswith("_doubled"):
        return count(number, "day")
    whole, half = divmod(number, 2)
    return f"{whole:,}.5 days" if half else count(whole, "day")


def _beside(name: str, before: dict[str, int] | None) -> str:
    """The same figure one period before; nothing where nothing was said then."""
    if not before or not before.get("said") or before[name] < 0:
        return ""
    return f"{number_words(name, before[name])} in the period before"
