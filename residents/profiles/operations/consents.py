from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from residents.people.models import Person
from residents.profiles import store
from residents.profiles.models import EqualityLink, EqualityObjection, GuardianConsent
from residents.profiles.queries import standing_consent, standing_objection


@transaction.atomic
def record_consent(
    *,
    person: Person,
    guardian: str,
    relation: str,
    given_on: dt.date,
    by: Actor,
    at: dt.datetime,
) -> GuardianConsent:
    """Write down that a parent or guardian agrees. Returns it, or the one that stands already."""
    standing = standing_consent(person)
    if standing is not None:
        return standing
    consent: GuardianConsent = GuardianConsent.objects.create(
        person=person,
        guardian=guardian.strip(),
        relation=relation.strip(),
        given_on=given_on,
        **by.columns(),
    )
    auditing.record(
        verb="consent.given",
        record=person,
        sentence=f"wrote down that {consent.guardian} ({consent.relation}) agrees to the equality "
        "questions",
        by=by,
        at=at,
    )
    return consent


@transaction.atomic
def withdraw_consent(*, person: Person, by: Actor, at: dt.datetime) -> Person:
    """A guardian no longer agrees: what the young person answered is erased. Returns the person.

    Raises StoreClosed.
    """
    standing = standing_consent(person)
    if standing is not None:
        standing.withdrawn_on = max(timezone.localdate(at), standing.given_on)
        standing.save(update_fields=["withdrawn_on"])
        _stop(person, at)
        auditing.record(
            verb="consent.withdrawn",
            record=person,
            sentence="wrote down that the guardian no longer agrees; any equality answers are "
            "erased",
            by=by,
            at=at,
        )
    return person


@transaction.atomic
def record_objection(*, person: Person, by: Actor, at: dt.datetime) -> EqualityObjection:
    """Somebody tells us to stop: erase what they answered, and take nothing more. Returns it.

    The Data Protection Act 2018, Schedule 1 paragraph 8(5) gives them this right. Raises
    StoreClosed.
    """
    standing = standing_objection(person)
    if standing is not None:
        return standing
    objection: EqualityObjection = EqualityObjection.objects.create(
        person=person, objected_on=timezone.localdate(at), **by.columns()
    )
    _stop(person, at)
    auditing.record(
        verb="equality.objected",
        record=person,
        sentence="wrote down that they object to equality monitoring; any answers are erased",
        by=by,
        at=at,
    )
    return objection


@transaction.atomic
def lift_objection(*, person: Person, by: Actor, at: dt.datetime) -> Person:
    """They are content to be asked again. Nothing that was erased comes back. Returns the person."""
    standing = standing_objection(person)
    if standing is not None:
        standing.lifted_on = timezone.localdate(at)
        standing.save(update_fields=["lifted_on"])
        auditing.record(
            verb="equality.objection_lifted",
            record=person,
            sentence="wrote down that they no longer object to equality monitoring",
            by=by,
            at=at,
        )
    return person


def _stop(person: Person, at: dt.datetime) -> None:
    store.erase(person=person.pk)
    EqualityLink.objects.filter(person=person, closed_at__isnull=True).update(closed_at=at)
