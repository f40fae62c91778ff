"""The documents themselves, set for real."""

from __future__ import annotations

import dataclasses
import io
from typing import Any

import pikepdf  # noqa: TID253 - the test reads what was made
import pytest

from involvement.rendering.checks import pdf_findings
from involvement.rendering.documents import Cut
from involvement.rendering.pdf import render_pdf
from reporting.figures.shapes import Facts
from reporting.library import making, queries
from reporting.library.models import Report
from reporting.library.papers import Issue, paper_html, paper_text
from reporting.library.texts import Worded

pytestmark = pytest.mark.django_db
ISSUE = Issue(1, "draft, not approved")
LONG = "Llanfair" * 40


@pytest.fixture
def facts(draft: Report) -> Facts:
    return queries.facts_of(draft)


def pdf(facts: Facts, cut: Cut = Cut.PAPER) -> bytes:
    return render_pdf(paper_html(Worded(facts, ""), ISSUE, cut), title=facts.title)


def headings(data: bytes) -> int:
    with pikepdf.open(io.BytesIO(data)) as opened:
        return sum(
            isinstance(part, pikepdf.Dictionary) and part.get("/S") == "/H3"
            for part in opened.objects
        )


@pytest.mark.parametrize("cut", list(Cut))
def test_a_report_has_no_findings_and_a_heading_for_each_pair(facts: Facts, cut: Cut) -> None:
    data = pdf(facts, cut)
    assert pdf_findings(data) == []
    # And one for each chart, and one for the codes
    assert headings(data) == len(facts.pairs) + 3


def pages(data: bytes) -> int:
    with pikepdf.open(io.BytesIO(data)) as opened:
        return len(opened.pages)


def test_in_large_print_a_pair_goes_on_overleaf_and_leaves_no_page_half_empty(
    facts: Facts,
) -> None:
    pair = dataclasses.replace(facts.pairs[0], more_quotes=(), changes=())

    def of(number: int) -> int:
        return pages(pdf(dataclasses.replace(facts, pairs=(pair,) * number), Cut.LARGE))

    # Each takes over half a page, so that no two stand whole on one
    assert of(7) - of(1) <= 4


def test_the_staffs_report_has_no_findings(facts: Facts) -> None:
    staff = dataclasses.replace(facts, audience="STAFF", title="They said, we did")
    assert pdf_findings(pdf(staff)) == []


def test_words_of_every_kind_are_printed_and_none_is_run(facts: Facts) -> None:
    said = f"<script>alert(1)</script> {LONG} 🎉 & “so on”"
    wild = dataclasses.replace(facts.pairs[0], said=said, title=LONG)
    html = paper_html(Worded(dataclasses.replace(facts, pairs=(wild,)), ""), ISSUE)
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert pdf_findings(render_pdf(html, title="Wild")) == []


def test_five_hundred_pairs_are_all_in_the_text(facts: Facts) -> None:
    many = tuple(
        dataclasses.replace(facts.pairs[0], code=f"P{n:03}", said=f"Said number {n}.")
        for n in range(500)
    )
    text = paper_text(Worded(dataclasses.replace(facts, pairs=many), ""), ISSUE)
    assert all(f"“Said number {n}.”" in text for n in range(500))


def test_an_officers_word_is_printed_as_markdown(facts: Facts) -> None:
    html = paper_html(Worded(facts, "We **thank** you."), ISSUE)
    assert "We <strong>thank</strong> you." in html


def test_the_web_page_says_what_the_paper_says(
    facts: Facts, draft: Report, officer_client: Any
) -> None:
    page = officer_client.get(f"/desk/reports/{draft.pk}/preview/").content.decode()
    for pair in facts.pairs:
        assert pair.said in page
        assert pair.because in page
    assert making.told_of(draft).facts.rule in page
