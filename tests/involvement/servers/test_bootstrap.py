"""The first check names what a machine lacks, and the line that installs it."""

from __future__ import annotations

import ctypes.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from involvement.servers import bootstrap


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with Python 3.11 and nothing else we need."""
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    monkeypatch.setattr(ctypes.util, "find_library", lambda _name: None)


def test_this_machine_lacks_nothing() -> None:
    python = bootstrap.find_python()
    assert python is not None
    assert bootstrap.missing_packages(python, for_tests=True) == {}


@pytest.mark.usefixtures("bare_machine")
def test_everything_missing_is_named_at_once() -> None:
    missing = bootstrap.missing_packages(sys.executable, for_tests=False)
    assert set(missing) == {"make", "libpango-1.0-0", "libpangoft2-1.0-0"}

    missing = bootstrap.missing_packages(None, for_tests=True)
    assert set(missing) == {
        *("python3", "python3-venv", "make", "nodejs", "npm"),
        *("libpango-1.0-0", "libpangoft2-1.0-0", "libnss3", "libnspr4", "libexpat1"),
    }


@pytest.mark.parametrize(("user", "sudo"), [(0, ""), (1000, "sudo ")])
def test_the_line_to_type_fits_the_user(
    user: int, sudo: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)
    monkeypatch.setattr(sys, "platform", "linux")

    message = bootstrap.what_to_install({"make": "make", "libnss3": "the library nss3"})

    assert f"\n  {sudo}apt-get update && {sudo}apt-get install -y make libnss3\n" in message
    assert "  - the library nss3\n" in message


def test_a_folder_is_made_anew_when_its_lock_changes(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text("django==5.2.19\n")
    bootstrap._stamp(tmp_path, lock, "/usr/bin/python3")
    assert bootstrap._is_made_from(tmp_path, lock, "/usr/bin/python3") is True

    assert bootstrap._is_made_from(tmp_path, lock, "/usr/bin/python3.13") is False
    lock.write_text("django==5.2.20\n")
    assert bootstrap._is_made_from(tmp_path, lock, "/usr/bin/python3") is False


def test_it_runs_before_anything_is_installed() -> None:
    """Isolated from site-packages, as a fresh machine is, and asked only for its help."""
    asked = subprocess.run(
        [sys.executable, "-I", "-S", bootstrap.__file__, "--help"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert asked.returncode == 0
    assert "--tests" in asked.stdout


def test_the_locks_name_no_address_and_check_every_package() -> None:
    for name in ("requirements.lock", "requirements-dev.lock", "requirements-tools.lock"):
        text = (bootstrap.PROJECT / name).read_text()
        pinned = [line for line in text.splitlines() if "==" in line and not line.startswith(" ")]
        assert pinned
        assert all(line.endswith("\\") for line in pinned)
        assert "://" not in text
    assert '"resolved"' not in (bootstrap.PROJECT / "package-lock.json").read_text()


def test_the_tests_packages_stay_when_the_demo_is_started_after_their_lock_changed(
    tmp_path: Path,
) -> None:
    lock = tmp_path / "requirements-dev.lock"
    lock.write_text("pytest==9.2.0\n")
    assert bootstrap._was_made_from(tmp_path, lock) is False
    bootstrap._stamp(tmp_path, lock, "/usr/bin/python3")
    lock.write_text("pytest==9.2.1\n")
    assert bootstrap._is_made_from(tmp_path, lock, "/usr/bin/python3") is False
    assert bootstrap._was_made_from(tmp_path, lock) is True
