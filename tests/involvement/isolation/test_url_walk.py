"""Every address × everybody: nobody gets further than the door lets them, and a key of another
landlord's row opens nothing. Addresses are read off the site, so that new ones are walked too."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import islice, product
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from involvement.accounts.doors import Door
from involvement.accounts.models import Membership
from involvement.accounts.permissions import Permission, Role, permissions_of
from involvement.accounts.site_map import Address, addresses
from involvement.auditing.actors import job
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from involvement.seeding.operations.world import Seeded
from residents.people.models import Person
from residents.signin.operations import open_session
from tests.architecture.source import capability_of, modules
from tests.conftest import client_for
from tests.involvement.isolation.conftest import World

ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
ANYTHING = {"int": 1, "slug": "x", "string": "x", "path": "x", "uuid": "0" * 32}
MOST_TRIES = 150
# Who is signed in as a resident: ours, and one of the other landlord's
RESIDENT, NEIGHBOUR = "RESIDENT", "NEIGHBOUR"

MEMBERS = [address for address in addresses() if address.door == Door.MEMBER]
PUBLIC = [
    address
    for address in addresses()
    if address.door in {Door.PUBLIC, Door.TOKEN, Door.OPEN} and "sign-in" not in address.pattern
]
RESIDENTS = [address for address in addresses() if address.door == Door.RESIDENT]
WITH_KEYS = [address for address in addresses() if "int" in address.converters.values()]

REPORT = "reporting.report"
# What an address is filled with where words stand in it: a word, or the name of a model for the
# key of its newest row: of reports that is the published one.
EXAMPLES: dict[str, dict[str, str]] = {
    "accounts:invitation_act": {"pk": "involvement.invitation", "act": "withdraw"},
    "landlords:entry": {"slug": "units", "pk": "involvement.unit"},
    "landlords:entry_put": {"slug": "units", "pk": "involvement.unit", "act": "archive"},
    "delivery:provider_put": {"pk": "involvement.provider", "act": "on"},
    "plans:plan_export": {"pk": "actionplans.plan", "form": "csv"},
    # The one seeded version, number 1, cannot be laid out: see NOT_OPENED.
    "plans:version_detail": {"pk": "actionplans.plan", "number": "2"},
    "strategy:part_add": {"pk": "structures.strategy", "kind": "aim"},
    "strategy:part_edit": {"pk": "structures.strategy", "kind": "aim", "part": "structures.aim"},
    "exports:export_file": {"pk": "residents.export"},
    "interests:partner_end": {
        "pk": "residents.grouptoreach",
        "partner": "residents.grouppartner",
    },
    "people:person_gone": {"pk": "residents.person", "how": "left"},
    "timeline:person_story": {"pk": "residents.person"},
    "preferences:person_reach": {"pk": "residents.person"},
    "preferences:person_ways": {"pk": "residents.person"},
    "preferences:person_needs": {"pk": "residents.person"},
    "preferences:person_consent": {"pk": "residents.person", "purpose": "residents.purpose"},
    "plans:arising_add": {"pk": "actionplans.decision"},
    "plans:arising_tie": {"pk": "actionplans.decision"},
    "plans:note_mark": {"pk": "actionplans.progressnote"},
    "phone:caller": {"pk": "residents.person"},
    "replies:call_done": {"pk": "involvement.message"},
    "segments:condition_set": {"pk": "residents.segment", "group": "0", "key": "told"},
    "segments:condition_change": {
        "pk": "residents.segment",
        "group": "0",
        "key": "told",
        "place": "0",
    },
    "segments:condition_drop": {"pk": "residents.segment", "group": "0", "place": "0"},
    "segments:group_join": {"pk": "residents.segment", "group": "0"},
    "eligibility:condition_set": {"pk": "residents.ruleset", "key": "told"},
    "eligibility:condition_change": {"pk": "residents.ruleset", "key": "told", "place": "0"},
    "eligibility:person_joining": {"pk": "residents.person"},
    "representatives:person_authorities": {"pk": "residents.person"},
    "representatives:authority_give": {"pk": "residents.person"},
    "interests:person_wishes": {"pk": "residents.person"},
    "interests:person_once": {"pk": "residents.person"},
    "profiles:person_equality": {"pk": "residents.person"},
    "profiles:consent_record": {"pk": "residents.person"},
    "profiles:link_send": {"pk": "residents.person"},
    "profiles:card_key_in": {"pk": "residents.person"},
    "eligibility:attest": {"pk": "residents.person", "asked": "residents.outsidecheck"},
    "eligibility:condition_drop": {"pk": "residents.ruleset", "place": "0"},
    "profiles:standing_change": {"pk": "residents.person", "act": "object"},
    "preferences_my:consent": {"purpose": "residents.purpose"},
    "replies_my:verdict_answer": {"pk": "actionplans.verdict"},
    "signin:letter_write": {"pk": "residents.person"},
    "signin:codes_revoke": {"pk": "residents.person"},
    "signin:signed_out": {"pk": "residents.person"},
    "reports:report_length": {"pk": REPORT, "length": "poster"},
    "reports:report_file": {"pk": REPORT, "form": "text"},
    "reports:report_figure": {"pk": REPORT, "code": "T01"},
    "reports_board:report": {"pk": REPORT},
    "reports_board:report_file": {"pk": REPORT, "form": "text"},
    "reports_board:report_figure": {"pk": REPORT, "code": "T01"},
    "reports_public:you_said_report": {"pk": REPORT},
    "reports_public:you_said_file": {"pk": REPORT, "form": "text"},
    "strategy:part_remove": {"pk": "structures.strategy", "kind": "aim", "part": "structures.aim"},
}
# Addresses that no row of the seeded world opens → why.
HALF_WAY = "asks for an upload half-way through its own import, which its own tests bring in"
DRAFT = "the seeded plan is a draft, which nobody outside may see"
NOT_OPENED: dict[str, str] = {
    "plans:upload_preview": HALF_WAY,
    "plans:upload_map": HALF_WAY,
    "plans:upload_sheet": HALF_WAY,
    "plans:upload_confirm": HALF_WAY,
    "profiles:totals_preview": HALF_WAY,
    "profiles:totals_settle": HALF_WAY,
    "feedback:import_preview": HALF_WAY,
    "feedback:import_confirm": HALF_WAY,
    "feedback:import_refuse": HALF_WAY,
    "delivery:provider_hook": "the seeded provider is the installation's mail server, which never calls",
    "delivery:message_file": "the seeded message is a call and no letter",
    "plans:version_detail": "what the seeded version froze is not laid out as a plan",
    "decisions:decision_minority": "the seeded decision has its minority view already",
    "representation:gap_open": "asks for figures with a gap, which hundreds of people make",
    "duplicates:pair_compare": "asks for two people at once; its own tests ask with another's",
    "plans_public:plan_detail": DRAFT,
    "plans_public:plan_pdf": DRAFT,
    "plans_public:plan_large_print": DRAFT,
}


def named(found: list[Address]) -> dict[str, Any]:
    return {"argvalues": found, "ids": [address.name or address.pattern for address in found]}


@pytest.fixture(scope="module")
def clients(made_world: World) -> dict[str, Client]:
    """Somebody of every role at our landlord, somebody who left, a stranger who is signed in here
    and as they are signed in at their own landlord's, and anybody."""
    ours, theirs = made_world.ours, made_world.theirs
    found = {"ANYBODY": Client(headers={"host": f"{ours.landlord.slug}.localhost"})}
    with landlord_scope(ours.landlord):
        for membership in Membership.objects.select_related("user").order_by("pk"):
            if membership.user_id in {login.user for login in ours.logins}:
                who = membership.role if membership.is_active else "LEFT"
                found[who] = client_for(ours.landlord, membership)
    with landlord_scope(theirs.landlord):
        stranger = Membership.objects.select_related("user").get(user=theirs.logins[0].user)
    found["STRANGER"] = client_for(ours.landlord, stranger)
    found["ELSEWHERE"] = client_for(theirs.landlord, stranger)
    for who, home in ((RESIDENT, ours), (NEIGHBOUR, theirs)):
        found[who] = _resident_of(home, at=ours.landlord)
    assert set(found) == {
        *Role.values,
        "ANYBODY",
        "LEFT",
        "STRANGER",
        "ELSEWHERE",
        RESIDENT,
        NEIGHBOUR,
    }
    return found


