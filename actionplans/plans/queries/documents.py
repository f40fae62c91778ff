"""A plan as a file to take away."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any, Final

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import content_disposition_header

from actionplans.plans.models import Line, Plan, PlanVersion
from actionplans.plans.queries.printing import printed
from actionplans.plans.queries.tables import plan_table
from actionplans.plans.queries.versions import plan_content, versions_of
from involvement.calendars.words import count, say_date
from involvement.importing.writers import write_csv, write_xlsx
from involvement.landlords.models import Landlord
from involvement.rendering.documents import Brand, Cut, Frame
from involvement.rendering.pdf import render_pdf

CONTENT_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "large-print": "application/pdf",
}
NAMES: Final = {"large-print": ", large print.pdf"}


def write(plan: Plan, form: str, *, landlord: Landlord, leave_out_names: bool = False) -> bytes:
    """The plan as "csv", "xlsx", "pdf" or "large-print". `leave_out_names` is for readers who are not staff."""
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


def _pdf(plan: Plan, landlord: Landlord, leave_out_names: bool) -> bytes:  # noqa: FBT001 -- see above
    return _plan_drawn(plan, landlord, Cut.PAPER)


def _large_print(plan: Plan, landlord: Landlord, leave_out_names: bool) -> bytes:  # noqa: FBT001 -- see above
    return _plan_drawn(plan, landlord, Cut.LARGE)


def _plan_drawn(plan: Plan, landlord: Landlord, cut: Cut) -> bytes:
    latest = versions_of(plan).first()
    today = say_date(timezone.localdate())
    dated = f"draft, not agreed, as on {today}"
    if latest is not None:
        dated = f"as it stands on {today}, after version {latest.number}"
    return _drawn(plan_content(plan, extra=True), landlord, version=None, dated=dated, cut=cut)


def version_pdf(version: PlanVersion, *, landlord: Landlord, cut: Cut = Cut.PAPER) -> bytes:
    """A frozen version as a tagged PDF: a table across the page with its head on every page, or
    in large print, where each line stands by itself.
    """
    dated = f"published {say_date(timezone.localdate(version.frozen_at))}"
    return _drawn(version.content, landlord, version=version.number, dated=dated, cut=cut)


def _drawn(
    content: dict[str, Any], landlord: Landlord, *, version: int | None, dated: str, cut: Cut
) -> bytes:
    doing = sum(line["kind"] != Line.Kind.GROUP for line in content["lines"])
    agreed = f", agreed by {content['agreed_by']}" if content["agreed_by"] else ""
    frame = Frame(
        title=content["title"],
        brand=Brand(landlord.name, landlord.brand_colour),
        reference=content["title"],
        version=version,
        dated=dated,
        period=content["period"],
        opening=f"{count(doing, 'line')}{agreed}.",
        person=landlord.contact_name,
        telephone=landlord.contact_phone,
        hours=landlord.contact_hours,
        demonstration="Demonstration: people and figures are invented." if landlord.is_demo else "",
    )
    context = {"frame": frame, "cut": cut, "content": content, "printed": printed(content)}
    html = render_to_string("actionplans/plans/document.html", context)
    return render_pdf(html, title=content["title"])


def file_name(title: str, form: str) -> str:
    """What a plan of this title is called as a file of this form."""
    return f"{title.replace('/', '-')}{NAMES.get(form, f'.{form}')}"


def as_attachment(content: bytes, *, name: str, content_type: str) -> HttpResponse:
    """The answer that hands a file over."""
    response = HttpResponse(content, content_type=content_type)
    header = content_disposition_header(as_attachment=True, filename=name)
    response["Content-Disposition"] = header or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


WRITERS: Final[dict[str, Callable[[Plan, Landlord, bool], bytes]]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "pdf": _pdf,
    "large-print": _large_print,
}
