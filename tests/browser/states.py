"""Pages that no link of the demonstration leads to: a draft under way, a file uploaded and not yet
confirmed, a link sent by e-mail, reports. Made by the same operations as in life."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils import timezone

from actionplans.decisions.models import Decision
from actionplans.feedback.models import Feedback, Theme
from actionplans.feedback.operations.importing import KIND as SAID
from actionplans.plans.models import Line, NoteEvidence, Plan, YearMark
from actionplans.plans.operations.planning import create_plan
from actionplans.plans.operations.progress import make_update_link
from actionplans.plans.operations.targets import keep_target
from actionplans.plans.queries.kept import KIND as PLAN
from involvement.accounts.operations import invite
from involvement.accounts.permissions import Role
from involvement.calendars.periods import read_period
from involvement.delivery.callbacks import Heard, Told
from involvement.delivery.models import Message, Provider
from involvement.delivery.operations import (
    hold_provider,
    keep_provider,
    note_inbound,
    note_receipt,
    provider_for_email,
    queue_message,
    switch_on,
)
from involvement.delivery.sending import send_due
from involvement.delivery.transports import Outcome, Refused, Standing, Unsure
from involvement.demo.queries import LOADER
from involvement.importing.models import Upload
from involvement.importing.operations import start_upload
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from reporting.catalogue.queries import kind_named
from reporting.library import making
from reporting.library import operations as reports
from reporting.library.models import Report
from residents.eligibility.models import RuleSet
from residents.feeds.models import Intake
from residents.feeds.operations import add_source, stage_intake, start_intake
from residents.people.models import Person
from residents.people.operations import person_died
from residents.profiles.operations import send_link
from residents.segments.models import Segment
from structures.strategy.models import Strategy
from structures.strategy.operations import start_new_version
from tests.browser.states_tied import never_joined, planned, token_for
from tests.browser.world import World
from tests.factories.plans import make_group, make_line
from tests.held import held_by_another, servers_wait_for_locks
from tests.involvement.delivery.scripted import Scripted

PLAN_FILE = b"""Ref,What we will do,Who,By when,Colour of the folder
1.1,Ring everybody who told us about the lifts,JM,December 2027,Green
1.2,Print the rota in the foyer,Housing Team,when we can,Blue
"""
LIST_FILE = b"""Date,What was said,Name
3 June 2026,The gate does not shut,Doreen Hackett (demo)
yesterday,The bin store is dark,
"""
PEOPLE_FILE = b"""Person Ref,Name,Address,Postcode
P1,Nora Quill (demo),4 Larch Close,BH15 1QT
,Nobody at all,,
"""
PDF = b"%PDF-1.7\n%%EOF\n"
LIST_OPTIONS = {"said_on": "", "source_kind": "LETTER", "source_words": ""}


def further_paths(world: World) -> list[str]:
    """Make the states, and say where they are looked at."""
    with landlord_scope(world.landlord):
        return [
            *_strategy_and_plans(),
            *_what_was_said(),
            _invitation(world),
            *_outbox(),
            *_reports(world.landlord),
            *_register(),
        ]


@contextmanager
def somebody_else_saves(world: World) -> Iterator[str]:
    """Somebody else holds a person of the register; where the form over that person is."""
    with landlord_scope(world.landlord):
        person = Person.objects.filter(status=Person.Status.CURRENT).order_by("pk")[0]
    with held_by_another(world.landlord, person), servers_wait_for_locks(300):
        yield reverse("people:person_change", args=[person.pk])


def _uploaded(kind: str, data: bytes, options: dict[str, str]) -> Upload:
    at = timezone.now()
    return start_upload(kind=kind, name="list.csv", data=data, options=options, by=LOADER, at=at)


def _strategy_and_plans() -> list[str]:
    at = timezone.now()
    agreed = Strategy.objects.filter(state=Strategy.State.AGREED).order_by("pk")[0]
    start_new_version(strategy=agreed, by=LOADER, at=at)
    draft = create_plan(
        values={"title": "Next year’s plan"}, level_names=["Aim", "Action"], by=LOADER, at=at
    )
    several = _draft_lines(draft)
    plan = Plan.objects.exclude(agreed_on=None).order_by("pk")[0]
    line = Line.objects.filter(plan=plan, own_row=True).order_by("pk")[0]
    _, token = make_update_link(
        line=line, name="Sam Field (demo)", email="sam@works.example", staff=None, by=LOADER, at=at
    )
    wanted = {"words": "20 shops", "measure": "", "value_words": "20", "due_on": None}
    target = keep_target(
        line=line, version=line.version, values={**wanted, "reached_on": None}, by=LOADER, at=at
    )
    upload = _uploaded(PLAN, PLAN_FILE, {"title": "A plan from a file"})
    changed = _uploaded(PLAN, PLAN_FILE, {"title": plan.title})
    kept = NoteEvidence.objects.exclude(file=None).order_by("pk")[:1]
    return [
        reverse("plans:upload_preview", args=[upload.pk]),
        reverse("plans:upload_preview", args=[changed.pk]),
        reverse("plans:upload_map", args=[upload.pk]),
        reverse("plans:target_edit", args=[target.pk]),
        reverse("plans:plan_detail", args=[draft.pk]),
        reverse("plans:mark_list", args=[draft.pk]),
        reverse("plans:mark_list", args=[plan.pk]),
        reverse("plans:line_settle", args=[several.pk]),
        reverse("plans:line_split", args=[several.pk]),
        reverse("plans:match_list"),
        reverse("plans:smart_check", args=[plan.pk]),
        reverse("plans_public:update", args=[token]),
        *(reverse("plans:evidence_file", args=[one.pk]) for one in kept),
    ]


def _draft_lines(draft: Plan) -> Line:
    """A draft's lines: a day that is past, year marks to place, and several deadlines in one."""
    aim = make_group(draft, "Residents decide with us")
    make_line(
        draft, "Hold a vote on the hall", under=aim, owner_words="QX", deadline_words="May 2020"
    )
    for position in range(3):
        YearMark.objects.create(
            plan=draft,
            holder=aim,
            column="c9",
            year_label="2027/28",
            words="***",
            position=position,
        )
    return make_line(
        draft,
        "Print what was decided",
        under=aim,
        deadline_words="April 2030\nJune 2031",
        targets=["A sheet for every door", "A page on the site"],
    )


