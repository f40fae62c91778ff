"""Who carries a landlord's messages: kept, switched on and off, held back, tried.

Nothing here writes a secret into history: that one was set is all that is told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.auditing.operations import Change
from involvement.delivery import backoff, queries
from involvement.delivery.models import Message, Provider
from involvement.delivery.policies import NameTaken, check_can_have
from involvement.delivery.sealing import CannotBeOpened, seal, unseal

INSTALLATIONS = "This installation’s mail server"
FIELDS = ("name", "sender_name", "sender_address", "per_minute")


@transaction.atomic
def keep_provider(
    *,
    kind: str,
    values: Mapping[str, Any],
    settings: Mapping[str, Any],
    secrets: Mapping[str, str],
    by: Actor,
    at: dt.datetime,
    channel: str = Message.Channel.EMAIL,
) -> Provider:
    """Add a provider, switched off until it was tried. Raises NameTaken, NotForYou."""
    provider = Provider(kind=kind, channel=channel, settings=dict(settings), **values)
    check_can_have(provider.landlord, kind)
    _save(provider)
    provider.sealed = seal(provider, {name: word for name, word in secrets.items() if word})
    provider.save(update_fields=["sealed"])
    _tell(provider, "added", f"added “{provider}” to send {provider.carries} by", by=by, at=at)
    return provider


@transaction.atomic
def change_provider(
    *,
    provider: Provider,
    values: Mapping[str, Any],
    settings: Mapping[str, Any],
    secrets: Mapping[str, str],
    labels: Mapping[str, str],
    by: Actor,
    at: dt.datetime,
) -> Provider:
    """Change a provider; an empty secret keeps the one there is. `labels` are what a page calls its
    settings. What it was held back for is forgotten. Raises NameTaken.
    """
    row = _locked(provider)
    before, named = auditing.snapshot(row, FIELDS), dict(row.settings)
    for name, value in values.items():
        setattr(row, name, value)
    row.settings = dict(settings)
    new = {name: word for name, word in secrets.items() if word}
    if new:
        row.sealed = seal(row, {**_kept(row), **new})
    row.held_until_at, row.held_because, row.holds = None, "", 0
    _save(row)
    changes = auditing.changes_since(row, before)
    changes += [
        Change(field=name, label=labels.get(name, name), old=str(old), new=str(now))
        for name, now in row.settings.items()
        if (old := named.get(name, "")) != now
    ]
    told = [change["label"].lower() for change in changes]
    told += [f"the {labels.get(name, name).lower()}" for name in new]
    if told:
        sentence = f"changed {', '.join(told)} of “{row}”"
        _tell(row, "changed", sentence, by=by, at=at, changes=changes)
    return row


@transaction.atomic
def switch_on(*, provider: Provider, by: Actor, at: dt.datetime) -> Provider:
    """Have its channel go by this provider, and by none other. Returns it. Raises NotForYou."""
    check_can_have(provider.landlord, provider.kind)
    others = Provider.objects.select_for_update(of=("self",)).filter(
        channel=provider.channel, is_active=True
    )
    for other in others.exclude(pk=provider.pk).order_by("pk"):
        switch_off(provider=other, by=by, at=at)
    row = _locked(provider)
    row.is_active = True
    row.held_until_at, row.held_because, row.holds = None, "", 0
    row.save(update_fields=["is_active", "held_until_at", "held_because", "holds"])
    _tell(row, "switched-on", f"had {row.carries} go by “{row}”", by=by, at=at)
    return row


@transaction.atomic
def switch_off(*, provider: Provider, by: Actor, at: dt.datetime) -> Provider:
    """Have nothing go by this provider any more. Returns it."""
    row = _locked(provider)
    if row.is_active:
        row.is_active = False
        row.save(update_fields=["is_active"])
        _tell(row, "switched-off", f"switched “{row}” off", by=by, at=at)
    return row


@transaction.atomic
def provider_for(*, channel: str, by: Actor, at: dt.datetime) -> Provider | None:
    """Who carries a channel now: e-mail as `provider_for_email` says, texts if somebody is set."""
    if channel == Message.Channel.EMAIL:
        return provider_for_email(by=by, at=at)
    return queries.provider_in_use(channel)


@transaction.atomic
def provider_for_email(*, by: Actor, at: dt.datetime) -> Provider | None:
    """Who carries e-mail now. A landlord that never chose goes by the installation's mail server;
    one that switched every provider off has none.
    """
    found = queries.provider_in_use()
    if found is not None or Provider.objects.filter(channel=Message.Channel.EMAIL).exists():
        return found
    made = Provider(name=INSTALLATIONS, per_minute=300, is_active=True)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        # Another worker was first
        return queries.provider_in_use()
    _tell(made, "added", f"had e-mail go by “{made}”, since no other way is set", by=by, at=at)
    return made


@transaction.atomic
def hold_provider(*, provider: Provider, because: str, by: Actor, at: dt.datetime) -> Provider:
    """Give a provider nothing for a while, longer each time in a row. Returns it."""
    row = _locked(provider)
    row.holds = min(row.holds + 1, 1000)
    wait = backoff.after(row.holds, of=f"provider:{row.pk}", longest=backoff.LONGEST_HOLD)
    row.held_until_at, row.held_because = at + wait, because[:300]
    row.save(update_fields=["holds", "held_until_at", "held_because"])
    if row.holds == 1:
        _tell(row, "held", f"does not get through by “{row}”: {because}", by=by, at=at)
    return row


@transaction.atomic
def release_provider(*, provider: Provider, by: Actor, at: dt.datetime) -> Provider:
    """A provider takes messages again. Returns it."""
    row = _locked(provider)
    if row.holds:
        row.held_until_at, row.held_because, row.holds = None, "", 0
        row.save(update_fields=["holds", "held_until_at", "held_because"])
        _tell(row, "released", f"gets through by “{row}” again", by=by, at=at)
    return row


@transaction.atomic
def note_try(*, provider: Provider, words: str, went: bool, by: Actor, at: dt.datetime) -> Provider:
    """Keep what came of a test message. Returns the provider, no longer held back where it went."""
    row = _locked(provider)
    row.tried_at, row.tried_words = at, words[:300]
    row.save(update_fields=["tried_at", "tried_words"])
    _tell(row, "tried", f"sent a test message by “{row}”: {words}", by=by, at=at)
    return release_provider(provider=row, by=by, at=at) if went else row


def _locked(provider: Provider) -> Provider:
    row: Provider = Provider.objects.select_for_update(of=("self",)).get(pk=provider.pk)
    return row


def _save(provider: Provider) -> None:
    try:
        with transaction.atomic():
            provider.save()
    except IntegrityError as refused:
        if "provider_name_is_used_once" in str(refused):
            raise NameTaken from None
        raise


def _kept(provider: Provider) -> dict[str, str]:
    """The secrets there are; none where they cannot be opened, since they are written anew."""
    try:
        return unseal(provider)
    except CannotBeOpened:
        return {}


def _tell(
    provider: Provider,
    verb: str,
    sentence: str,
    *,
    by: Actor,
    at: dt.datetime,
    changes: Iterable[Change] = (),
) -> None:
    auditing.record(
        verb=f"provider.{verb}",
        record=provider,
        sentence=sentence,
        by=by,
        at=at,
        changes=changes,
    )
