"""A plan on paper has the landlord's own columns and says what its table says."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from actionplans.plans.models import Plan, PlanVersion
from actionplans.plans.operations import planning
from actionplans.plans.queries import documents
from actionplans.plans.queries.columns import PlanColumn
from actionplans.plans.queries.printing import printed
from actionplans.plans.queries.versions import plan_content
from involvement.auditing.actors import Actor
from involvement.landlords.models import Landlord
from involvement.rendering.assets import asset_fetcher
from tests.factories.plans import make_group, make_line, make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(in_poole: Landlord) -> Plan:
    """A plan under headings of the landlord's own."""
    plan = make_plan()
    columns = [
        PlanColumn("c1", "What we do", ("title",)),
        PlanColumn("c2", "Who", ("owner",)),
        PlanColumn("c3", "2026/27", ("year",)),
        PlanColumn("c4", "Purse", ()),
    ]
    plan.columns = [column.as_json() for column in columns]
    plan.level_names = ["What we do"]
    plan.save()
    return plan


def heads(content: dict[str, Any]) -> list[str]:
    return [head for head, _ in printed(content).heads]


def test_the_columns_are_the_landlords_with_the_state_where_none_says_it(plan: Plan) -> None:
    assert heads(plan_content(plan)) == ["What we do", "Who", "2026/27", "State"]


def test_a_column_we_do_not_know_is_printed_for_staff_alone(plan: Plan) -> None:
    line = make_line(plan, "Ring back", owner_words="JM")
    line.extra = {"c4": "Mrs Reed pays"}
    line.save()
    for extra, said in ((True, True), (False, False)):
        content = plan_content(plan, extra=extra)
        shown = next(row for row in printed(content).lines if row.heading == line.heading)
        assert (("Purse", "Mrs Reed pays") in shown.cells) is said
        assert ("Who", "JM") in shown.cells
        assert ("Mrs Reed" in str(content)) is said


def test_a_heading_says_nothing_in_any_column(plan: Plan) -> None:
    make_group(plan, "Aim")
    shown = printed(plan_content(plan)).lines
    assert [line.is_heading for line in shown if line.heading == "Aim"] == [True]


def test_a_column_is_as_wide_as_its_words_ask(plan: Plan) -> None:
    for number in range(3):
        make_line(plan, f"Ring everybody back on the day they ring, please {number}" * 3)
    widths = dict(printed(plan_content(plan)).heads)
    assert widths["What we do"] > 2 * widths["Who"]
    assert sum(widths.values()) in range(97, 104)


def test_a_version_kept_without_columns_is_printed_as_it_was(plan: Plan) -> None:
    make_line(plan, "Ring back", owner_words="JM")
    old = plan_content(plan)
    del old["columns"]
    for line in old["lines"]:
        del line["cells"]
    product = ["Owner", "Deadline", "Monitored by", "Progress", "State"]
    assert heads(old) == ["What we do", *product]
    shown = next(line for line in printed(old).lines if line.heading == "Ring back")
    assert ("Owner", "JM") in shown.cells


def test_the_print_names_a_day_and_no_version_that_nobody_froze(
    plan: Plan, officer: Actor, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "render_pdf", lambda html, **_said: html.encode())

    def foot() -> str:
        return documents.write(plan, "pdf", landlord=plan.landlord).decode()

    make_line(plan, "Ring back", owner_words="JM")
    assert "draft, not agreed, as on" in foot()
    planning.freeze(plan=plan, occasion=PlanVersion.Occasion.AGREED, why="", by=officer, at=now)
    assert "as it stands on" in foot()
    assert "after version 1" in foot()


def boxes(html: str) -> dict[str, Any]:
    """The boxes of the first page by the class of their element."""
    from weasyprint import HTML

    source = HTML(string=html, url_fetcher=asset_fetcher())
    return {
        str(box.element.get("class")): box
        for box in source.render().pages[0]._page_box.descendants()
        if getattr(box, "element", None) is not None
    }


@pytest.mark.parametrize("title", ["Plan", "Tenant participation plan 2026/27 to 2028/29"])
def test_the_mark_of_a_demonstration_covers_no_word_of_the_cover(
    plan: Plan, monkeypatch: pytest.MonkeyPatch, title: str
) -> None:
    monkeypatch.setattr(documents, "render_pdf", lambda html, **_said: html.encode())
    plan.title, plan.period_words, plan.landlord.is_demo = title, "2026/27 to 2028/29", True
    make_line(plan, "Ring back", owner_words="JM")
    found = boxes(documents.write(plan, "pdf", landlord=plan.landlord).decode())
    mark = found["demo"]
    for name in ("cover-period", "long" if len(title) > 30 else "None"):
        words = found[name]
        assert (
            words.position_y >= mark.position_y + mark.margin_height()
            or words.position_y + words.margin_height() <= mark.position_y
            or words.position_x + words.margin_width() <= mark.position_x
        ), name
