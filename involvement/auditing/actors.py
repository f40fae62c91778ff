"""Who acts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db import models


class ActorKind(models.TextChoices):
    STAFF = "STAFF", "Member of staff"
    RESIDENT = "RESIDENT", "Resident"
    ADVOCATE = "ADVOCATE", "Advocate"
    OUTSIDE = "OUTSIDE", "Outside person"
    JOB = "JOB", "The system"


class Channel(models.TextChoices):
    WEB = "WEB", "online"
    EMAIL = "EMAIL", "by e-mail"
    TEXT = "TEXT", "by text"
    POST = "POST", "by letter"
    PHONE = "PHONE", "by telephone"
    FACE = "FACE", "face to face"
    IMPORT = "IMPORT", "from a file"


@dataclass(frozen=True)
class Actor:
    """`key` is the membership's or person's id; `clerk` who keyed it in, where somebody else did."""

    kind: ActorKind
    name: str
    key: int | None = None
    behalf: str = ""
    channel: Channel = Channel.WEB
    clerk: str = ""

    def columns(self) -> dict[str, Any]:
        """Values for the columns of `Acted`."""
        return {
            "by_kind": self.kind,
            "by_key": self.key,
            "by_name": self.name[:120],
            "by_behalf": self.behalf[:120],
            "by_channel": self.channel,
            "by_clerk": self.clerk[:120],
        }

    def by(self, channel: Channel) -> Actor:
        return replace(self, channel=channel)


def job(name: str) -> Actor:
    """The system itself, named by what it does: "The quarterly timer"."""
    return Actor(ActorKind.JOB, name)


def importer(name: str) -> Actor:
    """Somebody who brings a file in; `name` is theirs, or "The command line"."""
    return Actor(ActorKind.STAFF, name, channel=Channel.IMPORT)
