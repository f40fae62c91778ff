from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actionplans.feedback.models import Theme
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from tests.actionplans.asked import seen_of, text_of
from tests.factories.feedback import make_feedback, make_theme
from tests.factories.people import make_person


class TestThemes:
    def test_chosen_rows_start_a_theme_or_join_one(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        with landlord_scope(poole):
            first, second = make_feedback("first"), make_feedback("second")
        page = "/desk/said/chosen/theme/"
        assert "Put 1 piece into a theme" in text_of(officer_client.get(page, {"chosen": first.pk}))
        officer_client.post(page, {"chosen": first.pk, "start": "1", "title": "Lifts that work"})
        with landlord_scope(poole):
            theme = Theme.objects.get()
        officer_client.post(page, {"chosen": second.pk, "into": "1", "theme": theme.pk})
        shown = text_of(officer_client.get(f"/desk/said/themes/{theme.pk}/said/"))
        assert "2 pieces, the earliest first." in shown

    def test_nothing_ticked_leads_back_with_a_sentence(self, officer_client: Client) -> None:
        response = officer_client.get("/desk/said/chosen/note/", follow=True)
        assert "Choose at least one row first" in text_of(response)

    def test_more_than_two_hundred_are_not_taken(self, officer_client: Client) -> None:
        chosen = [str(n) for n in range(201)]
        assert officer_client.get("/desk/said/chosen/note/", {"chosen": chosen}).status_code == 404

    @pytest.mark.parametrize("size", [1, 3])
    def test_its_page_asks_the_same_number_of_questions_at_any_size(
        self,
        poole: Landlord,
        officer_client: Client,
        django_assert_num_queries: DjangoAssertNumQueries,
        size: int,
    ) -> None:
        with landlord_scope(poole):
            rows = [make_feedback(person=make_person(f"P{n} (demo)")) for n in range(size)]
            theme = make_theme(feedback=rows)
            for _ in range(size):
                make_feedback("The lift never stays mended.")
        with django_assert_num_queries(19):
            officer_client.get(f"/desk/said/themes/{theme.pk}/")

    @pytest.mark.parametrize("size", [1, 3])
    def test_the_list_asks_the_same_number_of_questions_at_any_size(
        self,
        poole: Landlord,
        officer_client: Client,
        django_assert_num_queries: DjangoAssertNumQueries,
        size: int,
    ) -> None:
        with landlord_scope(poole):
            for n in range(size):
                make_theme(f"Theme {n}", feedback=[make_feedback()])
        with django_assert_num_queries(9):
            officer_client.get("/desk/said/themes/")

    def test_the_thread_says_who_said_it_how_and_for_how_long_nobody_decided(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        with landlord_scope(poole):
            doreen, day = make_person(), dt.date(2026, 6, 1)
            rows = [
                make_feedback("Quote me.", person=doreen, said_on=day, quote_permission=True),
                make_feedback("Not me.", source_kind="PAPER_CARD"),
                make_feedback("Nor me.", source_kind="PAPER_CARD"),
            ]
            theme = make_theme(feedback=rows)
        page = text_of(officer_client.get(f"/desk/said/themes/{theme.pk}/"))
        assert "Said 3 times, by 1 person we know and 2 we cannot reach." in page
        assert "Nobody has decided for 72 days. Your promise is 60." in page
        assert "2 paper cards 1 telephone call Read all 3" in page
        assert "Quote me. Doreen Hackett (demo), telephone call. May be quoted." in page

    def test_what_may_belong_is_suggested_with_the_reason_and_a_person_decides(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        with landlord_scope(poole):
            theme = make_theme("Lifts that stay mended", feedback=[make_feedback("Mended twice.")])
            likely = make_feedback("Your lifts are never mended.")
            make_feedback("Lovely fun day.")
        response = officer_client.get(f"/desk/said/themes/{theme.pk}/")
        assert [(like.row, like.why) for like in response.context["similar"]] == [
            (likely, "Speaks of “lift”, “mended” too")
        ]
        officer_client.post(f"/desk/said/themes/{theme.pk}/add/", {"chosen": likely.pk})
        with landlord_scope(poole):
            assert theme.entries.count() == 2

    def test_themes_are_changed_joined_and_split(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        with landlord_scope(poole):
            first, second = make_feedback(), make_feedback()
            theme, other = make_theme(feedback=[first, second]), make_theme("Doors")
        root = f"/desk/said/themes/{theme.pk}/"
        officer_client.post(f"{root}change/", {"title": "Lifts, at last"})
        split = {"chosen": second.pk, "split": "1", "title": "Lights"}
        officer_client.post(f"{root}take-out/", split)
        officer_client.post(f"{root}join/", {"theme": other.pk})
        with landlord_scope(poole):
            states = dict(Theme.objects.values_list("title", "state"))
            assert states == {"Lifts, at last": "MERGED", "Doors": "OPEN", "Lights": "OPEN"}
            assert other.entries.get().feedback_id == first.pk
        assert "Joined to Doors" in text_of(officer_client.get(root))

    def test_the_second_officer_sees_who_changed_the_theme(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        with landlord_scope(poole):
            theme = make_theme("Lifts")
        page = f"/desk/said/themes/{theme.pk}/change/"
        seen = {"seen": seen_of(officer_client.get(page))}
        officer_client.post(page, {"title": "Lifts that work", **seen})
        response = officer_client.post(page, {"title": "Lifts, at last", **seen})
        shown = text_of(response)
        assert "Jean Marlow (demo) saved this on Wednesday 12 August 2026 at " in shown
        assert "They saved You wrote Title, in plain words Lifts that work Lifts, at last" in shown
        officer_client.post(page, {"title": "Lifts, at last", "seen": seen_of(response)})
        with landlord_scope(poole):
            assert Theme.objects.get().title == "Lifts, at last"
