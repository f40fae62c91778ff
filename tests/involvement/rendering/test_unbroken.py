"""What is read as one thing is not parted by the end of a line."""

from __future__ import annotations

import pytest

from involvement.rendering.documents import Brand, Frame, document_html
from involvement.rendering.text import html_to_text
from involvement.rendering.unbroken import HARD_SPACE, unbroken


def soft(words: str) -> str:
    return words.replace(HARD_SPACE, " ")


def hard(words: str) -> str:
    return words.replace(" ", HARD_SPACE)


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("Telephone 01632 960 210, 9 am to 5 pm", ["01632 960 210", "9 am to 5 pm"]),
        ("Monday to Friday, 9 to 5 pm.", ["9 to 5 pm"]),
        ("From 9.30 am – 12 pm, or after 6 pm", ["9.30 am – 12 pm", "6 pm"]),
        ("On Friday 4 December 2026 the board met", ["4 December 2026"]),
        ("since 31 Aug, and 3 May", ["31 Aug", "3 May"]),
        ("Ring (01632) 960 142 or +44 7700 900 123.", ["(01632) 960 142", "+44 7700 900 123"]),
        ("Text 07700 900123", ["07700 900123"]),
    ],
)
def test_times_days_and_telephone_numbers_are_kept_whole(words: str, kept: list[str]) -> None:
    wanted = words
    for one in kept:
        wanted = wanted.replace(one, hard(one))
    assert wanted != words
    assert unbroken(f"<p>{words}</p>") == f"<p>{wanted}</p>"


@pytest.mark.parametrize(
    "html",
    [
        "<p>9am and 01632960210 hold by themselves</p>",
        "<p>12 people said 3 things in 2026, 10 000 times</p>",
        "<p>It cost £0 500 000 000, reference A01632 960 210</p>",
        "<p>1 Maypole Close, 4 Marchmont Court</p>",
        '<p><img alt="9 am to 5 pm"></p>',
        "<head><title>Letters of 4 December 2026</title></head>",
        "<svg><g><text>4 December 2026</text></g></svg>",
        "<table><tr><td>4 December 2026</td></tr></table>",
        "<!-- <p>9 am to 5 pm</p> -->",
    ],
)
def test_nothing_else_is_touched(html: str) -> None:
    assert unbroken(html) == html


def test_what_follows_a_drawing_is_kept_again() -> None:
    html = unbroken("<svg><text>1 May</text></svg><p>2 May</p>")
    assert html == f"<svg><text>1 May</text></svg><p>{hard('2 May')}</p>"


def test_every_document_keeps_them_and_reads_the_same() -> None:
    frame = Frame(
        title="Letters",
        brand=Brand("Poole Housing Partnership"),
        reference="Letters",
        version=1,
        dated="4 December 2026",
        person="Jean Marlow (demo)",
        telephone="01632 960 210",
        hours="Monday to Friday, 9 am to 5 pm",
    )
    html = document_html("layouts/document.html", {}, frame=frame)
    for whole in ("01632 960 210", "9 am to 5 pm", "4 December 2026"):
        assert hard(whole) in html
        assert f">{whole}" not in html
    assert html_to_text(html) == html_to_text(soft(html))
    assert HARD_SPACE not in html_to_text(html)
