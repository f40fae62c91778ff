"""What is said of how many, at none, one and several."""

from __future__ import annotations

from typing import Any

import pytest

from actionplans.replies.hearers import Telling
from actionplans.replies.verdicts import Totals
from actionplans.replies.words import (
    left_to_do,
    told_words,
    unreachable_words,
    untold_words,
    who,
)
from involvement.auditing.actors import Channel


class Somebody:
    """A hearer as far as these sentences look at one."""

    def __init__(self, kind: str, *, told: bool = False, channel: Channel = Channel.EMAIL) -> None:
        self.person = object() if kind == "person" else None
        self.state = Telling.TOLD if told else Telling.WAITING
        self.channel = channel


def some(people: int = 0, groups: int = 0, told: int = 0) -> Any:
    kinds = ["person"] * people + ["group"] * groups
    return [Somebody(kind, told=place < told) for place, kind in enumerate(kinds)]


@pytest.mark.parametrize(
    ("people", "groups", "words"),
    [
        (0, 0, "nobody"),
        (1, 0, "1 person"),
        (2, 0, "2 people"),
        (0, 1, "1 group"),
        (1, 2, "1 person and 2 groups"),
    ],
)
def test_people_and_groups_are_counted_apart(people: int, groups: int, words: str) -> None:
    assert who(some(people, groups)) == words


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (some(), "Nobody who can be told said anything about it."),
        (some(1), "The one person who can be told has not been told."),
        (some(0, 1, told=1), "The one group who can be told has been told."),
        (some(3), "None of the 3 people has been told yet."),
        (some(3, told=1), "1 of 3 has been told."),
        (some(3, told=2), "2 of 3 have been told."),
        (some(2, 1, told=3), "All 2 people and 1 group have been told."),
    ],
)
def test_how_many_know(rows: Any, words: str) -> None:
    assert told_words(rows) == words


def test_how_many_do_not_know() -> None:
    assert untold_words(1, 1) == "The one who can be told has not been told."
    assert untold_words(1, 3) == "1 of 3 has not been told."
    assert untold_words(3, 3) == "3 of 3 have not been told."


def test_what_nobody_known_said_is_answered_in_print() -> None:
    assert unreachable_words(0) == ""
    assert unreachable_words(1).startswith("1 thing was said by people we cannot reach;")
    assert unreachable_words(2).startswith("2 things were said by people we cannot reach;")


def test_what_is_left_to_do_names_only_what_there_is() -> None:
    letter, call = Somebody("person", channel=Channel.POST), Somebody("group", channel=Channel.FACE)
    rows: Any = [letter, letter, call, Somebody("person")]
    assert left_to_do(rows) == "Still to do: print 2 letters and ring, text or speak to 1 group."
    assert left_to_do(rows[:1]) == "Still to do: print 1 letter."
    assert left_to_do(rows[3:]) == ""
    texts: Any = [Somebody("person", channel=Channel.TEXT)]
    assert left_to_do(texts) == "Still to do: ring, text or speak to 1 person."
    assert left_to_do(texts, texts_go=True) == ""


def test_one_who_was_asked_is_not_none_of_one() -> None:
    assert Totals().words == "Nobody has been asked yet."
    assert Totals(asked=1).words == "The one who was asked has not answered yet."
    assert Totals(asked=3).words == "None of 3 has answered yet."
    assert Totals(asked=3, yes=1).words == "1 of 3 answered: 1 yes, 0 partly, 0 no."
