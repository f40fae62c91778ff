"""Reads the demonstration's sources, and moves their dates into the present."""

from __future__ import annotations

import csv
import datetime as dt
import io
import tomllib
from pathlib import Path
from typing import Any

from django.utils import timezone

from involvement.env import BASE_DIR


def this_year(today: dt.date | None = None) -> int:
    """The calendar year in which the financial year of `today` began (in April)."""
    day = today or timezone.localdate()
    return day.year if day.month >= 4 else day.year - 1


def in_this_year(text: str, today: dt.date | None = None) -> str:
    """`text` with its year tokens replaced: `{last}`, `{this}`, `{next}`, `{after}`, `{later}`, the
    same with two digits (`{this2}`), and financial years (`{this/next}`)."""
    year = this_year(today)
    calendar = {"last": year - 1, "this": year, "next": year + 1, "after": year + 2}
    calendar["later"] = year + 3
    for name, number in calendar.items():
        text = text.replace(f"{{{name}}}", str(number)).replace(
            f"{{{name}2}}", f"{number % 100:02d}"
        )
    for first, second in (
        ("last", "this"),
        ("this", "next"),
        ("next", "after"),
        ("after", "later"),
    ):
        label = f"{calendar[first]}/{calendar[second] % 100:02d}"
        text = text.replace(f"{{{first}/{second}}}", label)
    return text


def source(package: str, name: str) -> Path:
    """Where `name` lies in a package's demo folder."""
    return BASE_DIR / package / "demo" / name


def text_of(package: str, name: str) -> str:
    """A source's text in this year, or "" where there is none."""
    path = source(package, name)
    return in_this_year(path.read_text(encoding="utf-8")) if path.is_file() else ""


def toml_of(package: str, name: str) -> dict[str, Any]:
    """A TOML source as a dictionary; empty where there is none."""
    return tomllib.loads(text_of(package, name))


def rows_of(package: str, name: str) -> list[dict[str, str]]:
    """A CSV source's rows by heading; none where there is no file."""
    return list(csv.DictReader(io.StringIO(text_of(package, name))))
