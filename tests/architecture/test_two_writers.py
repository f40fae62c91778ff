"""A form over a record that is there is written through `auditing.meanwhile.Writing`, so that two
people with it open lose nothing of each other's."""

from __future__ import annotations

import ast

from django.db import transaction
from django.urls import resolve

from involvement.landlords.models import Landlord
from tests.architecture.source import Module, modules, settle
from tests.involvement.auditing.edit_forms import FORMS

WRITING = "Writing"
# A form that is begun with something is mostly one over a record.
BEGUN = {"initial", "instance"}
ANEW = "adds something: what it begins with is a suggestion"
AN_ACT = "an act of its own, kept with its date beside earlier ones; nothing is written over"
# Module and function → why nobody can be overwritten there.
NEEDS_NONE: dict[str, str] = {
    "actionplans.decisions.views._new_form": ANEW,
    "actionplans.feedback.views.desk.entry.record": ANEW,
    "actionplans.feedback.views.desk.entry.record_many": ANEW,
    "actionplans.feedback.views.public.tell": ANEW,
    "actionplans.outcomes.views.outcome_evidence": ANEW,
    "actionplans.outcomes.views.outcome_record": ANEW,
    "actionplans.plans.views.bringing_in.upload_add": ANEW,
    "actionplans.plans.views.line_acts.line_send_link": ANEW,
    "actionplans.plans.views.line_acts.line_split": AN_ACT,
    "actionplans.plans.views.lines.line_detail": "begins the form of `line_progress`",
    "actionplans.plans.views.lines.line_progress": (
        "adds a note; a state that somebody else set meanwhile is refused with what they set"
    ),
    "actionplans.plans.views.plans.plan_about": AN_ACT,
    "actionplans.replies.views.desk.tell": AN_ACT,
    "involvement.accounts.views.invitations.accept": ANEW,
    "involvement.accounts.views.invitations.invitations": ANEW,
    "involvement.landlords.views.settings.logo": "shows the colour and saves none",
    "reporting.library.views.acts._words_form": "makes the form of `report_wording`",
    "residents.eligibility.views.people.attest": AN_ACT,
    "residents.eligibility.views.people.person_joining": "asks, and changes nothing",
    "residents.eligibility.views.rules.rule_set_add": ANEW,
    "residents.eligibility.views.rules.rule_set_detail": "asks, and changes nothing",
    "residents.feeds.views.intakes.intake_send": ANEW,
    "residents.interests.views.expressions.expression_detail": (
        "answers once; who looks after it is one choice, each of which stays in history"
    ),
    "residents.interests.views.expressions.expression_record": ANEW,
    "residents.interests.views.groups._page": ANEW,
    "residents.interests.views.person.card": ANEW,
    "residents.interests.views.public.take_part": ANEW,
    "residents.interests.views.visits.visit_detail": "made once: a second time is refused",
    "residents.participation.views.participation_record": ANEW,
    "residents.people.views.moves.person_gone": AN_ACT,
    "residents.people.views.moves.person_move": AN_ACT,
    "residents.people.views.people.person_add": ANEW,
    "residents.preferences.views.my.consent": AN_ACT,
    "residents.preferences.views.person.person_consent": AN_ACT,
    "residents.privacy.views.access.access_add": ANEW,
    "residents.privacy.views.complaints.complaint_add": ANEW,
    "residents.privacy.views.public.complain": ANEW,
    "residents.profiles.views.people.person_equality": AN_ACT,
    "residents.representation.views.desk.gap_open": ANEW,
    "residents.representatives.views.authority_give": ANEW,
    "residents.segments.views.segment_add": ANEW,
    "residents.signin.views.entrance._proved": "asks who somebody is, and changes nothing",
    "residents.privacy.views.retention.record_hold": ANEW,
}
RESIDENTS_OWN = (
    "an officer and a resident try it together, in tests.residents.signin.test_own_pages"
)
# Module and function → why two need not try it by itself.
TRIED_ELSEWHERE: dict[str, str] = {
    "actionplans.plans.views.targets.target_add": "adds a target with the form that changes one",
    "residents.interests.views.my.wishes": RESIDENTS_OWN,
    "residents.interests.views.person.person_once": "another form of the page of wishes",
    "residents.people.views.my.details": RESIDENTS_OWN,
    "residents.preferences.views.my.needs": RESIDENTS_OWN,
    "residents.preferences.views.person.person_needs": "tried where its form stands",
    "residents.preferences.views.person.person_ways": "tried where its form stands",
    "residents.preferences.views.purposes.purpose_wording": "another form of a purpose's page",
    "reporting.library.views.acts.report_wording": "tried with a report, in its own tests",
}


def functions_of(module: Module) -> dict[str, ast.FunctionDef]:
    """The module's own functions; those inside them count as theirs."""
    return {each.name: each for each in module.tree.body if isinstance(each, ast.FunctionDef)}


def calls(node: ast.AST) -> list[ast.Call]:
    return [each for each in ast.walk(node) if isinstance(each, ast.Call)]


def called(call: ast.Call) -> str:
    """The last name of what is called: `forms.Entry(…)` is an Entry."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def named(function: ast.FunctionDef) -> set[str]:
    """What it calls by its bare name."""
    return {call.func.id for call in calls(function) if isinstance(call.func, ast.Name)}


def begins_a_form(function: ast.FunctionDef) -> bool:
    return any(
        called(call)[:1].isupper() and BEGUN & {keyword.arg for keyword in call.keywords}
        for call in calls(function)
    )


def writers(module: Module) -> set[str]:
    """The functions that write through a Writing, by themselves or through a neighbour."""
    functions = functions_of(module)
    found: set[str] = set()
    while more := {
        name
        for name, function in functions.items()
        if name not in found and {WRITING, *found} & named(function)
    }:
        found |= more
    return found


def views() -> list[Module]:
    return [module for module in modules() if module.layer == "views"]


def test_a_form_begun_with_something_is_written_through_a_writing() -> None:
    bare = [
        f"{module.name}.{name}"
        for module in views()
        for name, function in functions_of(module).items()
        if begins_a_form(function) and name not in writers(module)
    ]
    settle(bare, NEEDS_NONE)


def test_every_form_written_so_is_tried_by_two(in_poole: Landlord) -> None:
    tried = set()
    for form in FORMS.values():
        with transaction.atomic():
            view = resolve(form.make().split("?")[0]).func
            transaction.set_rollback(True)
        tried.add(f"{view.__module__}.{view.__name__}")
    written = {
        f"{module.name}.{name}"
        for module in views()
        for name in writers(module)
        if not name.startswith("_")
    }
    settle(written - tried, TRIED_ELSEWHERE)
