from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.landlords.models import Unit
from involvement.questionnaires.models import Version
from involvement.questionnaires.operations import found_questionnaire
from residents.profiles.models import AgeBand, ProfileTarget
from residents.profiles.packs import STARTING_BANDS, starting_pack
from residents.profiles.policies import HasBegun
from residents.profiles.queries import KEY, question_set


@transaction.atomic
def begin_question_set(*, by: Actor, at: dt.datetime) -> Version:
    """Begin with the national questions and the usual age bands. Returns the version in use.

    Raises HasBegun.
    """
    if question_set() is not None:
        raise HasBegun
    pack = starting_pack()
    if not AgeBand.objects.exists():
        AgeBand.objects.bulk_create(
            [AgeBand(lowest=lowest, label=label) for lowest, label in STARTING_BANDS]
        )
    return found_questionnaire(
        key=KEY,
        definition=pack.definition,
        source=pack.source,
        checked_on=pack.checked_on,
        valid_from_on=timezone.localdate(at),
        by=by,
        at=at,
    )


@transaction.atomic
def found(*, by: Actor, at: dt.datetime) -> Version:
    """What a new landlord begins with: the national questions. Returns the version in use."""
    return begin_question_set(by=by, at=at)


@transaction.atomic
def change_age_bands(
    *, bands: Sequence[tuple[int, str]], by: Actor, at: dt.datetime
) -> list[AgeBand]:
    """Put these bands, (lowest age, what is printed), in place of all others. Returns them."""
    AgeBand.objects.all().delete()
    rows = [AgeBand(lowest=lowest, label=label.strip()) for lowest, label in sorted(bands)]
    AgeBand.objects.bulk_create(rows)
    if rows:
        auditing.record(
            verb="age_bands.changed",
            record=rows[0],
            sentence="changed the age bands: " + ", ".join(row.label for row in rows),
            by=by,
            at=at,
        )
    return rows


@transaction.atomic
def set_target(
    *, unit: Unit | None, percent: int, by_date: dt.date, by: Actor, at: dt.datetime
) -> ProfileTarget:
    """Say how many in a hundred should have told us by a day; one for each part. Returns it."""
    target: ProfileTarget
    target, _ = ProfileTarget.objects.update_or_create(
        unit=unit,
        defaults={"percent": percent, "by_date": by_date, "set_at": at, **by.columns()},
    )
    auditing.record(
        verb="profile_target.set",
        record=target,
        sentence=f"set the target for {unit or 'the whole landlord'}: {target}",
        by=by,
        at=at,
    )
    return target


@transaction.atomic
def remove_target(*, target: ProfileTarget, by: Actor, at: dt.datetime) -> None:
    """Take a target away."""
    auditing.record(
        verb="profile_target.removed",
        record=target,
        sentence=f"took away the target for {target.unit or 'the whole landlord'}: {target}",
        by=by,
        at=at,
    )
    target.delete()
