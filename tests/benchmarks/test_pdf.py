"""Our PDF, repairs and all, beside WeasyPrint's own with the same options."""

import re
import statistics
import time
from collections.abc import Callable

import pytest

from involvement.rendering import pdf
from involvement.rendering.assets import asset_fetcher
from tests.involvement.rendering.sample import FRAME, sample_html

MOST_RATIO = 1.25
ROUNDS = 7


def long_report() -> str:
    """The sample with its pages twice over: some ten pages with ten charts."""
    html = sample_html()
    found = re.search(r"<main>(.*)</main>", html, re.DOTALL)
    assert found is not None
    return html.replace(found[1], found[1] * 2)


def seconds(make: Callable[[], bytes]) -> float:
    begun = time.perf_counter()
    assert make().startswith(b"%PDF-1.7")
    return time.perf_counter() - begun


@pytest.mark.bench
def test_the_repairs_cost_less_than_a_quarter() -> None:
    from weasyprint import HTML

    html = long_report()

    def ours() -> bytes:
        return pdf.render_pdf(html, title=FRAME.title)

    def plain() -> bytes:
        made = HTML(string=html, url_fetcher=asset_fetcher()).write_pdf(**pdf.pdf_options())
        assert isinstance(made, bytes)
        return made

    ours()
    plain()
    pairs = [(seconds(ours), seconds(plain)) for _ in range(ROUNDS)]
    mine, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
    print(f"\nPDF: ours {mine:.2f} s, WeasyPrint alone {theirs:.2f} s, {mine / theirs:.2f} times")
    assert mine <= MOST_RATIO * theirs
