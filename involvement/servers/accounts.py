"""Whom the servers run as: ourselves, or an unprivileged user when we are root.

PostgreSQL refuses to run as root. We make no user for it: `postgres` is there where Debian's
package is installed, `nobody` is there always.
"""

from __future__ import annotations

import os
import pwd
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from involvement.servers.faults import ServersError


class Identity(TypedDict, total=False):
    """Keyword arguments that make `subprocess` change user."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Account:
    """The user behind the servers."""

    name: str
    uid: int
    gid: int

    @property
    def is_dropped(self) -> bool:
        """Tell whether this is another user than the one running us."""
        return self.uid != os.geteuid()

    def identity(self) -> Identity:
        """Return what `subprocess` needs to run a program as this user."""
        if not self.is_dropped:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def give(self, path: Path) -> None:
        """Hand one file or folder of ours to this user."""
        if self.is_dropped:
            os.chown(path, self.uid, self.gid)


def choose_account(existing_data: Path | None = None) -> Account:
    """Return the user to run servers as.

    As root, the owner of data that already exists comes first (an unprivileged run may have
    made it), then `postgres`, then `nobody`. Raises ServersError when root finds none of them.
    """
    if os.geteuid() != 0:
        return Account(name=_name_of(os.geteuid()), uid=os.geteuid(), gid=os.getegid())
    if existing_data is not None and existing_data.is_dir():
        found = existing_data.stat()
        if found.st_uid != 0:
            return Account(name=_name_of(found.st_uid), uid=found.st_uid, gid=found.st_gid)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name=name, uid=entry.pw_uid, gid=entry.pw_gid)
    raise ServersError(
        "PostgreSQL does not run as root, and this system has neither a user `postgres` nor "
        "`nobody`. Run the command as an ordinary user."
    )


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
