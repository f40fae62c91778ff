"""What a landlord begins with, read from content files that say where they come from."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from involvement.questionnaires.definition import Definition, read_definition

PACKS: Final = Path(__file__).parent / "packs"
# Found in use by landlords and surveys alike; each landlord changes them as it likes.
STARTING_BANDS: Final = (
    (0, "Under 16"),
    (16, "16 to 24"),
    (25, "25 to 34"),
    (35, "35 to 44"),
    (45, "45 to 54"),
    (55, "55 to 64"),
    (65, "65 to 74"),
    (75, "75 to 84"),
    (85, "85 and over"),
)


@dataclass(frozen=True)
class Pack:
    """A question set with its source and the day it was last checked against it."""

    definition: Definition
    source: str
    checked_on: dt.date


@cache
def starting_pack(name: str = "england") -> Pack:
    """The national question set."""
    data = tomllib.loads((PACKS / f"{name}.toml").read_text(encoding="utf-8"))
    return Pack(read_definition(data), data["source"], data["checked_on"])
