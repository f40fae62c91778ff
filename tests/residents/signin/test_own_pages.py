"""A resident's first page and their own pages, by the registers' own operations."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from actionplans.replies.models import Reply, Verdict
from involvement.auditing.models import AuditEntry
from involvement.landlords.models import Landlord, Subject
from residents.interests.models import Interest
from residents.people.models import Person
from residents.people.operations import change_person
from residents.preferences.models import Consent, Need, Purpose
from residents.preferences.operations import add_purpose
from residents.signin.ports import Need as NeedOf
from residents.signin.ports import NeedTeller
from tests.factories.decisions import make_decision
from tests.factories.feedback import CLERK, make_feedback, make_theme
from tests.factories.people import make_person
from tests.residents.signin.entering import HOME, browser_at, signed_in


@pytest.fixture
def here(poole: Landlord, doreen: Person) -> Client:
    return signed_in(poole, doreen)


def tell_four(person: Person, today: dt.date) -> list[NeedOf]:
    days = [None, today, None, today - dt.timedelta(days=1)]
    return [
        NeedOf(title=f"Thing {at}", words="Words.", act=f"Do {at}", url="/my/", on=day)
        for at, day in enumerate(days)
    ]


FOUR = NeedTeller("four things", "may_speak", tell_four)


def break_down(person: Person, today: dt.date) -> list[NeedOf]:
    raise RuntimeError


BROKEN = NeedTeller("a teller that breaks", "", break_down)


@override_settings(MY_NEEDS=[f"{__name__}.BROKEN", f"{__name__}.FOUR"])
def test_at_most_three_things_need_them_those_with_a_day_first(here: Client) -> None:
    words = here.get(HOME).content.decode()
    assert [f"Thing {at}" in words for at in range(4)] == [True, True, False, True]
    assert words.index("Thing 3") < words.index("Thing 1") < words.index("Thing 0")
    assert "Three things need" in words


def test_the_first_page_says_what_became_of_what_they_said(here: Client, doreen: Person) -> None:
    assert "You have not told us anything yet" in here.get(HOME).content.decode()
    mine = make_feedback("The entry phone is too dim.", person=doreen)
    make_feedback("Said by somebody else.")
    decision = make_decision(
        make_theme(feedback=[mine]),
        result="NOT_AGREED",
        because="It would cost too much",
        reason="COST",
    )
    words = here.get(HOME).content.decode()
    assert "The entry phone is too dim." in words
    assert "Said by somebody else." not in words
    assert "we are writing to you about it" in words
    assert "It would cost too much" not in words
    Reply.objects.create(
        decision=decision,
        feedback=mine,
        person=doreen,
        channel="FACE",
        prepared_at=timezone.now(),
        told_at=timezone.now(),
        **CLERK.columns(),
    )
    assert "no. It would cost too much" in here.get(HOME).content.decode()


def test_a_question_put_to_them_stands_there_and_is_answered_by_them(
    poole: Landlord, here: Client, doreen: Person
) -> None:
    mine = make_feedback("The entry phone is too dim.", person=doreen)
    reply = Reply.objects.create(
        decision=make_decision(make_theme(feedback=[mine])),
        feedback=mine,
        person=doreen,
        channel="FACE",
        prepared_at=timezone.now(),
        told_at=timezone.now(),
        **CLERK.columns(),
    )
    verdict = Verdict.objects.create(
        reply=reply, token_hash="0" * 64, asked_at=timezone.now(), **CLERK.columns()
    )
    page = f"/my/did-it-happen/{verdict.pk}/"
    assert page in here.get(HOME).content.decode()
    stranger = signed_in(poole, make_person("Nora Quill (demo)"))
    assert stranger.get(page).status_code == 404
    here.post(page, {"answer": "NO", "words": "It is as dim as before."})
    verdict.refresh_from_db()
    assert (verdict.answer, verdict.by_kind, verdict.by_key) == ("NO", "RESIDENT", doreen.pk)
    assert page not in here.get(HOME).content.decode()


def test_details_are_changed_by_themselves_and_an_officers_change_is_not_lost(
    here: Client, doreen: Person
) -> None:
    page = here.get("/my/details/")
    seen = page.context["writing"].seen
    change_person(person=doreen, address="9 Drake Court", by=CLERK, at=timezone.now())
    given = {
        "preferred_channel": "EMAIL",
        "email": "Doreen.New@Post.Example",
        "phone": "",
        "address": "3 Drake Court\nPoole\nBH15 1QT",
        "seen": seen,
    }
    answer = here.post("/my/details/", given, follow=True)
    assert "changed meanwhile is kept too" in answer.content.decode()
    doreen.refresh_from_db()
    assert (doreen.email, doreen.address, doreen.preferred_channel) == (
        "doreen.new@post.example",
        "9 Drake Court",
        "EMAIL",
    )
    line = AuditEntry.objects.filter(verb="person.changed").order_by("-pk")[0]
    assert (line.by_kind, line.by_key) == ("RESIDENT", doreen.pk)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"preferred_channel": "TEXT"}, "To text you we need your telephone number."),
        ({"preferred_channel": "EMAIL"}, "To tell you by e-mail we need your e-mail address."),
        ({"preferred_channel": "WEB", "phone": "later"}, "Write a number such as"),
        ({"preferred_channel": "WEB", "email": "me"}, "Write an e-mail address such as"),
        ({}, "Choose how we should tell you what happens."),
    ],
)
def test_details_that_reach_nobody_are_refused_with_what_to_do(
    here: Client, given: dict[str, str], said: str
) -> None:
    assert said in here.post("/my/details/", given).content.decode()


def test_needs_and_interests_say_that_they_were_said_online_by_themselves(
    here: Client, doreen: Person
) -> None:
    subject = Subject.objects.create(name="Repairs")
    here.post("/my/needs/", {"formats": ["LARGE_PRINT"], "other": "A seat near the door"})
    here.post("/my/interests/", {"subjects": [subject.pk], "unit": "HOURS", "per": "MONTH"})
    rows: list[Any] = [*Need.objects.order_by("pk"), *Interest.objects.order_by("pk")]
    assert len(rows) == 3
    assert {(row.source, row.told_by, row.by_kind) for row in rows} == {
        ("WEB", "THEMSELVES", "RESIDENT")
    }
    doreen.refresh_from_db()
    assert doreen.large_print


def test_an_officer_and_a_resident_lose_nothing_of_each_others_needs(
    here: Client, officer_client: Client, doreen: Person
) -> None:
    seen = here.get("/my/needs/").context["writing"].seen
    officer_client.post(
        f"/desk/people/{doreen.pk}/reach/needs/",
        {
            "needs-formats": ["BRAILLE"],
            "needs-source": "PHONE",
            "needs-told_by": "THEMSELVES",
            "needs-said_on": str(timezone.localdate()),
        },
    )
    answer = here.post("/my/needs/", {"other": "A seat near the door", "seen": seen}, follow=True)
    assert "changed meanwhile is kept too" in answer.content.decode()
    kinds = Need.objects.filter(ended_at__isnull=True).values_list("kind", flat=True)
    assert set(kinds) == {"BRAILLE", "OTHER"}


def test_a_consent_is_an_act_of_their_own_under_the_words_they_read(
    here: Client, doreen: Person
) -> None:
    purpose = add_purpose(
        name="Photographs", by_channel=False, words="May we?", by=CLERK, at=timezone.now()
    )
    assert "You have not been asked yet" in here.get("/my/consents/").content.decode()
    page = f"/my/consents/{purpose.pk}/"
    shown = here.get(page)
    assert "May we?" in shown.content.decode()
    here.post(page, {"answer": "yes", "read_out": shown.context["wording"].pk})
    act = Consent.objects.get()
    assert (act.person, act.act, act.by_kind, act.by_name) == (
        doreen,
        "GIVEN",
        "RESIDENT",
        "the resident",
    )
    assert "As it is: you said yes" in here.get(page).content.decode()
    assert Purpose.objects.count() == 1


@pytest.mark.parametrize(
    "path", ["/my/", "/my/details/", "/my/needs/", "/my/consents/", "/my/interests/", "/my/out/"]
)
def test_nobody_who_is_not_signed_in_as_a_resident_sees_them(
    poole: Landlord, officer_client: Client, doreen: Person, path: str
) -> None:
    assert signed_in(poole, doreen).get(path).status_code == 200
    for nobody in (officer_client, browser_at(poole)):
        assert nobody.get(path)["Location"] == "/my/sign-in/", path
    assert browser_at(poole).get(path, headers={"host": "localhost"}).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_first_page_asks_as_much_for_three_things_said_as_for_one(
    here: Client, doreen: Person, number: int, django_assert_num_queries: Any
) -> None:
    for at in range(number):
        said = make_feedback(f"Thing {at}.", person=doreen)
        make_decision(make_theme(f"Theme {at}", feedback=[said]))
    with django_assert_num_queries(22):
        here.get(HOME)