def _what_was_said() -> list[str]:
    upload = _uploaded(SAID, LIST_FILE, LIST_OPTIONS)
    said = Feedback.objects.filter(state=Feedback.State.OPEN).order_by("pk")[0]
    theme = Theme.objects.filter(state=Theme.State.OPEN).order_by("pk")[0]
    decided = Decision.objects.order_by("pk")[0]
    return [
        reverse("feedback:import_preview", args=[upload.pk]),
        f"{reverse('feedback:chosen_note')}?chosen={said.pk}",
        f"{reverse('feedback:chosen_theme')}?chosen={said.pk}",
        reverse("decisions:decision_record", args=[theme.pk]),
        reverse("replies:verdicts", args=[decided.pk]),
        *planned(),
    ]


def _outbox() -> list[str]:
    """A mail server of one's own that is held back; a message that did not go, one that may have; a
    text that came back, and a receipt of what nobody sent."""
    at = timezone.now()
    usual = provider_for_email(by=LOADER, at=at)
    server = Provider.objects.filter(kind=Provider.Kind.SMTP).order_by("pk").first()
    if server is None:
        server = keep_provider(
            kind=Provider.Kind.SMTP,
            values={
                "name": "Our mail server",
                "sender_name": "Involvement (demo)",
                "sender_address": "involve@poole.example",
                "per_minute": 120,
            },
            settings={"host": "mail.poole.example", "port": 587, "security": "STARTTLS"},
            secrets={"password": "invented"},
            by=LOADER,
            at=at,
        )
    switch_on(provider=server, by=LOADER, at=at)
    outcomes: list[Outcome | BaseException] = [
        Refused("There is no such address at the other end.", "550 5.1.1 User unknown"),
        Unsure("The provider had the message and did not say whether it took it."),
    ]
    with mock.patch("involvement.delivery.sending.for_provider", return_value=Scripted(outcomes)):
        for number in (1, 2):
            queue_message(
                key=f"state:{number}",
                channel="EMAIL",
                to_name="Leroy Biggs (demo)",
                to_address="leroy@residents.example",
                subject="What became of the lights",
                body="They are brighter.",
                by=LOADER,
                at=at,
            )
            send_due()
    hold_provider(provider=server, because="The mail server cannot be reached.", by=LOADER, at=at)
    heard = Heard("state:1", "07700 900123", "", "YES, I am coming, with my neighbour", at)
    note_inbound(provider=server, heard=heard, by=LOADER, at=at)
    told = Told("state:1", "somebody-elses", "", Standing.RETURNED, "It came back undelivered.", at)
    note_receipt(provider=server, told=told, by=LOADER, at=at)
    if usual is not None:
        switch_on(provider=usual, by=LOADER, at=at)
    unsure = Message.objects.get(key="state:2")
    return [
        reverse("delivery:message_detail", args=[unsure.pk]),
        reverse("delivery:provider_detail", args=[server.pk]),
    ]


