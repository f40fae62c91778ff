"""The figures of a chart and what is said about them."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum


class Kind(StrEnum):
    """How figures are drawn; each answers another question."""

    BARS = "bars"
    """How much of each? One amount a row, from zero; with `Row.rest`, how much is left to do."""
    GROUPED = "grouped"
    """How do two or three amounts of the same thing compare?"""
    SHARES = "shares"
    """How is the whole divided? Values of a row are shares of a hundred."""
    LINE = "line"
    """What happened over several periods?"""
    DOTS = "dots"
    """A share with its 95 % range, beside what it is compared with."""


class Unit(StrEnum):
    """What is counted; decides how a figure is written."""

    NUMBER = "number"
    PERCENT = "percent"
    POUNDS = "pounds"
    DAYS = "days"

    def write(self, value: float) -> str:
        """A figure in words: "6%", "£46,000", "52 days", "1,240"; at most one decimal."""
        tenth = Decimal(repr(value)).quantize(Decimal("0.1"), ROUND_HALF_UP)
        number = f"{tenth:,}".removesuffix(".0")
        if self is Unit.PERCENT:
            return f"{number}%"
        if self is Unit.POUNDS:
            return f"£{number}"
        if self is Unit.DAYS:
            return f"{number} day" if number == "1" else f"{number} days"
        return number


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a chart: a thing, group or period, and its figures."""

    label: str
    values: tuple[float | None, ...]
    """One for each series; None where nothing was counted."""
    note: str = ""
    """What the figure is out of, in small type under the label: "of 212 things said"."""
    short: str = ""
    """A shorter label for the foot of a line chart: "Jul to Sep"."""
    rest: float | None = None
    """Bars: how much is not reached yet, drawn dashed after the bar."""
    rest_words: str = ""
    low: float | None = None
    high: float | None = None
    """Dots: the two ends of the 95 % range."""
    against: float | None = None
    """Dots: what the share is compared with, an open diamond."""
    strong: bool = False
    """Dots: the difference is more than chance, so the share is printed bold."""
    group: str = ""
    """A heading printed before the first row that carries it: "Age"."""
    hidden: str = ""
    """Why the figures of this row are not shown: "fewer than 10 people"."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A finding, its figures and where they come from."""

    kind: Kind
    title: str
    """The finding, a sentence: "Half of what was agreed is still to do"."""
    what: str
    """What is measured, of whom, when."""
    source: str
    rows: tuple[Row, ...]
    series: tuple[str, ...]
    """What the values of a row are called; one name for each value."""
    unit: Unit = Unit.NUMBER
    rows_name: str = "Group"
    """The head of the first column of the table."""
    against: str = ""
    """Dots: what the diamond is: "live here"."""
    code: str = ""
    """The short code that opens the evidence."""
    thread: bool = False
    """Counts of the thread are drawn in its gold, everything else in the landlord's colour."""
    marks: str = ""
    """What the marks of the drawing mean: "Solid: reached. Dashed: not yet."."""

    def __post_init__(self) -> None:
        if not (self.title.strip() and self.what.strip() and self.source.strip()):
            raise ValueError("A chart needs a finding, what it measures and a source")
        if not self.rows or not self.series:
            raise ValueError("A chart needs rows and the name of what it shows")
        for row in self.rows:
            if not row.hidden and len(row.values) != len(self.series):
                raise ValueError(f"{row.label}: {len(self.series)} figures are needed")
            if any(value < 0 for value in self.figures(row)):
                raise ValueError(f"{row.label}: charts start at nought and show nothing below it")

    @property
    def what_and_marks(self) -> str:
        """What is measured and how to read the drawing, as they stand beside it."""
        return f"{self.what} {self.marks}".strip()

    def figures(self, row: Row) -> list[float]:
        """Every number that a row shows, whatever it is for."""
        if row.hidden:
            return []
        others = (row.rest, row.low, row.high, row.against)
        return [value for value in (*row.values, *others) if value is not None]
