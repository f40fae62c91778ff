"""E-mail by a mail service's own interface, through django-anymail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import requests
from anymail.exceptions import (
    AnymailAPIError,
    AnymailError,
    AnymailInvalidAddress,
    AnymailRecipientsRefused,
)
from django.utils.module_loading import import_string

from involvement.delivery.models import Provider
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
from involvement.delivery.transports.smtp import CANNOT_BE_ASKED, compose

TIMEOUT: Final = 20
POSTMARK: Final = "https://api.postmarkapp.com/messages/outbound"
MAILGUN_EU: Final = "https://api.eu.mailgun.net/v3"


@dataclass(frozen=True)
class Service:
    """A mail service: what it is called, the anymail backend that speaks to it, what it calls its
    key. `with_domain` where it also asks for the domain messages come from."""

    label: str
    backend: str
    key: str
    with_domain: bool = False


SERVICES: Final[dict[str, Service]] = {
    "BREVO": Service("Brevo", "anymail.backends.brevo.EmailBackend", "api_key"),
    "MAILGUN_EU": Service(
        "Mailgun (Europe)", "anymail.backends.mailgun.EmailBackend", "api_key", with_domain=True
    ),
    "POSTMARK": Service("Postmark", "anymail.backends.postmark.EmailBackend", "server_token"),
    "RESEND": Service("Resend", "anymail.backends.resend.EmailBackend", "api_key"),
}
# Those that find a message by the reference it was given.
ASKED: Final = frozenset({"POSTMARK"})


def api_transport(provider: Provider, secrets: dict[str, str]) -> ApiTransport:
    """What speaks to the service a provider names."""
    name = provider.settings.get("service", "")
    service, key = SERVICES[name], secrets.get("key", "")
    options = {service.key: key, "timeout": TIMEOUT}
    if service.with_domain:
        options |= {"sender_domain": provider.settings.get("domain", ""), "api_url": MAILGUN_EU}
    backend = import_string(service.backend)(**options)
    return PostmarkTransport(backend, key) if name in ASKED else ApiTransport(backend)


class ApiTransport:
    """A service that is told of one message at a time, and not asked again afterwards."""

    def __init__(self, backend: Any) -> None:
        self.backend = backend

    def open(self) -> TryLater | Refused | None:
        self.backend.open()
        return None

    def send(self, message: Outgoing) -> Outcome:
        try:
            email: Any = compose(message)
            email.metadata = {"reference": message.reference}
            self.backend.send_messages([email])
        except (ValueError, AnymailInvalidAddress):
            return Refused(words.NO_EMAIL_ADDRESS)
        except AnymailRecipientsRefused:
            return Refused("The mail service does not send to this address.")
        except AnymailAPIError as failure:
            return _judged(failure)
        except AnymailError as failure:
            return Refused("The mail service cannot send this message.", type(failure).__name__)
        status = email.anymail_status
        if not {"sent", "queued"} & set(status.status or ()):
            return Unsure(words.NO_ANSWER, holds_provider=True)
        return Accepted(str(status.message_id or ""), ", ".join(sorted(status.status or ())))

    def ask(self, reference: str) -> Asked:
        return CANNOT_BE_ASKED

    def close(self) -> None:
        self.backend.close()


class PostmarkTransport(ApiTransport):
    """Postmark, which finds a message by the reference we gave it."""

    def __init__(self, backend: Any, key: str) -> None:
        super().__init__(backend)
        self._key = key

    def ask(self, reference: str) -> Asked:
        try:
            found = self._get(POSTMARK, count="1", offset="0", metadata_reference=reference)
            if not found["TotalCount"]:
                return Asked(Standing.NEVER_CAME)
            theirs = str(found["Messages"][0]["MessageID"])
            events = self._get(f"{POSTMARK}/{theirs}/details").get("MessageEvents", [])
        except (requests.RequestException, ValueError, TypeError, LookupError, AttributeError):
            return Asked(Standing.NO_ANSWER)
        said = {str(event.get("Type")) for event in events}
        if "Bounced" in said:
            return Asked(Standing.RETURNED, theirs, "It came back undelivered.")
        return Asked(Standing.DELIVERED if "Delivered" in said else Standing.WENT, theirs)

    def _get(self, url: str, **query: str) -> dict[str, Any]:
        headers = {"X-Postmark-Server-Token": self._key, "Accept": "application/json"}
        answer = requests.get(url, params=query, headers=headers, timeout=TIMEOUT)
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found


def _judged(failure: AnymailAPIError) -> Outcome:
    """What an error means. The failure itself holds the message and is kept nowhere."""
    if failure.response is None:
        return _without_answer(failure)
    code = int(failure.response.status_code)
    said = f"{code} {_in_their_words(failure.response)}".strip()[:300]
    if code in {429, 503}:
        return TryLater(words.TOO_MUCH, said, holds_provider=True)
    if code in {401, 403}:
        return TryLater(words.KEY_REFUSED, said, holds_provider=True)
    if code >= 500 or code < 400:
        # It may have been taken before the service fell over
        return Unsure(words.NO_ANSWER, said, holds_provider=True)
    return Refused("The mail service refused the message.", said)


def _without_answer(failure: AnymailAPIError) -> Outcome:
    """Whether a connection failed before anything was said, or after."""
    cause = failure.__cause__
    if certainly_unsent(cause):
        return TryLater(
            "The mail service cannot be reached.", type(cause).__name__, holds_provider=True
        )
    return Unsure(words.NO_ANSWER, type(cause).__name__, holds_provider=True)


def _in_their_words(response: requests.Response) -> str:
    """The sentence in an error's body, where it has one."""
    try:
        body = response.json()
    except ValueError:
        return ""
    said = body.get("Message") or body.get("message") if isinstance(body, dict) else ""
    return " ".join(str(said or "").split())
