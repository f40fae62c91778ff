"""Two officers at once, each on a connection of their own: one result, and the second is told."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actionplans.plans import policies
from actionplans.plans.models import Line, Plan, PlanFile, PlanVersion
from actionplans.plans.operations import bringing_in, lines, planning, updating
from involvement.accounts.models import Membership
from involvement.auditing.refusals import Refusal
from involvement.importing.models import Upload
from involvement.importing.readers import read_table
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from tests.actionplans.plans.test_bringing_in import PLAN
from tests.conftest import client_for
from tests.factories.accounts import make_member
from tests.factories.landlords import make_landlord
from tests.factories.plans import CLERK, make_line, make_plan

NOW = timezone.now()


@pytest.fixture
def landlord(transactional_db: None) -> Landlord:
    """A landlord that is committed, so that other connections see it."""
    return make_landlord("poole", name="Poole Housing Partnership")


@pytest.fixture
def officer_at(landlord: Landlord) -> Membership:
    return make_member(landlord, "Jean Marlow (demo)", "OFFICER", initials="JM")


def both(landlord: Landlord, work: Callable[[int], Any]) -> list[Any]:
    """What the work gives, or refuses with, in two threads that begin together."""
    start = threading.Barrier(2)

    def one(number: int) -> Any:
        try:
            with landlord_scope(landlord):
                start.wait(timeout=20)
                return work(number)
        except Refusal as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        return [done.result() for done in [pool.submit(one, number) for number in range(2)]]


def test_of_two_who_save_one_line_the_second_sees_what_the_first_wrote(landlord: Landlord) -> None:
    with landlord_scope(landlord):
        line = make_line(make_plan())

    def save(number: int) -> str:
        with transaction.atomic():
            kept = lines.edit_line(
                line=line, version=1, values={"measure": f"By {number}"}, by=CLERK, at=NOW
            )
            # Long enough for the other to arrive at the same row and wait for it
            time.sleep(0.2)
        return str(kept.measure)

    results = both(landlord, save)
    (won,) = [result for result in results if isinstance(result, str)]
    (refused,) = [r for r in results if isinstance(r, policies.LineChangedMeanwhile)]
    assert refused.theirs.measure == won
    with landlord_scope(landlord):
        line.refresh_from_db()
        assert (line.measure, line.version) == (won, 2)


def test_a_double_click_on_publish_makes_one_version(landlord: Landlord) -> None:
    with landlord_scope(landlord):
        plan = make_plan()
        make_line(plan, owner_words="JM", deadline_words="June 2040", measure="A log")
        plan = planning.agree_plan(
            plan=plan, agreed_on=timezone.localdate(), agreed_by="Panel", by=CLERK, at=NOW
        )
    results = both(
        landlord, lambda _: planning.publish_plan(plan=plan, by=CLERK, at=timezone.now()).number
    )
    assert results == [2, 2]
    with landlord_scope(landlord):
        assert PlanVersion.objects.filter(occasion="PUBLISHED").count() == 1


def clicked(landlord: Landlord, member: Membership, content: str) -> list[str]:
    """What the pages say after two clicks at once on confirming one upload."""
    client = client_for(landlord, member)
    file = SimpleUploadedFile("plan.csv", content.encode(), "text/csv")
    sent = {"title": "Plan (demo)", "file": file}
    page = client.post(reverse("plans:upload_add"), sent, follow=True)
    with landlord_scope(landlord):
        upload = Upload.objects.latest("pk")
    address = reverse("plans:upload_confirm", args=[upload.pk])
    found = page.context["found"]
    seen = {"seen": found.fingerprint} if found else {}

    def click(_: int) -> str:
        each: Client = client_for(landlord, member)
        return " ".join(each.post(address, seen, follow=True).content.decode().split())

    return both(landlord, click)


def test_a_double_click_on_confirm_brings_a_file_in_once(
    landlord: Landlord, officer_at: Membership
) -> None:
    pages = clicked(landlord, officer_at, PLAN)
    assert sum("4 rows read, 6 lines made in “Plan (demo)”." in page for page in pages) == 1
    assert sum("has been imported already" in page for page in pages) == 1
    with landlord_scope(landlord):
        assert (Plan.objects.count(), Line.objects.count()) == (1, 6)


def test_a_double_click_takes_a_changed_file_over_once(
    landlord: Landlord, officer_at: Membership
) -> None:
    clicked(landlord, officer_at, PLAN)
    pages = clicked(landlord, officer_at, f"{PLAN},Print a poster,,2031,,\n")
    assert sum("Lines in “Plan (demo)”: 1 new and 6 unchanged." in page for page in pages) == 1
    assert sum("has been imported already" in page for page in pages) == 1
    with landlord_scope(landlord):
        assert (Line.objects.count(), PlanFile.objects.count()) == (7, 2)


def test_two_who_take_over_different_files_come_one_after_the_other(landlord: Landlord) -> None:
    def drafted(content: str) -> Any:
        table = read_table(io.BytesIO(content.encode()), name="plan.csv")
        return table, bringing_in.read_plan(table, landlord=landlord, at=NOW)

    with landlord_scope(landlord):
        table, draft = drafted(PLAN)
        plan = bringing_in.bring_in_plan(
            table=table, draft=draft, title="P", file_name="one.csv", by=CLERK, at=NOW
        ).plan
        assert plan is not None
        files = [drafted(f"{PLAN},Poster {at},,2031,,\n") for at in range(2)]
        prints = [updating.comparison(plan, draft, at=NOW).fingerprint for _, draft in files]
        files = [drafted(f"{PLAN},Poster {at},,2031,,\n") for at in range(2)]

    def take_over(number: int) -> str:
        table, draft = files[number]
        return updating.update_plan(
            plan=plan, table=table, draft=draft, file_name=f"{number}.csv", seen=prints[number],
            by=CLERK, at=timezone.now(),
        ).sentence  # fmt: skip

    results = both(landlord, take_over)
    assert sum(isinstance(result, updating.PlanMovedMeanwhile) for result in results) == 1
    assert sum(isinstance(result, str) and "1 new" in result for result in results) == 1
    with landlord_scope(landlord):
        assert Line.objects.filter(title__startswith="Poster").count() == 1
        places = Line.objects.order_by("position").values_list("position", flat=True)
        assert list(places) == list(range(1, 8))
