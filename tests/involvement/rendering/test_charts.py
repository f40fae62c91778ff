"""Charts say in words what they draw, and draw within their page."""

import dataclasses
import re
from xml.etree import ElementTree as ET

import pytest
from django.utils.html import strip_tags

from involvement.rendering.charts import (
    Chart,
    Kind,
    Row,
    Unit,
    chart_description,
    chart_svg,
    chart_table,
)
from involvement.rendering.charts.ink import CUTS, INK, contrast, text_width, wrapped
from involvement.rendering.charts.words import cells
from tests.involvement.rendering.sample import CHARTS, REACH, SPEND, THREAD, VIEWS, VISITS

SVG = "{http://www.w3.org/2000/svg}"
EVERY_CUT = pytest.mark.parametrize("cut", list(CUTS))
EVERY_CHART = pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.kind.value)


def drawn(chart: Chart, cut: str = "wide", **options: str) -> ET.Element:
    return ET.fromstring(chart_svg(chart, cut, **options))  # noqa: S314 - our own drawing


def words_in(drawing: ET.Element) -> str:
    return " ".join("".join(text.itertext()) for text in drawing.iter(f"{SVG}text"))


@EVERY_CUT
@EVERY_CHART
def test_a_drawing_has_its_finding_and_every_figure_in_words(chart: Chart, cut: str) -> None:
    drawing = drawn(chart, cut)
    title, description = drawing.find(f"{SVG}title"), drawing.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert (title.text or "").startswith(chart.title.rstrip("."))
    assert description.text == chart_description(chart)
    labelled = drawing.attrib["aria-labelledby"].split()
    assert labelled == [title.attrib["id"], description.attrib["id"]]
    for row in chart.rows:
        assert row.label in (description.text or "")
        for cell in cells(chart, row):
            assert cell in (description.text or "")


@EVERY_CHART
def test_the_table_has_every_figure_of_the_description(chart: Chart) -> None:
    table = ET.fromstring(chart_table(chart))  # noqa: S314 - our own table
    rows = table.findall("tbody/tr")
    assert len(rows) == len(chart.rows)
    for written, row in zip(rows, chart.rows, strict=True):
        head = written.find("th")
        assert head is not None
        assert head.attrib["scope"] == "row"
        assert (head.text or "").endswith(row.note or row.label)
        assert [cell.text or "" for cell in written.findall("td")] == cells(chart, row)
    assert len(table.findall("thead/tr/th")) == 1 + len(rows[0].findall("td"))


@EVERY_CHART
def test_figures_stand_on_the_marks_of_a_wide_drawing(chart: Chart) -> None:
    said = words_in(drawn(chart)).replace(" ", "")
    for row in chart.rows:
        for value in row.values:
            assert value is not None
            assert chart.unit.write(value) in said
        assert row.hidden.replace(" ", "") in said


@EVERY_CUT
@EVERY_CHART
def test_nothing_runs_over_the_edge(chart: Chart, cut: str) -> None:
    drawing = drawn(chart, cut)
    _, _, width, height = (float(edge) for edge in drawing.attrib["viewBox"].split())
    for text in drawing.iter(f"{SVG}text"):
        long = text_width("".join(text.itertext()), float(text.attrib["font-size"])) * 0.92
        x, anchor = float(text.attrib["x"]), text.get("text-anchor", "start")
        left = x - {"start": 0, "middle": long / 2, "end": long}[anchor]
        assert left >= -1, text.text
        assert left + long <= width + 1, text.text
        assert 0 < float(text.attrib["y"]) <= height
    for bar in drawing.findall(f"{SVG}rect"):
        assert float(bar.attrib["x"]) + float(bar.attrib["width"]) <= width + 1


@EVERY_CUT
@EVERY_CHART
def test_letters_are_never_small(chart: Chart, cut: str) -> None:
    smallest = {"wide": 14, "narrow": 14, "paper": 13.2, "large": 16}[cut]
    sizes = [float(text.attrib["font-size"]) for text in drawn(chart, cut).iter(f"{SVG}text")]
    assert sizes
    assert min(sizes) >= smallest


@EVERY_CUT
@EVERY_CHART
def test_a_strict_content_policy_lets_the_drawing_through(chart: Chart, cut: str) -> None:
    svg = chart_svg(chart, cut)
    assert " style=" not in svg
    assert "<style" not in svg
    assert "<script" not in svg
    assert "href" not in svg


def test_bars_are_as_long_as_their_amounts() -> None:
    bars = [
        float(bar.attrib["width"])
        for bar in drawn(THREAD).findall(f"{SVG}rect")
        if "stroke-dasharray" not in bar.attrib
    ]
    assert len(bars) == 4
    for bar, row in zip(bars, THREAD.rows, strict=True):
        assert bar / bars[0] == pytest.approx((row.values[0] or 0) / 171, abs=0.002)


def test_what_is_not_reached_yet_is_dashed() -> None:
    rest = [bar for bar in drawn(THREAD).findall(f"{SVG}rect") if "stroke-dasharray" in bar.attrib]
    assert len(rest) == 4
    assert "41 wait for a decision" in words_in(drawn(THREAD))


