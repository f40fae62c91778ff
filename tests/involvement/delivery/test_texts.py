"""How much room words take as a text, what they cost, and what is too long."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from involvement.delivery import texts

WELSH = "Cyfarfod nos Lun yn y tŷ, dewch â’ch cymydog"


@pytest.mark.parametrize(
    ("words", "places", "parts"),
    [
        ("a" * 160, 160, 1),
        ("a" * 161, 161, 2),
        ("a" * 306, 306, 2),
        ("a" * 307, 307, 3),
        ("a" * 459, 459, 3),
        ("a" * 612, 612, 4),
        ("a" * 765, 765, 5),
        ("a" * 918, 918, 6),
        ("£" * 160, 160, 1),
        ("é" * 160, 160, 1),
        ("€" * 80, 160, 1),
        ("€" * 81, 162, 2),
        ("a" * 159 + "[", 161, 2),
        ("^{}[]~|\\€", 18, 1),
        ("\n" * 160, 160, 1),
        ("a\r\nb", 3, 1),
    ],
)
def test_plain_letters_take_one_place_and_some_take_two(
    words: str, places: int, parts: int
) -> None:
    assert texts.measure(words) == texts.Measure(places, parts)


@pytest.mark.parametrize(
    ("words", "places", "parts"),
    [
        ("ŵ" * 70, 70, 1),
        ("ŵ" * 71, 71, 2),
        ("ŵ" + "a" * 133, 134, 2),
        ("ŵ" + "a" * 134, 135, 3),
        ("ŷ" * 402, 402, 6),
        ("ŷ" * 403, 403, 7),
        ("ł" + "€" * 69, 70, 1),
        ("\N{GRINNING FACE}" * 35, 70, 1),
        ("\N{GRINNING FACE}" * 36, 72, 2),
        ("á" * 70, 70, 1),
        ("سلام", 4, 1),
    ],
)
def test_one_letter_of_another_kind_has_the_whole_text_go_in_dear_ones(
    words: str, places: int, parts: int
) -> None:
    found = texts.measure(words)
    assert (found.places, found.parts) == (places, parts)
    assert found.dear[0] == words[0]


def test_a_welsh_text_says_which_letters_make_it_dear() -> None:
    long = texts.measure(WELSH * 4)
    assert long.dear == ("ŷ", "â")
    assert long.words == "3 texts, because of ŷ and â"
    assert texts.measure("Dewch").words == "1 text"
    assert texts.measure(WELSH).words == "1 text"


def test_what_typing_programs_put_in_is_made_plain_and_costs_nothing() -> None:
    typed = "‘Yes’ – “no” … we\u00a0said\u200b, 3\u2011bed"
    assert texts.plain(typed) == "'Yes' - \"no\" ... we said, 3-bed"
    assert texts.measure(typed).dear == ()
    assert texts.measure("“" * 160).parts == 1


@given(st.text(max_size=400))
def test_words_made_plain_stay_as_they_are(words: str) -> None:
    assert texts.plain(texts.plain(words)) == texts.plain(words)
    found = texts.measure(words)
    assert found.parts >= 1
    assert found == texts.measure(texts.plain(words))


def test_what_the_provider_puts_in_front_takes_room_too() -> None:
    assert texts.measure("a" * 160, before="Poole").places == 167
    assert texts.measure("a" * 160, before="Tŷ Ni").parts == 3


@pytest.mark.parametrize("letter", ["a", "ŵ"])
def test_the_longest_text_fits_and_one_more_does_not(letter: str) -> None:
    found = texts.check_fits(letter * 918)
    assert found.parts <= texts.MOST_PARTS == 14
    with pytest.raises(texts.TextTooLong) as refused:
        texts.check_fits(letter * 930)
    assert str(refused.value) == (
        "This text is 930 characters long, and no more than 918 can go. Shorten it by 12, or send "
        "it by e-mail or letter."
    )


def test_a_text_of_nothing_is_no_text() -> None:
    with pytest.raises(texts.NothingToText):
        texts.check_fits(" \n ")


@pytest.mark.parametrize(
    ("parts", "pence", "words"),
    [
        (1, "2.4", "2.4p"),
        (6, "2.40", "14.4p"),
        (1, "0", "0p"),
        (10, "4", "40p"),
        (700, "2.4", "£16.80"),
        (35_000, "2.4", "£840.00"),
        (70_000, "2.4", "£1,680.00"),
    ],
)
def test_what_parts_cost_is_said_in_pence_and_pounds(parts: int, pence: str, words: str) -> None:
    assert texts.cost_words(parts, Decimal(pence)) == words
    assert texts.cost(parts, Decimal(pence)) == parts * Decimal(pence)
