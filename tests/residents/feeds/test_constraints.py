from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from residents.feeds.models import Intake, RefusedRow, Source, StagedRow, Token
from tests.residents.feeds.files import BY, the_source

pytestmark = pytest.mark.usefixtures("in_poole")


def refused(constraint: str, model: Any, **values: Any) -> None:
    """PostgreSQL itself refuses the row, by this constraint."""
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        model.objects.create(**values)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def a_source(now: dt.datetime, **values: Any) -> dict[str, Any]:
    return {"name": "Other", "slug": "other", "created_at": now, **values}


def an_intake(now: dt.datetime, **values: Any) -> dict[str, Any]:
    return {
        "source": the_source(),
        "name": "a.csv",
        "sha256": "0" * 64,
        "how": "PAGE",
        "mode": "DELTA",
        "arrived_at": now,
        **BY.columns(),
        **values,
    }


def test_sources_are_told_apart_by_name_and_by_folder(now: dt.datetime) -> None:
    the_source()
    refused("feed_source_name_is_taken_once", Source, **a_source(now, name="ORCHARD"))
    refused("feed_source_folder_is_taken_once", Source, **a_source(now, slug="orchard"))
    refused("feed_source_has_a_name", Source, **a_source(now, name=""))
    refused("feed_source_share_is_at_most_all", Source, **a_source(now, leaver_share=101))


def test_tokens_are_their_own_and_say_what_sends(now: dt.datetime) -> None:
    values = {"source": the_source(), "digest": "1" * 64, "ending": "abcd", "made_at": now}
    Token.objects.create(name="One", **values, **BY.columns())
    refused("feed_token_is_its_own", Token, name="Two", **values, **BY.columns())
    values["digest"] = "2" * 64
    refused("feed_token_says_what_sends", Token, name="", **values, **BY.columns())


def test_intakes_are_settled_once_say_why_and_count_each_row_once(now: dt.datetime) -> None:
    settled = "intake_is_settled_when_no_longer_a_preview"
    refused(settled, Intake, **an_intake(now, state="DONE"))
    refused(settled, Intake, **an_intake(now, settled_at=now))
    refused("intake_that_failed_says_why", Intake, **an_intake(now, state="FAILED", settled_at=now))
    refused("intake_counts_every_row_once", Intake, **an_intake(now, rows_read=2, created=1))


def test_rows_stand_once_and_say_why_they_are_refused(now: dt.datetime) -> None:
    intake = Intake.objects.create(**an_intake(now))
    row = {"intake": intake, "number": 2, "why": "No name."}
    RefusedRow.objects.create(**row)
    refused("refused_row_stands_once", RefusedRow, **row)
    refused("refused_row_says_why", RefusedRow, **{**row, "number": 3, "why": ""})
    staged = {
        "intake": intake,
        "number": 4,
        "act": "NEW",
        "person_key": 1,
        "reference": "P1",
        "name": "Somebody",
        "capacity": "TENANT",
    }
    StagedRow.objects.create(**staged)
    refused("staged_row_is_of_somebody_else", StagedRow, **{**staged, "number": 5})