def test_two_series_differ_by_more_than_colour() -> None:
    fills = {bar.attrib["fill"] for bar in drawn(SPEND).findall(f"{SVG}rect")}
    assert len(fills) == 2
    assert any(fill.startswith("url(#") for fill in fills)
    lines = [
        path for path in drawn(VISITS).findall(f"{SVG}path") if path.get("stroke-width") == "2.6"
    ]
    assert [line.get("stroke-dasharray") for line in lines] == [None, "7 5"]


def test_shares_fill_the_bar() -> None:
    bars = [bar for bar in drawn(VIEWS).findall(f"{SVG}rect") if float(bar.attrib["height"]) > 29]
    assert len(bars) == 12
    widths = [float(bar.attrib["width"]) for bar in bars[:4]]
    assert sum(widths) == pytest.approx(700, abs=14)
    assert widths[0] / widths[2] == pytest.approx(58 / 17, rel=0.05)


def test_only_a_difference_that_is_more_than_chance_is_bold() -> None:
    bold = [
        text.text for text in drawn(REACH).iter(f"{SVG}text") if text.get("font-weight") == "700"
    ]
    assert bold == ["Age", "6%", "19%", "30%", "25%", "Home", "49%", "34%"]


def test_a_hidden_group_keeps_its_row_and_shows_no_figure() -> None:
    assert "fewer than 10 people" in words_in(drawn(REACH))
    table = chart_table(REACH)
    row = re.search(r'<tr><th scope="row">Home: Shared owner</th>(.*?)</tr>', table)
    assert row is not None
    assert strip_tags(row[1]) == "fewer than 10 people"


def test_several_drawings_share_a_page_without_sharing_ids() -> None:
    page = "".join(chart_svg(chart, cut) for chart in CHARTS for cut in CUTS)
    page += chart_svg(VIEWS, "wide", mark="again")
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) > 40
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]+)\)", page)) <= set(ids)


def test_the_same_figures_give_the_same_drawing() -> None:
    assert chart_svg(REACH, "narrow") == chart_svg(dataclasses.replace(REACH), "narrow")


def test_a_colour_too_light_for_white_letters_becomes_ink() -> None:
    assert 'fill="#F4C542"' not in chart_svg(SPEND, colour="#F4C542")
    assert f'fill="{INK}"' in chart_svg(SPEND, colour="#F4C542")
    assert 'fill="#6B2D5C"' in chart_svg(SPEND, colour="#6B2D5C")
    assert contrast("#6B2D5C", "#FFFFFF") == pytest.approx(9.7, abs=0.1)


@pytest.mark.parametrize("colour", ["red", "#12345", '#123456" onload="x'])
def test_a_colour_that_is_not_one_is_refused(colour: str) -> None:
    with pytest.raises(ValueError, match="is not a colour"):
        chart_svg(SPEND, colour=colour)


def test_words_cannot_break_out_of_the_drawing() -> None:
    evil = dataclasses.replace(
        SPEND, title="</title><script>x</script>", rows=(Row("<b onload=x>", (1, 2)),)
    )
    svg = chart_svg(evil)
    assert "<script" not in svg
    assert "<b " not in svg
    assert "&lt;script&gt;" in svg


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"title": " "}, "needs a finding"),
        ({"source": ""}, "a source"),
        ({"rows": ()}, "needs rows"),
        ({"rows": (Row("Training", (1,)),)}, "Training: 2 figures are needed"),
        ({"rows": (Row("Training", (1, -2)),)}, "Training: charts start at nought"),
    ],
)
def test_a_chart_without_what_it_needs_is_refused(
    change: dict[str, object], complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        dataclasses.replace(SPEND, **change)  # type: ignore[arg-type]  # wrong on purpose


def test_figures_not_counted_are_said_and_not_drawn_as_nothing() -> None:
    gap = dataclasses.replace(SPEND, rows=(Row("Training", (None, 3000)),))
    assert "not counted" in chart_table(gap)
    assert len(drawn(gap).findall(f"{SVG}rect")) == 1


@pytest.mark.parametrize(
    ("unit", "value", "words"),
    [
        (Unit.PERCENT, 6, "6%"),
        (Unit.PERCENT, 11.45, "11.5%"),
        (Unit.POUNDS, 46000, "£46,000"),
        (Unit.DAYS, 1, "1 day"),
        (Unit.DAYS, 52, "52 days"),
        (Unit.NUMBER, 1240, "1,240"),
        (Unit.NUMBER, 100, "100"),
    ],
)
def test_figures_are_written_as_people_write_them(unit: Unit, value: float, words: str) -> None:
    assert unit.write(value) == words


def test_long_labels_are_wrapped_between_words() -> None:
    lines = wrapped("agreed or partly agreed by the panel", 14, 120)
    assert len(lines) > 1
    assert " ".join(lines) == "agreed or partly agreed by the panel"
    assert all(text_width(line, 14) <= 120 for line in lines)


@pytest.mark.parametrize("kind", list(Kind))
@EVERY_CUT
def test_nothing_counted_yet_still_draws(kind: Kind, cut: str) -> None:
    chart = Chart(kind, "Nothing was said yet", "Things said.", "Source: log.",
                  (Row("July", (0,)), Row("August", (None,))), ("said",))  # fmt: skip
    assert float(drawn(chart, cut).attrib["height"]) > 20
    assert "nan" not in chart_svg(chart, cut)
