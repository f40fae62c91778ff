"""Every form over a record that is there, with a record to open it on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from involvement.accounts.models import SignInRule, StaffMember, Team
from involvement.delivery.operations import keep_provider
from involvement.landlords.models import GlossaryTerm, Level, Place, Subject, Unit
from involvement.questionnaires.operations import draft_version
from residents.eligibility import operations as eligibility
from residents.eligibility.models import OutsideCheck
from residents.interests.models import GroupToReach, Method
from residents.participation.models import Participation
from residents.people.models import Home
from residents.people.operations import add_home
from residents.preferences.models import Purpose
from residents.profiles import operations as profiles
from residents.representatives import operations as representatives
from residents.segments import operations as segments
from residents.segments.rules import Asked
from structures.bodies.models import Body
from structures.strategy.models import Aim, Driver, Objective, Strategy
from tests.factories.decisions import make_decision, make_outcome, theme_of
from tests.factories.feedback import CLERK, make_feedback, make_theme
from tests.factories.people import make_person
from tests.factories.plans import make_line, make_plan
from tests.residents.feeds.files import the_source

DAY = dt.date(2026, 3, 2)
Values = dict[str, Any]


@dataclass(frozen=True)
class Form:
    """A form, and what two people do with it.

    `make` makes the record and says where its page is. `first` is what one of them changes,
    `second` what the other would put there, and `apart` what the other changes that the first has
    left alone; empty where the form has one field only. None unticks a box.
    """

    make: Callable[[], str]
    first: Values
    second: Values
    apart: Values
    seen: str = "seen"
    # Its page shows what was chosen in place of what stands
    looked_at: bool = False


def mail_server() -> Any:
    return keep_provider(
        kind="SMTP",
        values={"name": "Ours", "sender_name": "", "sender_address": "a@post.example",
                "per_minute": 60},
        settings={"host": "mail.post.example", "port": 587, "security": "STARTTLS"},
        secrets={}, by=CLERK, at=timezone.now(),
    )  # fmt: skip


def register(slug: str, model: Any, **fields: Any) -> Callable[[], str]:
    return lambda: reverse("landlords:entry", args=[slug, model.objects.create(**fields).pk])


def section(slug: str) -> Callable[[], str]:
    return lambda: reverse("landlords:section", args=[slug])


def at(name: str, make: Callable[..., Any] | None = None, *more: Any) -> Callable[[], str]:
    """The page of this name for the row that `make` makes."""
    return lambda: reverse(name, args=[*([make().pk] if make else []), *more])


def strategy() -> Any:
    return Strategy.objects.create(title="Ours", created_at=timezone.now())


def strategy_part() -> str:
    ours = strategy()
    under = Aim.objects.create(strategy=ours, words="Homes")
    part = Objective.objects.create(strategy=ours, words="Be heard", aim=under)
    return reverse("strategy:part_edit", args=[ours.pk, "objective", part.pk])


def driver() -> Any:
    return Driver.objects.create(title="The Act", dated_on=DAY, kind=Driver.Kind.values[0])


def quoted() -> Any:
    for name in ("Hamworthy", "Oakdale"):
        Place.objects.create(name=name)
    return make_feedback(quote_permission=True)


def target() -> Any:
    return make_line(make_plan(), targets=["More come"]).targets.get()


def outcome() -> Any:
    return make_outcome(make_decision(theme_of(1)))


def rule_set() -> Any:
    for question in ("Free of arrears?", "Over 18?"):
        OutsideCheck.objects.create(question=question)
    asked = [Asked("told", ["POST"])]
    return eligibility.add_rule_set(name="Panel", conditions=asked, by=CLERK, at=timezone.now())


def rule_set_with_checks() -> str:
    row = rule_set()
    both = list(OutsideCheck.objects.order_by("pk"))
    eligibility.change_rule_set(
        rule_set=row, name=row.name, why="", checks=both, by=CLERK, at=timezone.now()
    )
    return reverse("eligibility:rule_set_change", args=[row.pk])


def segment() -> Any:
    now = timezone.now()
    row = segments.add_segment(name="By letter", by=CLERK, at=now)
    segments.ask(segment=row, asked=Asked("told", ["POST"]), group=0, place=None, by=CLERK, at=now)
    return row


def authority() -> Any:
    return representatives.give_authority(
        person=make_person(), representative=make_person("Sam Reeve (demo)"), by=CLERK,
        at=timezone.now(), kind="CARER", may_speak=True, may_be_told=True, evidence="SPOKEN",
        evidence_seen_on=DAY, began_on=DAY,
    )  # fmt: skip


def took_part() -> Any:
    return Participation.objects.create(
        person=make_person(), kind="MEETING", label="Fair", began_on=DAY, channel="FACE",
        minutes=60, recorded_at=timezone.now(), **CLERK.columns(),
    )  # fmt: skip


def group_to_reach() -> Any:
    return GroupToReach.objects.create(
        name="Young people", why="Silent", added_at=timezone.now(), **CLERK.columns()
    )


def purpose() -> Any:
    return Purpose.objects.create(name="A newsletter", position=1)


def wishes() -> Any:
    Method.objects.create(name="By post", position=90)
    return make_person()


def home() -> Home:
    return add_home(address="1 Quay", by=CLERK, at=timezone.now())


def question() -> str:
    asked = profiles.begin_question_set(by=CLERK, at=timezone.now()).questionnaire
    draft = draft_version(questionnaire=asked, by=CLERK, at=timezone.now())
    code = draft.definition["questions"][0]["code"]
    return reverse("profiles:question_edit", args=[code])


def directory() -> str:
    SignInRule.objects.create(
        provider_name="Ours", server_url="https://login.poole.example", client_id="a",
        client_secret="secret", email_domains=["poole.example"], is_active=True,
    )  # fmt: skip
    return reverse("accounts:sign_in_settings")


FORMS: dict[str, Form] = {
    "unit": Form(
        register("units", Unit, name="North"), {"name": "A"}, {"name": "B"}, {"short_name": "N"}
    ),
    "place": Form(
        register("places", Place, name="North"),
        {"name": "A"}, {"name": "B"}, {"kind": Place.Kind.values[1]},
    ),
    "subject": Form(
        register("subjects", Subject, name="Doors"), {"name": "A"}, {"name": "B"}, {"position": 7}
    ),
    "level": Form(
        register("levels", Level, name="Told", position=1),
        {"name": "A"}, {"name": "B"}, {"meaning": "One\r\nTwo"},
    ),
    "term": Form(
        register("glossary", GlossaryTerm, term="TRA", meaning="A group"),
        {"term": "A"}, {"term": "B"}, {"meaning": "Tenants"},
    ),
    "mail server": Form(
        at("delivery:provider_detail", mail_server),
        {"host": "one.post.example"}, {"host": "two.post.example"}, {"per_minute": 90},
    ),
    "names": Form(
        section("names"),
        {"contact_address": "1 Quay\r\nPoole"}, {"contact_address": "2 Quay"},
        {"contact_name": "Jean Marlow (demo)"},
    ),
    "languages": Form(
        section("languages"), {"others": ["pl", "cy"]}, {"others": ["pl"]}, {"usual": "ar"}
    ),
    "year": Form(section("year"), {"year_start_month": 1}, {"year_start_month": 7}, {}),
    "promises": Form(
        section("promises"), {"decision_days": 41}, {"decision_days": 42}, {"reply_days": 12}
    ),
    "taking part": Form(
        section("taking-part"), {"interest_days": 9}, {"interest_days": 8}, {"visit_weeks": 7}
    ),
    "scheme": Form(section("scheme"), {"level_scheme": "WHEEL"}, {"level_scheme": "SPECTRUM"}, {}),
    "mail": Form(
        section("mail"), {"feedback_email": "a@poole.example"},
        {"feedback_email": "b@poole.example"}, {},
    ),
    "colour": Form(
        lambda: reverse("landlords:brand") + "?colour=%23123456",
        {"colour": "#123456"}, {"colour": "#5A1E1E"}, {}, looked_at=True,
    ),
    "words": Form(
        at("landlords:words"),
        {"BODY-singular": "forum", "BODY-plural": "forums"},
        {"BODY-singular": "panel", "BODY-plural": "panels"}, {}, "BODY-seen",
    ),
    "colleague": Form(
        at("accounts:staff_edit", lambda: StaffMember.objects.create(name="Pat (demo)")),
        {"name": "A (demo)"}, {"name": "B (demo)"}, {"left_on": "31/03/2026"},
    ),
    "team": Form(
        at("accounts:team_edit", lambda: Team.objects.create(name="Housing")),
        {"name": "A"}, {"name": "B"}, {"short_name": "HSG"},
    ),
    "second step": Form(
        at("accounts:sign_in_settings"), {"second_factor_required": "on"}, {}, {}
    ),
    "directory": Form(directory, {"client_id": "b"}, {"client_id": "c"}, {"is_active": None}),
    "strategy": Form(
        at("strategy:strategy_edit", strategy),
        {"title": "A"}, {"title": "B"}, {"next_review_on": "2027-01-31"},
    ),
    "part of a strategy": Form(strategy_part, {"words": "A"}, {"words": "B"}, {"aim": ""}),
    "driver": Form(
        at("strategy:driver_edit", driver), {"title": "A"}, {"title": "B"},
        {"dated_on": "2026-04-05"},
    ),
    "group": Form(
        at("bodies:body_edit", lambda: Body.objects.create(name="Panel")),
        {"name": "A"}, {"name": "B"}, {},
    ),
    "home": Form(
        at("people:home_change", home), {"address": "2 Quay"}, {"address": "3 Quay"},
        {"postcode": "BH15 1QT"},
    ),
    "person": Form(
        at("people:person_change", make_person), {"name": "Ada (demo)"}, {"name": "Edo (demo)"},
        {"born": "31 March 1950"},
    ),
    "theme": Form(
        at("feedback:theme_change", make_theme), {"title": "A"}, {"title": "B"},
        {"summary": "Two\r\nlines"},
    ),
    "words said": Form(
        at("feedback:feedback_correct", make_feedback), {"words": "A"}, {"words": "B"}, {}
    ),
    "about what was said": Form(
        at("feedback:feedback_about", quoted), {"place": "Hamworthy"}, {"place": "Oakdale"},
        {"quote_permission": None},
    ),
    "decision": Form(
        at("decisions:decision_change", lambda: make_decision(theme_of(1))),
        {"what": "A"}, {"what": "B"}, {"look_again_on": "2030-01-31"},
    ),
    "outcome": Form(
        at("outcomes:outcome_change", outcome), {"what_changed": "A"}, {"what_changed": "B"},
        {"saved_pence": "3100.50"},
    ),
    "plan": Form(
        at("plans:plan_edit", make_plan), {"title": "A"}, {"title": "B"},
        {"starts_on": "2026-04-01"},
    ),
    "line": Form(
        at("plans:line_edit", lambda: make_line(make_plan())), {"title": "A"}, {"title": "B"},
        {"targets": "More come\r\nAll come"},
    ),
    "deadline": Form(
        at("plans:line_settle", lambda: make_line(make_plan(), deadline_words="2030-03-31")),
        {"due_on": "2030-01-31"}, {"due_on": "2030-02-28"}, {"open_ended": "on"},
    ),
    "target": Form(
        at("plans:target_edit", target), {"words": "A"}, {"words": "B"}, {"due_on": "2030-01-31"}
    ),
    "group to reach": Form(
        at("interests:group_change", group_to_reach), {"name": "A"}, {"name": "B"},
        {"review_on": "2030-01-31"},
    ),
    "wishes": Form(
        at("interests:person_wishes", wishes), {"amount": 2}, {"amount": 3}, {"unit": "MINUTES"}
    ),
    "set of rules": Form(rule_set_with_checks, {"checks": []}, {"checks": []}, {"name": "Forum"}),
    "condition of rules": Form(
        at("eligibility:condition_change", rule_set, "told", 0),
        {"answer": ["POST", "EMAIL"]}, {"answer": ["PHONE"]}, {"negated": "on"},
    ),
    "outside check": Form(
        at("eligibility:outside_check_change",
           lambda: OutsideCheck.objects.create(question="Over 18?")),
        {"question": "A?"}, {"question": "B?"}, {"valid_days": 30},
    ),
    "segment": Form(
        at("segments:segment_change", segment), {"name": "A"}, {"name": "B"}, {"match": "ANY"}
    ),
    "condition of a segment": Form(
        at("segments:condition_change", segment, 0, "told", 0),
        {"answer": ["POST", "EMAIL"]}, {"answer": ["PHONE"]}, {"negated": "on"},
    ),
    "authority": Form(
        at("representatives:authority_change", authority),
        {"may": ["may_be_told"]}, {"may": ["may_speak", "may_decide"]}, {"ends_on": "2030-01-31"},
    ),
    "source": Form(
        at("feeds:source_change", the_source),
        {"name": "A"}, {"name": "B"}, {"leaver_share": 30},
    ),
    "fact": Form(
        at("participation:participation_correct", took_part), {"label": "A"}, {"label": "B"},
        {"minutes": 90},
    ),
    "ways": Form(
        at("preferences:person_reach", make_person),
        {"way-0-days": ["1", "2"]}, {"way-0-days": ["4"]}, {}, "way-seen",
    ),
    "needs": Form(
        at("preferences:person_reach", make_person),
        {"needs-formats": ["LARGE_PRINT"]}, {"needs-formats": ["AUDIO", "LARGE_PRINT"]},
        {"needs-language": "Polish"}, "needs-seen",
    ),
    "purpose": Form(
        at("preferences:purpose_detail", purpose), {"name": "A"}, {"name": "B"}, {"position": 4}
    ),
    "rule of keeping": Form(
        at("privacy:rule_change", None, "messages"),
        {"months": 30}, {"months": 31}, {"source": "Our policy"},
    ),
    "question": Form(question, {"text": "A?"}, {"text": "B?"}, {"asked": None}),
    "age bands": Form(
        at("profiles:age_bands"), {"bands": "0: Young\r\n30: Old"}, {"bands": "0: Young\r\n60: Old"}, {}
    ),
    "schedule": Form(
        at("report_schedule:schedule"),
        {"you-said-we-did-cutoff_days": 9}, {"you-said-we-did-cutoff_days": 8},
        {"you-said-we-did-every": "YEAR"}, "you-said-we-did-seen",
    ),
}  # fmt: skip
