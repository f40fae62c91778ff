"""Access requests: recorded, searched, packed, sent, forgotten again."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import IntegrityError, transaction
from django.utils import timezone

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.documents.operations import keep_made, remove_file
from involvement.landlords.models import Landlord
from residents.people.models import Person
from residents.privacy import clocks, policies
from residents.privacy.models import AccessRequest, Mention
from residents.privacy.operations.finding import find_mentions
from residents.privacy.operations.looking import record_export
from residents.privacy.packing import ZIP, make_pack

State = AccessRequest.State


@transaction.atomic
def record_request(
    *,
    person: Person,
    asked_on: dt.date,
    asked_how: str,
    identity_words: str,
    by: Actor,
    at: dt.datetime,
    form_token: uuid.UUID | None = None,
) -> AccessRequest:
    """Record that somebody asked to see what is kept, and look for texts that name them.

    Returns the request, or the one that is under way or was made by the same form. The clock is one
    calendar month: see `clocks.month_after`.
    """
    try:
        with transaction.atomic():
            request: AccessRequest = AccessRequest.objects.create(
                person=person,
                asked_on=asked_on,
                asked_how=asked_how,
                identity_words=identity_words.strip(),
                recorded_at=at,
                due_on=clocks.month_after(asked_on),
                form_token=form_token,
                **by.columns(),
            )
    except IntegrityError:
        there = AccessRequest.objects.filter(person=person, state__in=[State.OPEN, State.READY])
        found: AccessRequest = there.get()
        return found
    find_mentions(request=request, by=by, at=at)
    auditing.record(
        verb="privacy.access_asked",
        record=person,
        sentence="recorded that they asked to see what we keep about them",
        by=by,
        at=at,
    )
    return request


@transaction.atomic
def choose_mention(
    *, mention: Mention, choice: str, shown_words: str, by: Actor, at: dt.datetime
) -> Mention:
    """Include a text with these words, or leave it out. A pack made before is made anew.

    Returns the mention. Raises RequestSettled.
    """
    request = _locked(mention.request)
    if request.state in {State.SENT, State.CLOSED}:
        raise policies.RequestSettled
    mention.choice = choice
    mention.shown_words = shown_words.strip() or mention.shown_words
    mention.save(update_fields=["choice", "shown_words"])
    _take_pack_back(request, by=by, at=at)
    return mention


@transaction.atomic
def make(
    *, request: AccessRequest, landlord: Landlord, by: Actor, at: dt.datetime
) -> AccessRequest:
    """Make the pack, in place of one made before. Returns the request, ready to send.

    A request may take months, so texts that name whoever asked are looked for again: where one is
    new or says something else by now, the request comes back open, without a pack, and it waits to
    be looked at. Raises RequestSettled, MentionsWaiting.
    """
    row = _locked(request)
    policies.check_can_make_pack(row)
    _take_pack_back(row, by=by, at=at)
    if find_mentions(request=row, by=by, at=at):
        return row
    on = timezone.localdate(at)
    pack = make_pack(row, landlord=landlord, at=at, on=on)
    row.pack = keep_made(name=pack.name, data=pack.data, content_type=ZIP, by=by, at=at)
    row.state, row.made_at, row.made_by = State.READY, at, by.name[:120]
    row.contents = pack.contents
    row.expires_on = on + dt.timedelta(days=clocks.PACK_DAYS)
    row.save()
    auditing.record(
        verb="privacy.pack_made",
        record=row.person,
        sentence="made the pack of what we keep about them",
        by=by,
        at=at,
    )
    return row


@transaction.atomic
def note_download(*, request: AccessRequest, by: Actor, at: dt.datetime) -> AccessRequest:
    """Count that the pack was fetched. Returns the request. Raises PackGone."""
    row = _locked(request)
    if row.pack is None:
        raise policies.PackGone
    row.downloads += 1
    row.save(update_fields=["downloads"])
    record_export(
        page="their access pack",
        people=1,
        purpose="To send them what we keep about them",
        person=row.person,
        by=by,
        at=at,
    )
    return row


@transaction.atomic
def extend(*, request: AccessRequest, because: str, by: Actor, at: dt.datetime) -> AccessRequest:
    """Take the two months more that a complex request may have. Returns it.

    Raises RequestSettled, ExtendedAlready.
    """
    row = _locked(request)
    policies.check_can_extend(row)
    row.extended_because = because.strip()
    row.due_on = clocks.extended(row.asked_on)
    row.save(update_fields=["extended_because", "due_on"])
    _note(row, "extended", "took two months more for their access request", by=by, at=at)
    return row


@transaction.atomic
def send(
    *, request: AccessRequest, sent_on: dt.date, sent_how: str, by: Actor, at: dt.datetime
) -> AccessRequest:
    """Note when and how the pack was sent. Returns the request.

    Raises RequestSettled, NoPackToSend.
    """
    row = _locked(request)
    policies.check_can_send(row)
    row.state, row.sent_on, row.sent_how = State.SENT, sent_on, sent_how
    row.save(update_fields=["state", "sent_on", "sent_how"])
    _note(row, "sent", "sent them the pack of what we keep about them", by=by, at=at)
    return row


@transaction.atomic
def close(*, request: AccessRequest, because: str, by: Actor, at: dt.datetime) -> AccessRequest:
    """Close a request without a pack: they took it back, or it was not them. Returns it.

    Raises RequestSettled.
    """
    row = _locked(request)
    if row.state in {State.SENT, State.CLOSED}:
        raise policies.RequestSettled
    _take_pack_back(row, by=by, at=at)
    row.mentions.all().delete()
    row.state, row.closed_because = State.CLOSED, because.strip()
    row.save(update_fields=["state", "closed_because"])
    _note(row, "closed", "closed their access request without a pack", by=by, at=at)
    return row


@transaction.atomic
def forget_pack(*, request: AccessRequest, by: Actor, at: dt.datetime) -> AccessRequest:
    """Delete a pack that was kept long enough, with the texts that were found. Returns the request,
    which still says that it was made and sent."""
    row = _locked(request)
    was = row.state
    _take_pack_back(row, by=by, at=at)
    row.mentions.all().delete()
    row.state = State.OPEN if was == State.READY else was
    row.save(update_fields=["state"])
    return row


def _take_pack_back(row: AccessRequest, *, by: Actor, at: dt.datetime) -> None:
    file, row.pack = row.pack, None
    if row.state == State.READY:
        row.state = State.OPEN
    row.save(update_fields=["pack", "state"])
    if file is not None:
        remove_file(file=file, by=by, at=at)


def _locked(request: AccessRequest) -> AccessRequest:
    row: AccessRequest = (
        AccessRequest.objects.select_for_update(of=("self",))
        .select_related("person", "pack")
        .get(pk=request.pk)
    )
    return row


def _note(row: AccessRequest, verb: str, sentence: str, *, by: Actor, at: dt.datetime) -> None:
    auditing.record(
        verb=f"privacy.access_{verb}", record=row.person, sentence=sentence, by=by, at=at
    )
