"""What stands behind a figure: the rows it was counted from, as they are kept today."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from actionplans.decisions.models import Decision
from actionplans.feedback.models import Feedback
from actionplans.outcomes.models import Outcome
from actionplans.replies.models import Reply, Verdict
from involvement.calendars.words import say_date
from reporting.figures.shapes import Facts, Figure, SaidAndDone
from residents.privacy.ports import A_RESIDENT

MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One row behind a figure."""

    words: str
    what: str
    on: str
    url: str


def rows_behind(figure: Figure) -> list[Row]:
    """The first rows behind a figure, one or two queries. Staff only: they may hold names."""
    keys = figure.keys[:MOST_ROWS]
    return {
        "feedback": _feedback,
        "decision": _decisions,
        "outcome": _outcomes,
        "reply": _replies,
        "verdict": _verdicts,
    }[figure.evidence](keys)


def themes_behind(facts: Facts, figure: Figure) -> list[SaidAndDone]:
    """The themes behind a figure, without anybody's name, for those who see no single record."""
    wanted = {"T03": "done", "T04": "will", "T05": "not", "T06": "noted", "T07": "waiting"}
    fate = wanted.get(figure.code)
    decided = {"T08", "T09", "T11", "T12", "T13", "T14", "T15", "T17"}
    return [
        pair
        for pair in facts.pairs
        if (fate is None or pair.fate == fate)
        and (figure.code not in decided or pair.result)
        and (figure.code != "T09" or pair.fate == "not")
        and (figure.code not in {"T09", "T17"} or pair.decided_here)
        and (figure.code != "T10" or pair.changes)
        and (figure.code != "T16" or pair.asked)
        and (not pair.earlier or figure.code in {"T09", "T10", "T17"})
    ]


def _feedback(keys: tuple[int, ...]) -> list[Row]:
    found = Feedback.objects.filter(pk__in=keys).order_by("said_on", "pk")
    return [
        Row(
            each.words,
            each.source,
            say_date(each.said_on),
            reverse("feedback:feedback_detail", args=[each.pk]),
        )
        for each in found
    ]


def _decisions(keys: tuple[int, ...]) -> list[Row]:
    found = (
        Decision.objects.filter(pk__in=keys)
        .select_related("theme", "body", "officer")
        .order_by("decided_on", "pk")
    )
    return [
        Row(
            f"{each.theme}: {each.what}",
            f"{each.get_result_display()} by {each.decided_by}",
            say_date(each.decided_on),
            reverse("decisions:decision_detail", args=[each.pk]),
        )
        for each in found
    ]


def _outcomes(keys: tuple[int, ...]) -> list[Row]:
    found = Outcome.objects.filter(pk__in=keys).order_by("happened_on", "pk")
    return [
        Row(
            each.what_changed,
            each.get_confidence_display(),
            say_date(each.happened_on),
            reverse("outcomes:outcome_detail", args=[each.pk]),
        )
        for each in found
    ]


def _replies(keys: tuple[int, ...]) -> list[Row]:
    found = (
        Reply.objects.filter(pk__in=keys)
        .select_related("person", "feedback__body", "decision__theme")
        .order_by("told_at", "pk")
    )
    return [
        Row(
            str(each.decision.theme),
            f"{each.person or each.feedback.body or A_RESIDENT}, {each.get_channel_display()}",
            say_date(timezone.localdate(each.told_at)) if each.told_at else "",
            reverse("decisions:decision_detail", args=[each.decision_id]),
        )
        for each in found
    ]


def _verdicts(keys: tuple[int, ...]) -> list[Row]:
    found = (
        Verdict.objects.filter(pk__in=keys)
        .select_related("reply__decision__theme")
        .order_by("asked_at", "pk")
    )
    return [
        Row(
            str(each.reply.decision.theme),
            f"{each.get_answer_display()}{': ' + each.words if each.words else ''}",
            say_date(timezone.localdate(each.asked_at)),
            reverse("decisions:decision_detail", args=[each.reply.decision_id]),
        )
        for each in found
    ]
