"""Somebody who was erased becomes a resident again: an administrator lets lists bring them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from involvement.accounts.models import Membership
from involvement.auditing.actors import Actor, ActorKind
from involvement.auditing.models import AuditEntry
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from residents.feeds.models import ErasedReference
from residents.feeds.operations import release_reference
from residents.feeds.policies import NotErasedHere
from residents.feeds.queries.erased import WHY
from residents.people.models import Person
from tests.conftest import client_for
from tests.factories.accounts import make_member
from tests.residents.feeds.files import BY, DOREEN, bring, counts, one, whys
from tests.residents.feeds.test_coming_back import forget

PAGE = "/desk/people/lists/erased/"
QUERIES = 7
WORDS = "Took a new tenancy in October."

pytestmark = pytest.mark.usefixtures("in_poole")


@pytest.fixture
def ada(poole: Landlord) -> Membership:
    return make_member(poole, "Ada Frost (demo)", "ADMINISTRATOR")


@pytest.mark.parametrize("written", ["00417", "417", " 00417 "])
def test_the_next_list_brings_them_as_somebody_new(written: str) -> None:
    doreen = {**DOREEN, "Person Ref": "00417"}
    bring(doreen, one(2))
    forget("00417")
    assert whys(bring(doreen, one(2), one(3))) == [WHY]

    release_reference(reference=written, why=WORDS, by=BY, at=timezone.now())

    assert counts(bring(doreen, one(2), one(3))) == (1, 0, 2, 0, 0)
    back = Person.objects.get(reference="00417")
    assert (back.name, back.status) == (DOREEN["Name"], "CURRENT")
    assert Person.objects.filter(status="ERASED").exclude(pk=back.pk).count() == 1


def test_history_says_who_and_why_and_not_which(ada: Membership) -> None:
    bring(DOREEN, one(2))
    forget("P001")
    by = Actor(ActorKind.STAFF, str(ada.user), key=ada.pk)
    row = release_reference(reference="P001", why=WORDS, by=by, at=timezone.now())
    entry = AuditEntry.objects.get(verb="feeds.reference_released")
    assert entry.by_name == "Ada Frost (demo)"
    assert entry.sentence.endswith(f": {WORDS}")
    assert entry.record_kind == row._meta.label_lower
    assert "P001" not in f"{entry.sentence} {entry.record_name} {entry.changes}"


def test_other_references_stay_sealed_and_what_was_not_erased_is_not_let_go(
    oxford: Landlord,
) -> None:
    with pytest.raises(NotErasedHere):
        release_reference(reference="P001", why=WORDS, by=BY, at=timezone.now())
    bring(DOREEN, one(2))
    forget("P001"), forget("P002")
    with pytest.raises(NotErasedHere):
        release_reference(reference="P003", why=WORDS, by=BY, at=timezone.now())
    with landlord_scope(oxford), pytest.raises(NotErasedHere):
        release_reference(reference="P001", why=WORDS, by=BY, at=timezone.now())
    release_reference(reference="P001", why=WORDS, by=BY, at=timezone.now())
    assert ErasedReference.objects.count() == 1
    assert whys(bring(DOREEN, one(2))) == [WHY]


def test_an_administrator_does_it_on_the_page_of_privacy(
    poole: Landlord, ada: Membership, officer_client: Client
) -> None:
    bring(DOREEN)
    forget("P001")
    client = client_for(poole, ada)
    assert PAGE in client.get("/desk/privacy/").text
    assert PAGE not in officer_client.get("/desk/privacy/").text
    assert officer_client.post(PAGE, {"reference": "P001", "why": WORDS}).status_code == 403

    assert "Say why, in a sentence." in client.post(PAGE, {"reference": "P001"}).text
    assert "was erased here" in client.post(PAGE, {"reference": "P9", "why": WORDS}).text
    assert ErasedReference.objects.count() == 1
    page = client.post(PAGE, {"reference": "P001", "why": WORDS}, follow=True).text
    assert "The next list that has this reference brings them as new." in page
    assert WORDS in page
    assert not ErasedReference.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_as_much_of_three_as_of_one(
    poole: Landlord, ada: Membership, django_assert_num_queries: Any, number: int
) -> None:
    for key in range(1, number + 1):
        bring(one(key), one(9))
        forget(f"P{key:03}")
        release_reference(reference=f"P{key:03}", why=WORDS, by=BY, at=timezone.now())
    client = client_for(poole, ada)
    with django_assert_num_queries(QUERIES):
        client.get(PAGE)
