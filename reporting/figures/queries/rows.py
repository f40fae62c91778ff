"""The thread as it stood when a period ended, read in ten queries however much there is."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Prefetch, Q, QuerySet

from actionplans.decisions.models import Decision
from actionplans.feedback.models import Feedback, SpeakerKind, Theme, ThemeEntry
from actionplans.outcomes.models import Outcome, OutcomeEvidence
from actionplans.replies.models import Reply, Verdict
from actionplans.replies.queries import told_by
from involvement.calendars.periods import Period
from reporting.figures.queries.once import Counted, Elsewhere, counted_in
from reporting.figures.shapes import Fate

Speaker = tuple[str, int]


@dataclass(slots=True)
class Thread:
    """One theme with everything that hung on it at the moment of counting."""

    theme: Theme
    said: list[Feedback] = field(default_factory=list)
    decision: Decision | None = None
    outcomes: list[Outcome] = field(default_factory=list)
    """What the decision that stood had changed; what it replaced had changed is in `changed_here`."""
    decided_here: list[Decision] = field(default_factory=list)
    changed_here: list[Outcome] = field(default_factory=list)
    """Counted in this report; `decision` and `outcomes` may stand in an earlier one."""
    next_decision: Decision | None = None
    next_outcome: Outcome | None = None
    """Known at the moment, but of after the period: the next report counts it."""
    replies: list[Reply] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    earlier: bool = False
    is_noted: bool = False

    def stands(self, row: Outcome | Reply) -> bool:
        """Whether it hangs on the decision that stood, not on one that it replaced."""
        return self.decision is not None and row.decision_id == self.decision.pk

    @property
    def told(self) -> list[Reply]:
        """The replies that told of the decision that stood."""
        return [reply for reply in self.replies if self.stands(reply)]

    @property
    def fate(self) -> Fate:
        """What had become of it by the end of the period."""
        if self.decision is None:
            return Fate.NOTED if self.is_noted else Fate.WAITING
        if self.decision.result == Decision.Result.NOT_AGREED:
            return Fate.NOT
        return Fate.DONE if self.outcomes else Fate.AGREED

    @property
    def moved_on(self) -> bool:
        """Whether it was decided or done after the period, before the moment of counting."""
        if self.decision is None:
            return self.next_decision is not None
        return self.fate is Fate.AGREED and self.next_outcome is not None


@dataclass(slots=True)
class Stood:
    """What was said in a period, what had become of it by its end, as known at `moment`."""

    period: Period
    moment: dt.datetime
    said: list[Feedback]
    threads: list[Thread]
    fates: dict[int, Fate]
    """The fate of each thing said in the period, by its key."""
    thread_of: dict[int, Thread]
    """The thread of each thing said in the period that is in one."""


def stood_at(period: Period, moment: dt.datetime, elsewhere: Elsewhere | None = None) -> Stood:
    """What was said in `period` and is on record at `moment`, with its threads.

    Without `elsewhere`, everything that happened before the period stands in earlier reports.
    """
    said = list(
        said_in(period, moment)
        .select_related("subject", "place", "team", "person")
        .order_by("said_on", "pk")
    )
    threads = _threads(period, moment, counted_in(period, moment, elsewhere or Elsewhere(moment)))
    thread_of: dict[int, Thread] = {}
    for thread in threads:
        for feedback in thread.said:
            known = thread_of.get(feedback.pk)
            if known is None or _RANK[thread.fate] < _RANK[known.fate]:
                thread_of[feedback.pk] = thread
    fates = {each.pk: _fate_of(each, thread_of.get(each.pk), moment) for each in said}
    return Stood(period, moment, said, threads, fates, thread_of)


def said_in(period: Period, moment: dt.datetime) -> QuerySet[Feedback]:
    """Everything said in the period and recorded by the moment, unordered."""
    rows: QuerySet[Feedback] = Feedback.objects.filter(
        said_on__range=(period.start, period.end), recorded_at__lte=moment
    )
    return rows


def said_late(period: Period, moment: dt.datetime) -> int:
    """How many things said in the period were recorded after the moment."""
    late: int = Feedback.objects.filter(
        said_on__range=(period.start, period.end), recorded_at__gt=moment
    ).count()
    return late


def speaker_of(feedback: Feedback) -> Speaker:
    """Who spoke, as a key; each thing said without a name counts as one speaker."""
    if feedback.speaker_kind == SpeakerKind.PERSON:
        return "person", feedback.person_id or 0
    if feedback.speaker_kind == SpeakerKind.BODY:
        return "body", feedback.body_id or 0
    return "anonymous", feedback.pk


# The best that came of a thing said in several themes is what it counts as.
_RANK = {Fate.DONE: 0, Fate.AGREED: 1, Fate.NOT: 2, Fate.NOTED: 3, Fate.WAITING: 4}


def _fate_of(feedback: Feedback, thread: Thread | None, moment: dt.datetime) -> Fate:
    if thread is not None and thread.decision is not None:
        return thread.fate
    noted = feedback.noted_at is not None and feedback.noted_at <= moment
    return Fate.NOTED if noted else Fate.WAITING


def _threads(period: Period, moment: dt.datetime, counted: Counted) -> list[Thread]:
    entered = ThemeEntry.objects.filter(at__lte=moment)
    spoken = entered.filter(
        feedback__said_on__range=(period.start, period.end), feedback__recorded_at__lte=moment
    )
    decided = Decision.objects.filter(pk__in=counted.decisions)
    changed = Outcome.objects.filter(pk__in=counted.changes)
    concerned = Theme.objects.exclude(state=Theme.State.MERGED).filter(
        Q(pk__in=spoken.order_by().values("theme"))
        | Q(pk__in=decided.order_by().values("theme"))
        | Q(pk__in=changed.order_by().values("decision__theme"))
    )
    themes = concerned.select_related("subject", "owner_staff", "owner_team").order_by(
        "first_said_on", "pk"
    )
    threads = {theme.pk: Thread(theme) for theme in themes}
    _add_said(threads, entered, period, moment)
    _add_decisions(threads, period, moment, counted)
    _add_outcomes(threads, period, moment, counted)
    _add_answers(threads, moment)
    return list(threads.values())


def _add_said(
    threads: dict[int, Thread],
    entered: QuerySet[ThemeEntry],
    period: Period,
    moment: dt.datetime,
) -> None:
    entries = (
        entered.filter(
            theme__in=list(threads),
            feedback__recorded_at__lte=moment,
            feedback__said_on__lte=period.end,
        )
        .select_related(
            "feedback__place", "feedback__subject", "feedback__team", "feedback__person"
        )
        .order_by("feedback__said_on", "feedback_id", "pk")
    )
    found: dict[int, list[Feedback]] = defaultdict(list)
    for entry in entries:
        found[entry.theme_id].append(entry.feedback)
    for key, thread in threads.items():
        now = [each for each in found[key] if each.said_on >= period.start]
        thread.earlier = not now
        thread.said = now or found[key]
        thread.is_noted = bool(thread.said) and all(
            each.noted_at is not None and each.noted_at <= moment for each in thread.said
        )


def _add_decisions(
    threads: dict[int, Thread], period: Period, moment: dt.datetime, counted: Counted
) -> None:
    for decision in (
        Decision.objects.filter(theme__in=list(threads), recorded_at__lte=moment)
        .select_related("body", "officer")
        .order_by("recorded_at", "pk")
    ):
        thread = threads[decision.theme_id]
        if decision.decided_on > period.end:
            thread.next_decision = thread.next_decision or decision
            continue
        thread.decision = decision  # the last one stands
        if decision.pk in counted.decisions:
            thread.decided_here.append(decision)


def _add_outcomes(
    threads: dict[int, Thread], period: Period, moment: dt.datetime, counted: Counted
) -> None:
    evidence = Prefetch("evidence", queryset=OutcomeEvidence.objects.order_by("added_at", "pk"))
    stands = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=moment)
    for outcome in (
        Outcome.objects.filter(stands, decision__theme__in=list(threads), recorded_at__lte=moment)
        .select_related("decision")
        .prefetch_related(evidence)
        .order_by("happened_on", "pk")
    ):
        thread = threads[outcome.decision.theme_id]
        if outcome.happened_on > period.end:
            thread.next_outcome = thread.next_outcome or outcome
            continue
        if thread.stands(outcome):
            thread.outcomes.append(outcome)
        if outcome.pk in counted.changes:
            thread.changed_here.append(outcome)


def _add_answers(threads: dict[int, Thread], moment: dt.datetime) -> None:
    for reply in told_by(moment, themes=threads):
        threads[reply.decision.theme_id].replies.append(reply)
    verdicts = (
        Verdict.objects.filter(reply__decision__theme__in=list(threads), asked_at__lte=moment)
        .select_related("reply__decision")
        .order_by("asked_at", "pk")
    )
    for verdict in verdicts:
        if verdict.answered_at is not None and verdict.answered_at > moment:
            verdict.answer = ""  # asked by then, not yet answered
        threads[verdict.reply.decision.theme_id].verdicts.append(verdict)


def log_began_after(moment: dt.datetime) -> bool:
    """Whether there is a log, and the first thing in it was recorded after the moment."""
    return (
        not Feedback.objects.filter(recorded_at__lte=moment).exists() and Feedback.objects.exists()
    )
