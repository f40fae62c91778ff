from __future__ import annotations

import csv
import datetime as dt
import io
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from involvement.demo.sources import in_this_year, rows_of, text_of, this_year, toml_of
from involvement.env import BASE_DIR
from tests.landlord_files import LANDLORD_FILES, needs_landlord_files

# So many words in a row are somebody's sentence, and not a name or a turn of phrase.
A_SENTENCE = 8


@pytest.mark.parametrize(
    ("today", "year"), [(dt.date(2026, 3, 31), 2025), (dt.date(2026, 4, 1), 2026)]
)
def test_the_year_is_the_financial_one(today: dt.date, year: int) -> None:
    assert this_year(today) == year


def test_years_are_put_in_with_four_digits_two_and_a_stroke() -> None:
    text = "Dec {this}, April {next2}, {this/next}, {after/later}, by {later}, since {last}"
    assert (
        in_this_year(text, dt.date(2026, 11, 22))
        == "Dec 2026, April 27, 2026/27, 2028/29, by 2029, since 2025"
    )


def test_a_source_that_is_not_there_is_empty() -> None:
    assert text_of("involvement", "landlords/nowhere.toml") == ""
    assert toml_of("involvement", "landlords/nowhere.toml") == {}
    assert rows_of("actionplans", "plans/nowhere.csv") == []


def sources() -> list[Path]:
    return sorted(path for path in BASE_DIR.glob("*/demo/**/*") if path.suffix in {".toml", ".csv"})


def passages(path: Path) -> Iterator[str]:
    text = in_this_year(path.read_text(encoding="utf-8"))
    if path.suffix == ".csv":
        yield from (cell for row in list(csv.reader(io.StringIO(text)))[1:] for cell in row)
    else:
        yield from strings(tomllib.loads(text))


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inside in value.items():
            yield key
            yield from strings(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from strings(inside)


def runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z']*[a-z][a-z']*", text.lower().replace("’", "'"))
    return {tuple(words[at : at + A_SENTENCE]) for at in range(len(words) - A_SENTENCE + 1)}


def test_the_sources_are_read_whole() -> None:
    names = {path.name for path in sources()}
    assert {"poole.csv", "nwleics.toml", "library.toml", "names.toml"} <= names


@needs_landlord_files
def test_no_sentence_is_taken_from_the_landlords_own_papers() -> None:
    theirs: set[tuple[str, ...]] = set()
    for path in LANDLORD_FILES.glob("*/*.csv"):
        with path.open(encoding="utf-8") as file:
            for row in csv.reader(file):
                theirs |= set().union(*map(runs, row)) if row else set()
    for path in (LANDLORD_FILES.parent / "strategies").glob("*.txt"):
        theirs |= runs(path.read_text(encoding="utf-8", errors="replace"))
    assert len(theirs) > 10_000
    taken = {
        f"{path.relative_to(BASE_DIR)}: {' '.join(run)}"
        for path in sources()
        for passage in passages(path)
        for run in runs(passage) & theirs
    }
    assert taken == set()
