"""The last lines of a run are true."""

from __future__ import annotations

from pathlib import Path

from tests.tally import tally

REPORT = """<testsuites><testsuite time="61.4">
  <testcase name="a"/>
  <testcase name="b"><failure message="no">…</failure></testcase>
  <testcase name="c"><skipped message="this machine has no Redis"/></testcase>
</testsuite></testsuites>"""


def test_failures_and_skips_are_counted_and_skips_give_their_reason(tmp_path: Path) -> None:
    report = tmp_path / "tests.xml"
    report.write_text(REPORT)

    assert tally([report]) == (
        "Skipped 1: this machine has no Redis\n2 tests ran in 61 s: 1 passed, 1 failed, 1 skipped.",
        False,
    )


def test_a_run_without_tests_has_not_gone_well(tmp_path: Path) -> None:
    report = tmp_path / "tests.xml"
    report.write_text('<testsuites><testsuite time="0"/></testsuites>')

    assert tally([report]) == ("0 tests ran in 0 s: 0 passed, 0 failed, 0 skipped.", False)


def test_reports_of_several_runs_are_added_up(tmp_path: Path) -> None:
    for name in ("tests", "browser"):
        (tmp_path / name).write_text(
            '<testsuites><testsuite time="1.5"><testcase name="a"/></testsuite></testsuites>'
        )

    assert tally([tmp_path / "tests", tmp_path / "browser"]) == (
        "2 tests ran in 3 s: 2 passed, 0 failed, 0 skipped.",
        True,
    )
