from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from involvement.servers.demo import children_of
from involvement.servers.places import PROJECT, Places


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(base=tmp_path)


def addresses(places: Places) -> set[str]:
    children = children_of(places, "127.0.0.1", 8116)
    assert [child.name for child in children] == ["web", "worker", "clock"]
    return {str((child.environment or {})["SITE_ADDRESS"]) for child in children}


def test_links_in_messages_lead_to_the_port_that_answers(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SITE_ADDRESS", raising=False)
    assert addresses(places) == {"http://localhost:8116"}


def test_commands_beside_the_demo_write_the_address_where_it_answers(tmp_path: Path) -> None:
    places = Places(base=tmp_path)
    places.address.write_text("http://localhost:8116")
    settings = "from involvement.settings import installation as i; print(i.SITE_ADDRESS)"
    program = (
        "from pathlib import Path; from involvement.servers.places import Places\n"
        f"Places.from_environment = classmethod(lambda cls: Places(base=Path({str(tmp_path)!r})))\n"
        f"{settings}"
    )
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"SITE_ADDRESS", "DATABASE_URL"}
    }
    said = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "http://localhost:8116"


def test_an_address_that_was_given_stands(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_ADDRESS", "http://demo.example")
    assert addresses(places) == {"http://demo.example"}
