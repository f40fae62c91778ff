"""Servers of a test's own, in a folder of its own, gone when the test ends."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from involvement.servers.manager import forget_servers
from involvement.servers.places import Places


@pytest.fixture
def project() -> Iterator[Path]:
    """A project's folder that any user of the machine may enter, as most are."""
    folder = Path(tempfile.mkdtemp(prefix="involvement-", dir="/var/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def places(project: Path) -> Iterator[Places]:
    found = Places(base=project / ".local" / "test", for_tests=True)
    yield found
    forget_servers(found)
