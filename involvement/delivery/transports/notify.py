"""E-mails and texts by GOV.UK Notify, through its own client."""

from __future__ import annotations

import logging
import re
import uuid
from typing import Any, Final

from django.conf import settings
from jwt.exceptions import PyJWTError
from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from involvement.delivery.models import Message, Provider
from involvement.delivery.transports import words
from involvement.delivery.transports.protocol import (
    Accepted,
    Asked,
    Outcome,
    Outgoing,
    Refused,
    Standing,
    TryLater,
    Unsure,
)
from involvement.delivery.transports.silence import certainly_unsent

TIMEOUT: Final = 20
# An API key ends in the service's id and its secret, each a UUID.
_KEY: Final = re.compile(rf"^.+-{'-'.join(['[0-9a-f-]{36}'] * 2)}$")
# The client writes an error with its address, which holds our reference alone, and with Notify's
# words, which may hold an address of somebody's.
logging.getLogger("notifications_python_client.base").setLevel(logging.CRITICAL)


def notify_transport(provider: Provider, secrets: dict[str, str]) -> NotifyTransport:
    """What speaks to a landlord's service in GOV.UK Notify."""
    return NotifyTransport(provider, secrets.get("key", ""))


class NotifyTransport:
    """One call for each message. Both kinds go by a template that holds ((body)) alone, and in an
    e-mail ((subject)) too."""

    def __init__(self, provider: Provider, key: str) -> None:
        self._provider = provider
        self._key = key
        self._client: Any = None

    def open(self) -> TryLater | Refused | None:
        if not _KEY.match(self._key):
            return TryLater(words.NO_NOTIFY_KEY, holds_provider=True)
        if not _is_uuid(self._provider.settings.get("template", "")):
            return TryLater(words.NO_TEMPLATE, holds_provider=True)
        self._connect()
        return None

    def send(self, message: Outgoing) -> Outcome:
        try:
            taken = self._given(message)
        except APIError as failure:
            return judged(failure)
        except (PyJWTError, ValueError) as failure:
            return TryLater(words.NO_NOTIFY_KEY, type(failure).__name__, holds_provider=True)
        theirs = taken.get("id") if isinstance(taken, dict) else None
        if not theirs:
            return Unsure(words.NO_ANSWER, holds_provider=True)
        return Accepted(str(theirs), "201 Created")

    def ask(self, reference: str) -> Asked:
        try:
            found = self._connect().get_all_notifications(reference=reference)["notifications"]
            if not found:
                return Asked(Standing.NEVER_CAME)
            status, theirs = str(found[0]["status"]), str(found[0]["id"])
        except (APIError, PyJWTError, ValueError, TypeError, LookupError):
            return Asked(Standing.NO_ANSWER)
        return Asked(standing_of(status), theirs, words.NOTIFY_SAYS.get(status, ""))

    def close(self) -> None:
        self._client = None

    def _given(self, message: Outgoing) -> Any:
        named = self._provider.settings
        common = {"template_id": named["template"], "reference": message.reference}
        sender = named.get("sender") or None
        if self._provider.channel == Message.Channel.TEXT:
            return self._connect().send_sms_notification(
                phone_number=message.to_address,
                personalisation={"body": message.body},
                sms_sender_id=sender,
                **common,
            )
        return self._connect().send_email_notification(
            email_address=message.to_address,
            personalisation={"subject": message.subject, "body": message.body},
            email_reply_to_id=sender,
            one_click_unsubscribe_url=message.unsubscribe_url or None,
            **common,
        )

    def _connect(self) -> Any:
        if self._client is None:
            client: Any = NotificationsAPIClient
            self._client = client(self._key, base_url=settings.NOTIFY_ADDRESS, timeout=TIMEOUT)
        return self._client


def standing_of(status: str) -> Standing:
    """What a status of Notify means."""
    if status == "delivered":
        return Standing.DELIVERED
    return Standing.RETURNED if status in words.NOTIFY_SAYS else Standing.WENT


def judged(failure: APIError) -> Outcome:
    """What an error of Notify means: for this message, or for every one."""
    if failure.response is None:
        cause = failure.__context__ or failure
        if certainly_unsent(cause):
            return TryLater(words.NOTIFY_UNREACHED, type(cause).__name__, holds_provider=True)
        return Unsure(words.NO_ANSWER, type(cause).__name__, holds_provider=True)
    code, said = int(failure.response.status_code), _said(failure)
    answer = f"{code} {said}".strip()[:300]
    if why := _why_later(code, said):
        return TryLater(why, answer, holds_provider=True)
    if code >= 500 or code < 400:
        return Unsure(words.NO_ANSWER, answer, holds_provider=True)
    return _refused(said, answer)


def _why_later(code: int, said: str) -> str:
    """Why nothing goes at the moment; "" where it is another thing."""
    if code == 429:
        for_today = "for today" in said.lower() or "TooManyRequests" in said
        return words.ENOUGH_FOR_TODAY if for_today else words.TOO_MUCH
    if code in {401, 403}:
        return words.CLOCK_IS_WRONG if "clock" in said.lower() else words.NOTIFY_KEY_REFUSED
    return words.TOO_MUCH if code == 503 else ""


def _refused(said: str, answer: str) -> Outcome:
    """Which of the things that Notify does not take it was."""
    for pattern, why in words.NOTIFY_FOR_ALL:
        if pattern.search(said):
            return TryLater(why, answer, holds_provider=True)
    for pattern, why in words.NOTIFY_FOR_ONE:
        if pattern.search(said):
            return Refused(why, answer)
    return Refused(words.NOTIFY_REFUSED, answer)


def _said(failure: APIError) -> str:
    """The kinds and sentences of an error's body."""
    said = failure.message
    if isinstance(said, list):
        parts = [f"{one.get('error', '')}: {one.get('message', '')}" for one in said]
        return " ".join("; ".join(parts).split())
    return " ".join(str(said).split())


def _is_uuid(written: object) -> bool:
    try:
        uuid.UUID(str(written))
    except ValueError:
        return False
    return True
