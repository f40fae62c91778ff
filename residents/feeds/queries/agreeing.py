"""Whether the rows of one file agree with each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime as dt

    from residents.feeds.queries.reading import Row


class Agreement:
    """Takes rows one by one; those that contradict an earlier one are at odds."""

    def __init__(self) -> None:
        self._rows: dict[str, Row] = {}
        self._whatever_case: dict[str, Row] = {}
        self._at_odds: list[tuple[Row, str]] = []
        self._shared: dict[str, list[Row]] = {}
        self._homes: dict[str, Row] = {}
        self._uprns: dict[str, str] = {}
        self._tenancies: dict[str, Row] = {}

    def add(self, row: Row) -> None:
        """Take a row over, or keep it with what it is at odds with."""
        first = self._rows.get(row.reference)
        if first is not None:
            self._again(first, row)
        elif row.reference in self._shared:
            self._shared[row.reference].append(row)
        elif why := self._in_other_letters(row) or self._against(row):
            self._at_odds.append((row, why))
        else:
            # Of a home the first row speaks, or two would undo each other's words at every turn
            home = self._homes.get(row.home_mark, row)
            if home is not row:
                row = row._replace(
                    tenure=home.tenure, stock=home.stock, parent_uprn=home.parent_uprn
                )
            self._rows[row.reference] = row
            self._whatever_case.setdefault(row.reference.casefold(), row)

    def settled(self) -> tuple[list[Row], list[tuple[Row, str]]]:
        """The rows that agree, and those that do not with why."""
        for reference, rows in self._shared.items():
            said = " and ".join(f"{row.name} in row {row.number:,}" for row in rows)
            why = (
                f"Two people have the reference “{reference}”: {said}. Give each their own in the "
                "housing system."
            )
            self._at_odds += [(row, why) for row in rows]
        return list(self._rows.values()), self._at_odds

    def _again(self, first: Row, row: Row) -> None:
        if _who(first) != _who(row):
            self._shared[row.reference] = [self._rows.pop(row.reference), row]
            return
        why = (
            f"The reference “{row.reference}” is in row {first.number:,} already. Keep one row for "
            "each person."
        )
        self._at_odds.append((row, why))

    def _in_other_letters(self, row: Row) -> str:
        """Who came already under a reference that differs in capital letters alone. Two people may
        have such a pair of references; one name and one day of birth are one person."""
        first = self._whatever_case.get(row.reference.casefold())
        if first is None or _who(first) != _who(row):
            return ""
        return (
            f"The same person is in row {first.number:,} with the reference “{first.reference}”, which "
            "differs in capital letters alone. Keep one row for each person."
        )

    def _against(self, row: Row) -> str:
        """What another row says otherwise about the home or the tenancy."""
        if not row.home_mark:
            return ""
        home = self._homes.setdefault(row.home_mark, row)
        if home is not row and _other(
            (home.address, home.postcode, home.uprn), (row.address, row.postcode, row.uprn)
        ):
            return (
                f"Row {home.number:,} gives the same home another address, postcode or UPRN. Make "
                "the two agree."
            )
        if row.uprn and self._uprns.setdefault(row.uprn, row.home_mark) != row.home_mark:
            return (
                f"The UPRN {row.uprn} stands with another home in this file. Put one of them right."
            )
        if not row.tenancy_reference:
            return ""
        tenancy = self._tenancies.setdefault(row.tenancy_reference, row)
        mine = (row.home_mark, row.started_on, row.ended_on)
        if (tenancy.home_mark, tenancy.started_on, tenancy.ended_on) != mine:
            return (
                f"Row {tenancy.number:,} says otherwise about the tenancy “{row.tenancy_reference}”: "
                "another home or other days. Make the two agree."
            )
        return ""


def _who(row: Row) -> tuple[str, dt.date | None]:
    return row.name.casefold(), row.born_on


def _other(one: tuple[Any, ...], two: tuple[Any, ...]) -> bool:
    return any(a is not None and b is not None and a != b for a, b in zip(one, two, strict=True))
