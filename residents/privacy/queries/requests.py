from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.core import signing
from django.db.models import Count, Q, QuerySet

from involvement.auditing.models import AuditEntry
from involvement.auditing.queries import history_of
from involvement.delivery.models import Message
from involvement.isolation.scope import landlord_id
from residents.people.models import Person
from residents.privacy.models import AccessRequest, Mention

State = AccessRequest.State
UNDER_WAY = (State.OPEN, State.READY)


def requests() -> QuerySet[AccessRequest]:
    """Every access request: those under way by the day they are due, then the settled, latest first."""
    rows: QuerySet[AccessRequest] = AccessRequest.objects.select_related("person", "pack").annotate(
        waiting=Count("mentions", filter=Q(mentions__choice=Mention.Choice.WAITING))
    )
    return rows.order_by("due_on", "pk")


def under_way() -> QuerySet[AccessRequest]:
    """Those not answered yet."""
    return requests().filter(state__in=UNDER_WAY)


def settled() -> QuerySet[AccessRequest]:
    """Those answered or closed, latest first."""
    return requests().exclude(state__in=UNDER_WAY).order_by("-asked_on", "-pk")


def under_way_of(person: Person) -> AccessRequest | None:
    """The request of a person that is not answered yet."""
    found: AccessRequest | None = under_way().filter(person=person).first()
    return found


def token_of(request: AccessRequest, number: int) -> str:
    """What opens the page of their own answers to whoever made a request: their link of this number."""
    return _signer().sign(f"{request.pk}-{number}")


def behind(token: str) -> AccessRequest | None:
    """The request that a token belongs to; None for a token that is none of the landlord's, or that
    a later one took the place of."""
    try:
        key, number = map(int, _signer().unsign(token).split("-"))
    except (signing.BadSignature, ValueError):
        return None
    found = requests().filter(pk=key).first()
    return found if found and links_sent(found).count() == number else None


def _signer() -> signing.Signer:
    return signing.Signer(sep=".", salt=f"privacy.own_answers.{landlord_id()}")


def key_of_link(request: AccessRequest, number: int | str = "") -> str:
    """What the e-mail with the link of this number is known by in the outbox; without a number, how
    those of the request begin."""
    return f"own-answers:{request.pk}:{number}"


def links_sent(request: AccessRequest) -> QuerySet[Message]:
    """The e-mails by which they were sent the way to their own answers, latest first."""
    rows: QuerySet[Message] = Message.objects.filter(key__startswith=key_of_link(request))
    return rows.order_by("-queued_at", "-pk")


def joined(person: Person, since: dt.datetime) -> AuditEntry | None:
    """The latest line of history, since a moment, of another entry made one with theirs."""
    return history_of(person).filter(verb="person.merged", at__gt=since).first()


def address_written(person: Person, since: dt.datetime) -> AuditEntry | None:
    """The latest line of history, since a moment, that may have given a person the e-mail address
    they have: it was changed, or their row was added or joined with another."""
    lines = history_of(person).filter(at__gt=since)
    by_verb = Q(verb__in=["person.added", "person.merged", "person.split"])
    return lines.filter(by_verb | Q(changes__contains=[{"field": "email"}])).first()


def mentions_of(request: AccessRequest) -> Sequence[Mention]:
    """The texts found for a request: those that surely name them first."""
    return list(Mention.objects.filter(request=request).order_by("-certain", "heading", "pk"))


def packs_over(today: dt.date) -> QuerySet[AccessRequest]:
    """Requests whose pack has been kept long enough."""
    rows: QuerySet[AccessRequest] = AccessRequest.objects.filter(
        pack__isnull=False, expires_on__lt=today
    )
    return rows.select_related("pack").order_by("pk")


def late(today: dt.date) -> int:
    """How many requests are past the day the law gives."""
    rows: QuerySet[AccessRequest] = AccessRequest.objects.filter(
        state__in=UNDER_WAY, due_on__lt=today
    )
    return rows.count()
