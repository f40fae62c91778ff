"""Children are kept running, and all of them end with their keeper."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from involvement.servers.places import PROJECT
from involvement.servers.processes import is_running, wait_until
from involvement.servers.supervisor import (
    SECONDS_TO_FINISH,
    Child,
    Supervisor,
    kill_left_behind,
)

SLEEPING = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    (
        "import signal as s, time; s.signal(s.SIGTERM, s.SIG_IGN); print('deaf', flush=1); "
        "time.sleep(60)"
    ),
]
DYING = [sys.executable, "-c", "raise SystemExit(3)"]


class Keeper:
    """A supervisor with children that log into a folder, and what it said."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.said: list[str] = []
        self.supervisor = Supervisor([], say=self.said.append, memory=folder / "children")

    def keep(self, **commands: list[str]) -> list[Child]:
        children = [
            Child(name, command, log=self.folder / f"{name}.log", environment=dict(os.environ))
            for name, command in commands.items()
        ]
        self.supervisor.children = children
        self.supervisor.start()
        return children


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[Keeper]:
    found = Keeper(tmp_path)
    yield found
    found.supervisor.stop()


def runs(child: Child) -> bool:
    return child.is_running


def number_of(child: Child) -> int:
    assert child.process is not None
    return child.process.pid


def test_a_child_that_dies_is_started_again_and_that_is_said(keeper: Keeper) -> None:
    (web,) = keeper.keep(web=SLEEPING)
    first = number_of(web)
    os.kill(first, signal.SIGKILL)
    assert wait_until(lambda: not web.is_running, seconds=5)

    keeper.supervisor.look_after()
    assert keeper.said == [f"The web stopped with signal 9; it starts again in 1 s. See {web.log}."]
    keeper.supervisor.look_after()
    assert not runs(web)
    web.due_at = time.monotonic()
    keeper.supervisor.look_after()

    assert runs(web)
    assert number_of(web) != first


def test_a_child_that_keeps_dying_is_tried_ever_more_rarely(keeper: Keeper) -> None:
    (worker,) = keeper.keep(worker=DYING)
    for _ in range(7):
        assert wait_until(lambda: not worker.is_running, seconds=10)
        keeper.supervisor.look_after()
        worker.due_at = 0
        keeper.supervisor.look_after()

    pauses = [sentence.split(" again in ")[1].split(" s.")[0] for sentence in keeper.said]
    assert pauses == ["1", "2", "4", "8", "16", "30", "30"]
    assert "stopped with status 3" in keeper.said[0]


def test_stopping_ends_the_stubborn_too(keeper: Keeper) -> None:
    children = keeper.keep(web=SLEEPING, worker=STUBBORN)
    numbers = [number_of(child) for child in children]
    assert all(is_running(number, PROJECT) for number in numbers)
    assert wait_until(lambda: "deaf" in children[1].log.read_text(), seconds=10)
    started = time.monotonic()

    keeper.supervisor.stop()

    assert SECONDS_TO_FINISH <= time.monotonic() - started < 8
    assert not any(is_running(number, PROJECT) for number in numbers)
    assert not keeper.supervisor.memory.exists()


def test_what_a_killed_keeper_left_behind_is_ended_before_a_new_start(keeper: Keeper) -> None:
    (web,) = keeper.keep(web=SLEEPING)
    left = number_of(web)
    assert keeper.supervisor.memory.read_text() == str(left)

    kill_left_behind(keeper.supervisor.memory)

    assert wait_until(lambda: not is_running(left, PROJECT), seconds=5)
    assert not keeper.supervisor.memory.exists()


def test_a_stranger_with_a_remembered_number_is_left_alone(keeper: Keeper) -> None:
    stranger = subprocess.Popen(SLEEPING, cwd="/", start_new_session=True)
    try:
        keeper.supervisor.memory.write_text(str(stranger.pid))
        kill_left_behind(keeper.supervisor.memory)
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()
