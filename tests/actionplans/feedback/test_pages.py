from __future__ import annotations

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from actionplans.feedback import urls
from actionplans.feedback.finder import find_piece
from actionplans.feedback.models import Feedback
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from tests.actionplans.asked import text_of
from tests.conftest import client_for
from tests.factories.accounts import make_member
from tests.factories.feedback import make_feedback, make_theme
from tests.factories.people import make_person


def address(pattern: URLPattern, pk: int) -> str:
    arguments = {"pk": pk} if "pk" in pattern.pattern.converters else {}
    return reverse(f"feedback:{pattern.name}", kwargs=arguments)


@pytest.fixture
def said(poole: Landlord) -> Feedback:
    with landlord_scope(poole):
        return make_feedback()


@pytest.mark.parametrize("pattern", urls.desk, ids=lambda pattern: pattern.name)
def test_strangers_find_nothing_and_board_members_are_refused(
    poole: Landlord, said: Feedback, stranger_client: Client, pattern: URLPattern
) -> None:
    board = client_for(poole, make_member(poole, "Bo Reed (demo)", "BOARD"))
    page = address(pattern, said.pk)
    assert [stranger_client.get(page).status_code, board.get(page).status_code] in (
        [404, 403],
        # These take only what is sent to them
        [405, 405],
    )
    assert stranger_client.post(page).status_code in {404, 405}


@pytest.mark.parametrize("name", ["chosen_note", "chosen_theme"])
def test_a_contributor_records_but_does_not_close_or_group(
    said: Feedback, contributor_client: Client, name: str
) -> None:
    assert contributor_client.get(reverse("feedback:record")).status_code == 200
    page = reverse(f"feedback:{name}")
    assert contributor_client.get(page, {"chosen": said.pk}).status_code == 403


def test_a_person_s_page_says_what_they_said_and_what_became_of_it(
    poole: Landlord, officer_client: Client
) -> None:
    with landlord_scope(poole):
        doreen = make_person()
        make_theme("Lifts", feedback=[make_feedback("The lift.", person=doreen)])
    page = text_of(officer_client.get(f"/desk/people/{doreen.pk}/"))
    assert "What Doreen Hackett (demo) said 1 The lift." in page
    assert "In Lifts , no decision yet." in page


def test_the_search_box_finds_people_themes_and_numbers(
    poole: Landlord, officer_client: Client
) -> None:
    with landlord_scope(poole):
        doreen, row = make_person(), make_feedback("The lift.")
        theme = make_theme("Lifts that work")
    found = {
        words: officer_client.get("/desk/search/", {"q": words})["Location"]
        for words in ("doreen", "that work")
    }
    assert found == {
        "doreen": f"/desk/people/{doreen.pk}/",
        "that work": f"/desk/said/themes/{theme.pk}/",
    }
    with landlord_scope(poole):
        assert [hit.title for hit in find_piece(str(row.pk), 8)] == ["The lift."]
