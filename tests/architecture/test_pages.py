"""Every address is opened by a door, and the templates stand where they are looked for."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from django.urls import get_resolver

from involvement.accounts.doors import DOOR, Door
from involvement.accounts.permissions import Permission
from involvement.accounts.site_map import addresses
from involvement.env import BASE_DIR
from tests.architecture.source import FLOORS, is_capability_folder, modules, settle, templates

LAYOUTS = re.compile(r"^layouts/[a-z_]+\.html$")
EXTENDS = re.compile(r"{%\s*extends\s+(\S+)\s*%}")
QUOTED = re.compile(r"""["']([\w./-]+\.html)["']""")

# Addresses that no door of ours opens → why.
NO_DOOR: dict[str, str] = {}
# Templates that no code and no template names → why.
NOT_NAMED = {
    "400.html": "Django asks for it by itself",
    "403_csrf.html": "Django asks for it by itself",
    "403.html": "Django asks for it by itself",
    "404.html": "Django asks for it by itself",
    "500.html": "Django asks for it by itself",
    "429.html": "allauth asks for it when somebody tries too often",
}
# "template extends template" → why what it extends is no layout.
NO_LAYOUT = {
    "account/signup_closed.html extends involvement/accounts/no_sign_up.html": (
        "allauth's name for our own page"
    ),
    "gallery/pages/nothing.html extends 404.html": "shows that page as it is",
}
# Folders of templates that stand for an installed package's own, or are picked by name.
OTHER_FOLDERS = {
    "account": "takes the place of allauth's",
    "allauth": "takes the place of allauth's",
    "mfa": "takes the place of allauth's",
    "socialaccount": "takes the place of allauth's",
    "usersessions": "takes the place of allauth's",
    "components": "the library",
    "layouts": "the library",
    "gallery": "shows the library",
    "documents": "what becomes PDF",
    "gds": "takes the place of crispy-forms-gds's",
    "django": "takes the place of Django's form widgets",
}


def test_every_address_is_opened_by_a_door() -> None:
    settle((one.pattern for one in addresses() if one.door is None), NO_DOOR)


def test_doors_of_members_ask_for_a_permission() -> None:
    for address in addresses():
        if address.door == Door.MEMBER:
            assert address.permission in set(Permission), address.pattern


def test_the_desk_and_the_board_are_for_members_only() -> None:
    settle(
        {
            address.pattern: f"is opened by the door “{address.door}”"
            for address in addresses()
            if address.pattern.startswith(("/desk/", "/board/")) and address.door != Door.MEMBER
        },
        {},
    )


def test_names_of_addresses_are_used_once() -> None:
    names = [one.name for one in addresses() if one.name]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_what_was_sent_is_told_by_the_method_and_not_by_its_being_empty() -> None:
    asks = re.compile(
        r"request\.(POST|FILES)( or |\s+if request\.(POST|FILES)\b)|if request\.POST:"
    )
    settle(
        {
            module.where: "takes an empty sending for a look; ask `accounts.doors.posted`"
            for module in modules()
            if asks.search(module.text)
        },
        {},
    )


def test_the_stamp_is_on_what_the_resolver_calls() -> None:
    match = get_resolver().resolve("/gallery/")
    assert getattr(match.func, DOOR)["door"] == Door.OPEN


def relative(path: Path) -> str:
    return str(path.relative_to(BASE_DIR / "templates"))


def test_templates_extend_known_layouts() -> None:
    found = {}
    there = {relative(path) for path in templates()}
    for path in templates():
        for name in EXTENDS.findall(path.read_text()):
            bare = name.strip("\"'")
            own = relative(path).split("/")[0]
            if bare == name or bare not in there:
                found[f"{relative(path)} extends {name}"] = "which is no template of ours"
            elif not LAYOUTS.match(bare) and bare.split("/")[0] != own:
                found[f"{relative(path)} extends {bare}"] = "which is no layout"
    settle(found, NO_LAYOUT)


def test_templates_stand_under_their_package_and_capability() -> None:
    found = {}
    for path in templates():
        parts = relative(path).split("/")
        if len(parts) == 1 or parts[0] in OTHER_FOLDERS:
            continue
        if len(parts) < 3 or parts[0] not in FLOORS or not is_capability_folder(parts[0], parts[1]):
            found[relative(path)] = "stands under no capability"
    settle({place: what for place, what in found.items() if place not in NOT_NAMED}, {})


def named_templates() -> set[str]:
    texts = [module.text for module in modules()]
    texts += [path.read_text() for path in templates()]
    return {name for text in texts for name in QUOTED.findall(text)}


def test_every_template_is_used() -> None:
    named = named_templates()
    text = "\n".join(module.text for module in modules())
    found = set()
    for path in templates():
        name = relative(path)
        folder = name.split("/")[0]
        # The library's are picked by their bare names: f"components/{name}.html"
        picked = folder in {"components", "gallery", "layouts", "documents"} and path.stem in text
        theirs = folder in OTHER_FOLDERS and OTHER_FOLDERS[folder].startswith("takes the place")
        if name not in named and not picked and not theirs:
            found.add(name)
    settle(dict.fromkeys(found | NOT_NAMED.keys() & there(), "is named nowhere"), NOT_NAMED)


def there() -> set[str]:
    return {relative(path) for path in templates()}


def test_every_template_that_is_named_is_there() -> None:
    own = {name for name in named_templates() if name.split("/")[0] in FLOORS}
    assert sorted(own - there()) == []


def test_templates_of_ours_are_found_before_those_of_packages() -> None:
    assert settings.TEMPLATES[0]["DIRS"] == [BASE_DIR / "templates"]
