from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from actionplans.decisions.models import Decision
from actionplans.feedback.models import Theme
from involvement.landlords.models import Landlord
from tests.factories.decisions import make_body, make_decision
from tests.factories.feedback import CLERK, make_theme

pytestmark = pytest.mark.django_db


def put(theme: Theme, **fields: Any) -> Decision:
    """Straight into the table, past every rule of the code."""
    values: dict[str, Any] = {
        "theme": theme,
        "result": "AGREED",
        "what": "New lifts.",
        "body": make_body(),
        "decided_on": timezone.localdate(),
        "told_due_on": timezone.localdate() + dt.timedelta(days=14),
        "recorded_at": timezone.now(),
        **CLERK.columns(),
        **fields,
    }
    decision: Decision = Decision.objects.create(**values)
    return decision


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"what": ""}, "decision_says_what"),
        ({"body": None}, "decision_is_by_a_body_or_an_officer"),
        ({"result": "PARTLY"}, "decision_not_fully_agreed_says_why"),
        ({"result": "NOT_AGREED", "because": "It costs."}, "decision_not_fully_agreed_says_why"),
    ],
)
def test_the_database_refuses_a_decision_that_says_too_little(
    in_poole: Landlord, fields: dict[str, Any], constraint: str
) -> None:
    theme = make_theme()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        put(theme, **fields)
    assert put(theme).pk


def test_the_database_keeps_one_decision_in_force(in_poole: Landlord) -> None:
    theme = make_theme()
    put(theme)
    with pytest.raises(IntegrityError, match="decision_in_force_is_one_for_a_theme"):
        put(theme)


def test_the_database_saves_one_form_once(in_poole: Landlord) -> None:
    token = uuid.uuid4()
    put(make_theme(), form_token=token)
    with pytest.raises(IntegrityError, match="decision_form_is_saved_once"):
        put(make_theme("Another"), form_token=token)


def test_the_database_keeps_a_minority_view_as_written(in_poole: Landlord) -> None:
    decision = make_decision(make_theme(), minority_view="We wanted stairs mended first.")
    with (
        pytest.raises(IntegrityError, match="kept as they wrote it"),
        transaction.atomic(),
    ):
        Decision.objects.filter(pk=decision.pk).update(minority_view="We all agreed.")
    Decision.objects.filter(pk=decision.pk).update(what="New lifts by May.")
    decision.refresh_from_db()
    assert (decision.minority_view, decision.what) == (
        "We wanted stairs mended first.",
        "New lifts by May.",
    )
