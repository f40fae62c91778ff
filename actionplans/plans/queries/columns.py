"""The columns of a landlord's own table, and which of our fields each one feeds."""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from involvement.importing.headings import Column, FieldSpec, How, Mapping, match_headings, plain

LEVEL: Final = "title"

FIELDS: Final[tuple[FieldSpec, ...]] = (
    FieldSpec(
        "number",
        "Number",
        ("no", "no.", "ref", "reference", "number", "item", "line", "line number", "id", "#"),
    ),
    FieldSpec(
        LEVEL,
        "What is to be done, or the heading it stands under",
        (
            *("what", "aim", "aims", "objective", "objectives", "section", "theme", "themes"),
            *("priority", "priorities", "goal", "goals", "strand", "outcome area", "level"),
            *("action", "actions", "activity", "activities", "smart activity", "task", "tasks"),
            *("what we will do", "what will we do", "what needs to be done", "we will"),
            *("what is to be done", "commitment", "project", "key action", "action point"),
        ),
        pattern=r"to achieve .*|how (?:we will|will we) .*do.*",
        required=True,
        several=True,
    ),
    FieldSpec(
        "description",
        "More about it",
        ("description", "details", "detail", "how", "steps", "how we will do it", "background"),
        several=True,
    ),
    FieldSpec(
        "targets",
        "Targets and outcomes",
        (
            *("outcome", "outcomes", "target", "targets", "targets outcome", "targets outcomes"),
            *("outcomes targets", "expected outcome", "desired outcome", "result", "results"),
            *("what will change", "success looks like", "benefit", "benefits"),
        ),
        several=True,
    ),
    FieldSpec(
        "measure",
        "How we will know",
        (
            *("measure", "measures", "how we will know", "success measure", "success measures"),
            *("success criteria", "how measured", "measured by", "how we will measure", "kpi"),
        ),
        several=True,
    ),
    FieldSpec(
        "owner",
        "Owner",
        (
            *("owner", "owners", "owned by", "lead", "lead officer", "who", "by whom", "who by"),
            *("responsibility", "responsible", "responsible officer", "person responsible"),
            *("officer", "lead person", "who will do it", "who is responsible", "led by"),
            *("responsibility and target date", "who and when", "owner words"),
        ),
        several=True,
    ),
    FieldSpec(
        "deadline",
        "Deadline",
        (
            *("deadline", "dead line", "when", "when by", "by when", "time", "timescale"),
            *(
                "timescales",
                "due",
                "due date",
                "date",
                "end date",
                "target date",
                "completion date",
            ),
            *("complete by", "finish", "responsibility and target date", "who and when"),
            *("timeframe", "when will it be done", "deadline words"),
        ),
        several=True,
    ),
    FieldSpec(
        "monitored_by",
        "Monitored by",
        (
            "monitored by",
            "monitor",
            "monitors",
            "monitoring",
            "reported to",
            "reports to",
            "watched by",
        ),
        several=True,
    ),
    FieldSpec(
        "progress",
        "Progress",
        ("progress", "update", "updates", "progress update", "comments", "latest position"),
        several=True,
    ),
    FieldSpec("status", "State", ("status", "state", "rag", "rag status", "rag rating")),
    FieldSpec("subject", "Subject", ("subject", "service", "service area", "topic")),
    FieldSpec(
        "year",
        "Marks for a year",
        pattern=r"(?:19|20)\d\d\s*[/–-]\s*(?:\d{4}|\d{1,2})|(?:year|yr)\s*\d",
        several=True,
    ),
)

# Other names under which a command may give a field.
ALIASES: Final = {
    **dict.fromkeys(("level", "task", "action", "aim", "objective", "activity", "what"), LEVEL),
    **dict.fromkeys(("owners", "lead", "owner_words", "responsible"), "owner"),
    **dict.fromkeys(("deadline_words", "due", "due_on", "when", "date", "target_date"), "deadline"),
    **dict.fromkeys(("monitor", "monitors", "monitoring", "monitor_words"), "monitored_by"),
    **dict.fromkeys(("target", "outcome", "outcomes"), "targets"),
    **dict.fromkeys(("notes", "note", "progress_notes"), "progress"),
    **dict.fromkeys(("state", "rag"), "status"),
    **dict.fromkeys(("details", "text"), "description"),
    **dict.fromkeys(("measures", "how_we_will_know"), "measure"),
    **dict.fromkeys(("years", "year_mark", "year_marks"), "year"),
    **dict.fromkeys(("extra", "ignore", "other", "text_only", ""), "-"),
}

# A level is named before anything else is said of the line; the same word after that is text.
_AFTER_THE_LEVELS: Final = "description"
# By how many letters a heading may differ when it is repeated.
_SLIP: Final = 4
_BEFORE_THE_LEVELS: Final = frozenset({"number"})


