"""The pages on which a spreadsheet becomes a plan."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from actionplans.plans.models import Line, Plan, PlanFile
from involvement.importing.models import Upload
from involvement.landlords.models import Landlord
from tests.actionplans.plans.test_bringing_in import PLAN, workbook


def upload(client: Client, content: str, title: str = "Plan (demo)") -> Any:
    file = SimpleUploadedFile("plan.csv", content.encode(), "text/csv")
    return client.post(reverse("plans:upload_add"), {"title": title, "file": file}, follow=True)


def test_the_pages_show_everything_before_anything_is_written(
    officer_client: Client, in_poole: Landlord
) -> None:
    page = upload(officer_client, PLAN).content.decode()
    assert "4 rows read, 6 lines would be made." in " ".join(page.split())
    assert "“Colour”" in page
    assert not Plan.objects.exists()
    waiting = Upload.objects.get()
    confirm = reverse("plans:upload_confirm", args=[waiting.pk])
    done = officer_client.post(confirm, follow=True).content.decode()
    assert "4 rows read, 6 lines made in “Plan (demo)”." in done
    again = officer_client.post(confirm, follow=True).content.decode()
    assert "has been imported already" in again
    assert (Plan.objects.count(), PlanFile.objects.count()) == (1, 1)


def test_headings_are_said_once_and_known_the_next_time(
    officer_client: Client, in_poole: Landlord
) -> None:
    content = "Vorhaben,Wer\nHold a café,JM\n"
    page = upload(officer_client, content).content.decode()
    assert "No column is chosen" in page
    first = Upload.objects.get()
    mapping = {"column_0": "title", "column_1": "owner"}
    address = reverse("plans:upload_map", args=[first.pk])
    assert "Vorhaben" in officer_client.get(address).content.decode()
    page = officer_client.post(address, mapping, follow=True).content.decode()
    assert "1 row read, 1 line would be made." in " ".join(page.split())
    page = upload(officer_client, content.replace("café", "tea"), "Other").content.decode()
    assert "1 row read, 1 line would be made." in " ".join(page.split())


def test_a_wrong_file_gets_a_sentence_on_the_page(
    officer_client: Client, in_poole: Landlord
) -> None:
    file = SimpleUploadedFile("plan.xlsx", b"not a workbook")
    page = officer_client.post(reverse("plans:upload_add"), {"title": "P", "file": file})
    assert "is called .xlsx but is plain text" in page.content.decode()
    assert not Upload.objects.exists()


def test_the_officer_chooses_the_sheet_on_the_page(
    officer_client: Client, in_poole: Landlord, tmp_path: Path
) -> None:
    file = SimpleUploadedFile("plan.xlsx", workbook(tmp_path).read_bytes())
    page = officer_client.post(
        reverse("plans:upload_add"), {"title": "P", "file": file}, follow=True
    )
    assert "No column is chosen" in page.content.decode()
    waiting = Upload.objects.get()
    address = reverse("plans:upload_sheet", args=[waiting.pk])
    gone = officer_client.post(address, {"sheet": "Nowhere"}, follow=True).content.decode()
    assert "This workbook has no sheet “Nowhere”." in gone
    page = officer_client.post(address, {"sheet": "The plan"}, follow=True)
    assert "1 row read, 1 line would be made." in " ".join(page.content.decode().split())
    officer_client.post(reverse("plans:upload_confirm", args=[waiting.pk]))
    assert Line.objects.get().title == "Hold a café"
