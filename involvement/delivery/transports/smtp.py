"""E-mail by SMTP: the installation's mail server and a landlord's own.

The conversation is held step by step, since only that tells a message that certainly did not go
from one that may have: after the message was handed over, silence means nobody knows.
"""

from __future__ import annotations

import smtplib
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

from involvement.delivery.models import Provider
from involvement.delivery.transports import words
from involvement.delivery.transports.hosts import addresses_of, is_public
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

TIMEOUT: Final = 20
CANNOT_BE_ASKED: Final = Asked(Standing.CANNOT_BE_ASKED)


def installation_transport(provider: Provider, secrets: dict[str, str]) -> SmtpTransport:
    """The mail server of EMAIL_URL, or whatever stands in its place in a demonstration."""
    connection = get_connection()
    if isinstance(connection, EmailBackend):
        connection.timeout = connection.timeout or TIMEOUT
        return SmtpTransport(connection)
    return HandedOver(connection)


def smtp_transport(provider: Provider, secrets: dict[str, str]) -> SmtpTransport:
    """A landlord's own mail server, always over TLS."""
    named = provider.settings
    return SmtpTransport(
        EmailBackend(
            host=named.get("host", ""),
            port=named.get("port", 587),
            username=named.get("username", ""),
            password=secrets.get("password", ""),
            use_tls=named.get("security") != "TLS",
            use_ssl=named.get("security") == "TLS",
            timeout=TIMEOUT,
        ),
        is_ours=settings.DELIVERY_PRIVATE_HOSTS,
    )


def compose(message: Outgoing) -> EmailMessage:
    """The message as e-mail, its reference in its Message-ID, with one press off the list where it
    has a list (RFC 8058). Raises ValueError."""
    to_address = sanitize_address(message.to_address, "utf-8")
    whose = message.to_address.rpartition("@")[0]
    if not whose or not whose.isascii() or to_address.split() != [to_address]:
        raise ValueError(words.NO_EMAIL_ADDRESS)
    domain = message.sender.rpartition("@")[2].rstrip(">") or "localhost"
    headers = {"Message-ID": f"<{message.reference}@{domain}>"}
    if message.unsubscribe_url:
        headers |= {
            "List-Unsubscribe": f"<{message.unsubscribe_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    return EmailMessage(
        " ".join(message.subject.split()),
        message.body,
        message.sender,
        [to_address],
        headers=headers,
    )


class SmtpTransport:
    """One conversation with a mail server, for as many messages as it will take."""

    def __init__(self, backend: Any, *, is_ours: bool = True) -> None:
        self.backend = backend
        self.is_ours = is_ours

    def open(self) -> TryLater | Refused | None:
        if not self.is_ours and not _is_public(self.backend.host):
            return Refused("This mail server lies in a private network, which is not allowed here.")
        try:
            self.backend.open()
            self.backend.connection.ehlo_or_helo_if_needed()
        except smtplib.SMTPAuthenticationError as failure:
            return TryLater(words.LOGIN_REFUSED, f"{failure.smtp_code}", holds_provider=True)
        except OSError as failure:
            return TryLater(words.CANNOT_BE_REACHED, _said(failure), holds_provider=True)
        return None

    def send(self, message: Outgoing) -> Outcome:
        try:
            email = compose(message)
            written: Any = email.message()
            data = written.as_bytes(linesep="\r\n")
            sender = sanitize_address(email.from_email, "utf-8")
        except ValueError:
            return Refused(words.NO_EMAIL_ADDRESS)
        server = self.backend.connection
        try:
            refused = self._introduce(server, _bare(sender), email.to[0])
        except OSError as failure:
            return TryLater(words.HUNG_UP, _said(failure), holds_provider=True)
        return refused or self._hand_over(server, data)

    def ask(self, reference: str) -> Asked:
        return CANNOT_BE_ASKED

    def close(self) -> None:
        self.backend.close()

    def _introduce(self, server: smtplib.SMTP, sender: str, to: str) -> Outcome | None:
        """Say from whom and to whom; what stands in the way."""
        code, text = server.mail(sender)
        if code != 250:
            return self._later(server, code, text, words.SENDER_REFUSED)
        code, text = server.rcpt(to)
        if code not in {250, 251}:
            return self._judged(server, code, text)
        return None

    def _hand_over(self, server: smtplib.SMTP, data: bytes) -> Outcome:
        try:
            code, text = server.data(data)
        except smtplib.SMTPDataError as refusal:
            return self._judged(server, refusal.smtp_code, _bytes(refusal.smtp_error))
        except OSError as failure:
            return Unsure(words.NO_ANSWER, _said(failure), holds_provider=True)
        if code == 250:
            return Accepted(answer=_text(code, text))
        return self._judged(server, code, text)

    def _judged(self, server: smtplib.SMTP, code: int, text: bytes) -> Outcome:
        """What a refusal of this one message means."""
        if code == 421:
            return self._later(server, code, text, words.TOO_MUCH)
        _reset(server)
        said = text.decode("utf-8", "replace")
        why = words.words_for(code, said)
        if 400 <= code < 500:
            return TryLater(why, _text(code, text))
        return Refused(why, _text(code, text))

    def _later(self, server: smtplib.SMTP, code: int, text: bytes, why: str) -> TryLater:
        """What a refusal means that every message would meet."""
        _reset(server)
        return TryLater(why, _text(code, text), holds_provider=True)


class HandedOver(SmtpTransport):
    """A mail backend that is no SMTP server: the folder of a demonstration, the list of a test."""

    def open(self) -> TryLater | Refused | None:
        return None

    def send(self, message: Outgoing) -> Outcome:
        try:
            email = compose(message)
        except ValueError:
            return Refused(words.NO_EMAIL_ADDRESS)
        try:
            self.backend.send_messages([email])
        except OSError as failure:
            return Unsure(words.NO_ANSWER, _said(failure), holds_provider=True)
        return Accepted()


def _is_public(host: str) -> bool:
    """Whether every address of a host lies in the open net. A name that leads nowhere is left to the
    connection, which says so in its own words."""
    return all(is_public(one) for one in addresses_of(host))


def _reset(server: smtplib.SMTP) -> None:
    try:
        server.rset()
    except OSError:
        # It hung up; whoever sends next finds that out and waits
        server.close()


def _bare(sender: str) -> str:
    return sender.rpartition("<")[2].rstrip(">")


def _bytes(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode()


def _text(code: int, text: bytes) -> str:
    return f"{code} {' '.join(text.decode('utf-8', 'replace').split())}"[:300]


def _said(failure: OSError) -> str:
    """A failure by its kind and code alone: its words may hold what nobody should keep."""
    code = getattr(failure, "smtp_code", None)
    return f"{type(failure).__name__} {code}" if code else type(failure).__name__