def _resident_of(home: Seeded, *, at: Landlord) -> Client:
    """Whoever was asked whether it happened, signed in as a resident of their landlord, with their
    cookie brought to the address of another as if it were that one's."""
    client = Client(headers={"host": f"{at.slug}.localhost"})
    with landlord_scope(home.landlord):
        person = Person.objects.get(replies__verdicts=home.ids["actionplans.verdict"][-1])
        _, token = open_session(
            person=person, way="EMAIL", is_shared=False, by=job("a test"), at=timezone.now()
        )
    client.cookies[f"my-{at.pk}"] = token
    return client


def filled(address: Address, values: dict[str, Any]) -> str:
    return ARGUMENT.sub(lambda match: str(values[match[1]]), address.pattern)


def with_anything(address: Address) -> str:
    return filled(address, {name: ANYTHING[kind] for name, kind in address.converters.items()})


def ask(client: Client, address: Address, url: str, host: str = "") -> Any:
    """Ask as the address is meant to be asked, and undo whatever came of it."""
    with transaction.atomic():
        method = client.get if "GET" in address.methods else client.post
        response: Any = method(url, headers={"host": host}) if host else method(url)
        response.body = b"".join(response) if response.streaming else response.content
        transaction.set_rollback(True)
    return response


@pytest.mark.parametrize("address", **named(MEMBERS))
def test_members_get_in_by_their_permission_and_nobody_else_does(
    world: World, clients: dict[str, Client], address: Address
) -> None:
    url = with_anything(address)
    assert ask(clients["STRANGER"], address, url).status_code == 404
    assert ask(clients["LEFT"], address, url).status_code == 404
    slug = world.ours.landlord.slug
    for host, path in ((f"{slug}.localhost", url), ("localhost", f"/at/{slug}{url}")):
        assert ask(clients["ELSEWHERE"], address, path, host).status_code == 404, host
    sent_away = ask(clients["ANYBODY"], address, url)
    assert sent_away.status_code == 302
    assert "/sign-in/" in sent_away["Location"]
    for role in Role:
        response = ask(clients[role.value], address, url)
        if Permission(str(address.permission)) in permissions_of(role):
            assert response.status_code != 403, role
            assert "/sign-in/" not in response.get("Location", ""), role
        else:
            assert response.status_code == 403, role


