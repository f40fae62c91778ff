"""Names are found as people write them, and other people's are taken out."""

from __future__ import annotations

import re

import pytest

from residents.privacy.names import Wanted, may_name, names_in, with_a_resident, without_others

DOREEN = Wanted.of("Doreen Hackett (demo)", ["d.hackett@post.example", "01632 960123"])


@pytest.mark.parametrize(
    "text",
    [
        "Doreen Hackett said so.",
        "doreen  hackett said so.",
        "Mrs Hackett's gate",
        "D. Hackett wrote.",
        "Write to d.hackett@post.example today.",
        "Ring 01632 960123.",
    ],
)
def test_these_name_her_for_certain(text: str) -> None:
    assert DOREEN is not None
    assert DOREEN.certain.search(text)


@pytest.mark.parametrize("text", ["the Hacketts", "Ms Hacket rang", "old Hackett"])
def test_these_may_name_her(text: str) -> None:
    assert DOREEN is not None
    assert DOREEN.possible.search(text)


@pytest.mark.parametrize("text", ["Walter Brooker", "hacksaw", "a jacket", "Doreen"])
def test_these_do_not(text: str) -> None:
    assert DOREEN is not None
    assert not DOREEN.possible.search(text)
    assert not DOREEN.certain.search(text)


def test_a_name_with_marks_of_its_own_is_no_pattern() -> None:
    odd = Wanted.of("Ifor O'Neill-Llŷr (demo)", ["a+b@post.example"])
    assert odd is not None
    assert odd.certain.search("Ifor O'Neill-Llŷr wrote from a+b@post.example")
    re.compile(odd.search.replace(r"\m", r"\b").replace(r"\M", r"\b"))


def test_somebody_without_a_name_or_address_is_not_looked_for() -> None:
    assert Wanted.of("(demo)") is None


def test_other_people_and_their_contacts_are_taken_out() -> None:
    assert DOREEN is not None
    shown = without_others(
        "Doreen Hackett and Walter Brooker met Mrs Quinn at Drake Court; "
        "ring 07700 900 111 or 01632 960123, or write to w@post.example.",
        wanted=DOREEN,
        people=frozenset({"walter brooker"}),
    )
    assert shown == (
        "Doreen Hackett and [another person] met [another person] at Drake Court; "
        "ring [contact details] or 01632 960123, or write to [contact details]."
    )


@pytest.mark.parametrize(
    ("text", "does"),
    [("Mr Coles came.", True), ("He comes home.", False), ("The man Colles.", True)],
)
def test_a_surname_like_a_word_needs_its_capital(text: str, does: bool) -> None:
    coles = Wanted.of("Jordan Coles (demo)")
    assert coles is not None
    assert may_name(text, coles) is does


def test_a_name_is_found_inside_a_run_of_words_with_capitals() -> None:
    assert DOREEN is not None
    people = frozenset({"nicola hackett"})
    assert "nicola hackett" in names_in("Dear Nicola Hackett,")
    shown = without_others("Dear Nicola Hackett,", wanted=DOREEN, people=people)
    assert shown == "Dear [another person],"
    assert not may_name(shown, DOREEN)


def test_a_resident_takes_the_place_of_a_name() -> None:
    assert DOREEN is not None
    text = "Mrs Hackett asked; Doreen Hackett was told."
    assert with_a_resident(text, DOREEN) == "a resident asked; a resident was told."
