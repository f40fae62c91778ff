from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from actionplans.feedback.models import Feedback
from involvement.landlords.models import Landlord
from reporting.library.models import Report
from tests.reporting.conftest import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_setting_of_pages() -> Iterator[None]:
    with mock.patch("reporting.library.making.render_pdf", return_value=PDF):
        yield


def produce(out: Path, kind: str = "you-said-we-did", **options: Any) -> dict[str, Any]:
    said = io.StringIO()
    given = {"landlord": "poole", "period": "2026-Q3", "format": "text", **options}
    call_command("produce_report", kind, out=str(out), json=True, stdout=said, **given)
    answer: dict[str, Any] = json.loads(said.getvalue())
    return answer


def test_the_kinds_of_report_are_listed() -> None:
    said = io.StringIO()
    call_command("list_reports", "--json", stdout=said)
    rows = json.loads(said.getvalue())
    assert [row["kind"] for row in rows] == ["you-said-we-did", "they-said-we-did"]
    assert rows[0]["formats"] == ["pdf", "large-print", "html", "text"]


def test_the_text_holds_the_words_and_counts_of_the_log(
    quarter: dict[str, Any], tmp_path: Path
) -> None:
    answer = produce(tmp_path / "report.txt")
    text = " ".join((tmp_path / "report.txt").read_text(encoding="utf-8-sig").split())
    assert answer["numbers"]["said"] == Feedback.objects.count()
    assert answer["pairs"] == len(quarter["themes"])
    assert "You told us 14 things." in text
    for words in Feedback.objects.filter(quote_permission=True).values_list("words", flat=True):
        assert f"“{words}”" in text
    assert "Two-hour windows stay." in text


@pytest.mark.parametrize("form", ["pdf", "large-print", "html", "text"])
def test_every_format_is_written(quarter: dict[str, Any], tmp_path: Path, form: str) -> None:
    out = tmp_path / "report"
    assert produce(out, format=form)["bytes"] == out.stat().st_size
    beginnings = {"html": b"<!doctype html>", "text": b"\xef\xbb\xbfPoole"}
    assert out.read_bytes().startswith(beginnings.get(form, b"%PDF-1.7"))
    assert [each.name for each in tmp_path.iterdir()] == ["report"]


def test_the_web_page_needs_nothing_else(quarter: dict[str, Any], tmp_path: Path) -> None:
    produce(tmp_path / "report.html", format="html")
    page = (tmp_path / "report.html").read_text()
    assert "@font-face" not in page
    assert "<script" not in page
    assert "<link" not in page
    assert "--brand:#0F5E5A" in page


def test_a_period_by_another_name_gives_the_same_report(
    quarter: dict[str, Any], tmp_path: Path
) -> None:
    first = produce(tmp_path / "one")
    again = produce(tmp_path / "two", period="2026/27-Q2")
    assert first["checksum"] == again["checksum"]
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert Report.objects.count() == 1


def test_the_staff_have_their_own(quarter: dict[str, Any], tmp_path: Path) -> None:
    assert produce(tmp_path / "staff", audience="staff")["kind"] == "they-said-we-did"
    assert "They said, we did" in (tmp_path / "staff").read_text(encoding="utf-8-sig")


def test_a_draft_is_counted_up_to_a_later_day_where_asked(
    quarter: dict[str, Any], tmp_path: Path
) -> None:
    assert produce(tmp_path / "one")["counted_on"] == "2026-10-31"
    later = produce(tmp_path / "two", counted_on="2026-11-10")
    assert later["counted_on"] == "2026-11-10"
    assert Report.objects.count() == 1


def test_a_quarter_that_is_not_over_is_said_so_with_its_last_day(
    quarter: dict[str, Any], tmp_path: Path
) -> None:
    warned = io.StringIO()
    assert produce(tmp_path / "early", period="2026-Q4", stderr=warned)["counted_early"]
    assert "ends on 31 December 2026, and this report was counted up to 12" in warned.getvalue()
    warned = io.StringIO()
    assert not produce(tmp_path / "over", stderr=warned)["counted_early"]
    assert warned.getvalue() == ""


def test_a_published_report_is_made_anew_only_with_a_reason(
    published: Report, tmp_path: Path
) -> None:
    again = produce(tmp_path / "again")
    assert (again["version"], again["state"]) == (1, "published")
    with pytest.raises(CommandError, match="Version 1 is published, and nothing changes it any"):
        produce(tmp_path / "anew", counted_on="2026-11-10")
    anew = produce(tmp_path / "anew", because="A decision was missing")
    assert (anew["version"], anew["state"]) == (2, "draft")
    text = " ".join((tmp_path / "anew").read_text(encoding="utf-8-sig").split())
    assert "It takes the place of an earlier version, because: A decision was missing" in text
    with pytest.raises(CommandError, match="Only a published report can be withdrawn or written"):
        produce(tmp_path / "third", because="Another")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"kind": "we-said"}, "There is no report “we-said”. There are: you-said-we-did, they"),
        ({"period": "soon"}, "“soon” is not a period."),
        ({"period": "2027-Q1"}, "This period has not begun"),
        ({"landlord": "nowhere"}, "There is no landlord “nowhere”. Known: poole."),
        ({"format": "docx"}, "There is no format “docx”. There are: pdf, large-print, html, text."),
        ({"audience": "cats"}, "There is no audience “cats”. There are: residents, staff."),
        ({"counted_on": "then"}, "“then” is not a day."),
        ({"out": "/nowhere/at/all"}, "There is no folder /nowhere/at."),
    ],
)
def test_bad_input_is_answered_with_a_sentence(
    poole: Landlord, tmp_path: Path, options: dict[str, str], sentence: str
) -> None:
    given = dict(options)
    out = Path(given.pop("out", str(tmp_path / "report")))
    with pytest.raises(CommandError, match=sentence.replace("(", r"\(")):
        produce(out, **given)
    assert not out.exists()


def test_another_landlords_words_are_not_in_it(
    quarter: dict[str, Any], oxford: Landlord, tmp_path: Path
) -> None:
    assert Feedback.objects.exists()
    assert produce(tmp_path / "oxford", landlord="oxford")["numbers"]["said"] == 0


def test_an_empty_quarter_is_a_good_document(poole: Landlord, tmp_path: Path) -> None:
    produce(tmp_path / "empty")
    text = " ".join((tmp_path / "empty").read_text(encoding="utf-8-sig").split())
    assert "You told us nothing that is in our log." in text
    assert "Nobody’s words from this period are in our log." in text
    assert "From said to done" not in text
