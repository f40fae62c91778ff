"""One embedded PostgreSQL: make its data folder, start it, find it again, stop it.

It listens on a socket in a private folder and on no TCP port. Every role still has a scram
password of its own, because the folder alone does not part the roles: run by root, the server and
everything else of `nobody` share a user, and a web process that could say "I am the owner" without
a password would step around row-level security.
"""

from __future__ import annotations

import contextlib
import shutil
import signal
import subprocess
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from involvement.servers.accounts import Account
from involvement.servers.binaries import PostgresBinaries
from involvement.servers.faults import ServerDidNotStartError
from involvement.servers.processes import (
    answers,
    end_of,
    is_running,
    plain_environment,
    start_orphan,
    stop_process,
    wait_until,
)

PROGRAM = "postgres"
ADMIN = "postgres"
SOCKET_NAME = ".s.PGSQL.5432"
SECONDS_TO_START = 60.0
SECONDS_TO_STOP = 4.0

# No Linux gives out a process number this high
NOBODYS_PID = "99999999"

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    # What residents wrote must not end up in a log
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_error_statement": "panic",
    "jit": "off",
}
# A test database is thrown away, so it need not survive a power cut
SETTINGS_FOR_TESTS = {
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "200",
}


@dataclass(frozen=True)
class Postgres:
    """One embedded PostgreSQL server."""

    binaries: PostgresBinaries
    data: Path
    sockets: Path
    log: Path
    account: Account
    for_tests: bool = False

    @property
    def is_up(self) -> bool:
        """Tell whether it takes connections."""
        return is_up(self.data, self.sockets)

    def initialise(self, password: str) -> None:
        """Make the data folder, with a superuser who has this password."""
        half_done = self.data.with_name(f"{self.data.name}.part")
        _remove(half_done)
        secret = self.sockets / "first-password"
        secret.touch(mode=0o600)
        secret.write_text(password)
        self.account.give(secret)
        # The folder is made by us, since its parent may not be writable for the servers' user
        half_done.mkdir(mode=0o700)
        self.account.give(half_done)
        command = [
            str(self.binaries.folder / "initdb"),
            f"--pgdata={half_done}",
            f"--username={ADMIN}",
            f"--pwfile={secret}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            *_locale_options(self.binaries.major),
            *(["--no-sync"] if self.for_tests else []),
        ]
        try:
            made = subprocess.run(
                command,
                check=False,
                cwd="/",
                env=plain_environment(),
                capture_output=True,
                text=True,
                **self.account.identity(),
            )
        finally:
            secret.unlink()
        if made.returncode != 0:
            raise ServerDidNotStartError(f"PostgreSQL could not make its data:\n{made.stderr}")
        half_done.rename(self.data)

    def start(self) -> None:
        """Start the server and wait until it takes connections.

        Raises ServerDidNotStartError, with the end of the log, when it does not within a minute.
        """
        settings = SETTINGS | {"unix_socket_directories": _as_list_item(self.sockets)}
        if self.for_tests:
            settings |= SETTINGS_FOR_TESTS
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command = [str(self.binaries.folder / PROGRAM), "-D", str(self.data), *options]
        # After kill -9 the server's children need a moment to notice; until then it refuses
        for attempt in range(5):
            self._disown_dead_pid()
            said_before = self.log.stat().st_size
            start_orphan(
                command, account=self.account, log=self.log, environment=plain_environment()
            )
            wait_until(partial(self._is_decided, said_before), seconds=SECONDS_TO_START)
            if self.is_up:
                return
            wait_until(lambda: False, seconds=0.2 * (attempt + 1))
        raise ServerDidNotStartError(f"PostgreSQL did not start. Its log ends:\n{end_of(self.log)}")

    def _is_decided(self, said_before: int) -> bool:
        """Tell whether this start came off, or failed by what the log says since."""
        if self.is_up:
            return True
        with self.log.open("rb") as file:
            file.seek(said_before)
            said = file.read()
        return b"FATAL:" in said or b"database system is shut down" in said

    def _disown_dead_pid(self) -> None:
        """Take a dead server's number out of the pid file, and leave the rest of it.

        PostgreSQL copes with most stale files itself, but takes a zombie, or a stranger who was
        given the number since, for a server. The file stays, for it also names the shared memory
        by which a new server notices children of the old one that still write.
        """
        pid_file = self.data / "postmaster.pid"
        pid = pid_of(self.data)
        if pid and not is_running(pid, self.data):
            _, _, rest = pid_file.read_text().partition("\n")
            pid_file.write_text(f"{NOBODYS_PID}\n{rest}")


def is_up(data: Path, sockets: Path) -> bool:
    """Tell whether the server with this data folder takes connections on this socket."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return False
    if len(lines) <= 7 or lines[7].strip() != "ready":
        return False
    # For a moment a killed server's children still hold its socket, so the number must be its own
    pid = pid_of(data)
    return pid is not None and is_running(pid, data) and answers(sockets / SOCKET_NAME)


def pid_of(data: Path) -> int | None:
    """Return the number in the data folder's pid file, dead or alive."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int((data / "postmaster.pid").read_text().splitlines()[0])
    return None


def stop(data: Path) -> None:
    """Stop the server with this data folder, rolling back what is unfinished."""
    pid = pid_of(data)
    if pid:
        stop_process(
            pid,
            data,
            politely=signal.SIGINT,
            seconds=SECONDS_TO_STOP,
            firmly=signal.SIGQUIT,
        )


def _locale_options(major: int) -> list[str]:
    if major >= 17:  # the same order on every system, without the system's help
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    return ["--locale=C.UTF-8"]


def _as_list_item(path: Path) -> str:
    """Quote a folder for a setting that is a list of folders."""
    return '"' + str(path).replace('"', '""') + '"'


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
