"""Children of one foreground process: started, watched, restarted, stopped together."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from involvement.servers.places import PROJECT
from involvement.servers.processes import is_running

SECONDS_TO_FINISH = 4.0
LONGEST_PAUSE = 30.0
# A child that lived this long was well; its next death starts counting anew
SECONDS_OF_HEALTH = 60.0


@dataclass
class Child:
    """One program kept running."""

    name: str
    command: Sequence[str]
    log: Path
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    started_at: float = 0.0
    due_at: float = 0.0

    def start(self) -> None:
        """Start the program in a group of its own, so that Ctrl-C reaches only its keeper."""
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=self.environment,
                cwd=PROJECT,
                start_new_session=True,
            )
        self.started_at = time.monotonic()

    def send(self, sign: signal.Signals) -> None:
        """Send a signal to the program alone, or, to kill, to all it has started."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            if sign is signal.SIGKILL:
                os.killpg(self.process.pid, sign)
            elif self.process.poll() is None:
                self.process.send_signal(sign)

    @property
    def is_running(self) -> bool:
        """Tell whether the program runs."""
        return self.process is not None and self.process.poll() is None


@dataclass
class Supervisor:
    """Keeps children running until it is told to stop."""

    children: list[Child]
    say: Callable[[str], None]
    memory: Path
    """File of the children's numbers, for the case that their keeper is killed."""

    def start(self) -> None:
        """Start every child, after ending what a keeper that was killed left behind."""
        kill_left_behind(self.memory)
        for child in self.children:
            child.start()
        self._remember()

    def look_after(self) -> None:
        """Note who died, and restart who is due; to be called a few times a second."""
        now = time.monotonic()
        for child in self.children:
            if child.is_running:
                continue
            if child.process is not None:
                self._note_death(child, now)
            elif now >= child.due_at:
                child.start()
                self._remember()

    def _note_death(self, child: Child, now: float) -> None:
        assert child.process is not None  # noqa: S101 -- asked by the only caller
        status = child.process.returncode
        child.send(signal.SIGKILL)  # what it started and left behind
        child.process = None
        child.deaths = 1 if now - child.started_at > SECONDS_OF_HEALTH else child.deaths + 1
        pause = min(2.0 ** (child.deaths - 1), LONGEST_PAUSE)
        child.due_at = now + pause
        how = f"signal {-status}" if status < 0 else f"status {status}"
        self.say(
            f"The {child.name} stopped with {how}; it starts again in {pause:.0f} s. "
            f"See {child.log}."
        )

    def stop(self) -> None:
        """Stop every child: politely, then for good, leaving nothing behind."""
        for child in self.children:
            child.send(signal.SIGTERM)
        deadline = time.monotonic() + SECONDS_TO_FINISH
        while any(child.is_running for child in self.children) and time.monotonic() < deadline:
            time.sleep(0.05)
        for child in self.children:
            child.send(signal.SIGKILL)
            if child.process is not None:
                child.process.wait()
        self.memory.unlink(missing_ok=True)

    def _remember(self) -> None:
        numbers = [str(child.process.pid) for child in self.children if child.process]
        self.memory.write_text("\n".join(numbers))


def kill_left_behind(memory: Path) -> None:
    """End the children, and theirs, of a keeper that could not do it itself."""
    if not memory.is_file():
        return
    for number in memory.read_text().split():
        if is_running(int(number), PROJECT):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(int(number), signal.SIGKILL)
    memory.unlink()
