from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from residents.feeds import folders, operations, queries
from residents.feeds.models import Intake, RefusedRow
from residents.people.models import Person
from residents.privacy.operations import retention
from tests.actionplans.asked import text_of
from tests.factories.accounts import make_member
from tests.residents.feeds.files import BY, bring, csv_of, one, the_source


@pytest.fixture
def folder(poole: Landlord, tmp_path: Path, settings: Any) -> Path:
    settings.FEED_FOLDER = str(tmp_path)
    with landlord_scope(poole):
        the_source(picks_up=True)
    path = tmp_path / "poole" / "orchard"
    path.mkdir(parents=True)
    return path


def left(folder: Path, name: str, data: bytes, *, seconds_ago: int = 60) -> None:
    (folder / name).write_bytes(data)
    moment = timezone.now().timestamp() - seconds_ago
    os.utime(folder / name, (moment, moment))


def picked_up(landlord: Landlord) -> list[Intake]:
    with landlord_scope(landlord):
        return folders.pick_up(landlord, by=BY, at=timezone.now())


def test_files_are_brought_in_oldest_first_and_moved(poole: Landlord, folder: Path) -> None:
    left(folder, "b.csv", csv_of(one(1)), seconds_ago=90)
    left(folder, "a.csv", csv_of({**one(1), "Title": "Ms"}))
    left(folder, "being-written.csv", csv_of(one(2)), seconds_ago=1)
    left(folder, "notes.doc", b"no list")
    found = picked_up(poole)
    assert [(one.name, one.state, one.how) for one in found] == [
        ("b.csv", "DONE", "FOLDER"),
        ("a.csv", "DONE", "FOLDER"),
    ]
    assert sorted(path.name for path in folder.glob("*.*")) == ["being-written.csv", "notes.doc"]
    assert len(list((folder / "done").iterdir())) == 2
    assert picked_up(poole) == []
    with landlord_scope(poole):
        assert Person.objects.get().title == "Ms"


def test_a_failure_is_told_on_the_first_page_of_the_desk(
    poole: Landlord, folder: Path, officer_client: Client
) -> None:
    left(folder, "odd.csv", b"Wer,Wo\na,b\n")
    assert [one.state for one in picked_up(poole)] == ["FAILED"]
    assert len(list((folder / "failed").iterdir())) == 1
    home = text_of(officer_client.get("/desk/"))
    assert "1 list could not be brought in" in home
    assert "odd.csv from Orchard" in home
    left(folder, "good.csv", csv_of(one(1)))
    picked_up(poole)
    assert "could not be brought in" not in text_of(officer_client.get("/desk/"))


def test_one_landlords_folder_is_not_anothers(
    poole: Landlord, oxford: Landlord, folder: Path
) -> None:
    left(folder, "a.csv", csv_of(one(1)))
    with landlord_scope(oxford):
        the_source(picks_up=True)
    assert picked_up(oxford) == []
    assert (folder / "a.csv").exists()


def test_without_a_folder_nothing_is_looked_for(
    poole: Landlord, folder: Path, settings: Any
) -> None:
    settings.FEED_FOLDER = ""
    left(folder, "a.csv", csv_of(one(1)))
    assert picked_up(poole) == []


def test_what_nobody_settles_is_let_go(in_poole: Landlord) -> None:
    at = timezone.now()
    intake = operations.start_intake(
        source=the_source(),
        name="old.csv",
        data=csv_of(one(1), {**one(2), "Name": ""}),
        how=Intake.How.PAGE,
        mode="DELTA",
        keep=True,
        by=BY,
        at=at,
    )
    operations.stage_intake(intake=intake, by=BY, at=at)
    assert operations.let_go(by=BY, at=at + dt.timedelta(days=13)) == 0
    assert RefusedRow.objects.count() == 1
    assert operations.let_go(by=BY, at=at + dt.timedelta(days=15)) == 1
    intake.refresh_from_db()
    assert (intake.state, intake.file) == ("ASIDE", None)
    assert not queries.waiting().exists()
    assert RefusedRow.objects.count() == 1
    retention.adopt_rules(by=BY, at=at)
    make_member(in_poole, "Ada Frost (demo)", "ADMINISTRATOR", initials="AF")
    retention.tidy_up(by=BY, at=at + dt.timedelta(days=85))
    assert RefusedRow.objects.count() == 1
    retention.warn(by=BY, at=at + dt.timedelta(days=86))
    retention.tidy_up(by=BY, at=at + dt.timedelta(days=93))
    assert not RefusedRow.objects.exists()
    retention.warn(by=BY, at=at + dt.timedelta(days=713))
    retention.tidy_up(by=BY, at=at + dt.timedelta(days=720))
    assert Intake.objects.exists()
    retention.warn(by=BY, at=at + dt.timedelta(days=727))
    retention.tidy_up(by=BY, at=at + dt.timedelta(days=735))
    assert not Intake.objects.exists()


def test_a_source_that_changes_its_name_keeps_its_people(in_poole: Landlord) -> None:
    bring(one(1))
    operations.change_source(source=the_source(), name="Northgate", by=BY, at=timezone.now())
    assert Person.objects.get().feed_source == "Northgate"