@pytest.mark.parametrize("address", **named(RESIDENTS))
def test_residents_pages_open_for_residents_of_this_landlord_alone(
    world: World, clients: dict[str, Client], address: Address
) -> None:
    url = with_anything(address)
    opened = ask(clients[RESIDENT], address, url)
    assert opened.status_code in {200, 302, 404, 422}
    assert "/my/sign-in/" not in opened.get("Location", "") or address.name == "signin_my:out"
    assert not shows(opened, world.theirs.canary)
    for who, client in clients.items():
        if who != RESIDENT:
            sent_away = ask(client, address, url)
            assert (sent_away.status_code, sent_away["Location"]) == (302, "/my/sign-in/"), who


@pytest.mark.parametrize("address", **named(PUBLIC))
def test_public_pages_answer_anybody_and_show_nothing_of_another_landlord(
    world: World, clients: dict[str, Client], address: Address
) -> None:
    response = ask(clients["ANYBODY"], address, with_anything(address))
    assert response.status_code in {200, 301, 302, 303, 400, 403, 404, 405, 422}
    assert not shows(response, world.theirs.canary)


def shows(response: Any, canary: str) -> bool:
    return canary.encode() in response.body


@cache
def words_of(capability: str) -> tuple[str, ...]:
    """Short words that stand in the capability's source: what its addresses may be about."""
    found = {
        node.value
        for module in modules()
        if module.capability == capability
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"[a-z][a-z_-]{1,19}", node.value)
    }
    return tuple(sorted(found))


def keys_of(world: World, capability: str, argument: str) -> Iterator[tuple[int, int]]:
    """Our key and their key of each model the argument may mean, the likeliest first."""
    from involvement.seeding.operations.rows import landlords_models  # noqa: PLC0415 -- once loaded

    package = capability.split(".", maxsplit=1)[0]

    def unlikely(model: Any) -> tuple[bool, bool, bool]:
        home = capability_of(model.__module__) or ""
        name = model._meta.model_name
        return (
            not (name == argument or name.endswith(argument) or argument.startswith(name)),
            home != capability,
            not home.startswith(package + "."),
        )

    for model in sorted(landlords_models(), key=unlikely):
        label = model._meta.label_lower
        for pair in zip(world.ours.ids[label], world.theirs.ids[label], strict=False):
            yield pair
            break


def example(world: World, value: str) -> tuple[Any, Any]:
    if "." not in value:
        return (value, value)
    return (world.ours.ids[value][-1], world.theirs.ids[value][-1])


def tries(world: World, address: Address) -> Iterator[dict[str, Any]]:
    """Ways to fill the address, each argument with (ours, theirs)."""
    if address.name in EXAMPLES:
        yield {name: example(world, value) for name, value in EXAMPLES[address.name].items()}
        return
    capability = capability_of(address.view) or ""
    choices: list[list[tuple[Any, Any]]] = []
    for name, kind in address.converters.items():
        if kind == "int":
            most = None if len(address.converters) == 1 else 25
            choices.append(list(islice(keys_of(world, capability, name), most)))
        else:
            choices.append([(word, word) for word in words_of(capability)])
    for values in islice(product(*choices), MOST_TRIES):
        yield dict(zip(address.converters, values, strict=True))


@pytest.mark.parametrize("address", **named(WITH_KEYS))
def test_a_key_of_another_landlords_row_opens_nothing(
    world: World, clients: dict[str, Client], address: Address
) -> None:
    """First the same address opens with our own key, so that there is something to keep shut."""
    if address.door is Door.OWN:
        pytest.skip("a person's own log-in, under no landlord")
    client = clients[RESIDENT if address.door == Door.RESIDENT else Role.ADMINISTRATOR.value]
    for values in tries(world, address):
        own = ask(
            client, address, filled(address, {name: pair[0] for name, pair in values.items()})
        )
        if own.status_code not in {404, 403}:
            break
    else:
        assert address.name in NOT_OPENED, "no row of the seeded world opens this address"
        return
    assert address.name not in NOT_OPENED, "it opens: take it off the list"
    assert not shows(own, world.theirs.canary)
    keys = [name for name, pair in values.items() if pair[0] != pair[1]]
    assert keys, "nothing in this address tells our rows from theirs"
    for name in keys:
        foreign = {other: pair[1 if other == name else 0] for other, pair in values.items()}
        assert ask(client, address, filled(address, foreign)).status_code == 404, name
