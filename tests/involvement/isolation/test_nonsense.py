"""Every constraint is seen to refuse: the nonsense it is there against is written, and PostgreSQL raises.

Each works on the seeded row of its model. Where a constraint's own tests try it already it is left
out here; the last test holds that none is left out of both.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import F

from involvement.isolation import landlord_scope
from involvement.landlords.models import Domain
from tests.harness.clock import STARTS_AT
from tests.involvement.isolation.conftest import World


@dataclass(frozen=True)
class RowOf:
    """A value that is the seeded row of another model."""

    label: str


ITSELF: Final = F("pk")
TOMORROW: Final = STARTS_AT.date() + dt.timedelta(days=900)
YESTERDAY: Final = STARTS_AT.date() - dt.timedelta(days=900)
LATE: Final = {"said_on": TOMORROW}
ENDED: Final = {"outcome": "REFUSED", "ended_at": STARTS_AT}

# Constraint → its model, and the values that no row may have.
REFUSED: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "attempt_that_ended_has_an_outcome": (
        "involvement.DeliveryAttempt",
        {"outcome": "ACCEPTED", "ended_at": None},
    ),
    "provider_carries_between_one_and_3000_a_minute": ("involvement.Provider", {"per_minute": 0}),
    "provider_of_your_own_has_a_sender": (
        "involvement.Provider",
        {"kind": "SMTP", "sender_address": ""},
    ),
    "provider_that_is_held_says_why": (
        "involvement.Provider",
        {"held_until_at": STARTS_AT, "held_because": ""},
    ),
    "provider_that_was_tried_says_what_came_of_it": (
        "involvement.Provider",
        {"tried_at": STARTS_AT, "tried_words": ""},
    ),
    "call_back_says_whom_to_ring": ("residents.CallBack", {"phone": ""}),
    "call_back_done_says_by_whom": (
        "residents.CallBack",
        {"rung_at": STARTS_AT, "rung_by": ""},
    ),
    "resident_session_ends_within_ninety_days": (
        "residents.ResidentSession",
        {"began_at": STARTS_AT, "ends_at": STARTS_AT + dt.timedelta(days=900)},
    ),
    "resident_session_on_a_shared_computer_is_short": (
        "residents.ResidentSession",
        {
            "is_shared": True,
            "began_at": STARTS_AT,
            "ends_at": STARTS_AT + dt.timedelta(hours=2),
        },
    ),
    "sign_in_code_expires_after_it_is_made": (
        "residents.SignInCode",
        {"made_at": STARTS_AT, "expires_at": STARTS_AT},
    ),
    "sign_in_code_goes_to_an_address_or_in_a_letter": (
        "residents.SignInCode",
        {"way": "EMAIL", "address": ""},
    ),
    "sign_in_code_is_tried_five_times_at_most": ("residents.SignInCode", {"tries": 6}),
    "agreement_says_who_agreed": ("structures.Agreement", {"body": None, "who": ""}),
    "chosen_method_was_said_before_it_was_recorded": ("residents.ChosenMethod", LATE),
    "consent_was_said_before_it_was_recorded": ("residents.Consent", LATE),
    "consultation_had_no_more_than_were_asked": (
        "structures.Consultation",
        {"asked": 5, "took_part": 6},
    ),
    "cut_crosses_no_more_than_two_things": ("residents.Cut", {"kind": "MEETING"}),
    "domain_is_lower_case": ("involvement.Domain", {"host": "Poole.Example"}),
    "expression_is_answered_once_it_is_decided": (
        "residents.Expression",
        {"state": "OPEN", "answered_at": STARTS_AT},
    ),
    "expression_of_time_is_more_than_nothing": ("residents.Expression", {"minutes": 0}),
    "expression_was_said_before_it_was_recorded": ("residents.Expression", LATE),
    "gap_compares_two_shares": ("residents.Gap", {"lives_share": 0}),
    "interest_was_said_before_it_was_recorded": ("residents.Interest", LATE),
    "invitation_is_accepted_or_withdrawn": (
        "involvement.Invitation",
        {"accepted_at": STARTS_AT, "withdrawn_at": STARTS_AT},
    ),
    "landlord_brand_is_a_colour": ("involvement.Landlord", {"brand_colour": "#12345g"}),
    "landlord_is_not_its_own_parent": ("involvement.Landlord", {"parent": ITSELF}),
    "landlord_year_starts_in_a_month": ("involvement.Landlord", {"year_start_month": 13}),
    "message_forgets_its_link_once_it_went": (
        "involvement.Message",
        {"state": "SENT", "sent_at": STARTS_AT, "link": "https://example.example/"},
    ),
    "message_has_an_address": ("involvement.Message", {"to_address": ""}),
    "message_on_its_way_has_a_lease": ("involvement.Message", {"state": "SENDING"}),
    "message_that_arrived_has_a_moment": (
        "involvement.Message",
        {"state": "DELIVERED", "sent_at": STARTS_AT, "delivered_at": None},
    ),
    "message_that_goes_by_itself_knows_when": (
        "involvement.Message",
        {"state": "QUEUED", "channel": "EMAIL", "next_attempt_at": None},
    ),
    "message_sent_has_a_moment": ("involvement.Message", {"state": "SENT", "sent_at": None}),
    "method_wish_was_said_before_it_was_recorded": ("residents.MethodWish", LATE),
    "offer_of_time_is_more_than_nothing": ("residents.Offer", {"minutes": 0}),
    "offer_was_said_before_it_was_recorded": ("residents.Offer", LATE),
    "person_by_email_has_an_email": (
        "residents.Person",
        {"preferred_channel": "EMAIL", "email": ""},
    ),
    "person_by_phone_has_a_number": (
        "residents.Person",
        {"preferred_channel": "TEXT", "phone": ""},
    ),
    "person_by_post_has_an_address": (
        "residents.Person",
        {"preferred_channel": "POST", "address": ""},
    ),
    "person_has_a_name": ("residents.Person", {"name": ""}),
    "place_is_not_inside_itself": ("involvement.Place", {"parent": ITSELF}),
    "priority_says_where_it_came_from": ("structures.Priority", {"source_words": ""}),
    "report_schedule_counts_within_a_quarter": ("reporting.ReportSchedule", {"cutoff_days": 93}),
    "strategy_ends_after_it_starts": (
        "structures.Strategy",
        {"starts_on": TOMORROW, "ends_on": YESTERDAY},
    ),
    "subject_is_not_inside_itself": ("involvement.Subject", {"parent": ITSELF}),
    "user_email_is_lower_case": ("involvement.User", {"email": "Ada@Poole.Example"}),
    "view_taken_out_says_what_for": (
        "involvement.ViewLogEntry",
        {"kind": "EXPORTED", "purpose": ""},
    ),
    "word_has_singular_and_plural": ("involvement.Word", {"plural": ""}),
    "wording_says_which_text": ("reporting.Wording", {"key": ""}),
}
# Constraint → its model, and what the row is given first, so that a second like it is refused.
ONCE: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "attempt_has_a_number_of_its_own": ("involvement.DeliveryAttempt", ENDED),
    "attempt_has_a_reference_of_its_own": ("involvement.DeliveryAttempt", ENDED),
    "attempt_under_way_is_the_only_one": (
        "involvement.DeliveryAttempt",
        {"outcome": "OPEN", "ended_at": None},
    ),
    "provider_in_use_is_the_only_one_of_its_channel": (
        "involvement.Provider",
        {"is_active": True},
    ),
    "provider_name_is_used_once": ("involvement.Provider", {"is_active": False}),
    "body_name_is_used_once": ("structures.Body", {"short_name": ""}),
    "body_short_name_means_one_body": ("structures.Body", {"short_name": "RP"}),
    "characteristic_is_cut_once_a_quarter": ("residents.Cut", {}),
    "sign_in_link_opens_one_code": ("residents.SignInCode", {}),
    "resident_session_has_its_own_token": ("residents.ResidentSession", {}),
    "domain_leads_to_one_landlord": ("involvement.Domain", {}),
    "driver_counts_once_for_a_strategy": ("structures.StrategyDriver", {}),
    "driver_of_a_day_is_listed_once": ("structures.Driver", {}),
    "expression_form_is_saved_once": (
        "residents.Expression",
        {"form_token": "7f1e8f9e-30c7-4b2f-9a43-33d7c5b1a001"},
    ),
    "expression_names_a_method_once": ("residents.ExpressionMethod", {}),
    "expression_names_a_subject_once": ("residents.ExpressionSubject", {}),
    "gap_is_answered_by_one_line": ("actionplans.GapLine", {}),
    "gap_is_opened_once_a_quarter": ("residents.Gap", {}),
    "glossary_term_is_explained_once": ("involvement.GlossaryTerm", {}),
    "interest_is_kept_once_for_each_person": ("residents.Interest", {"ended_at": None}),
    "invitation_is_open_once_for_each_address": (
        "involvement.Invitation",
        {"accepted_at": None, "withdrawn_at": None},
    ),
    "invitation_token_opens_one_invitation": ("involvement.Invitation", {"accepted_at": STARTS_AT}),
    "landlord_slug_is_taken_once": ("involvement.Landlord", {}),
    "level_name_is_used_once": ("involvement.Level", {}),
    "membership_is_one_for_each_user": ("involvement.Membership", {}),
    "message_for_one_cause_is_sent_once": ("involvement.Message", {}),
    "method_wish_is_kept_once_for_each_person": ("residents.MethodWish", {"ended_at": None}),
    "need_is_kept_once_for_each_person": ("residents.Need", {"ended_at": None}),
    "partner_is_listed_once_for_a_group": ("residents.GroupPartner", {"ended_at": None}),
    "person_has_a_term_once": ("residents.PersonTerm", {}),
    "place_name_is_used_once_under_its_parent": ("involvement.Place", {}),
    "report_file_is_made_once": ("reporting.ReportFile", {}),
    "report_is_made_once_for_each_period": ("reporting.Report", {}),
    "report_published_is_one_for_each_period": (
        "reporting.Report",
        {
            "state": "PUBLISHED",
            "facts": {},
            "checksum": "0" * 64,
            "frozen_at": STARTS_AT,
            "approved_at": STARTS_AT,
            "published_at": STARTS_AT,
        },
    ),
    "report_schedule_is_one_for_each_kind": ("reporting.ReportSchedule", {}),
    "sign_in_rule_is_one_for_each_landlord": ("involvement.SignInRule", {}),
    "staff_email_is_used_once": (
        "involvement.StaffMember",
        {"email": "ada@poole.example", "initials": ""},
    ),
    "staff_initials_mean_one_person": (
        "involvement.StaffMember",
        {"initials": "AC", "email": "", "left_on": None},
    ),
    "stored_file_key_is_its_own": ("involvement.StoredFile", {}),
    "strategy_version_of_a_title_is_one": ("structures.Strategy", {}),
    "subject_name_is_used_once_under_its_parent": ("involvement.Subject", {}),
    "team_name_is_used_once": ("involvement.Team", {}),
    "unit_name_is_used_once": ("involvement.Unit", {}),
    "visit_is_due_once_for_each_tenancy": ("residents.TenancyVisit", {"tenancy": None}),
    "visit_is_pulled_once_from_each_tenancy": (
        "residents.TenancyVisit",
        {"tenancy": RowOf("residents.Tenancy")},
    ),
    "visit_names_a_method_once": ("residents.VisitMethod", {}),
    "way_is_kept_once_for_each_person": ("residents.Way", {"ended_at": None}),
    "word_is_chosen_once": ("involvement.Word", {}),
}
# Constraint → how the second row differs, since another constraint would refuse it first.
APART: Final[dict[str, dict[str, Any]]] = {
    "attempt_has_a_number_of_its_own": {"reference": "another"},
    "attempt_has_a_reference_of_its_own": {"number": 99},
    "attempt_under_way_is_the_only_one": {"number": 99, "reference": "another"},
    "provider_in_use_is_the_only_one_of_its_channel": {"name": "Another"},
    "body_short_name_means_one_body": {"name": "Another body"},
    "invitation_is_open_once_for_each_address": {"token_hash": "0" * 64},
    "report_published_is_one_for_each_period": {"version": 99, "restated_because": "Wrong"},
    "visit_is_pulled_once_from_each_tenancy": {"tenancy_began_on": YESTERDAY},
}


def row_of(world: World, label: str) -> Any:
    """A row of ours; of what belongs to no landlord, any row."""
    model = apps.get_model(label)
    if model is Domain:
        return Domain.objects.create(landlord_key=world.ours.landlord, host="ours.example")
    keys = world.ours.ids.get(model._meta.label_lower)
    rows = model._base_manager.order_by("pk")
    row = rows.filter(pk=keys[0]).first() if keys else rows.first()
    assert row is not None, f"{label} has no row to try it on"
    return row


@pytest.mark.parametrize("name", REFUSED)
def test_nonsense_is_refused(world: World, name: str) -> None:
    label, values = REFUSED[name]
    with landlord_scope(world.ours.landlord):
        row = row_of(world, label)
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            if ITSELF in values.values():
                type(row)._base_manager.filter(pk=row.pk).update(**values)
            else:
                type(row)._base_manager.bulk_create([another(row, values)])


@pytest.mark.parametrize("name", ONCE)
def test_a_second_like_it_is_refused(world: World, name: str) -> None:
    label, values = ONCE[name]
    with landlord_scope(world.ours.landlord):
        row = row_of(world, label)
        if values:
            given = {
                field: row_of(world, value.label) if isinstance(value, RowOf) else value
                for field, value in values.items()
            }
            type(row)._base_manager.filter(pk=row.pk).update(**given)
            row.refresh_from_db()
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            type(row)._base_manager.bulk_create([another(row, APART.get(name, {}))])


def another(row: models.Model, values: dict[str, Any]) -> models.Model:
    """A row like it but for these values, not yet written."""
    copy = type(row)._base_manager.get(pk=row.pk)
    copy.pk = None
    for field, value in values.items():
        setattr(copy, field, value)
    return copy


def test_every_constraint_is_tried() -> None:
    tests = Path(__file__).parents[2]
    words = "\n".join(path.read_text() for path in sorted(tests.rglob("test_*.py")))
    tried = {*REFUSED, *ONCE, *re.findall(r"\b[a-z0-9]+(?:_[a-z0-9]+){2,}\b", words)}
    untried = [
        f"{model._meta.label}: {constraint.name}"
        for model in apps.get_models()
        if model.__module__.split(".", maxsplit=1)[0] not in {"allauth", "django"}
        for constraint in model._meta.constraints
        if constraint.name not in tried
    ]
    assert untried == []
