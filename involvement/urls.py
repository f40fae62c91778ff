"""Joins the capabilities' address lists into the faces of the site."""

from __future__ import annotations

from types import ModuleType

from django.urls import URLPattern, URLResolver, include, path

from actionplans.decisions import urls as decisions
from actionplans.feedback import urls as feedback
from actionplans.outcomes import urls as outcomes
from actionplans.plans import urls as plans
from actionplans.replies import urls as replies
from actionplans.thread import urls as thread
from involvement.accounts import urls as accounts
from involvement.auditing import urls as auditing
from involvement.delivery import urls as delivery
from involvement.landlords import urls as landlords
from reporting.library import urls as reports
from reporting.rollup import urls as rollup
from reporting.schedule import urls as report_schedule
from residents.duplicates import urls as duplicates
from residents.eligibility import urls as eligibility
from residents.exports import urls as exports
from residents.feeds import urls as feeds
from residents.interests import urls as interests
from residents.participation import urls as participation
from residents.people import urls as people
from residents.phone import urls as phone
from residents.preferences import urls as preferences
from residents.privacy import urls as privacy
from residents.profiles import urls as profiles
from residents.representation import urls as representation
from residents.representatives import urls as representatives
from residents.segments import urls as segments
from residents.signin import urls as signin
from residents.timeline import urls as timeline
from structures.bodies import urls as bodies
from structures.strategy import urls as strategy


def face(
    prefix: str, capabilities: dict[str, ModuleType], name: str, suffix: str = ""
) -> list[URLResolver]:
    """The `name` lists of the capabilities under one prefix, each under its own namespace."""
    return [
        path(prefix, include((getattr(module, name), namespace + suffix)))
        for namespace, module in capabilities.items()
        if hasattr(module, name)
    ]


CAPABILITIES: dict[str, ModuleType] = {
    "accounts": accounts,
    "auditing": auditing,
    "delivery": delivery,
    "landlords": landlords,
    "exports": exports,
    "feeds": feeds,
    "people": people,
    "profiles": profiles,
    "preferences": preferences,
    "interests": interests,
    "segments": segments,
    "eligibility": eligibility,
    "representatives": representatives,
    "participation": participation,
    "representation": representation,
    "timeline": timeline,
    "phone": phone,
    "duplicates": duplicates,
    "signin": signin,
    "privacy": privacy,
    "bodies": bodies,
    "plans": plans,
    "strategy": strategy,
    "feedback": feedback,
    "decisions": decisions,
    "outcomes": outcomes,
    "replies": replies,
    "report_schedule": report_schedule,
    "reports": reports,
    "rollup": rollup,
    "thread": thread,
}

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("involvement.faces.urls")),
    path("sign-in/", include(accounts.entrance)),
    *face("desk/", CAPABILITIES, "desk"),
    *face("my/", CAPABILITIES, "my", "_my"),
    *face("board/", CAPABILITIES, "board", "_board"),
    *face("", CAPABILITIES, "public", "_public"),
]

handler403 = "involvement.faces.homes.not_allowed"
