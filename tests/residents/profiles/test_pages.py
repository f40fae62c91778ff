from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse

from involvement.accounts.models import Membership
from involvement.auditing.actors import Actor
from involvement.auditing.models import AuditEntry
from involvement.delivery.models import Message
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from involvement.questionnaires.models import Version
from involvement.questionnaires.queries import definition_of, draft_of, meanings
from residents.people.models import Person
from residents.profiles import operations, queries
from tests.conftest import client_for
from tests.factories.accounts import make_member
from tests.factories.people import make_person


@pytest.fixture
def questions(in_poole: Landlord, officer: Actor, now: dt.datetime) -> Version:
    return operations.begin_question_set(by=officer, at=now)


@pytest.fixture
def doreen(in_poole: Landlord) -> Person:
    return make_person(name="Doreen Hackett (demo)")


@pytest.fixture
def admin_client(poole: Landlord) -> Client:
    ada = make_member(poole, "Ada Lyle (demo)", "ADMINISTRATOR", initials="AL")
    return client_for(poole, ada)


@pytest.fixture
def address(questions: Version, doreen: Person, officer: Actor, now: dt.datetime) -> str:
    """Where Doreen's own link leads."""
    found: list[str] = []

    def address_of(token: str) -> str:
        found.append(reverse("profiles_public:answer", args=[token]))
        return found[0]

    operations.send_link(person=doreen, address_of=address_of, why="", by=officer, at=now)
    return found[0]


def test_a_card_is_keyed_in_and_not_shown_again(
    officer_client: Client, questions: Version, doreen: Person
) -> None:
    page = reverse("profiles:card_key_in", args=[doreen.pk])
    empty = officer_client.get(page).content.decode()
    assert empty.count("<fieldset") >= 5
    sent = officer_client.post(page, {"RELIGION": "ANOTHER", "RELIGION__words": "Zoroastrian"})
    assert sent.status_code == 302
    for shown in (page, sent["Location"], reverse("people:person_detail", args=[doreen.pk])):
        again = officer_client.get(shown).content.decode()
        assert "Zoroastrian" not in again
        assert not re.search(r"<input[^>]* checked", again)
        assert "keyed in" not in again
    assert AuditEntry.objects.filter(verb="equality.card").exists()


def test_a_card_that_cannot_be_right_says_what_to_do(
    officer_client: Client, questions: Version, doreen: Person
) -> None:
    page = reverse("profiles:card_key_in", args=[doreen.pk])
    sent = officer_client.post(page, {"CONDITION": "YES", "IMPAIRMENT": ["NONE", "VISION"]})
    assert "goes with no other answer" in sent.content.decode()


def test_yes_and_no_are_equally_large(visitor: Client, address: str) -> None:
    html = visitor.get(address).content.decode()
    buttons = re.findall(r'<button class="([^"]+)" name="act" value="(begin|no)"', html)
    assert [name for _css, name in buttons] == ["begin", "no"]
    assert len({css for css, _name in buttons}) == 1


def test_a_resident_answers_a_question_at_a_time_at_one_address(
    visitor: Client, address: str, poole: Landlord
) -> None:
    first = visitor.post(address, {"act": "begin"}).content.decode()
    assert "What is your ethnic group?" in first
    assert "Bangladeshi" not in first, "the broad answer comes first"
    finer = visitor.post(
        address, {"act": "answer", "step": "ETHNIC_GROUP", "ETHNIC_GROUP": "ASIAN"}
    ).content.decode()
    assert "Bangladeshi" in finer
    assert "Irish" not in finer
    then = visitor.post(
        address,
        {"act": "answer", "step": "ETHNIC_GROUP/ASIAN", "ETHNIC_GROUP": "ASIAN_BANGLADESHI"},
    ).content.decode()
    assert "lasted, or are expected to last" in then
    yes = {"act": "answer", "step": "CONDITION", "CONDITION": "YES"}
    impact = visitor.post(address, yes).content.decode()
    assert "day-to-day activities" in impact
    assert 'name="route" value="CONDITION:YES"' in impact
    no = {"act": "answer", "step": "CONDITION", "CONDITION": "NO"}
    assert "What is your sex?" in visitor.post(address, no).content.decode()


def test_skipping_every_question_comes_to_the_end_and_closes_the_link(
    visitor: Client, address: str
) -> None:
    html = visitor.post(address, {"act": "begin"}).content.decode()
    for _ in range(20):
        step = re.search(r'name="step" value="([^"]+)"', html)
        if step is None:
            break
        html = visitor.post(address, {"act": "skip", "step": step[1]}).content.decode()
    assert "That is all." in html
    assert "This link has been used" in visitor.get(address).content.decode()


def test_going_back_shows_no_answer(visitor: Client, address: str) -> None:
    visitor.post(address, {"act": "answer", "step": "SEX", "SEX": "MALE"})
    back = visitor.post(address, {"act": "back", "step": "GENDER"}).content.decode()
    assert "What is your sex?" in back
    assert " checked" not in back


