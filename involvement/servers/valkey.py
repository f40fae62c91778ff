"""One embedded Valkey: the broker of the jobs and the cache all processes share."""

from __future__ import annotations

import contextlib
import signal
import socket
from dataclasses import dataclass
from pathlib import Path

from involvement.servers.accounts import Account
from involvement.servers.faults import ServerDidNotStartError
from involvement.servers.processes import (
    end_of,
    plain_environment,
    start_orphan,
    stop_process,
    wait_until,
)

SOCKET_NAME = "valkey.sock"
SECONDS_TO_START = 20.0
SECONDS_TO_STOP = 3.0


@dataclass(frozen=True)
class Valkey:
    """One embedded Valkey (or Redis) server."""

    program: Path
    data: Path
    sockets: Path
    log: Path
    account: Account
    password: str
    for_tests: bool = False

    def start(self) -> None:
        """Start the server and wait until it answers.

        Raises ServerDidNotStartError, with the end of the log, when it does not in 20 seconds.
        """
        (self.sockets / SOCKET_NAME).unlink(missing_ok=True)
        (self.data / "valkey.pid").unlink(missing_ok=True)
        settings = self.data / "valkey.conf"
        settings.unlink(missing_ok=True)
        settings.touch(mode=0o600)
        settings.write_text(self._settings())
        self.account.give(settings)
        start_orphan(
            [str(self.program), str(settings)],
            account=self.account,
            log=self.log,
            environment=plain_environment(),
        )
        up = wait_until(lambda: is_up(self.sockets, self.password), seconds=SECONDS_TO_START)
        if not up:
            raise ServerDidNotStartError(f"Valkey did not start. Its log ends:\n{end_of(self.log)}")

    def _settings(self) -> str:
        """Return the settings file; the password is in it so that no process list shows it."""
        lines = {
            "port": "0",
            "unixsocket": _quoted(self.sockets / SOCKET_NAME),
            "unixsocketperm": "700",
            "requirepass": _quoted(self.password),
            "dir": _quoted(self.data),
            "pidfile": _quoted(self.data / "valkey.pid"),
            "daemonize": "no",
            "databases": "16",
            "save": '""',
            # Queued jobs survive a stop; tests want none of yesterday's
            "appendonly": "no" if self.for_tests else "yes",
            "appendfsync": "everysec",
            # A broker must refuse, never forget
            "maxmemory-policy": "noeviction",
        }
        return "".join(f"{name} {value}\n" for name, value in lines.items())


def is_up(sockets: Path, password: str) -> bool:
    """Tell whether the server on this socket takes our password and answers."""
    request = f"*2\r\n$4\r\nAUTH\r\n${len(password)}\r\n{password}\r\n*1\r\n$4\r\nPING\r\n"
    try:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(2)
            client.connect(str(sockets / SOCKET_NAME))
            client.sendall(request.encode())
            answer = b""
            while b"+PONG" not in answer and b"-" not in answer:
                received = client.recv(256)
                if not received:
                    break
                answer += received
    except OSError:
        return False
    return b"+PONG" in answer


def pid_of(data: Path) -> int | None:
    """Return the number in the data folder's pid file, dead or alive."""
    with contextlib.suppress(OSError, ValueError):
        return int((data / "valkey.pid").read_text())
    return None


def stop(data: Path) -> None:
    """Stop the server with this data folder; it writes what it holds first."""
    pid = pid_of(data)
    if pid:
        stop_process(
            pid,
            data,
            politely=signal.SIGTERM,
            seconds=SECONDS_TO_STOP,
            firmly=signal.SIGTERM,
        )


def _quoted(value: Path | str) -> str:
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'
