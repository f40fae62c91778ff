"""A file that came while nobody was looking: from the folder, or with a token."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from involvement.auditing.actors import Actor
from involvement.auditing.refusals import Refusal
from residents.feeds.models import Intake, RefusedRow, Source
from residents.feeds.operations.intakes import (
    bring_in,
    intake_failed,
    set_aside,
    stage_intake,
    start_intake,
)
from residents.feeds.policies import AnotherIsBroughtIn, NothingToRead, TooManyLeave


def receive(
    *, source: Source, name: str, data: bytes, how: str, by: Actor, at: dt.datetime
) -> Intake:
    """Bring a file in, or note why it was not. Returns its intake.

    Where too many would leave it waits, with its preview, for an officer. Raises AnotherIsBroughtIn,
    having noted nothing, so that it can be sent again.
    """
    values: dict[str, Any] = {
        "source": source,
        "name": name,
        "data": data,
        "how": how,
        "mode": source.mode,
    }
    try:
        with transaction.atomic():
            intake = start_intake(**values, keep=False, by=by, at=at)
            return bring_in_unseen(intake=intake, data=data, by=by, at=at)
    except AnotherIsBroughtIn:
        raise
    except TooManyLeave as asks:
        return _waits(values, why=str(asks), by=by, at=at)
    except Refusal as refusal:
        with transaction.atomic():
            intake = start_intake(**values, keep=False, by=by, at=at)
            return intake_failed(intake=intake, why=str(refusal), by=by, at=at)


@transaction.atomic
def bring_in_unseen(
    *, intake: Intake, data: bytes, allow_leavers: bool = False, by: Actor, at: dt.datetime
) -> Intake:
    """Bring a file in that nobody saw a preview of. Returns its intake.

    Where none of its rows can be taken over the intake has failed, and its refused rows are kept for
    whoever puts them right. Raises as `bring_in`, but never NothingToRead.
    """
    try:
        return bring_in(intake=intake, data=data, allow_leavers=allow_leavers, by=by, at=at)
    except NothingToRead as nothing:
        stage_intake(intake=intake, data=data, by=by, at=at)
        return intake_failed(intake=intake, why=str(nothing), by=by, at=at)


@transaction.atomic
def _waits(values: dict[str, Any], *, why: str, by: Actor, at: dt.datetime) -> Intake:
    intake = start_intake(**values, keep=True, by=by, at=at)
    intake.why = why
    intake.save(update_fields=["why"])
    stage_intake(intake=intake, by=by, at=at)
    return intake


KEPT_UNSETTLED = dt.timedelta(days=14)


@transaction.atomic
def let_go(*, by: Actor, at: dt.datetime) -> int:
    """Set aside files that waited for two weeks. Returns how many.

    What is kept of files that are settled goes by the landlord's schedule: `feeds.kinds`.
    """
    old = Intake.objects.filter(state=Intake.State.PREVIEW, arrived_at__lt=at - KEPT_UNSETTLED)
    rows = list(old.order_by("pk"))
    for intake in rows:
        set_aside(intake=intake, by=by, at=at)
    return len(rows)


@transaction.atomic
def forget_refused(*, rows: Sequence[Intake], by: Actor, at: dt.datetime) -> int:
    """Forget the rows of these files that could not be taken over. Returns of how many files."""
    RefusedRow.objects.filter(intake__in=[row.pk for row in rows]).delete()
    return len(rows)


@transaction.atomic
def forget_intakes(*, rows: Sequence[Intake], by: Actor, at: dt.datetime) -> int:
    """Forget that these files came; what they changed is in people's history. Returns how many."""
    keys = [row.pk for row in rows]
    Intake.objects.filter(pk__in=keys).delete()
    return len(keys)
