from __future__ import annotations

import pytest
from django.test import Client

from actionplans.feedback.models import Feedback
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord, Subject
from residents.people.models import Person
from structures.bodies.models import Body
from tests.actionplans.asked import text_of
from tests.factories.people import make_person


class TestRecording:
    def entry(self, **fields: str) -> dict[str, str]:
        return {
            "words": "The lift is out.",
            "said_on": "2026-06-11",
            "source_kind": "LETTER",
        } | fields

    def test_a_row_is_saved_and_the_next_begins_with_its_day_and_source(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        with landlord_scope(poole):
            Subject.objects.create(name="Lifts")
            doreen = make_person()
        response = officer_client.post(
            "/desk/said/record/",
            self.entry(who="doreen hackett (DEMO)", subject="lifts", source_words="Her letter"),
            follow=True,
        )
        with landlord_scope(poole):
            row = Feedback.objects.select_related("subject").get()
        assert (row.person_id, str(row.subject), row.by_clerk) == (
            doreen.pk,
            "Lifts",
            "Jean Marlow (demo)",
        )
        html = response.content.decode()
        assert 'value="2026-06-11"' in html
        assert '<option value="LETTER" selected>' in html
        assert "Recorded: “The lift is out.” – Doreen Hackett (demo)." in text_of(response)

    def test_pressing_twice_makes_one_row(self, poole: Landlord, officer_client: Client) -> None:
        form = officer_client.get("/desk/said/record/").context["form"]
        entry = self.entry(token=str(form["token"].value()))
        for _ in range(2):
            officer_client.post("/desk/said/record/", entry)
        with landlord_scope(poole):
            assert Feedback.objects.count() == 1

    def test_somebody_new_with_a_contact_joins_the_people(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        officer_client.post(
            "/desk/said/record/", self.entry(who="Kasia Nowak (demo)", contact="07700 900 123")
        )
        with landlord_scope(poole):
            person = Feedback.objects.select_related("person").get().person
        assert person is not None
        assert (person.name, person.phone, person.preferred_channel) == (
            "Kasia Nowak (demo)",
            "07700 900 123",
            "PHONE",
        )

    def test_a_name_alone_is_kept_without_making_a_person(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        officer_client.post("/desk/said/record/", self.entry(who="Mr Biggs (demo)"))
        with landlord_scope(poole):
            row = Feedback.objects.get()
            assert (row.speaker_kind, row.speaker_words) == ("ANONYMOUS", "Mr Biggs (demo)")
            assert Person.objects.count() == 0

    def test_a_group_speaks_by_its_name_or_short_name(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        with landlord_scope(poole):
            panel = Body.objects.create(name="Repairs panel", short_name="RP")
        officer_client.post("/desk/said/record/", self.entry(who="rp"))
        with landlord_scope(poole):
            assert Feedback.objects.get().body_id == panel.pk

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"words": ""}, "Write what was said."),
            ({"words": "x" * 20_001}, "You have written 20001."),
            ({"said_on": "2026-02-30"}, "Write a day that exists, such as 2026-06-11."),
            ({"said_on": "2026-08-13"}, "The day it was said cannot be later than today."),
            ({"said_on": "1066-10-14"}, "Write a day from 1970 on."),
            ({"subject": "Lifs"}, "There is no subject “Lifs”. Did you mean “Lifts”?"),
            ({"contact": "a@b.example"}, "Write the name of the person to be reached like this."),
            ({"who": "Nobody, no. 999"}, "There is nobody “Nobody, no. 999”."),
            ({"who": "Doreen Hackett (demo)"}, "2 people have this name. Type one of: Doreen"),
        ],
    )
    def test_what_is_wrong_is_said_and_what_was_typed_stays(
        self, poole: Landlord, officer_client: Client, fields: dict[str, str], sentence: str
    ) -> None:
        with landlord_scope(poole):
            Subject.objects.create(name="Lifts")
            make_person()
            make_person()
        response = officer_client.post(
            "/desk/said/record/", self.entry(source_words="At the stall") | fields
        )
        assert sentence in text_of(response)
        assert 'value="At the stall"' in response.content.decode()
        with landlord_scope(poole):
            assert Feedback.objects.count() == 0

    def test_one_of_two_namesakes_is_chosen_by_number(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        with landlord_scope(poole):
            make_person()
            second = make_person()
        who = f"Doreen Hackett (demo), no. {second.pk}"
        officer_client.post("/desk/said/record/", self.entry(who=who))
        with landlord_scope(poole):
            assert Feedback.objects.get().person_id == second.pk

    def test_people_are_suggested_only_to_those_who_may_read_them(
        self, poole: Landlord, officer_client: Client, contributor_client: Client
    ) -> None:
        with landlord_scope(poole):
            doreen = make_person()
            Body.objects.create(name="Doorstep group")
        page, typed = "/desk/said/record/who/", {"who": "do"}
        officers = officer_client.get(page, typed).content.decode()
        assert f"Doreen Hackett (demo), no. {doreen.pk}" in officers
        contributors = contributor_client.get(page, typed).content.decode()
        assert "Doorstep group" in contributors
        assert "Doreen" not in contributors

    def test_ten_at_once_keeps_blank_rows_out_and_makes_each_row_once(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        page = officer_client.get("/desk/said/record/many/")
        token = str(page.context["head"]["token"].value())
        grid = self.grid(token) | {
            "row-0-words": "First",
            "row-4-words": "Second",
            "row-4-who": "A",
        }
        for _ in range(2):
            officer_client.post("/desk/said/record/many/", grid)
        with landlord_scope(poole):
            rows = list(Feedback.objects.order_by("pk").values_list("words", "speaker_words"))
        assert rows == [("First", ""), ("Second", "A")]

    def test_one_bad_row_of_ten_keeps_them_all_on_the_page(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        grid = self.grid("") | {"row-0-words": "First", "row-1-who": "Nobody’s words"}
        response = officer_client.post("/desk/said/record/many/", grid)
        html = response.content.decode()
        assert "Row 2" in html
        assert ">\nFirst</textarea>" in html
        with landlord_scope(poole):
            assert Feedback.objects.count() == 0

    def grid(self, token: str) -> dict[str, str]:
        return {
            "said_on": "2026-06-11",
            "source_kind": "PAPER_CARD",
            "source_words": "Fun day",
            "place": "",
            "token": token,
            "row-TOTAL_FORMS": "10",
            "row-INITIAL_FORMS": "0",
        }
