"""A consent changes by an explicit act and by nothing else."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from involvement.auditing.actors import Actor, ActorKind
from involvement.landlords.models import Landlord
from residents.people.models import Person
from residents.preferences import operations, policies, queries
from residents.preferences.models import Consent, Purpose, Wording
from tests.actionplans.asked import text_of
from tests.factories.people import make_person
from tests.residents.preferences.said import CLERK, heard, make_purpose


@pytest.fixture
def person(in_poole: Landlord) -> Person:
    return make_person()


@pytest.fixture
def news(in_poole: Landlord) -> Purpose:
    return make_purpose()


def record(
    person: Person, purpose: Purpose, act: str, channel: str = "EMAIL", by: Actor = CLERK
) -> Consent:
    return operations.record_consent(
        person=person,
        purpose=purpose,
        act=act,
        channel=channel,
        heard=heard(),
        by=by,
        at=timezone.now(),
    )


def test_silence_is_no_and_the_latest_act_holds(person: Person, news: Purpose) -> None:
    assert not queries.is_allowed(person, news, "EMAIL")
    record(person, news, "GIVEN")
    assert queries.is_allowed(person, news, "EMAIL")
    assert not queries.is_allowed(person, news, "POST")
    record(person, news, "WITHDRAWN")
    assert not queries.is_allowed(person, news, "EMAIL")
    acts = [(row.act, row.wording.number) for row in queries.consents_of(person)]
    assert acts == [("WITHDRAWN", 1), ("GIVEN", 1)]


def test_people_who_allow_it_are_found_by_their_latest_act(person: Person, news: Purpose) -> None:
    other, third = make_person("B (demo)"), make_person("C (demo)")
    record(person, news, "GIVEN")
    record(other, news, "GIVEN")
    record(other, news, "WITHDRAWN")
    record(third, news, "GIVEN", channel="POST")
    assert list(Person.objects.filter(queries.allowing(news, "EMAIL"))) == [person]


def test_whoever_was_merged_into_somebody_speaks_for_them(person: Person, news: Purpose) -> None:
    gone = make_person("D Hackett (demo)")
    record(person, news, "GIVEN")
    record(gone, news, "REFUSED")
    Person.objects.filter(pk=gone.pk).update(merged_into=person)
    assert not queries.is_allowed(person, news, "EMAIL")
    assert list(Person.objects.filter(queries.allowing(news, "EMAIL"))) == []
    Person.objects.filter(pk=gone.pk).update(merged_into=None)
    assert queries.is_allowed(person, news, "EMAIL")
    assert list(Person.objects.filter(queries.allowing(news, "EMAIL"))) == [person]


def test_the_same_act_again_adds_nothing_until_the_words_change(
    person: Person, news: Purpose
) -> None:
    first = record(person, news, "GIVEN")
    assert record(person, news, "GIVEN") == first
    operations.write_wording(purpose=news, words="Other words.", by=CLERK, at=timezone.now())
    again = record(person, news, "GIVEN")
    assert (first.wording.number, again.wording.number) == (1, 2)
    assert first.wording.words == "May we? (Newsletters)"


@pytest.mark.parametrize(
    ("act", "channel", "refusal"),
    [
        ("WITHDRAWN", "EMAIL", policies.NothingToTakeBack),
        ("GIVEN", "FACE", policies.OtherChannel),
        ("GIVEN", "", policies.OtherChannel),
    ],
)
def test_acts_that_mean_nothing_are_refused(
    person: Person, news: Purpose, act: str, channel: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        record(person, news, act, channel)
    assert Consent.objects.count() == 0


def test_what_is_put_away_can_be_taken_back_and_no_longer_given(
    person: Person, news: Purpose
) -> None:
    record(person, news, "GIVEN")
    operations.put_purpose(purpose=news, archived_at=timezone.now(), by=CLERK, at=timezone.now())
    with pytest.raises(policies.PurposeIsPutAway):
        record(person, news, "GIVEN", "POST")
    record(person, news, "WITHDRAWN")
    assert not queries.is_allowed(person, news, "EMAIL")


def test_a_purpose_without_words_cannot_be_asked_for(person: Person) -> None:
    bare = Purpose.objects.create(name="Ballots")
    with pytest.raises(policies.WordingMissing):
        record(person, bare, "GIVEN")


def test_a_residents_own_act_is_kept_without_their_name(person: Person, news: Purpose) -> None:
    own = Actor(ActorKind.RESIDENT, person.name, key=person.pk, behalf="somebody")
    row = record(person, news, "GIVEN", by=own)
    assert (row.by_name, row.by_behalf, row.by_kind) == ("the resident", "", "RESIDENT")


def test_the_page_shows_the_words_and_records_what_is_chosen(
    officer_client: Client, person: Person, news: Purpose
) -> None:
    page = f"/desk/people/{person.pk}/reach/consent/{news.pk}/"
    shown = text_of(officer_client.get(page))
    assert "May we? (Newsletters)" in shown
    wording = Wording.objects.get(purpose=news)
    form = {
        "read_out": wording.pk,
        "by_email": "yes",
        "by_post": "no",
        "source": "VISIT",
        "told_by": "CARER",
        "said_on": timezone.localdate().isoformat(),
    }
    officer_client.post(page, form)
    rows = {row.channel: row for row in Consent.objects.order_by("pk")}
    assert {channel: row.act for channel, row in rows.items()} == {
        "EMAIL": "GIVEN",
        "POST": "REFUSED",
    }
    assert rows["EMAIL"].told_words == "on a home visit, from a carer"
    assert rows["EMAIL"].by_name == "Jean Marlow (demo)"
    officer_client.post(page, {**form, "by_post": "", "by_email": "no"})
    assert not queries.is_allowed(person, news, "EMAIL")
    assert Consent.objects.count() == 3


def test_nothing_chosen_changes_nothing_and_says_so(
    officer_client: Client, person: Person, news: Purpose
) -> None:
    page = f"/desk/people/{person.pk}/reach/consent/{news.pk}/"
    today = timezone.localdate().isoformat()
    form = {"source": "PHONE", "told_by": "THEMSELVES", "said_on": today}
    assert "Choose yes or no at least once" in text_of(officer_client.post(page, form))
    assert Consent.objects.count() == 0


def test_words_that_changed_while_they_were_read_out_are_read_out_again(
    officer_client: Client, person: Person, news: Purpose
) -> None:
    old = Wording.objects.get(purpose=news)
    operations.write_wording(purpose=news, words="Other words.", by=CLERK, at=timezone.now())
    page = f"/desk/people/{person.pk}/reach/consent/{news.pk}/"
    form = {
        "read_out": old.pk,
        "by_email": "yes",
        "source": "PHONE",
        "told_by": "THEMSELVES",
        "said_on": timezone.localdate().isoformat(),
    }
    assert "have just been changed" in text_of(officer_client.post(page, form))
    assert Consent.objects.count() == 0