def _invitation(world: World) -> str:
    _, link = invite(
        email="new.colleague@poole.example",
        role=Role.CONTRIBUTOR,
        inviter=None,
        address=world.address("/"),
        by=LOADER,
        at=timezone.now(),
    )
    return urlsplit(link).path


def _reports(landlord: Landlord) -> list[str]:
    """A report that anybody can read and a draft, of the quarter that ended last."""
    # Nobody reads their PDFs here, which take a quarter of a minute to set; the report's journey does
    with mock.patch("reporting.library.making.render_pdf", return_value=PDF):
        out, draft = (_made_report(landlord, audience) for audience in ("residents", "staff"))
        out = reports.approve_report(report=out, by=LOADER, at=timezone.now())
        making.make(report_id=out.pk, landlord=landlord, holder="the tests", by=LOADER)
    out.refresh_from_db()
    reports.publish_report(report=out, by=LOADER, at=timezone.now())
    names = ("report_detail", "report_progress", "report_preview", "report_wording", "report_words")
    return [
        *(reverse(f"reports:{name}", args=[draft.pk]) for name in names),
        reverse("reports:report_restate", args=[out.pk]),
        reverse("reports:report_withdraw", args=[out.pk]),
    ]


def _made_report(landlord: Landlord, audience: str) -> Report:
    """“You said, we did”, as a worker makes it."""
    today = timezone.localdate()
    quarter = (today.month - 1) // 3
    last = f"{today.year}-Q{quarter}" if quarter else f"{today.year - 1}-Q4"
    report = reports.begin_report(
        kind=kind_named("you-said-we-did", audience),
        period=read_period(last, year_start_month=landlord.year_start_month),
        by=LOADER,
        at=timezone.now(),
    )
    making.make(report_id=report.pk, landlord=landlord, holder="the tests", by=LOADER)
    report.refresh_from_db()
    return report


def _register() -> list[str]:
    """A list from the housing system, read and waiting; somebody asked for what makes them them."""
    at = timezone.now()
    source = add_source(name="Housing system", by=LOADER, at=at)
    intake = start_intake(
        source=source,
        name="people.csv",
        data=PEOPLE_FILE,
        how=Intake.How.PAGE,
        mode="DELTA",
        keep=True,
        by=LOADER,
        at=at,
    )
    stage_intake(intake=intake, by=LOADER, at=at)
    person = Person.objects.filter(is_demo=True, reference="").exclude(email="").order_by("pk")[0]
    segment, rules = Segment.objects.order_by("pk")[0], RuleSet.objects.order_by("pk")[0]
    gone = Person.objects.filter(is_demo=True, status=Person.Status.CURRENT).order_by("-pk")[0]
    person_died(person=gone, on=timezone.localdate(at), by=LOADER, at=at)
    own: list[str] = []

    def address_of(token: str) -> str:
        own.append(reverse("profiles_public:answer", args=[token]))
        return own[0]

    send_link(person=person, address_of=address_of, why="", by=LOADER, at=at)
    own.append(reverse("privacy_public:own_answers", args=[token_for(never_joined(at), at)]))
    return [
        reverse("feeds:source_detail", args=[source.pk]),
        reverse("feeds:source_change", args=[source.pk]),
        reverse("feeds:intake_send", args=[source.pk]),
        reverse("feeds:intake_detail", args=[intake.pk]),
        reverse("feeds:intake_columns", args=[intake.pk]),
        reverse("feeds:intake_refused", args=[intake.pk]),
        reverse("segments:condition_set", args=[segment.pk, 0, "told"]),
        reverse("eligibility:condition_set", args=[rules.pk, "told"]),
        reverse("timeline:person_story", args=[person.pk]),
        reverse("privacy:hold_add", args=[person.pk]),
        *(reverse(f"people:person_{act}", args=[gone.pk]) for act in ("detail", "move", "back")),
        reverse("phone:caller", args=[gone.pk]),
        reverse("profiles:person_equality", args=[gone.pk]),
        *own,
    ]
