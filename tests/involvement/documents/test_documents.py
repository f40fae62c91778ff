from __future__ import annotations

import datetime as dt
import io

import pytest
from django.db import IntegrityError, transaction
from PIL import Image

from involvement.auditing.actors import Actor
from involvement.documents import policies, queries
from involvement.documents.models import StoredFile
from involvement.documents.operations import store_file
from involvement.landlords.models import Landlord

pytestmark = pytest.mark.django_db


def picture(form: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 4), "#0F5E5A").save(out, format=form)
    return out.getvalue()


def test_a_kept_file_comes_back_as_an_attachment(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    file = store_file(name="C:\\mine\\log.txt", data=b"eleven visits", by=officer, at=now)
    answer = queries.download(file)
    assert file.name == "log.txt"
    assert answer.content == b"eleven visits"
    assert answer["Content-Disposition"] == 'attachment; filename="log.txt"'
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_picture_loses_what_was_hidden_in_it(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    hidden = picture("JPEG") + b"<script>hidden</script>"
    file = store_file(name="bins.jpeg", data=hidden, by=officer, at=now)
    assert b"<script>" not in queries.content(file)


@pytest.mark.parametrize(
    ("name", "data", "refusal"),
    [
        ("empty.txt", b"", policies.FileEmpty),
        ("page.html", b"<html>", policies.FileKindRefused),
        ("drawing.svg", b"<svg/>", policies.FileKindRefused),
        ("report.pdf", b"MZ\x90not a pdf", policies.FileIsNotWhatItSays),
        ("notes.txt", b"nul\x00byte", policies.FileIsNotWhatItSays),
        ("photo.png", picture()[:40], policies.FileIsNotWhatItSays),
        ("list.xlsx", b"PK\x03\x04garbage", policies.TableIsNotWhatItSays),
        ("list.csv", b"nul\x00byte", policies.TableIsNotWhatItSays),
        ("large.txt", b"x" * (policies.LARGEST + 1), policies.FileTooLarge),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence(
    in_poole: Landlord,
    officer: Actor,
    now: dt.datetime,
    name: str,
    data: bytes,
    refusal: type[Exception],
) -> None:
    with pytest.raises(refusal, match=r"\w+ .*\."):
        store_file(name=name, data=data, by=officer, at=now)
    assert not StoredFile.objects.exists()


def test_the_database_refuses_an_empty_file(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    with pytest.raises(IntegrityError, match="stored_file_is_not_empty"), transaction.atomic():
        StoredFile.objects.create(
            name="a",
            content_type="text/plain",
            size=0,
            sha256="",
            stored_at=now,
            **officer.columns(),
        )
