"""The access pack: everything every holder keeps, as a document, as a table, and with its files."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from involvement.calendars.words import count, say_date
from involvement.documents.models import StoredFile
from involvement.documents.queries import content
from involvement.importing.writers import write_csv
from involvement.landlords.models import Landlord
from involvement.rendering.documents import Brand, Cut, Frame, document_html
from involvement.rendering.pdf import render_pdf
from involvement.wiring import port
from residents.people.models import Person
from residents.privacy.clocks import ADDRESS_STANDS
from residents.privacy.models import AccessRequest, Mention
from residents.privacy.ports import Item, SealedAnswers, Section, holders
from residents.privacy.queries import own_row

DOCUMENT: Final = "What we keep about you"
READ_FIRST: Final = "Read this first.txt"
ZIP: Final = "application/zip"
HEADINGS: Final = ("Part", "What", "What it says", "When")


@dataclass(frozen=True)
class Pack:
    """A finished pack: its bytes, and its contents in words with how many rows of each."""

    name: str
    data: bytes
    contents: list[dict[str, object]] = field(default_factory=list)


def sections_of(person: Person) -> list[Section]:
    """Everything kept about a person and about the rows merged into theirs."""
    found = own_row.collect(person)
    for holder in holders():
        found += [part for row in own_row.rows_of(person) for part in holder.collect(row)]
    return found


def texts_naming(mentions: Iterable[Mention]) -> list[Section]:
    """What others wrote that names them, as an officer let it stand."""
    rows = [
        Item(mention.heading, mention.shown_words)
        for mention in mentions
        if mention.choice == Mention.Choice.INCLUDED
    ]
    return [Section("Where others wrote about you", rows)] if rows else []


def make_pack(request: AccessRequest, *, landlord: Landlord, at: dt.datetime, on: dt.date) -> Pack:
    """The pack of one request. What was answered for statistics alone is not in it, since whoever
    sends it could read that: it reaches them alone, see `operations.own_answers`."""
    person = request.person
    shown = sections_of(person) + texts_naming(request.mentions.order_by("heading", "pk"))
    apart = sealed_answers().heading
    files = list({file.pk: file for part in shown for file in part.files}.values())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr(READ_FIRST, _read_first(landlord, shown, apart, files, on))
        bundle.writestr(f"{DOCUMENT}.pdf", _document(person, shown, landlord, at, on))
        bundle.writestr(f"{DOCUMENT}.csv", _table(shown))
        for number, file in enumerate(files, start=1):
            bundle.writestr(f"Files/{number:03} {_file_name(file.name)}", _bytes(file))
    contents: list[dict[str, object]] = [
        {"heading": part.heading, "rows": len(part.rows), "files": len(part.files)}
        for part in shown
    ]
    contents.append({"heading": apart, "sealed": True})
    return Pack(f"Access pack {request.pk}.zip", out.getvalue(), contents)


def sealed_answers() -> SealedAnswers:
    """Where answers for statistics alone are kept."""
    answers: SealedAnswers = port("privacy.sealed_answers")
    return answers


def _document(
    person: Person, parts: Sequence[Section], landlord: Landlord, at: dt.datetime, on: dt.date
) -> bytes:
    rows = sum(len(part.rows) for part in parts)
    opening = (
        f"This is everything {landlord.name} keeps about {person.name}: "
        f"{count(rows, 'entry', 'entries')} of {count(len(parts), 'kind')}, "
        f"as it stood on {say_date(on)}."
    )
    frame = Frame(
        title=DOCUMENT,
        brand=Brand(landlord.name, landlord.brand_colour),
        reference="Access pack",
        version=1,
        dated=say_date(on),
        opening=opening,
        person=landlord.contact_name,
        telephone=landlord.contact_phone,
        hours=landlord.contact_hours,
    )
    tables = [
        {
            "caption": part.heading,
            "heads": ["What", "What it says", "When"],
            "rows": [[row.label, row.value, _when(row.when)] for row in part.rows],
        }
        for part in parts
    ]
    cut = Cut.LARGE if person.large_print else Cut.PAPER
    html = document_html(
        "residents/privacy/documents/pack.html",
        {"tables": tables, "landlord": landlord},
        frame=frame,
        cut=cut,
    )
    return render_pdf(html, title=f"{DOCUMENT}: {person.name}", moment=at)


def _table(parts: Sequence[Section]) -> bytes:
    out = io.BytesIO()
    rows = [
        (part.heading, row.label, row.value, _when(row.when)) for part in parts for row in part.rows
    ]
    write_csv(out, HEADINGS, rows, for_excel=True)
    return out.getvalue()


def _read_first(
    landlord: Landlord,
    shown: Sequence[Section],
    apart: str,
    files: Sequence[StoredFile],
    on: dt.date,
) -> bytes:
    lines = [
        f"What {landlord.name} keeps about you, made on {say_date(on)}.",
        "",
        f"{DOCUMENT}.pdf  to read",
        f"{DOCUMENT}.csv  the same as a table, for a spreadsheet",
        *([f"Files/  {count(len(files), 'file')} kept with it"] if files else []),
        f"{apart}  not in here: nobody who works here may read them. A link in an",
        "e-mail shows them to you alone, once we have had your e-mail address for",
        f"{ADDRESS_STANDS.days} days. You may have them erased at any time",
        "",
        "In it:",
        *(f"  {part.heading}: {count(len(part.rows), 'entry', 'entries')}" for part in shown),
        "",
        "Other people's names have been taken out where they are not yours to see.",
        "If something is wrong, missing, or should go, tell us:",
        *filter(None, [landlord.contact_name, landlord.contact_phone]),
        "You can complain to us about how we use your data, and to the Information Commissioner.",
    ]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")


def _bytes(file: StoredFile) -> bytes:
    try:
        return content(file)
    except FileNotFoundError:
        return b""


def _when(when: dt.date | dt.datetime | None) -> str:
    return "" if when is None else say_date(when)


def _file_name(name: str) -> str:
    return re.sub(r"[^\w .()-]", "", name).strip(" .")[:80] or "file"
