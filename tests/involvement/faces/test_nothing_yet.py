"""The lists of a landlord that has only begun say so, and do not speak of filters nobody set."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from involvement.landlords.models import Landlord


@pytest.mark.parametrize(
    ("name", "words", "narrowed", "narrowed_words"),
    [
        (
            "decisions:decision_list",
            "Nothing has been decided yet.",
            {"result": "AGREED"},
            "Nothing has been decided that fits.",
        ),
        (
            "delivery:outbox",
            "Nothing has been written to anybody yet.",
            {"state": "FAILED"},
            "Everything has gone.",
        ),
        (
            "people:person_list",
            "Nobody is on record yet.",
            {"q": "Udall"},
            "0 people fit what you asked for.",
        ),
    ],
)
def test_an_empty_list_says_that_nothing_is_there_yet(
    officer_client: Client,
    in_poole: Landlord,
    name: str,
    words: str,
    narrowed: dict[str, str],
    narrowed_words: str,
) -> None:
    assert words in officer_client.get(reverse(name)).content.decode()
    page = officer_client.get(reverse(name), narrowed).content.decode()
    assert words not in page
    assert narrowed_words in page
