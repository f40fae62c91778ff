"""An upload from preview to import: nothing twice, nothing by halves, nobody else's."""

import datetime as dt
import io

import pytest
from django.db import IntegrityError, transaction

from involvement.auditing.actors import Actor
from involvement.auditing.models import AuditEntry
from involvement.importing import policies, queries
from involvement.importing.models import SavedMapping, Upload
from involvement.importing.operations import (
    choose_fields,
    confirm_upload,
    refuse_upload,
    save_mapping,
    start_upload,
)
from involvement.importing.problems import Preview, RowProblem
from involvement.importing.refusals import WrongKind
from involvement.importing.writers import write_xlsx
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord

CSV = "Action,When\nPaint,Jun 2008\nMend £5,\n".encode()
DONE = Preview(rows_read=2, created=2)


@pytest.fixture
def upload(in_poole: Landlord, officer: Actor, now: dt.datetime) -> Upload:
    return start_upload(kind="plan", name="plan.csv", data=CSV, by=officer, at=now)


def last_sentence() -> str:
    return str(AuditEntry.objects.order_by("-at", "-pk").first())


def test_an_upload_is_kept_for_its_preview(upload: Upload) -> None:
    assert (upload.state, upload.rows_read, upload.settled_at) == ("PREVIEW", 2, None)
    assert queries.table_of(upload).headings == ("Action", "When")
    assert last_sentence() == "uploaded “plan.csv” (2 rows) for a preview"


def test_a_workbook_and_unicode_text_can_be_read_again(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    book = io.BytesIO()
    write_xlsx(book, ["Action"], [["Mend £5"]])
    unicode_text = "Action\nMend £5".encode("utf-16")
    for name, data in (("plan.xlsx", book.getvalue()), ("plan.csv", unicode_text)):
        upload = start_upload(kind="plan", name=name, data=data, by=officer, at=now)
        assert queries.table_of(upload).rows[0].cells == ("Mend £5",)


def test_a_file_that_cannot_be_read_is_not_kept(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    with pytest.raises(WrongKind):
        start_upload(kind="plan", name="plan.csv", data=b"%PDF-1.7", by=officer, at=now)
    assert not Upload.objects.exists()


def test_confirming_keeps_the_counts_and_says_so(
    upload: Upload, officer: Actor, now: dt.datetime
) -> None:
    confirmed = confirm_upload(upload=upload, done=DONE, by=officer, at=now)
    assert (confirmed.state, confirmed.created, confirmed.settled_at) == ("CONFIRMED", 2, now)
    assert last_sentence() == "imported “plan.csv”: 2 rows read: 2 new."


def test_confirming_twice_is_refused(upload: Upload, officer: Actor, now: dt.datetime) -> None:
    confirm_upload(upload=upload, done=DONE, by=officer, at=now)
    with pytest.raises(policies.AlreadyImported, match="imported already"):
        confirm_upload(upload=upload, done=DONE, by=officer, at=now)
    with pytest.raises(policies.AlreadyImported):
        refuse_upload(upload=upload, by=officer, at=now)


def test_what_has_problems_is_not_imported(
    upload: Upload, officer: Actor, now: dt.datetime
) -> None:
    broken = Preview(rows_read=2, problems=(RowProblem(2, "When", "No such day."),))
    assert not policies.can_confirm(upload, broken)
    with pytest.raises(policies.ProblemsRemain, match="upload it again"):
        confirm_upload(upload=upload, done=broken, by=officer, at=now)
    upload.refresh_from_db()
    assert policies.can_confirm(upload, DONE)


def test_what_was_set_aside_is_not_imported(
    upload: Upload, officer: Actor, now: dt.datetime
) -> None:
    assert refuse_upload(upload=upload, by=officer, at=now).state == "REFUSED"
    with pytest.raises(policies.SetAside, match="Upload the file again"):
        confirm_upload(upload=upload, done=DONE, by=officer, at=now)


def test_the_same_file_is_known_again_once_imported(
    upload: Upload, officer: Actor, now: dt.datetime
) -> None:
    assert queries.imported_before(kind="plan", data=CSV) is None
    confirm_upload(upload=upload, done=DONE, by=officer, at=now)
    assert queries.imported_before(kind="plan", data=CSV) == upload
    assert queries.imported_before(kind="feedback", data=CSV) is None
    assert queries.imported_before(kind="plan", data=CSV + b"x,y\n") is None


def test_fields_are_chosen_for_headings(upload: Upload, officer: Actor, now: dt.datetime) -> None:
    choose_fields(upload=upload, choices={"When": ("deadline",)}, by=officer, at=now)
    assert queries.uploads("plan").get().choices == {"When": ["deadline"]}


def test_a_mapping_is_found_by_its_headings_in_any_order(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    for key in ("due", "deadline"):
        choices = {"When": [key], "Action": ["action"]}
        save_mapping(kind="plan", name="Our plan", choices=choices, by=officer, at=now)
    found = queries.mapping_for("plan", ["ACTION", "when"])
    assert found is not None
    assert found.choices["When"] == ["deadline"]
    assert [mapping.name for mapping in queries.saved_mappings("plan")] == ["Our plan"]
    assert queries.mapping_for("plan", ["Action"]) is None


def test_another_landlord_sees_neither_upload_nor_mapping(
    upload: Upload, oxford: Landlord, officer: Actor, now: dt.datetime
) -> None:
    save_mapping(kind="plan", name="Our plan", choices={"A": []}, by=officer, at=now)
    confirm_upload(upload=upload, done=DONE, by=officer, at=now)
    assert queries.imported_before(kind="plan", data=CSV) is not None
    assert queries.mapping_for("plan", ["A"]) is not None
    with landlord_scope(oxford):
        assert queries.imported_before(kind="plan", data=CSV) is None
        assert queries.mapping_for("plan", ["A"]) is None


def test_the_database_refuses_a_settled_upload_without_its_moment(upload: Upload) -> None:
    with (
        pytest.raises(IntegrityError, match="upload_is_settled_when_no_longer_a_preview"),
        transaction.atomic(),
    ):
        Upload.objects.filter(pk=upload.pk).update(state="CONFIRMED")


def test_the_database_refuses_two_mappings_of_one_name(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    values = {"kind": "plan", "name": "Ours", "choices": {}, "saved_at": now, **officer.columns()}
    SavedMapping.objects.create(**values)
    with (
        pytest.raises(IntegrityError, match="saved_mapping_has_its_own_name"),
        transaction.atomic(),
    ):
        SavedMapping.objects.create(**values)