def test_no_is_taken_for_an_answer(visitor: Client, address: str, doreen: Person) -> None:
    assert "That is all." in visitor.post(address, {"act": "no"}).content.decode()


def test_a_wrong_token_opens_nothing(visitor: Client, questions: Version) -> None:
    assert visitor.get(reverse("profiles_public:answer", args=["x" * 32])).status_code == 404


def test_the_questions_are_sent_by_letter_to_who_has_no_email(
    officer_client: Client, questions: Version, doreen: Person
) -> None:
    officer_client.post(reverse("profiles:link_send", args=[doreen.pk]))
    message = Message.objects.get(key__startswith="equality-link:")
    assert message.channel == doreen.preferred_channel == "POST"


@pytest.mark.parametrize("status", ["DECEASED", "LEFT"])
def test_whoever_died_or_left_is_neither_asked_nor_written_to(
    officer_client: Client,
    visitor: Client,
    address: str,
    doreen: Person,
    officer: Actor,
    now: dt.datetime,
    status: str,
) -> None:
    page = reverse("profiles:person_equality", args=[doreen.pk])
    assert "Send them the questions" in officer_client.get(page).text
    sent = Message.objects.filter(key__startswith="equality-link:").count()
    Person.objects.filter(pk=doreen.pk).update(status=status, status_on=now.date())

    shown = officer_client.get(page).text
    assert "Send them the questions" not in shown
    assert "Key in a card" not in shown
    refused = officer_client.post(reverse("profiles:link_send", args=[doreen.pk]), follow=True)
    assert "Nothing is sent to them any more." in refused.text
    assert Message.objects.filter(key__startswith="equality-link:").count() == sent == 1
    card = officer_client.post(reverse("profiles:card_key_in", args=[doreen.pk]), {})
    assert card.status_code == 302
    assert "This link has been used" in visitor.get(address).text


def test_the_questions_are_changed_in_a_draft_and_earlier_answers_keep_counting(
    admin_client: Client, questions: Version, poole: Landlord
) -> None:
    admin_client.post(reverse("profiles:question_act", args=["change"]))
    draft = draft_of(queries.KEY)
    assert draft is not None
    definition = definition_of(draft)
    religion = definition.question("RELIGION")
    assert religion is not None
    page = reverse("profiles:question_edit", args=["RELIGION"])
    sent = admin_client.post(
        page,
        {
            "text": religion.text,
            "name": "Religion",
            "options": "No religion\nChristian, of any denomination\nMuslim\nPagan\nAny other (own words)",
            "asked": "on",
        },
    )
    assert sent.status_code == 302
    admin_client.post(reverse("profiles:question_act", args=["use"]))
    assert queries.question_set() == questions, "answers that are gone have nowhere to go yet"
    answers = reverse("profiles:mapping_edit")
    html = admin_client.get(answers).content.decode()
    gone = re.findall(r'name="(RELIGION\.\w+)"', html)
    assert gone == [
        f"RELIGION.{code}" for code in ("BUDDHIST", "HINDU", "JEWISH", "SIKH", "ANOTHER")
    ]
    admin_client.post(answers, dict.fromkeys(gone, "ANY_OTHER"))
    admin_client.post(reverse("profiles:question_act", args=["use"]))
    now = queries.question_set()
    assert now is not None
    assert now.number == 2
    means = meanings(queries.KEY)
    assert means[questions.pk, "RELIGION", "SIKH"] == "ANY_OTHER"
    assert means[questions.pk, "RELIGION", "MUSLIM"] == "MUSLIM"
    assert means[now.pk, "RELIGION", "PAGAN"] == "PAGAN"


def test_age_bands_may_overlap_in_print_and_not_in_data(
    admin_client: Client, questions: Version, poole: Landlord
) -> None:
    page = reverse("profiles:age_bands")
    wrong = admin_client.post(page, {"bands": "11: 11 to 16\n11: also 11"})
    assert "Two bands begin at the same age" in wrong.content.decode()
    admin_client.post(page, {"bands": "11: 11 to 16\n17: 17 to 25\n25: 25 and over"})
    bands = queries.age_bands()
    found = [str(queries.band_of(age, bands)) for age in (10, 16, 24, 25, 80)]
    assert found == ["None", "11 to 16", "17 to 25", "25 and over", "25 and over"]


@pytest.mark.parametrize("name", ["person_equality", "card_key_in"])
def test_only_those_who_may_key_in_cards_get_there(
    contributor_client: Client, stranger_client: Client, doreen: Person, name: str
) -> None:
    page = reverse(f"profiles:{name}", args=[doreen.pk])
    assert contributor_client.get(page).status_code == 403
    assert stranger_client.get(page).status_code == 404


def test_a_manager_reads_totals_and_keys_in_nothing(poole: Landlord, doreen: Person) -> None:
    mo: Membership = make_member(poole, "Mo Field (demo)", "MANAGER", initials="MF")
    with landlord_scope(poole):
        page = reverse("profiles:card_key_in", args=[doreen.pk])
    assert client_for(poole, mo).get(page).status_code == 403
