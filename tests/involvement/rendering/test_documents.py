"""A whole document, in both cuts and in words."""

import dataclasses
import datetime as dt
import io
import re

import pikepdf  # noqa: TID253 - the test reads what was made
import pytest
from django.template.loader import render_to_string

from involvement.env import BASE_DIR
from involvement.rendering import pdf
from involvement.rendering.assets import asset_fetcher
from involvement.rendering.checks import pdf_findings
from involvement.rendering.documents import Answer, Brand, Cut, document_html
from involvement.rendering.text import html_to_text
from tests.involvement.rendering.sample import CHARTS, FIGURES, FRAME, PAIRS, sample_html

MOMENT = dt.datetime(2026, 11, 12, 9, 30, tzinfo=dt.UTC)
POINTS_PER_MILLIMETRE = 72 / 25.4


def made(cut: Cut) -> bytes:
    return pdf.render_pdf(sample_html(cut), title=FRAME.title, moment=MOMENT)


@pytest.mark.parametrize("cut", list(Cut))
def test_a_document_has_no_findings_and_nothing_refused(
    cut: Cut, caplog: pytest.LogCaptureFixture
) -> None:
    data = made(cut)
    assert pdf_findings(data) == []
    assert "refused" not in caplog.text
    assert "may not have" not in caplog.text
    assert data == made(cut)


def caption_after(filled: int, cut: Cut, *, rule: bool = True) -> bytes:
    """A tall-rowed table that begins so many millimetres down its page."""
    context = {"caption": "What waits", "heads": ["Who", "What"], "rows": [["Us", "word " * 150]]}
    table = render_to_string("documents/table.html", context)
    sheets = '<link rel="stylesheet" href="asset:css/print.css">'
    if cut is Cut.LARGE:
        sheets += '<link rel="stylesheet" href="asset:css/print-large.css">'
    free = "" if rule else "caption { break-after: auto; }"
    html = f"<html lang='en-GB'><head>{sheets}<style>{free}</style></head><body><h1>Waiting</h1>"
    html += f'<div style="height: {filled}mm"></div><h2>Who</h2>{table}</body></html>'
    return pdf.render_pdf(html, title="Waiting")


@pytest.mark.parametrize("cut", list(Cut))
def test_a_caption_stays_with_its_table_wherever_the_page_ends(cut: Cut) -> None:
    places = (180, 206) if cut is Cut.PAPER else (140, 180)
    for filled in places:
        parted = pdf_findings(caption_after(filled, cut, rule=False))
        assert parted, "without the rule this place does not part them, so nothing is tried here"
        assert pdf_findings(caption_after(filled, cut)) == []


def boxes_of(body: str, cut: Cut = Cut.PAPER) -> list[list[str]]:
    """Page by page, the elements whose boxes stand there. A box that is parted is met on each."""
    from weasyprint import HTML

    sheets = '<link rel="stylesheet" href="asset:css/print.css">'
    if cut is Cut.LARGE:
        sheets += '<link rel="stylesheet" href="asset:css/print-large.css">'
    source = HTML(string=f"{sheets}{body}", url_fetcher=asset_fetcher())
    pages = source.render(**pdf.pdf_options()).pages
    return [
        [getattr(box, "element_tag", None) or "" for box in page._page_box.descendants()]
        for page in pages
    ]


@pytest.mark.parametrize("filled", [207, 210, 212, 214])
def test_the_person_to_ring_is_whole_on_one_page(filled: int) -> None:
    person = render_to_string("documents/person.html", {"frame": FRAME})
    pages = boxes_of(f'<h1>T</h1><div style="height: {filled}mm"></div>{person}')
    assert [tag for page in pages for tag in page].count("aside") == 1


@pytest.mark.parametrize("cut", list(Cut))
def test_the_person_to_ring_never_has_a_last_page_alone(cut: Cut) -> None:
    person = render_to_string("documents/person.html", {"frame": FRAME})
    lengths = set()
    for rows in range(20, 56):
        table = "<tr><td>One of them</td></tr>" * rows
        pages = boxes_of(f"<main><table>{table}</table></main>{person}", cut)
        assert "aside" in pages[-1]
        assert "tr" in pages[-1], f"alone after {rows} rows"
        lengths.add(len(pages))
    assert len(lengths) > 1, "no page was ever filled, so nothing is tried here"


def test_a_long_opening_takes_room_from_the_landlords_panel() -> None:
    assert 'class="cover"' in sample_html(frame=dataclasses.replace(FRAME, opening="Short."))
    long = dataclasses.replace(FRAME, opening="So many words. " * 12)
    assert 'class="cover cover--long"' in sample_html(frame=long)


def test_large_print_is_a_cut_of_its_own() -> None:
    with (
        pikepdf.open(io.BytesIO(made(Cut.PAPER))) as small,
        pikepdf.open(io.BytesIO(made(Cut.LARGE))) as large,
    ):
        assert len(large.pages) > 1.5 * len(small.pages)
        for page in (*small.pages, *large.pages):
            width, height = (float(edge) for edge in page.mediabox[2:])
            assert width == pytest.approx(210 * POINTS_PER_MILLIMETRE, abs=0.5)
            assert height == pytest.approx(297 * POINTS_PER_MILLIMETRE, abs=0.5)
    assert 'class="chart chart-large"' in sample_html(Cut.LARGE)
    assert 'class="chart chart-paper"' not in sample_html(Cut.LARGE)


def test_pages_carry_report_version_and_date_at_the_foot() -> None:
    html = sample_html()
    assert 'data-foot="You said, we did 2026/27-Q2, version 1, signed 12 November 2026"' in html


