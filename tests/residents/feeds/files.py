"""Lists as a housing system writes them, and bringing them in."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from involvement.auditing.actors import importer
from residents.feeds import operations
from residents.feeds.models import Intake, Mode, Source

BY = importer("A test")
HEADINGS = (
    "Person Ref",
    "Title",
    "Name",
    "DOB",
    "Customer Type",
    "Property Ref",
    "UPRN",
    "Address",
    "Postcode",
    "Tenure",
    "Tenancy Ref",
    "Tenancy Start",
    "Tenancy End",
    "Email",
    "Phone",
)
DOREEN = {
    "Person Ref": "P001",
    "Title": "Mrs",
    "Name": "Doreen Hackett (demo)",
    "DOB": "1950-02-28",
    "Customer Type": "Tenant",
    "Property Ref": "H001",
    "UPRN": "100040000001",
    "Address": "3 Drake Court, Poole",
    "Postcode": "BH15 1AA",
    "Tenure": "General needs",
    "Tenancy Ref": "T001",
    "Tenancy Start": "1999-04-05",
    "Phone": "01632 960001",
}


def one(number: int, **said: str) -> dict[str, str]:
    """Somebody told apart by their number, each in a home of their own."""
    row = {
        **DOREEN,
        "Person Ref": f"P{number:03}",
        "Name": f"Resident {number} (demo)",
        "Property Ref": f"H{number:03}",
        "UPRN": f"1000400{number:05}",
        "Address": f"{number} Drake Court, Poole",
        "Tenancy Ref": f"T{number:03}",
    }
    return {**row, **{key.replace("_", " "): value for key, value in said.items()}}


def csv_of(*rows: Mapping[str, str], headings: tuple[str, ...] = HEADINGS) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(headings)
    writer.writerows([[row.get(heading, "") for heading in headings] for row in rows])
    return out.getvalue().encode()


def the_source(**values: Any) -> Source:
    source = operations.the_source(name="Orchard", by=BY, at=timezone.now())
    return operations.change_source(source=source, by=BY, at=timezone.now(), **values)


def bring(
    *rows: Mapping[str, str],
    data: bytes | None = None,
    mode: str = Mode.DELTA,
    allow_leavers: bool = False,
    at: dt.datetime | None = None,
    **values: Any,
) -> Intake:
    """Bring rows in as one file."""
    at = at or timezone.now()
    data = csv_of(*rows) if data is None else data
    intake = operations.start_intake(
        source=the_source(**values),
        name="people.csv",
        data=data,
        how=Intake.How.COMMAND,
        mode=mode,
        keep=False,
        by=BY,
        at=at,
    )
    return operations.bring_in(intake=intake, data=data, allow_leavers=allow_leavers, by=BY, at=at)


def counts(intake: Intake) -> tuple[int, int, int, int, int]:
    """New, changed, unchanged, leavers, refused."""
    return (intake.created, intake.changed, intake.unchanged, intake.leavers, intake.refused)


def whys(intake: Intake) -> list[str]:
    return list(intake.refused_rows.order_by("number").values_list("why", flat=True))
