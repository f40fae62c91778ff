from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from actionplans.feedback.models import Feedback, SaidWord, Theme, ThemeEntry
from involvement.auditing.actors import Actor
from involvement.landlords.models import Landlord
from structures.bodies.models import Body
from tests.factories.feedback import CLERK, make_feedback, make_theme
from tests.factories.people import make_person


def refused(constraint: str) -> Any:
    return pytest.raises(IntegrityError, match=constraint)


def change(feedback: Feedback, **values: Any) -> None:
    with transaction.atomic():
        Feedback.objects.filter(pk=feedback.pk).update(**values)


@pytest.fixture
def said(in_poole: Landlord) -> Feedback:
    return make_feedback()


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("feedback_has_words", {"words": ""}),
        ("feedback_has_one_speaker_or_none", {"speaker_kind": "PERSON"}),
        ("feedback_has_one_speaker_or_none", {"speaker_kind": "BODY"}),
        ("feedback_reply_has_somebody_to_reach", {"wants_reply": True}),
        ("feedback_is_noted_with_a_reason", {"state": "NOTED"}),
        ("feedback_is_noted_with_a_reason", {"noted_reason": "Thanked on the day."}),
        ("feedback_keeps_its_original_words", {"corrected_at": timezone.now()}),
        ("feedback_keeps_its_original_words", {"original_words": "The lift are out."}),
        ("feedback_was_said_before_it_was_recorded", {"said_on": dt.date(1066, 10, 14)}),
    ],
)
def test_postgresql_refuses_feedback_that_makes_no_sense(
    said: Feedback, constraint: str, values: dict[str, Any]
) -> None:
    with refused(constraint):
        change(said, **values)


def test_postgresql_refuses_a_day_after_it_was_recorded(said: Feedback) -> None:
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    with refused("feedback_was_said_before_it_was_recorded"):
        change(said, said_on=tomorrow)


def test_postgresql_refuses_two_speakers_for_one_thing(said: Feedback) -> None:
    person, body = make_person(), Body.objects.create(name="Lifts panel")
    with refused("feedback_has_one_speaker_or_none"):
        change(said, speaker_kind="PERSON", person=person, body=body)


@pytest.mark.parametrize(
    ("constraint", "field", "value"),
    [
        ("feedback_row_is_imported_once", "fingerprint", "a" * 64),
        ("feedback_message_is_received_once", "message_id", "<1@mail.example>"),
        ("feedback_form_is_saved_once", "form_token", uuid.UUID(int=7)),
    ],
)
def test_postgresql_refuses_the_same_arrival_twice(
    said: Feedback, constraint: str, field: str, value: Any
) -> None:
    change(said, **{field: value})
    other = make_feedback("Another thing altogether.")
    with refused(constraint):
        change(other, **{field: value})


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("theme_has_a_title", {"title": ""}),
        ("theme_is_merged_into_another", {"state": "MERGED"}),
    ],
)
def test_postgresql_refuses_themes_that_make_no_sense(
    in_poole: Landlord, constraint: str, values: dict[str, Any]
) -> None:
    theme = make_theme()
    with refused(constraint), transaction.atomic():
        Theme.objects.filter(pk=theme.pk).update(**values)


def test_postgresql_refuses_a_theme_joined_to_itself(in_poole: Landlord) -> None:
    theme = make_theme()
    with refused("theme_is_not_merged_into_itself"), transaction.atomic():
        Theme.objects.filter(pk=theme.pk).update(state="MERGED", merged_into=theme)


def test_postgresql_refuses_the_same_feedback_twice_in_one_theme(said: Feedback) -> None:
    theme = make_theme(feedback=[said])
    entry = {"theme": theme, "feedback": said, "at": timezone.now(), **CLERK.columns()}
    with refused("feedback_is_in_a_theme_once"), transaction.atomic():
        ThemeEntry.objects.create(**entry)


def test_a_row_says_who_spoke_and_how_it_reached_us(in_poole: Landlord, officer: Actor) -> None:
    known = make_feedback(person=make_person(), source_words="her own")
    named = make_feedback(speaker_words="Mr Biggs (demo)", source_kind="FACE")
    nobody = make_feedback("😀" * 100)
    assert (known.speaker, known.source) == ("Doreen Hackett (demo)", "Telephone call: her own")
    assert (named.speaker, named.source) == ("Mr Biggs (demo)", "Face to face")
    assert nobody.speaker == "Somebody who gave no name"
    assert str(nobody) == "😀" * 79 + "…"


def words_kept(feedback: Feedback) -> set[str]:
    return set(SaidWord.objects.filter(feedback=feedback).values_list("word", flat=True))


def test_the_words_of_what_was_said_are_kept_by_their_stems(in_poole: Landlord) -> None:
    one = make_feedback("The lifts were mended, and the lift broke again.")
    assert words_kept(one) == {"lift", "mend", "broke"}


def test_corrected_words_take_the_place_of_the_first_ones(said: Feedback) -> None:
    before = words_kept(said)
    change(said, words="The boiler is out.", said_on=said.said_on - dt.timedelta(days=3))
    assert "lift" in before
    assert words_kept(said) == {"boiler"}
    assert SaidWord.objects.get(feedback=said).said_on == said.said_on - dt.timedelta(days=3)


def test_postgresql_keeps_a_word_of_it_once(said: Feedback) -> None:
    with refused("said_word_is_kept_once"), transaction.atomic():
        SaidWord.objects.create(feedback=said, word="lift", said_on=said.said_on)


def test_feedback_knows_whether_it_is_in_a_theme(said: Feedback) -> None:
    other = make_feedback("The bins are full.")
    first, second = make_theme("Lifts", feedback=[said]), make_theme("Homes", feedback=[said])
    assert in_a_theme() == {said.pk}
    ThemeEntry.objects.filter(theme=first).delete()
    assert in_a_theme() == {said.pk}
    ThemeEntry.objects.filter(theme=second).delete()
    assert in_a_theme() == set()
    assert Feedback.objects.filter(pk=other.pk, in_a_theme=False).exists()


def test_saving_what_was_read_earlier_leaves_it_in_its_theme(said: Feedback) -> None:
    read_earlier = Feedback.objects.get(pk=said.pk)
    make_theme(feedback=[said])
    read_earlier.save()
    assert in_a_theme() == {said.pk}


def in_a_theme() -> set[int]:
    return set(Feedback.objects.filter(in_a_theme=True).values_list("pk", flat=True))