@pytest.mark.parametrize("answer", list(Answer))
def test_no_has_the_same_place_as_yes(answer: Answer) -> None:
    html = sample_html()
    expected = sum(pair.answer is answer for pair in PAIRS)
    assert expected >= 1
    assert html.count(f'class="did did-{answer}"') == expected
    assert html.count(f"<h3>{answer.heading}</h3>") == expected


def test_the_landlords_colour_is_on_the_cover_and_in_the_charts() -> None:
    plum = dataclasses.replace(FRAME, brand=Brand("Plum Homes (demo)", "#6B2D5C"))
    html = sample_html(frame=plum)
    assert "--brand: #6B2D5C" in html
    assert 'fill="#6B2D5C"' in html
    assert "#0F5E5A" not in html


def test_a_colour_too_light_for_white_words_is_not_put_behind_them() -> None:
    assert Brand("Sun Homes (demo)", "#F4C542").panel == "#25201B"
    assert Brand("Moss Homes (demo)", "#3F5E1E").panel == "#3F5E1E"
    assert Brand("Moss Homes (demo)", "#3F5E1E").tint == "#ECEFE8"


@pytest.mark.parametrize("logo", ["https://far.example/logo.png", "file:///etc/logo.png"])
def test_a_logo_that_would_have_to_be_fetched_is_refused(logo: str) -> None:
    with pytest.raises(ValueError, match="carried in it"):
        Brand("Far Homes (demo)", logo=logo)


def test_a_brand_cannot_write_into_the_style() -> None:
    with pytest.raises(ValueError, match="is not a colour"):
        Brand("Bad Homes (demo)", "#000000}</style>")


def test_words_are_escaped() -> None:
    bad = dataclasses.replace(FRAME, title="<script>1</script>", dated='"><script>2</script>')
    assert "<script>" not in sample_html(frame=bad)


def test_a_document_is_made_from_a_template_by_name() -> None:
    html = document_html("layouts/document.html", {}, frame=FRAME, cut=Cut.LARGE)
    assert "asset:css/print-large.css" in html
    assert f"<h1>{FRAME.title}</h1>" in html


def test_the_words_of_a_document_leave_nothing_out() -> None:
    text = html_to_text(sample_html())
    flat = " ".join(text.split())
    for pair in PAIRS:
        for words in (pair.said, pair.by, pair.answer.heading, pair.did, pair.note, pair.verdict):
            assert words in flat
    for figure in FIGURES:
        assert f"{figure.number} {figure.counts}, {figure.beside} ({figure.code})." in flat
    for chart in CHARTS:
        assert chart.title in flat
        assert chart.source in flat
        for row in chart.rows:
            assert row.label in flat
    assert "01632 960 142" in flat
    assert max(len(line) for line in text.splitlines()) <= 72
    assert not re.search(r"<\w", text)


def test_what_was_said_comes_before_what_was_done() -> None:
    text = html_to_text(sample_html())
    said = text.index("I stayed in all day")
    assert text.rindex("You said\n", 0, said) < said < text.index("We did\n", said)
    assert text.index("We did\n", said) < text.index("Everybody now gets")


def test_a_long_table_repeats_its_head_on_every_page() -> None:
    rows = [[f"Line {number}", "On track", "31 March 2027"] for number in range(120)]
    table = render_to_string(
        "documents/table.html",
        {"caption": "All lines", "heads": ["Line", "State", "Due"], "rows": rows},
    )
    frame = document_html("layouts/document.html", {}, frame=FRAME)
    html = frame.replace("<main>", f"<main><h2>Lines</h2>{table}")
    data = pdf.render_pdf(html, title="Lines")
    assert pdf_findings(data) == []
    with pikepdf.open(io.BytesIO(data)) as opened:
        heads = sum(
            isinstance(part, pikepdf.Dictionary) and part.get("/S") == "/THead"
            for part in opened.objects
        )
        assert heads == len(opened.pages) - 1
        assert heads > 3


def test_welsh_letters_come_from_the_fonts_in_the_file() -> None:
    welsh = dataclasses.replace(FRAME, title="Dŵr a thŷ", lang="cy")
    data = pdf.render_pdf(sample_html(frame=welsh), title=welsh.title, lang=welsh.lang)
    assert pdf_findings(data) == []
    with pikepdf.open(io.BytesIO(data)) as opened:
        assert str(opened.Root.Lang) == "cy"
        faces = {
            str(font.BaseFont) for page in opened.pages for font in page.Resources.Font.values()
        }
    assert any("AHN-More" in face for face in faces)
    assert all("AHN" in face for face in faces), faces
    assert not any("Oblique" in face for face in faces)


@pytest.mark.parametrize(
    ("letters", "length"), [(30, ""), (31, "long"), (64, "long"), (65, "longer")]
)
def test_long_titles_are_set_in_smaller_letters(letters: int, length: str) -> None:
    assert dataclasses.replace(FRAME, title="a" * letters).title_length == length


def sizes(name: str) -> dict[str, float]:
    """What a style sheet sets in points, by selector."""
    sheet = re.sub(r"/\*.*?\*/", "", (BASE_DIR / "static/css" / name).read_text(), flags=re.DOTALL)
    found: dict[str, float] = {}
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet):
        if size := re.search(r"font-size:\s*([\d.]+)pt", body):
            found |= {selector.strip(): float(size[1]) for selector in selectors.split(",")}
    return found


def test_large_print_sets_everything_anew_that_is_set_small() -> None:
    paper, large = sizes("print.css"), sizes("print-large.css")
    small = {selector for selector, size in paper.items() if size < 16}
    assert ".said blockquote .more" in small
    assert small - set(large) == set()
    assert min(size for selector, size in large.items() if ".demo" not in selector) >= 14
