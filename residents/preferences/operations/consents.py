from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor, ActorKind, Channel
from residents.people.models import Person
from residents.preferences import policies, queries
from residents.preferences.models import Consent, Heard, Purpose


@transaction.atomic
def record_consents(
    *,
    person: Person,
    purpose: Purpose,
    acts: Sequence[tuple[str, str]],
    heard: Heard,
    by: Actor,
    at: dt.datetime,
    read_out: int | None = None,
) -> list[Consent]:
    """Record what was said to one purpose by several ways: rows of (channel, act), all or none.

    `read_out` is the key of the wording that was shown. Returns the acts that hold. Raises
    WordingChanged, and as record_consent.
    """
    policies.check_was_read_out(queries.current_wording(purpose), read_out)
    return [
        record_consent(
            person=person, purpose=purpose, channel=channel, act=act, heard=heard, by=by, at=at
        )
        for channel, act in acts
    ]


@transaction.atomic
def record_consent(
    *,
    person: Person,
    purpose: Purpose,
    act: str,
    heard: Heard,
    by: Actor,
    at: dt.datetime,
    channel: str = "",
) -> Consent:
    """Add one act to what somebody allows, under the words the purpose is asked with now.

    The one writer of consents. Returns the act that holds; the same act under the same words again
    adds none. Raises PurposeIsPutAway, WordingMissing, OtherChannel, NothingToTakeBack,
    SaidInTheFuture.
    """
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    policies.check_can_hear(heard, at)
    latest = queries.consents_of(person).filter(purpose=purpose, channel=channel).first()
    wording = policies.check_can_consent(
        purpose, queries.current_wording(purpose), channel, act, latest
    )
    if latest is not None and (latest.act, latest.wording_id) == (act, wording.pk):
        return latest
    # The row outlives the person's name, so a resident's own act does not carry it
    actor = replace(by, name="the resident", behalf="") if by.kind == ActorKind.RESIDENT else by
    consent: Consent = Consent.objects.create(
        person=person,
        purpose=purpose,
        wording=wording,
        channel=channel,
        act=act,
        recorded_at=at,
        **heard.columns(),
        **actor.columns(),
    )
    way = f" {Channel(channel).label}" if channel else ""
    auditing.record(
        verb=f"consent.{act.lower()}",
        record=person,
        sentence=f"recorded that they {consent.get_act_display()}: {purpose.name}{way}",
        by=by,
        at=at,
    )
    return consent