@dataclass(frozen=True)
class PlanColumn:
    """One column of the landlord's table. Without fields it is kept as extra text."""

    key: str
    heading: str
    fields: tuple[str, ...]

    @property
    def splits(self) -> bool:
        """Whether one cell holds owner and deadline together."""
        return "owner" in self.fields and "deadline" in self.fields

    @property
    def labels(self) -> str:
        """What it holds, in words."""
        labels = {spec.key: spec.label for spec in FIELDS}
        return " and ".join(labels[name] for name in self.fields)

    def as_json(self) -> dict[str, Any]:
        """As it is stored with the plan."""
        return {"key": self.key, "heading": self.heading, "fields": list(self.fields)}


def plan_columns(stored: Sequence[MappingType[str, Any]]) -> list[PlanColumn]:
    """A plan's columns as they are stored with it."""
    return [PlanColumn(c["key"], c["heading"], tuple(c["fields"])) for c in stored]


def map_headings(
    headings: Sequence[str], saved: MappingType[str, Sequence[str]] | None = None
) -> Mapping:
    """Which field each heading feeds: as `saved` says, or by the words landlords use.

    A word such as "Actions" names a level of the plan where it stands among the first columns,
    and is a text of the line where it comes after them.
    """
    found = match_headings(headings, FIELDS, saved)
    columns, in_levels, seen = [], True, False
    for column in found.columns:
        is_level = LEVEL in column.fields
        if column.how is not How.CHOSEN and is_level and seen and not in_levels:
            column = Column(column.index, column.heading, (_AFTER_THE_LEVELS,), column.how)  # noqa: PLW2901 -- the column as read in its place
        seen = seen or is_level
        if seen and not is_level and not _BEFORE_THE_LEVELS.issuperset(column.fields or ("?",)):
            in_levels = False
        columns.append(column)
    return Mapping(tuple(columns), FIELDS)


def columns_of(mapping: Mapping) -> list[PlanColumn]:
    """The plan's columns as a mapping of the file's headings gives them."""
    return [PlanColumn(f"c{c.index + 1}", c.heading, c.fields) for c in mapping.columns]


def default_columns(level_names: Sequence[str]) -> list[PlanColumn]:
    """The columns of a plan that was not brought in from a file."""
    heads: list[tuple[str, str]] = [("Number", "number")]
    heads += [(name, LEVEL) for name in level_names or ["Line"]]
    heads += [
        ("Owner", "owner"),
        ("Deadline", "deadline"),
        ("Target", "targets"),
        ("How we will know", "measure"),
        ("Monitored by", "monitored_by"),
        ("State", "status"),
        ("Progress", "progress"),
    ]
    return [PlanColumn(f"c{at}", head, (field,)) for at, (head, field) in enumerate(heads, 1)]


def shared_columns(
    old: Sequence[PlanColumn], new: Sequence[PlanColumn]
) -> tuple[dict[str, str], list[PlanColumn]]:
    """The new key of each old column whose heading is there still, and the columns that are gone.

    A heading that comes twice is told apart by its order.
    """
    waiting: dict[str, list[str]] = {}
    for column in new:
        waiting.setdefault(plain(column.heading), []).append(column.key)
    renamed, lost = {}, []
    for column in old:
        if keys := waiting.get(plain(column.heading)):
            renamed[column.key] = keys.pop(0)
        else:
            lost.append(column)
    return renamed, lost


def level_names_of(columns: Sequence[PlanColumn]) -> list[str]:
    """The landlord's nouns for the levels, outermost first."""
    names = [column.heading.strip(" []:") for column in columns if LEVEL in column.fields]
    return [name[:1].upper() + name[1:] or "Line" for name in names]


def read_choices(choices: Sequence[str], headings: Sequence[str]) -> dict[str, list[str]]:
    """Choices typed as "Their heading=field", under any of a field's names; "owner+deadline" is both.

    Raises UnclearChoice, UnknownField and UnknownHeading, which list what there is.
    """
    from involvement.importing.headings import read_choices as read  # noqa: PLC0415 -- same name

    ours = [one for choice in choices for one in _in_our_words(choice)]
    return read(ours, headings=headings, fields=FIELDS)


def same_headings(cells: Sequence[str], headings: Sequence[str]) -> bool:
    """Whether a row repeats the headings, in nearly the same words."""
    alike = [
        (cell, heading)
        for cell, heading in zip(cells, headings, strict=False)
        # Texts of quite another length are not looked at: most rows are no headings
        if cell and heading and abs(len(cell) - len(heading)) <= _SLIP
    ]
    if len(alike) < 2:
        return False
    hits = sum(plain(cell) == plain(heading) != "" for cell, heading in alike)
    return hits >= 2 and hits * 2 >= sum(bool(cell.strip()) for cell in cells)


def _in_our_words(choice: str) -> list[str]:
    """The choice under our own names; one for each field where it names "owner+deadline"."""
    heading, sign, fields = choice.rpartition("=")
    if not sign:
        return [choice]
    return [f"{heading}={_our_word(field.strip())}" for field in fields.split("+")]


def _our_word(field: str) -> str:
    if field == "-":
        return field
    key = field.casefold().replace(" ", "_").replace("-", "_")
    return ALIASES.get(key, key)
