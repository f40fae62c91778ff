"""A plan as a file to take away."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Final

from actionplans.plans.models import Plan
from actionplans.plans.queries.tables import plan_table
from involvement.importing.writers import write_csv, write_xlsx
from involvement.landlords.models import Landlord

CONTENT_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


def write(plan: Plan, form: str, *, landlord: Landlord, leave_out_names: bool = False) -> bytes:
    """The plan as "csv", "xlsx" or "pdf". `leave_out_names` is for readers who are not staff."""
    return WRITERS[form](plan, landlord, leave_out_names)


def _csv(plan: Plan, landlord: Landlord, leave_out_names: bool) -> bytes:  # noqa: FBT001 -- one signature for all forms
    table = plan_table(plan, leave_out_names=leave_out_names)
    out = io.BytesIO()
    write_csv(out, table.headings, table.rows)
    return out.getvalue()


def _xlsx(plan: Plan, landlord: Landlord, leave_out_names: bool) -> bytes:  # noqa: FBT001 -- see above
    table = plan_table(plan, leave_out_names=leave_out_names)
    out = io.BytesIO()
    widths = [
        max((len(line) for row in table.rows for line in row[at].splitlines()), default=8)
        for at in range(len(table.headings))
    ]
    write_xlsx(out, table.headings, table.rows, sheet=plan.title, widths=widths)
    return out.getvalue()


WRITERS: Final[dict[str, Callable[[Plan, Landlord, bool], bytes]]] = {"csv": _csv, "xlsx": _xlsx}
