"""Every page of the site, found through the site map and by following links: it answers, axe finds
nothing, it fits a narrow telephone, and it raises no error in the browser."""

from __future__ import annotations

import pytest

from involvement.accounts.permissions import Role
from tests.browser.looking import NARROW, Looker
from tests.browser.site import Site, readable
from tests.browser.states import somebody_else_saves
from tests.browser.world import World

WIDE = 1280
# Addresses that cannot be looked at by following links → why.
NOT_FOUND = {
    "faces:logo": "the landlord of the demonstration has no logo",
    "mfa_remove_webauthn": "needs a passkey; the sign-in journey has one",
    "mfa_edit_webauthn": "needs a passkey; the sign-in journey has one",
    "outcomes:evidence_download": "the demonstration's proofs are told in words, without files",
    "replies:verdict_key_in": "nobody in the demonstration has been asked yet",
    "replies_public:verdict_answer": "opened by a token that is e-mailed weeks after a decision",
    "replies_my:verdict_answer": "nobody in the demonstration has been asked yet",
    "signin_my:link": "opened by a token that is e-mailed; the journey of signing in looks at it",
    "delivery:batch_detail": "no batch of letters has been made in the demonstration",
    "delivery:batch_download": "no batch of letters has been made in the demonstration",
    "reports_public:you_said_report": "leads to earlier reports, and one is published here",
    "delivery:message_file": "the demonstration's letters wait in a batch and have no paper of their own",
    "exports:export_file": "no list has been taken out in the demonstration",
    "profiles:question_edit": "opens for a draft of questions, and none is under way",
    "profiles:totals_preview": "asks for a file of totals half-way through its own import",
    "representation:gap_open": "asks for a gap, and so few people of the demonstration show none",
    "openid_connect_login": "leads to another site",
    "openid_connect_callback": "is come back to from another site",
}
# Addresses that answer something else unless another thing went before → what, and why.
ANSWERS_ELSE = {
    "account_confirm_login_code": (302, "no code was asked for; the sign-in journey looks at it"),
    "account_logout": (302, "a visitor has nothing to sign out of"),
    "account_reauthenticate": (403, "the demonstration's people have no password"),
    "accounts_public:arrive": (302, "leads on to where each person works"),
    "accounts_public:landlords": (302, "is for those who work at several landlords"),
    "accounts_public:second_factor_needed": (302, "is for those whose landlord demands it"),
    "duplicates:pair_choose": (302, "leads back where nobody to compare was chosen"),
    "profiles:mapping_edit": (404, "opens for a draft of questions, and none is under way"),
    "mfa_authenticate": (302, "comes after the first factor"),
    "signin_my:code": (302, "no code was asked for; the journey of signing in looks at it"),
    "rollup_board:group_totals": (404, "is a group's; its own journey looks at it"),
    "rollup_board:totals_csv": (404, "is a group's"),
    "rollup_board:totals_xlsx": (404, "is a group's"),
    "mfa_deactivate_totp": (404, "needs a second factor that is set up"),
    "mfa_download_recovery_codes": (404, "needs a second factor that is set up"),
    "mfa_login_webauthn": (302, "is asked by the script of the sign-in page"),
    "mfa_reauthenticate": (403, "needs a second factor that is set up"),
    "mfa_reauthenticate_webauthn": (403, "needs a passkey, which needs a device"),
    "mfa_view_recovery_codes": (404, "needs a second factor that is set up"),
    "socialaccount_login_error": (401, "says that a directory refused"),
}
# Addresses that answer with a part of a page → why.
PARTS = {
    "interests:who_options": "the people who fit what is typed, put under the field",
    "feedback:who_options": "the names that fit what is typed, put under the field",
    "reports:report_progress": "how far a report is, put in place of itself while it is made",
}
PAGES = [one.name for one in readable()]


@pytest.mark.parametrize(
    "width", [NARROW, pytest.param(WIDE, marks=pytest.mark.full)], ids=["narrow", "wide"]
)
@pytest.mark.parametrize("name", PAGES)
def test_page_is_sound(name: str, width: int, site: Site, look: Looker) -> None:
    found = site.found[name]
    if name in NOT_FOUND:
        assert not found, f"{name} can be looked at now: take it off the list"
        return
    assert found, f"{name} is reached by no link; link to it, or say here why not"
    if name in ANSWERS_ELSE:
        assert {one.status for one in found} == {ANSWERS_ELSE[name][0]}
        return
    for one in found[: 2 if width == NARROW else 3]:
        assert one.status == 200, f"{one.path} answers {one.status}: {one.kind}"
        if one.is_page and name not in PARTS:
            faults = look.faults(one.path, member=one.member, width=width)
            assert not faults, "\n".join([one.path, *faults])


def test_exceptions_name_addresses_that_are_there() -> None:
    assert sorted((NOT_FOUND.keys() | ANSWERS_ELSE.keys() | PARTS.keys()) - set(PAGES)) == []


@pytest.mark.parametrize("width", [NARROW, WIDE], ids=["narrow", "wide"])
def test_the_page_for_whoever_waits_in_vain_is_sound_too(
    world: World, look: Looker, width: int
) -> None:
    with somebody_else_saves(world) as path:
        jean = world.cast[Role.OFFICER]
        assert look.faults(path, member=jean, width=width, sent="main form[method=post]") == [
            "answers 503",
            "Failed to load resource: the server responded with a status of 503 (Service Unavailable)",
        ]


def test_a_page_that_is_not_there_is_sound_too(world: World, look: Looker) -> None:
    assert look.faults("/nowhere/", member=None) == [
        "answers 404",
        "Failed to load resource: the server responded with a status of 404 (Not Found)",
    ]
