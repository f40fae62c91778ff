from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from actionplans.feedback import operations
from actionplans.feedback.models import Feedback
from actionplans.feedback.policies import NobodyToReply
from involvement.auditing.actors import Actor, ActorKind
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord, Place
from tests.actionplans.asked import seen_of, text_of
from tests.factories.feedback import make_feedback, make_theme
from tests.factories.people import make_person


class TestOnePiece:
    @pytest.mark.parametrize("size", [1, 3])
    def test_it_asks_the_same_number_of_questions_at_any_size(
        self,
        poole: Landlord,
        officer_client: Client,
        django_assert_num_queries: DjangoAssertNumQueries,
        size: int,
    ) -> None:
        with landlord_scope(poole):
            row = make_feedback(person=make_person())
            for n in range(size):
                make_theme(f"In {n}", feedback=[row])
                make_theme(f"Lift {n}")
        with django_assert_num_queries(15):
            officer_client.get(f"/desk/said/{row.pk}/")

    def test_a_correction_shows_the_first_words_beside(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        with landlord_scope(poole):
            row = make_feedback("The lfit\nis out.")
        page = f"/desk/said/{row.pk}/words/"
        seen = seen_of(officer_client.get(page))
        response = officer_client.post(
            page, {"words": "The lift\r\nis out.", "seen": seen}, follow=True
        )
        assert "First written down as The lfit is out." in text_of(response)
        with landlord_scope(poole):
            assert Feedback.objects.get().words == "The lift\nis out."

    def test_the_second_officer_sees_the_first_ones_words_and_loses_nothing(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        with landlord_scope(poole):
            row = make_feedback("First.")
        page = f"/desk/said/{row.pk}/words/"
        seen = seen_of(officer_client.get(page))
        officer_client.post(page, {"words": "Theirs.", "seen": seen})
        response = officer_client.post(page, {"words": "Mine.", "seen": seen})
        html = response.content.decode()
        assert "Somebody else changed this" in html
        assert "Theirs." in html
        assert "Jean Marlow (demo) saved this on Wednesday 12 August 2026 at " in html
        assert "Mine.</textarea>" in html
        officer_client.post(page, {"words": "Mine.", "seen": seen_of(response)})
        with landlord_scope(poole):
            assert Feedback.objects.get().words == "Mine."

    def test_who_and_what_it_is_about_are_changed(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        with landlord_scope(poole):
            row, doreen = make_feedback(), make_person()
            Place.objects.create(name="Hamworthy")
        form = {"who": "Doreen Hackett (demo)", "place": "hamworthy", "wants_reply": "on"}
        officer_client.post(f"/desk/said/{row.pk}/about/", form)
        with landlord_scope(poole):
            row = Feedback.objects.select_related("place").get()
        assert (row.person_id, str(row.place), row.wants_reply) == (doreen.pk, "Hamworthy", True)

    def test_the_second_officer_sees_who_changed_what_it_is_about(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        with landlord_scope(poole):
            row = make_feedback()
            Place.objects.create(name="Hamworthy")
            Place.objects.create(name="Oakdale")
        page = f"/desk/said/{row.pk}/about/"
        seen = {"seen": seen_of(officer_client.get(page))}
        officer_client.post(page, {"place": "Hamworthy", **seen})
        response = officer_client.post(page, {"place": "Oakdale", **seen})
        shown = text_of(response)
        assert "Jean Marlow (demo) saved this on Wednesday 12 August 2026 at " in shown
        # The field is called as the form calls it
        assert "They saved You wrote Where Hamworthy Oakdale" in shown
        officer_client.post(page, {"place": "Oakdale", "seen": seen_of(response)})
        with landlord_scope(poole):
            assert Feedback.objects.get().place.name == "Oakdale"

    def test_a_refused_change_changes_nothing_of_it(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        with landlord_scope(poole):
            row, person = make_feedback(), make_person()
            clerk = Actor(ActorKind.STAFF, "Jean Marlow (demo)")
            operations.identify_speaker(feedback=row, person=person, by=clerk, at=timezone.now())
            with pytest.raises(NobodyToReply):
                operations.change_about(
                    feedback=row,
                    speaker=None,
                    speaker_words="",
                    subject=None,
                    place=None,
                    unit=None,
                    team=None,
                    wants_reply=True,
                    by=clerk,
                    at=timezone.now(),
                )
            assert Feedback.objects.get().person_id == person.pk

    def test_nobody_known_cannot_want_a_reply(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        with landlord_scope(poole):
            row = make_feedback()
        response = officer_client.post(f"/desk/said/{row.pk}/about/", {"wants_reply": "on"})
        assert "To reply we need to know whom." in text_of(response)

    def test_noting_closes_with_a_reason_and_it_can_be_opened_again(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        with landlord_scope(poole):
            row = make_feedback()
        form = {"chosen": row.pk, "reason": "Passed on to the caretakers."}
        response = officer_client.post("/desk/said/chosen/note/", form, follow=True)
        assert "1 piece is noted and thanked." in text_of(response)
        page = text_of(officer_client.get(f"/desk/said/{row.pk}/"))
        assert "Passed on to the caretakers." in page
        officer_client.post(f"/desk/said/{row.pk}/reopen/")
        with landlord_scope(poole):
            assert Feedback.objects.get().state == "OPEN"
