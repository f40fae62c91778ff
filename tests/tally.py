"""Say in the last lines of a run how many tests ran, and which were skipped and why."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from pathlib import Path


def tally(reports: list[Path]) -> tuple[str, bool]:
    """Return the closing sentences for pytest's XML reports, and whether all went well.

    A run without a single test has not gone well.
    """
    ran = failed = 0
    seconds = 0.0
    skipped: dict[str, int] = {}
    for report in reports:
        for suite in ET.parse(report).getroot().iter("testsuite"):  # noqa: S314 -- written by pytest a moment ago
            seconds += float(suite.get("time", 0))
            for case in suite.iter("testcase"):
                reason = case.find("skipped")
                if reason is not None:
                    words = reason.get("message", "no reason given")
                    skipped[words] = skipped.get(words, 0) + 1
                    continue
                ran += 1
                failed += case.find("failure") is not None or case.find("error") is not None
    lines = [f"Skipped {count}: {words}" for words, count in sorted(skipped.items())]
    lines.append(
        f"{ran} tests ran in {seconds:.0f} s: {ran - failed} passed, {failed} failed, "
        f"{sum(skipped.values())} skipped."
    )
    return "\n".join(lines), ran > 0 and failed == 0


if __name__ == "__main__":
    words, well = tally([Path(name) for name in sys.argv[1:]])
    print(words)
    sys.exit(0 if well else 1)
