"""Which lines are asked for: late, due, somebody's, watched by somebody, without news."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from actionplans.plans.models import Line, LineMonitor, LineOwner, Plan
from involvement.accounts.permissions import Permission
from involvement.calendars.periods import financial_quarter
from involvement.faces.words import plural, spelled

QUIET_DAYS: Final = 60
FINISHED: Final = (Line.Status.DONE, Line.Status.STOPPED)

LATE: Final = "late"
PAST: Final = "past"
DUE_CHOICES: Final = (
    (LATE, "Late"),
    ("quarter", "Due this quarter"),
    ("later", "Due after this quarter"),
    (PAST, "Already past"),
    ("none", "Without a date"),
    ("unclear", "Not understood"),
)
STATE_CHOICES: Final = (
    ("not_started", "Not started"),
    ("on_track", "Green: on track"),
    ("at_risk", "Amber: at risk"),
    (LATE, "Red: late"),
    ("done", "Done"),
    ("stopped", "Stopped"),
)


@dataclass(frozen=True)
class Chosen:
    """What a reader filters by; everything empty asks for all lines.

    `owner` and `monitor` are "staff:3", "team:1", "body:2" or "words:CW".
    """

    under: str = ""
    owner: str = ""
    monitor: str = ""
    due: str = ""
    state: str = ""
    subject: str = ""
    news: str = ""

    @property
    def is_set(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))


def listed(plan: Plan | None = None) -> QuerySet[Line]:
    """The lines a list shows: what is to be done, headings with nothing under them, and headings
    that carry a deadline of their own.
    """
    below = Line.objects.filter(parent=OuterRef("pk"))
    lines: QuerySet[Line] = Line.objects.filter(
        ~Q(kind=Line.Kind.GROUP) | ~Q(deadline_words="") | Q(due_on__isnull=False) | ~Exists(below)
    )
    return lines.filter(plan=plan) if plan else lines


def past(today: dt.date) -> Q:
    """Of lines: those whose day was before today and that are neither done nor stopped."""
    return Q(due_on__lt=today) & ~Q(status__in=FINISHED)


def late(today: dt.date, *, of: str = "") -> Q:
    """Of lines, or of plans by the name of their key to lines: what was promised and is past.

    Everything that says or counts what is late asks this, or `Line.state_on`: nobody has promised
    what stands in a draft, nor what is archived.
    """
    promised = Q(state__in=Plan.PROMISED) if of else Q(plan__state__in=Plan.PROMISED)
    return promised & Q(**{f"{of}due_on__lt": today}) & ~Q(**{f"{of}status__in": FINISHED})


def without_news(lines: QuerySet[Line], *, now: dt.datetime) -> QuerySet[Line]:
    """Those still to be done of which nothing has been heard for 60 days."""
    since = now - dt.timedelta(days=QUIET_DAYS)
    return lines.filter(Q(last_news_at__lt=since) | Q(last_news_at__isnull=True)).exclude(
        status__in=FINISHED
    )


def filtered(
    lines: QuerySet[Line],
    chosen: Chosen,
    *,
    now: dt.datetime,
    today: dt.date,
    year_start_month: int,
) -> QuerySet[Line]:
    """The lines that fit everything chosen."""
    if chosen.under.isdigit():
        lines = lines.filter(Q(top=int(chosen.under)) | Q(pk=int(chosen.under)))
    if chosen.owner:
        lines = lines.filter(Exists(_whose(LineOwner, chosen.owner)))
    if chosen.monitor:
        lines = lines.filter(Exists(_whose(LineMonitor, chosen.monitor)))
    if chosen.subject.isdigit():
        lines = lines.filter(subject=int(chosen.subject))
    if chosen.news:
        lines = without_news(lines, now=now)
    lines = _in_state(lines, chosen.state, today)
    return _due(lines, chosen.due, today, year_start_month)


def _whose(model: type[Any], whose: str) -> QuerySet[Any]:
    kind, _, which = whose.partition(":")
    rows: QuerySet[Any] = model.objects.filter(line=OuterRef("pk"))
    if kind in {"staff", "team", "body"} and which.isdigit():
        return rows.filter(**{kind: int(which)})
    return rows.filter(words__iexact=which)


def _in_state(lines: QuerySet[Line], state: str, today: dt.date) -> QuerySet[Line]:
    if not state:
        return lines
    if state == LATE:
        return lines.filter(late(today))
    return lines.filter(~late(today), status=state.upper())


def _due(lines: QuerySet[Line], due: str, today: dt.date, year_start_month: int) -> QuerySet[Line]:
    quarter = financial_quarter(today, year_start_month)
    asked = {
        LATE: late(today),
        PAST: past(today),
        "quarter": Q(due_on__range=(quarter.start, quarter.end)),
        "later": Q(due_on__gt=quarter.end),
        "none": Q(due_on__isnull=True),
        "unclear": Q(deadline_understood=False),
    }
    return lines.filter(asked[due]) if due in asked else lines


def late_lines(*, today: dt.date) -> QuerySet[Line]:
    """What is late in all plans that somebody agreed, the longest late first."""
    return _for_lists(listed().filter(late(today))).order_by(F("due_on").asc(), "pk")


def flagged_lines(plan: Plan | None = None) -> QuerySet[Line]:
    """The lines whose deadline nobody could read yet, plan by plan."""
    lines = listed(plan).filter(deadline_understood=False).exclude(plan__state=Plan.State.ARCHIVED)
    return _for_lists(lines).order_by("plan", "position", "pk")


def _for_lists(lines: QuerySet[Line]) -> QuerySet[Line]:
    return lines.select_related("plan", "top").prefetch_related(
        "owners__staff", "owners__team", "owners__body"
    )


def line_by_pk(pk: int) -> Line | None:
    """A line with its plan and everything its page names."""
    line: Line | None = (
        Line.objects.filter(pk=pk)
        .select_related(
            *("plan", "parent", "top", "subject", "objective", "priority", "arose_from"),
            *("smart_reason", "carried_from__plan"),
        )
        .order_by("pk")
        .first()
    )
    return line


def late_clause(request: Any) -> str:
    """For the desk's first sentence: "two plan lines are late", or "" where nothing is."""
    if not request.membership.may(Permission.PLAN_READ):
        return ""
    found = late_lines(today=timezone.localdate()).count()
    if not found:
        return ""
    return f"{spelled(found)} {plural(found, 'plan line is', 'plan lines are')} late"
