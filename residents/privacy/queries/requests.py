from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.core import signing
from django.db.models import Count, Q, QuerySet

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


def token_of(request: AccessRequest) -> str:
    """What opens the page of their own answers to whoever made a request, and to nobody else."""
    return _signer().sign(str(request.pk))


def behind(token: str) -> AccessRequest | None:
    """The request that a token belongs to; None for a token that is none of the landlord's."""
    try:
        key = int(_signer().unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    return requests().filter(pk=key).first()


def _signer() -> signing.Signer:
    return signing.Signer(sep=".", salt=f"privacy.own_answers.{landlord_id()}")


def link_sent(request: AccessRequest) -> Message | None:
    """The latest e-mail by which they were sent the way to their own answers."""
    rows = Message.objects.filter(key__startswith=f"own-answers:{request.pk}:")
    latest: Message | None = rows.order_by("-queued_at", "-pk").first()
    return latest


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
