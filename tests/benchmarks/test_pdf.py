"""Our PDF, repairs and all, beside WeasyPrint's own with the same options."""

import re

from involvement.rendering import pdf
from involvement.rendering.assets import asset_fetcher
from tests.benchmarks.measuring import hold
from tests.involvement.rendering.sample import FRAME, sample_html

MOST_RATIO = 1.25


def long_report() -> str:
    """The sample with its pages twice over: some ten pages with ten charts."""
    html = sample_html()
    found = re.search(r"<main>(.*)</main>", html, re.DOTALL)
    assert found is not None
    return html.replace(found[1], found[1] * 2)


def test_the_repairs_cost_less_than_a_quarter() -> None:
    from weasyprint import HTML

    html = long_report()

    def ours() -> bytes:
        return pdf.render_pdf(html, title=FRAME.title)

    def plain() -> bytes:
        made = HTML(string=html, url_fetcher=asset_fetcher()).write_pdf(**pdf.pdf_options())
        assert isinstance(made, bytes)
        return made

    assert ours().startswith(b"%PDF-1.7")
    hold("PDF, beside WeasyPrint alone", ours, plain, most=MOST_RATIO)
