"""The list of homes, one home, and its form."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from involvement.auditing.actors import Actor
from involvement.landlords.models import Landlord, Place
from tests.residents.people.registered import a_home


class TestHomes:
    def test_one_is_added_shown_and_changed(self, officer_client: Client, poole: Landlord) -> None:
        form = {
            "address": "4 Larch Close\nHamworthy",
            "postcode": "bh15 1qt",
            "uprn": "000123456789",
            "tenure": "GENERAL",
            "stock": "LCRA",
        }
        answer = officer_client.post("/desk/homes/add/", form, follow=True)
        assert "4 Larch Close is among the homes." in answer.text
        assert "BH15 1QT" in answer.text
        assert "000123456789" in answer.text

        page = answer.request["PATH_INFO"]
        changed = officer_client.post(
            f"{page}change/", {**form, "tenure": "SHELTERED"}, follow=True
        )
        assert "Sheltered or retirement" in changed.text
        assert "changed tenure" in changed.text

    @pytest.mark.parametrize(
        ("field", "value", "sentence"),
        [
            ("uprn", "12345678901234", "at most 12 digits, and this has 14 characters"),
            ("parent_uprn", "12345678901234", "at most 12 digits, and this has 14 characters"),
            ("postcode", "BH15 1QTX2", "Write one postcode, such as BH15 1QT"),
            ("reference", "H" * 41, "A reference has at most 40 characters"),
            ("uprn", "12a", "A UPRN is up to 12 digits and nothing else."),
            ("address", "", "Write the home&#x27;s address."),
            ("ended_on", "31/02/2026", "a day that is in the calendar"),
        ],
    )
    def test_nonsense_is_answered_with_what_to_do(
        self, officer_client: Client, poole: Landlord, field: str, value: str, sentence: str
    ) -> None:
        form = {"address": "4 Larch Close", "tenure": "GENERAL", "stock": "LCRA", field: value}

        assert sentence in officer_client.post("/desk/homes/add/", form).text

    def test_the_form_lets_the_whole_of_a_pasted_number_through(
        self, officer_client: Client, poole: Landlord
    ) -> None:
        page = officer_client.get("/desk/homes/add/").text

        assert 'name="uprn"' in page
        assert "maxlength" not in page.split("<main")[1]

    def test_a_postcode_with_gaps_is_kept_whole(
        self, officer_client: Client, poole: Landlord
    ) -> None:
        form = {"address": "4 Larch Close", "tenure": "GENERAL", "stock": "LCRA"}
        answer = officer_client.post(
            "/desk/homes/add/", {**form, "postcode": " bh15   1qt "}, follow=True
        )

        assert "BH15 1QT" in answer.text

    @pytest.mark.parametrize("words", ["4 lar", "bh151qt", "BH15", "H7", "000123"])
    def test_one_is_found_by(
        self,
        officer_client: Client,
        in_poole: Landlord,
        officer: Actor,
        now: dt.datetime,
        words: str,
    ) -> None:
        a_home(
            "4 Larch Close",
            officer,
            now,
            postcode="bh15 1qt",
            reference="H7",
            uprn="000123",
            place=Place.objects.create(name="Hamworthy"),
        )
        a_home("9 Quay", officer, now)

        page = officer_client.get("/desk/homes/", {"q": words}).text
        assert "4 Larch Close" in page
        assert "9 Quay" not in page
