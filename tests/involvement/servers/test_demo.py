from __future__ import annotations

from pathlib import Path

import pytest

from involvement.servers.demo import children_of
from involvement.servers.places import Places


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


def test_an_address_that_was_given_stands(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_ADDRESS", "http://demo.example")
    assert addresses(places) == {"http://demo.example"}
