"""What providers tell us by themselves, read into what it means: receipts, and what people answer."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from anymail.webhooks.brevo import BrevoTrackingWebhookView
from anymail.webhooks.mailgun import MailgunTrackingWebhookView
from anymail.webhooks.postmark import PostmarkTrackingWebhookView
from anymail.webhooks.resend import ResendTrackingWebhookView
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from involvement.delivery.models import Provider
from involvement.delivery.transports import Standing, words
from involvement.delivery.transports.gateway import found_at
from involvement.delivery.transports.notify import standing_of

LONGEST: Final = 4000


class NotUnderstood(Exception):
    """This is nothing that the provider of this address says."""


@dataclass(frozen=True)
class Told:
    """A receipt. `key` tells it from every other of the provider; `reference` is ours, `theirs` what
    the provider calls the message. `happened_at` is None where the provider does not say."""

    key: str
    reference: str
    theirs: str
    standing: Standing
    words: str = ""
    happened_at: dt.datetime | None = None


@dataclass(frozen=True)
class Heard:
    """What somebody wrote back."""

    key: str
    from_address: str
    to_address: str
    body: str
    sent_at: dt.datetime | None = None


def receipts_in(provider: Provider, request: HttpRequest) -> list[Told]:
    """The receipts in a call of the provider; none where it tells of nothing that matters to us.

    Raises NotUnderstood.
    """
    try:
        if provider.kind == Provider.Kind.API:
            return _from_mail_service(provider, request)
        given = _object(request)
        read = _notify_receipt if provider.kind == Provider.Kind.NOTIFY else _gateway_receipt
        return read(provider, given)
    except (ValueError, TypeError, LookupError, AttributeError):
        raise NotUnderstood from None


def texts_in(provider: Provider, request: HttpRequest) -> list[Heard]:
    """What people wrote, in a call of the provider. Raises NotUnderstood."""
    try:
        given = _object(request)
        if provider.kind == Provider.Kind.NOTIFY:
            found = Heard(
                str(given["id"]),
                str(given["source_number"]),
                str(given.get("destination_number") or ""),
                str(given["message"]),
                _moment(given.get("date_received")),
            )
        else:
            found = _gateway_text(provider, given)
    except (ValueError, TypeError, LookupError, AttributeError):
        raise NotUnderstood from None
    if not found.from_address:
        raise NotUnderstood
    return [found]


def _notify_receipt(provider: Provider, given: Mapping[str, Any]) -> list[Told]:
    theirs, status = str(given["id"]), str(given["status"])
    standing = standing_of(status)
    if standing == Standing.WENT:
        return []
    at = _moment(given.get("completed_at")) or _moment(given.get("sent_at"))
    reference = str(given.get("reference") or "")
    return [
        Told(
            f"{theirs}:{status}", reference, theirs, standing, words.NOTIFY_SAYS.get(status, ""), at
        )
    ]


_ARRIVED: Final = frozenset({"delivered", "delivrd", "success", "received", "read"})
_CAME_BACK: Final = frozenset(
    {
        "failed",
        "undelivered",
        "undeliv",
        "rejected",
        "rejectd",
        "expired",
        "deleted",
        "undeliverable",
    }
)


def _gateway_receipt(provider: Provider, given: Mapping[str, Any]) -> list[Told]:
    """A gateway's receipt, by the names in the settings."""
    named = provider.settings
    theirs = _at(given, named.get("receipt_reference") or "id")
    status = _at(given, named.get("receipt_status") or "status")
    if not theirs or not status:
        raise NotUnderstood
    said = status.strip().lower()
    if said in _ARRIVED:
        standing, why = Standing.DELIVERED, ""
    elif said in _CAME_BACK:
        standing, why = Standing.RETURNED, f"The text gateway says that it did not arrive: {said}."
    else:
        return []
    at = _moment(_at(given, named.get("receipt_moment") or "timestamp"))
    return [Told(f"{theirs}:{said}", "", theirs, standing, why, at)]


def _gateway_text(provider: Provider, given: Mapping[str, Any]) -> Heard:
    named = provider.settings
    sender = _at(given, named.get("inbound_from") or "from")
    body = _at(given, named.get("inbound_text") or "text")
    theirs = _at(given, named.get("inbound_reference") or "id")
    at = _moment(_at(given, named.get("inbound_moment") or "timestamp"))
    # A gateway that gives no reference is told by all it says
    key = theirs or hashlib.sha256(json.dumps(given, sort_keys=True).encode()).hexdigest()
    return Heard(key, sender, _at(given, named.get("inbound_to") or "to"), body, at)


_SERVICES: Final[dict[str, Callable[[], Any]]] = {
    # Whoever calls has shown that they may: these only read
    "BREVO": lambda: BrevoTrackingWebhookView(webhook_secret="read:only"),  # noqa: S106 -- unused
    "MAILGUN_EU": lambda: MailgunTrackingWebhookView(webhook_signing_key="unused"),
    "POSTMARK": lambda: PostmarkTrackingWebhookView(webhook_secret="read:only"),  # noqa: S106
    "RESEND": lambda: ResendTrackingWebhookView(webhook_secret="read:only"),  # noqa: S106
}
# By anymail's names of events.
_WHY: Final = {
    "bounced": "It came back undelivered.",
    "rejected": "The mail service does not send to this address.",
    "failed": "The mail service could not send it.",
    "complained": "Whoever got it marked it as unwanted.",
}


def _from_mail_service(provider: Provider, request: HttpRequest) -> list[Told]:
    view = _SERVICES[provider.settings["service"]]()
    found = []
    for event in view.parse_events(request):
        delivered = event.event_type == "delivered"
        if not delivered and event.event_type not in _WHY:
            continue
        theirs = str(event.message_id or "").strip("<>")
        reference = str((event.metadata or {}).get("reference") or "")
        which = str(event.event_id or theirs or reference)
        if not which:
            raise NotUnderstood
        found.append(
            Told(
                f"{which}:{event.event_type}",
                reference,
                theirs,
                Standing.DELIVERED if delivered else Standing.RETURNED,
                _WHY.get(event.event_type, ""),
                event.timestamp,
            )
        )
    return found


def _object(request: HttpRequest) -> dict[str, Any]:
    """The body as JSON, or as a form."""
    if request.content_type == "application/x-www-form-urlencoded":
        return {name: request.POST[name] for name in request.POST}
    found = json.loads(request.body)
    if not isinstance(found, dict):
        raise NotUnderstood
    return found


def _at(given: Mapping[str, Any], path: str) -> str:
    if path in given and isinstance(given[path], str | int):
        return str(given[path])
    return found_at(json.dumps(given), path)


def _moment(written: object) -> dt.datetime | None:
    """A moment as providers write it, in UTC where they name no zone."""
    if not written:
        return None
    text = str(written)
    if text.isdecimal() and len(text) in {10, 13}:
        seconds = int(text) / (1000 if len(text) == 13 else 1)
        return dt.datetime.fromtimestamp(seconds, dt.UTC)
    found = parse_datetime(text)
    if found is None:
        return None
    return timezone.make_aware(found, dt.UTC) if timezone.is_naive(found) else found
