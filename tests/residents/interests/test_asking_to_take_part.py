"""How somebody says that they would like to take part: online, and through a colleague."""

from __future__ import annotations

import uuid

from django.test import Client

from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord, Subject
from residents.interests.models import (
    Expression,
    Interest,
)
from tests.actionplans.asked import text_of
from tests.factories.people import make_person
from tests.residents.interests.wanting import today


def test_anybody_asks_to_take_part_without_script_and_changes_nobodys_interests(
    poole: Landlord, visitor: Client
) -> None:
    with landlord_scope(poole):
        lifts = Subject.objects.create(name="Lifts")
        known = make_person("Kasia Nowak (demo)", email="kasia@mail.example")
    form = {
        "name": "Kasia Nowak (demo)",
        "contact": "kasia@mail.example",
        "subjects": [lifts.pk],
        "token": uuid.uuid4(),
    }
    for _ in range(2):
        response = visitor.post("/take-part/", form, follow=True)
        assert "will answer you by" in text_of(response)
    visitor.post("/take-part/", {**form, "token": uuid.uuid4(), "website": "http://spam.example"})
    with landlord_scope(poole):
        row = Expression.objects.get()
        assert (row.person, row.source, row.by_kind) == (known, "WEB", "RESIDENT")
        assert Interest.objects.count() == 0


def test_too_many_from_one_connection_are_asked_to_wait(poole: Landlord, visitor: Client) -> None:
    form = {"name": "A (demo)", "contact": "a@mail.example", "said": "Yes"}
    codes = [visitor.post("/take-part/", form).status_code for _ in range(11)]
    assert codes == [302] * 10 + [429]


def test_a_contributor_writes_it_down_without_seeing_who_else_there_is(
    poole: Landlord, contributor_client: Client
) -> None:
    with landlord_scope(poole):
        make_person("Doreen Hackett (demo)")
        make_person("Doreen Hackett (demo)")
    form = {
        "who": "Doreen Hackett (demo)",
        "contact": "01632 960 123",
        "said": "She would like to come.",
        "source": "VISIT",
        "told_by": "THEMSELVES",
        "said_on": today().isoformat(),
    }
    response = contributor_client.post("/desk/interests/record/", form, follow=True)
    assert "We promise an answer by" in text_of(response)
    assert contributor_client.get("/desk/interests/").status_code == 403
    with landlord_scope(poole):
        assert Expression.objects.get().by_name == "Asha Patel (demo)"
