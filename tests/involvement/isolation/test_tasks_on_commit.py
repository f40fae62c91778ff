"""A job begun on commit serves whoever was in scope then, though the scope is left by the commit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from involvement.isolation import landlord_scope, no_scope
from involvement.isolation.scope import current
from involvement.isolation.tasks import Queue, landlord_task
from involvement.landlords.models import Landlord

SEEN: list[tuple[str, int | None]] = []


@landlord_task(queue=Queue.SOON, name="tests.note_on_commit")
def note_on_commit(*, word: str) -> None:
    SEEN.append((word, current().landlord))


@pytest.mark.parametrize(
    "begin",
    [
        lambda: note_on_commit.delay_on_commit(word="after"),
        lambda: note_on_commit.apply_async_on_commit(kwargs={"word": "after"}),
    ],
)
def test_the_landlord_stays_when_the_scope_is_left_before_the_commit(
    poole: Landlord, django_capture_on_commit_callbacks: Any, begin: Callable[[], None]
) -> None:
    SEEN.clear()
    with django_capture_on_commit_callbacks() as begun, landlord_scope(poole):
        begin()
    with no_scope():
        for publish in begun:
            publish()
    assert [("after", poole.pk)] == SEEN
