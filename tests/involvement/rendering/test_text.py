"""Plain words, Braille and officers' prose."""

import shutil

import pytest

from involvement.rendering import braille
from involvement.rendering.markdown import plain, render_markdown
from involvement.rendering.text import html_to_text

needs_liblouis = pytest.mark.skipif(
    shutil.which("lou_translate") is None, reason="liblouis is not installed on this machine"
)


def test_headings_are_underlined_and_paragraphs_wrapped() -> None:
    text = html_to_text("<h1>Repairs</h1><p>" + "word " * 30 + "</p><h2>Next</h2><p>Later.</p>")
    lines = text.splitlines()
    assert lines[:2] == ["Repairs", "======="]
    assert max(map(len, lines)) <= 72
    assert text.endswith("\n\n\nNext\n----\n\nLater.\n")


def test_lists_keep_their_marks_and_nesting() -> None:
    text = html_to_text(
        "<p>Bring</p><ul><li>a pen<li>a friend<ul><li>or two</ul></ul>"
        "<ol start='3'><li>Third</li><li>Fourth</li></ol>"
    )
    assert text == "Bring\n\n- a pen\n- a friend\n  - or two\n\n3. Third\n4. Fourth\n"


def test_cells_are_said_with_their_headings() -> None:
    text = html_to_text(
        "<table><caption>Visits</caption><thead><tr><th>Month<th>Made<th>Missed</thead>"
        "<tbody><tr><th>July<td>410<td>41<tr><th>August<td>390<td></table>"
    )
    assert text == ("Visits:\nJuly\n  Made: 410\n  Missed: 41\nAugust\n  Made: 390\n")


def test_a_label_and_its_value_share_a_line() -> None:
    text = html_to_text("<table><tr><th>Officer<td>Jean<tr><th>Ring<td>01632 960 142</table>")
    assert text == "Officer: Jean\nRing: 01632 960 142\n"


def test_a_key_figure_is_one_sentence_with_its_code_at_the_end() -> None:
    text = html_to_text(
        '<div class="said-together"><p class="n">45 <span class="code">T01</span></p>'
        '<p class="l">things said</p><p class="d">by 36 speakers, 20 before</p></div>'
        '<ul><li><p><span class="said-together"><b>9 told</b> <span class="code">T11</span> '
        "<span>of 12</span></span> <span>Each once.</span></p></li></ul>"
    )
    assert text == (
        "45 things said, by 36 speakers, 20 before (T01).\n\n- 9 told, of 12 (T11). Each once.\n"
    )


def test_a_row_of_figures_is_one_line() -> None:
    text = html_to_text(
        "<table><thead><tr><th>Team<th class='r'>Said<th class='r'>Not yet</thead>"
        "<tbody><tr><th>Repairs<td class='r'>14<td class='r'>3"
        "<tr><th>Homes<td class='r'>6<td class='r'></table>"
    )
    assert text == "Repairs: said 14, not yet 3\nHomes: said 6\n"


def test_what_is_of_use_beside_a_drawing_only_is_left_out() -> None:
    text = html_to_text(
        "<p>Things said.<span class='for-eyes'> Dashed: not yet.</span></p>"
        "<table><caption class='for-eyes'>The same</caption><tr><th>Bins<td>3</table>"
    )
    assert text == "Things said.\n\nBins: 3\n"


def test_scripts_styles_and_drawings_are_not_read_out() -> None:
    text = html_to_text(
        "<head><title>T</title><style>p{}</style></head><script>x()</script>"
        "<svg><title>Bar</title><text>9</text></svg><p>Said &amp; done</p>"
    )
    assert text == "Said & done\n"


def test_links_pictures_breaks_and_codes_are_said() -> None:
    text = html_to_text(
        '<p>See <a href="https://poole.example/f">the evidence</a>, <span class="code">W11</span>'
        '<br><img alt="A ramp" src="x"><img class="logo" alt="Logo" src="y"></p>'
    )
    assert text == "See the evidence (https://poole.example/f), (W11)\n[A ramp]\n"


def test_a_million_open_tags_do_not_break_the_reader() -> None:
    assert html_to_text("<div>" * 20_000 + "here").strip() == "here"


def test_markdown_becomes_html_without_anything_that_runs() -> None:
    html = render_markdown(
        "# Why\n\n**Yes** <script>x()</script> [a](javascript:x()) "
        "![p](https://far.example/p.png) [b](https://ok.example/)\n\n<img src=x onerror=y>"
    )
    assert "<h2>Why</h2>" in html
    assert "<strong>Yes</strong>" in html
    assert 'href="https://ok.example/"' in html
    for danger in ("<script", "<img", 'href="javascript', "<h1"):
        assert danger not in html


def test_markdown_tables_and_lists_are_kept() -> None:
    html = render_markdown("- a\n- b\n\n| x | y |\n|---|---|\n| 1 | 2 |\n")
    assert html.count("<li>") == 2
    assert "<td>2</td>" in html


def test_plain_says_the_words_alone() -> None:
    assert plain("**Nine** of *eleven*\n\n- one\n- two") == "Nine of eleven\n\n- one\n- two\n"


def test_braille_not_installed_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(braille.NotAvailable, match="is not installed"):
        braille.to_braille("Hello")


@needs_liblouis
def test_braille_is_contracted_in_lines_of_forty_and_pages_of_twenty_five() -> None:
    pages = braille.to_braille("You said that people like the garden.\n" + "word\n" * 60).split(
        "\f"
    )
    assert pages[0].startswith(",Y SD T P L ! G>D54\n")
    assert [page.count("\n") for page in pages[:2]] == [25, 25]
    assert max(len(line) for page in pages for line in page.splitlines()) <= 40


@needs_liblouis
def test_a_language_without_a_table_is_said_in_a_sentence() -> None:
    with pytest.raises(braille.NotAvailable, match="in the language ti"):
        braille.to_braille("x", lang="ti")


@needs_liblouis
def test_underlines_of_headings_are_not_embossed() -> None:
    assert "=" not in braille.html_to_braille("<h1>Repairs</h1><p>Late.</p>")
