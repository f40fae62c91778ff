"""Who may be one person, by what they share."""

from __future__ import annotations

import datetime as dt
import random
import time
from itertools import count

import pytest

from residents.duplicates.matching import LEAST_SCORE, Candidate, compare, guesses

DAY = dt.date(1961, 3, 4)
numbers = count(1)


def one(name: str, **fields: object) -> Candidate:
    return Candidate(next(numbers), name, **fields)  # type: ignore[arg-type]  # as each test says


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        (
            one("Doreen Hackett", born_on=DAY),
            one("Doreen Hackett", born_on=DAY),
            "Born on the same day",
        ),
        (
            one("Doreen Hackett", email="d@post.example"),
            one("Mrs Doreen Hackett (demo)", email="D@post.example"),
            "The same e-mail address",
        ),
        (
            one("Doreen Hackett", phone="07700 900 123"),
            one("Doreen Hacket", phone="+44 7700 900123"),
            "A name spelt nearly the same",
        ),
        (
            one("Hackett Doreen", address="3 Drake Court, Poole"),
            one("Doreen Hackett", address="3, Drake Court\nPoole"),
            "The same address",
        ),
        (
            one("D Hackett", phone="01632 960001"),
            one("Doreen Hackett", phone="01632960001"),
            "The same surname and initial",
        ),
        (
            one("Żaneta Wójcik", email="z@post.example"),
            one("Zaneta Wojcik", email="z@post.example"),
            "The same name",
        ),
        (
            one("Asha Patel", born_on=DAY, email="a@post.example"),
            one("Asha Rahman", born_on=DAY, email="a@post.example"),
            "The same first name, another surname",
        ),
        (one("Ifor Llŷr"), one("Ifor Llŷr"), "The same name, which nobody else here has"),
    ],
)
def test_these_may_be_one(first: Candidate, second: Candidate, reason: str) -> None:
    (guess,) = guesses([second, first])
    assert reason in guess.reasons
    assert (guess.first, guess.second) == (first.pk, second.pk)
    assert LEAST_SCORE <= guess.score <= 100


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # A couple with one telephone, one address and one e-mail address
        (
            one(
                "Doreen Hackett", phone="01632 960001", address="3 Drake Court", email="h@p.example"
            ),
            one(
                "Walter Hackett", phone="01632 960001", address="3 Drake Court", email="h@p.example"
            ),
        ),
        # Father and son
        (
            one("John Marsh", born_on=dt.date(1950, 1, 1), address="1 Mill Row"),
            one("John Marsh", born_on=dt.date(1980, 5, 5), address="1 Mill Row"),
        ),
        (one("John Marsh", address="1 Mill Row"), one("John Marsh", address="9 Farm Lane")),
        (one("Joan Tilley", born_on=DAY), one("Kevin Quinn", born_on=DAY)),
    ],
)
def test_these_are_two(first: Candidate, second: Candidate) -> None:
    assert guesses([first, second]) == []


def test_a_number_that_many_share_tells_nobody_apart() -> None:
    office = [one(f"Resident {n:03}", phone="01632 960000") for n in range(40)]
    assert guesses(office) == []


def test_sixty_thousand_people_take_seconds() -> None:
    chance = random.Random(7)
    first = [f"{a}{b}" for a in "BCDFGHKLMNPRST" for b in ("ana", "eric", "olin", "ary", "ulia")]
    last = [f"{a}{b}{c}" for a in "BCDFGHKLMNPRST" for b in "aeiou" for c in ("son", "ton", "ley")]
    people = [
        Candidate(
            n,
            f"{chance.choice(first)} {chance.choice(last)}",
            phone=f"07700 {chance.randrange(10**6):06}",
            address=f"{chance.randrange(300)} Road {chance.randrange(200)}",
            born_on=DAY + dt.timedelta(days=chance.randrange(20_000)),
        )
        for n in range(60_000)
    ]
    people.append(
        Candidate(60_000, people[7].name, phone=people[7].phone, born_on=people[7].born_on)
    )
    began = time.process_time()
    found = guesses(people)
    assert time.process_time() - began < 20
    assert (7, 60_000) in {(guess.first, guess.second) for guess in found}


def test_no_reason_says_what_it_is_about() -> None:
    guess = compare(
        one("Doreen Hackett", email="d@post.example", born_on=DAY),
        one("Doreen Hackett", email="d@post.example", born_on=DAY),
    )
    assert guess is not None
    assert "post.example" not in " ".join(guess.reasons)
