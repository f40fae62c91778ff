"""Starting programs that outlive us, and telling the living from the dead.

A server killed with `kill -9` may leave a zombie, or its number may by now belong to another
program; `kill(pid, 0)` calls both alive. Whoever asks here is told the truth.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from involvement.servers.accounts import Account

# Runs the program in the background of a shell that ends at once, so that the program belongs to
# init and not to us, whichever process started it. Arguments travel unquoted and unread.
ORPHAN = '"$@" </dev/null &'


def start_orphan(
    command: Sequence[str], *, account: Account, log: Path, environment: dict[str, str]
) -> None:
    """Start `command` as `account` in a session of its own, output appended to `log`."""
    with log.open("ab") as output:
        subprocess.run(
            ["/bin/sh", "-c", ORPHAN, "sh", *command],
            check=True,
            cwd="/",
            env=environment,
            stdout=output,
            stderr=output,
            start_new_session=True,
            **account.identity(),
        )


def plain_environment() -> dict[str, str]:
    """Return the environment of a server: nothing of ours that could change how it behaves."""
    return {"PATH": os.defpath, "LC_ALL": "C", "HOME": "/"}


def is_running(pid: int, folder: Path) -> bool:
    """Tell whether `pid` is a live process (no zombie) that works in `folder`.

    Both servers make their data folder their working folder, which tells ours from a stranger
    that was given the same number, and from the server of a copy of this project.
    """
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    try:
        stat_line = Path(f"/proc/{pid}/stat").read_text(errors="replace")
        if stat_line[stat_line.rindex(")") + 2] == "Z":
            return False
        return Path(f"/proc/{pid}/cwd").readlink() == folder.resolve()
    except OSError:
        return not Path("/proc/self").exists() and _works_in(pid, folder)


def _works_in(pid: int, folder: Path) -> bool:
    """Ask where there is no /proc, such as on macOS; a zombie has no command that names it."""
    asked = subprocess.run(
        ["ps", "-o", "command=", "-p", str(pid)], check=False, capture_output=True, text=True
    )
    return str(folder) in asked.stdout


def answers(path: Path) -> bool:
    """Tell whether something listens on the socket at `path`."""
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(2)
        try:
            client.connect(str(path))
        except OSError:
            return False
    return True


def wait_until(condition: Callable[[], bool], *, seconds: float) -> bool:
    """Ask `condition` until it holds; return False when it did not within `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def stop_process(
    pid: int, folder: Path, *, politely: signal.Signals, seconds: float, firmly: signal.Signals
) -> None:
    """Ask a process to stop, insist after `seconds`, and return when it is gone."""
    for sign in (politely, firmly, signal.SIGKILL):
        if not is_running(pid, folder):
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, sign)
        if wait_until(lambda: not is_running(pid, folder), seconds=seconds):
            return


def end_of(log: Path, lines: int = 15) -> str:
    """Return the last lines of a log, for a message to the person at the keyboard."""
    if not log.is_file():
        return "(no log)"
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
