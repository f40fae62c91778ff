"""A real “You said, we did” of sixty pairs, beside WeasyPrint's own PDF of the same HTML."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from involvement.calendars.periods import read_period
from involvement.landlords.models import Landlord
from involvement.rendering import pdf
from involvement.rendering.assets import asset_fetcher
from reporting.catalogue.queries import kind_named
from reporting.figures.queries import facts_of
from reporting.figures.queries.coded import theme_code
from reporting.library.papers import Issue, paper_html
from reporting.library.texts import Worded
from tests.benchmarks.measuring import hold
from tests.benchmarks.test_pdf import MOST_RATIO
from tests.factories.reports import a_quarter, noon

PAIRS = 60


@pytest.fixture
def html(in_poole: Landlord) -> str:
    a_quarter(in_poole)
    facts = facts_of(
        kind=kind_named("you-said-we-did"),
        landlord=in_poole,
        period=read_period("2026-Q3"),
        moment=noon(dt.date(2026, 10, 31)),
        before=None,
    )
    pairs = tuple(
        dataclasses.replace(facts.pairs[place % len(facts.pairs)], code=theme_code(place))
        for place in range(PAIRS)
    )
    long = dataclasses.replace(facts, pairs=pairs)
    return paper_html(Worded(long, ""), Issue(1, "draft, not approved"))


@pytest.mark.django_db
def test_a_real_report_is_set_about_as_fast_as_weasyprint_alone_sets_it(html: str) -> None:
    from weasyprint import HTML

    def ours() -> bytes:
        return pdf.render_pdf(html, title="You said, we did")

    def plain() -> bytes:
        made = HTML(string=html, url_fetcher=asset_fetcher()).write_pdf(**pdf.pdf_options())
        assert isinstance(made, bytes)
        return made

    assert ours().startswith(b"%PDF-1.7")
    hold("A report of sixty pairs, beside WeasyPrint alone", ours, plain, most=MOST_RATIO)
