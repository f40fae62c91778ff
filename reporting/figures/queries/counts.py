"""The bare counts behind a report's sentences, figures and charts."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

from django.utils import timezone

from actionplans.decisions.models import Decision
from actionplans.replies.models import Reply, Verdict
from actionplans.replies.queries import could_be_told
from reporting.figures.queries.rows import Speaker, Stood, Thread, speaker_of
from reporting.figures.shapes import Fate

DECIDED = (Fate.DONE, Fate.AGREED, Fate.NOT)


@dataclass(slots=True)
class Counts:
    """The numbers by name, and the rows each of them was counted from."""

    numbers: dict[str, int]
    keys: dict[str, tuple[int, ...]]


def counts_of(stood: Stood) -> Counts:
    """Count what stood. Days are kept as whole days; a median of two may be a half, so doubled."""
    by_fate = {
        fate: tuple(each.pk for each in stood.said if stood.fates[each.pk] is fate) for fate in Fate
    }
    numbers = {str(fate): len(keys) for fate, keys in by_fate.items()}
    keys: dict[str, tuple[int, ...]] = {str(fate): found for fate, found in by_fate.items()}
    keys["said"] = tuple(each.pk for each in stood.said)
    keys["decided"] = tuple(key for fate in DECIDED for key in by_fate[fate])
    numbers |= {
        "said": len(stood.said),
        "speakers": len({speaker_of(each) for each in stood.said}),
        "decided": len(keys["decided"]),
    }
    here = [thread for thread in stood.threads if not thread.earlier]
    _add_changes(stood, numbers, keys)
    _add_told(stood, numbers, keys)
    _add_days(stood, numbers)
    _add_verdicts(here, numbers, keys)
    _add_decisions(stood, numbers, keys)
    numbers["since"] = sum(
        1 for each in stood.said if (known := stood.thread_of.get(each.pk)) and known.moved_on
    )
    numbers["late"] = sum(1 for thread in here if is_late(thread, stood))
    numbers["themes"] = len(here)
    return Counts(numbers, keys)


def is_late(thread: Thread, stood: Stood) -> bool:
    """Whether its promised decision was overdue at the moment of counting."""
    waits = thread.fate is Fate.WAITING and not thread.moved_on
    return waits and thread.theme.decision_due < timezone.localdate(stood.moment)


def _add_changes(stood: Stood, numbers: dict[str, int], keys: dict[str, tuple[int, ...]]) -> None:
    keys["changes"] = tuple(
        outcome.pk for thread in stood.threads for outcome in thread.changed_here
    )
    numbers["changes"] = len(keys["changes"])


def _add_decisions(stood: Stood, numbers: dict[str, int], keys: dict[str, tuple[int, ...]]) -> None:
    made = [decision for thread in stood.threads for decision in thread.decided_here]
    keys["decisions"] = tuple(each.pk for each in made)
    keys["refused"] = tuple(each.pk for each in made if each.result == Decision.Result.NOT_AGREED)
    numbers |= {"decisions": len(made), "refused": len(keys["refused"])}


def _add_told(stood: Stood, numbers: dict[str, int], keys: dict[str, tuple[int, ...]]) -> None:
    """A speaker counts as told when told about everything they said that is decided."""
    told_rows, on = replies_by_feedback(stood, standing=True), timezone.localdate(stood.moment)
    to_tell: set[Speaker] = set()
    untold: set[Speaker] = set()
    told_keys: list[int] = []
    for each in stood.said:
        if stood.fates[each.pk] not in DECIDED:
            continue
        if each.pk not in told_rows and not could_be_told(each, on):
            continue
        to_tell.add(speaker_of(each))
        if each.pk in told_rows:
            told_keys.append(told_rows[each.pk].pk)
        else:
            untold.add(speaker_of(each))
    numbers["to_tell"] = len(to_tell)
    numbers["told"] = len(to_tell - untold)
    keys["told"] = tuple(told_keys)


def replies_by_feedback(stood: Stood, *, standing: bool = False) -> dict[int, Reply]:
    """The first telling of each thing said in the period: of any decision, or of those that stood."""
    said = {each.pk for each in stood.said}
    found: dict[int, Reply] = {}
    for thread in stood.threads:
        for reply in thread.told if standing else thread.replies:
            if reply.feedback_id in said:
                found.setdefault(reply.feedback_id, reply)
    return found


def _add_days(stood: Stood, numbers: dict[str, int]) -> None:
    told_rows = replies_by_feedback(stood)
    to_decide, to_tell = [], []
    for each in stood.said:
        thread = stood.thread_of.get(each.pk)
        if thread is not None and thread.decision is not None:
            to_decide.append(max((thread.decision.decided_on - each.said_on).days, 0))
        reply = told_rows.get(each.pk)
        if reply is not None and reply.told_at is not None:
            to_tell.append(max((timezone.localdate(reply.told_at) - each.said_on).days, 0))
    for name, days in (("decide", to_decide), ("tell", to_tell)):
        numbers[f"{name}_days_doubled"] = round(statistics.median(days) * 2) if days else -1
        numbers[f"{name}_days_worst"] = max(days, default=-1)


def _add_verdicts(
    threads: list[Thread], numbers: dict[str, int], keys: dict[str, tuple[int, ...]]
) -> None:
    verdicts = [verdict for thread in threads for verdict in thread.verdicts]
    answered = [verdict for verdict in verdicts if verdict.answer]
    keys["asked"] = tuple(verdict.pk for verdict in verdicts)
    keys["answered"] = tuple(verdict.pk for verdict in answered)
    numbers["asked"] = len(verdicts)
    numbers["answered"] = len(answered)
    for answer in Verdict.Answer:
        numbers[f"verdict_{answer.value.lower()}"] = sum(
            verdict.answer == answer for verdict in answered
        )
