from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from involvement.accounts.permissions import Permission
from involvement.faces.search import Finder
from involvement.landlords.models import Landlord
from structures.bodies.models import Body

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_groups(in_poole: Landlord) -> None:
    Body.objects.create(name="Housing Strategy Panel", short_name="HSP")
    Body.objects.create(name="Sheltered Housing Forum", kind_words="forum")


def test_words_find_what_holds_them(officer_client: Client, two_groups: None) -> None:
    page = officer_client.get("/desk/search/", {"q": "  housing "}).content.decode()
    assert "Housing Strategy Panel" in page
    assert "Sheltered Housing Forum" in page


def test_one_hit_is_opened_at_once(officer_client: Client, two_groups: None) -> None:
    answer = officer_client.get("/desk/search/", {"q": "hsp"})
    assert answer.headers["Location"].startswith("/desk/groups/")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("x", "Write at least two letters."),
        ("nowhere", "Nothing found."),
        ("", "Write a name, a group"),
        ("<b>%_\\", "Nothing found."),
        ("\x00nowhere", "Nothing found."),
    ],
)
def test_what_finds_nothing_says_what_to_do(
    officer_client: Client, two_groups: None, words: str, sentence: str
) -> None:
    assert sentence in officer_client.get("/desk/search/", {"q": words}).content.decode()


def test_a_finder_that_fails_leaves_the_page_standing(
    officer_client: Client, two_groups: None, settings: Any
) -> None:
    settings.FINDERS = ["tests.involvement.faces.test_search.broken", *settings.FINDERS]
    assert "Sheltered" in officer_client.get("/desk/search/", {"q": "housing"}).content.decode()


def test_strangers_find_nothing(stranger_client: Client, two_groups: None) -> None:
    assert stranger_client.get("/desk/search/", {"q": "housing"}).status_code == 404


def _fail(words: str, limit: int) -> list[Any]:
    raise ValueError(words)


broken = Finder("Broken", Permission.DESK_OPEN, _fail)
