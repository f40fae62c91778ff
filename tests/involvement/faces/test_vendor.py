"""What the browser is given of other people's code is what the pinned packages build."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import django_htmx
import pytest

from involvement.env import BASE_DIR

ROOT = BASE_DIR
VENDOR = ROOT / "static" / "vendor"
NAMES = ("govuk-frontend.css", "govuk-frontend.min.js", "htmx.min.js")


def test_htmx_is_the_one_django_htmx_brings() -> None:
    bundled = Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-2.min.js"
    assert (VENDOR / "htmx.min.js").read_bytes() == bundled.read_bytes()


@pytest.mark.parametrize(
    "unwanted", ["GDS Transport", "crown", "crest", "url(", "sourceMappingURL"]
)
def test_no_font_crown_or_crest_came_along(unwanted: str) -> None:
    sheet = (VENDOR / "govuk-frontend.css").read_text(encoding="utf-8")
    assert ".govuk-radios__input" in sheet
    assert "Atkinson Hyperlegible Next" in sheet
    assert unwanted.lower() not in sheet.lower()


def test_no_script_points_to_a_map_that_is_not_there() -> None:
    for name in ("govuk-frontend.min.js", "htmx.min.js"):
        assert "sourceMappingURL" not in (VENDOR / name).read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.skipif(
    not (ROOT / "node_modules" / "sass").is_dir(), reason="npm ci has not been run here"
)
def test_a_fresh_build_is_what_is_checked_in(tmp_path: Path) -> None:
    subprocess.run(
        ["node", "involvement/faces/vendor.mjs", str(tmp_path)],
        cwd=ROOT,
        check=True,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "PYTHON": sys.executable},
    )
    for name in NAMES:
        assert (tmp_path / name).read_bytes() == (VENDOR / name).read_bytes(), name
