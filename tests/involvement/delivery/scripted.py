"""Providers that say what a test has them say: a transport, and a mail server to talk to."""

from __future__ import annotations

import datetime as dt
import smtplib
import socket
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.mail.backends.smtp import EmailBackend

from involvement.auditing.actors import Actor
from involvement.delivery import operations
from involvement.delivery.models import Message
from involvement.delivery.transports import (
    Accepted,
    Asked,
    Outcome,
    Outgoing,
    Refused,
    Standing,
    TryLater,
)
from involvement.delivery.transports.smtp import SmtpTransport

ADDRESS = "leroy@residents.example"


class Killed(BaseException):
    """The worker was killed."""


@dataclass
class Scripted:
    """A transport. It takes what it is given unless a test says otherwise."""

    outcomes: list[Outcome | BaseException] = field(default_factory=list)
    opens: TryLater | Refused | None = None
    asked: Asked = field(default_factory=lambda: Asked(Standing.CANNOT_BE_ASKED))
    took: list[Outgoing] = field(default_factory=list)
    asked_for: list[str] = field(default_factory=list)

    def open(self) -> TryLater | Refused | None:
        return self.opens

    def send(self, message: Outgoing) -> Outcome:
        self.took.append(message)
        outcome = self.outcomes.pop(0) if self.outcomes else Accepted("theirs-1", "250 OK")
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    def ask(self, reference: str) -> Asked:
        self.asked_for.append(reference)
        return self.asked

    def close(self) -> None:
        pass


class MailServer:
    """Speaks SMTP over a pair of sockets. `says` gives its answer to a verb, or "" to hang up;
    "." is its answer to the message itself."""

    def __init__(self, says: Mapping[str, str] | None = None) -> None:
        self.says = {
            "HELO": "250 mail.example",
            "EHLO": "250 mail.example",
            "MAIL": "250 OK",
            "RCPT": "250 OK",
            "DATA": "354 Go on",
            ".": "250 2.0.0 OK queued as 4F2A",
            "RSET": "250 OK",
            "QUIT": "221 Goodbye",
            **(says or {}),
        }
        self.heard: list[str] = []
        self.messages: list[bytes] = []

    def transport(self, monkeypatch: Any) -> SmtpTransport:
        """A transport whose mail server this is."""
        ours, theirs = socket.socketpair()
        threading.Thread(target=self._serve, args=(theirs,), daemon=True).start()
        monkeypatch.setattr(smtplib.SMTP, "_get_socket", lambda *args: ours)
        return SmtpTransport(EmailBackend(host="mail.example", username="", password=""))

    def _serve(self, conversation: socket.socket) -> None:
        with conversation, conversation.makefile("rwb", buffering=0) as lines:
            lines.write(b"220 mail.example\r\n")
            while line := lines.readline():
                verb = line.decode().split()[0].upper()
                self.heard.append(line.decode().strip())
                if not self._answer(lines, verb):
                    return
                if verb == "DATA" and self.says["DATA"].startswith("354"):
                    self._read_message(lines)
                    if not self._answer(lines, "."):
                        return

    def _answer(self, lines: Any, verb: str) -> bool:
        said = self.says[verb]
        if said:
            lines.write(f"{said}\r\n".encode())
        return bool(said)

    def _read_message(self, lines: Any) -> None:
        read = b""
        while (line := lines.readline()) not in {b".\r\n", b""}:
            read += line
        self.messages.append(read)


def queue(
    by: Actor,
    at: dt.datetime,
    key: str = "reply:1",
    channel: str = "EMAIL",
    **given: str,
) -> Message:
    """A message in the outbox of the landlord in scope."""
    return operations.queue_message(
        key=key,
        channel=channel,
        to_name="Leroy Biggs (demo)",
        to_address=given.pop("to_address", ADDRESS),
        subject="What became of what you said",
        body=given.pop("body", "The lights are brighter."),
        link=given.pop("link", ""),
        by=by,
        at=at,
    )


def state_of(message: Message) -> str:
    """How it stands now."""
    message.refresh_from_db()
    return message.state
