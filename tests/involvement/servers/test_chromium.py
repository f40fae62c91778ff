"""The browser is unpacked once, whole, and anew when its package changes."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import brotli
import pytest

from involvement.servers.chromium import find_chromium
from involvement.servers.faults import BinariesMissingError


def test_it_is_unpacked_once_and_anew_when_the_package_changes(tmp_path: Path) -> None:
    packed = tmp_path / "chromium.br"
    packed.write_bytes(brotli.compress(b"#!/bin/sh\necho first\n" * 100_000))

    program = find_chromium(packed, tmp_path / "browser")

    assert program.read_bytes().startswith(b"#!/bin/sh\necho first\n")
    assert os.access(program, os.X_OK)
    unpacked_at = program.stat().st_mtime_ns
    assert find_chromium(packed, tmp_path / "browser").stat().st_mtime_ns == unpacked_at
    packed.write_bytes(brotli.compress(b"#!/bin/sh\necho second\n"))
    assert find_chromium(packed, tmp_path / "browser").read_text() == "#!/bin/sh\necho second\n"
    assert sorted(path.name for path in program.parent.iterdir()) == ["chromium", "made-from"]


def test_a_damaged_package_is_said(tmp_path: Path) -> None:
    packed = tmp_path / "chromium.br"
    packed.write_bytes(brotli.compress(os.urandom(100_000))[:5_000])

    with pytest.raises(BinariesMissingError, match="is damaged"):
        find_chromium(packed, tmp_path / "browser")

    assert list((tmp_path / "browser").iterdir()) == []


def test_without_the_package_an_installed_browser_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = {"chromium": "/usr/bin/chromium"}
    monkeypatch.setattr(shutil, "which", installed.get)
    assert find_chromium(tmp_path / "none.br") == Path("/usr/bin/chromium")

    installed.clear()
    with pytest.raises(BinariesMissingError, match="make test"):
        find_chromium(tmp_path / "none.br")
