"""How the house is laid out: folders, names, sizes, settings and words."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from involvement.accounts.permissions import Permission
from involvement.env import BASE_DIR
from tests.architecture.source import FLOORS, chain, modules, settle, templates

TOP = {
    *FLOORS,
    "templates",
    "static",
    "tests",
    "docs",
}
# Other folders at the top → why.
OTHER_TOP = {
    ".ci": "what continuous integration runs",
}
FORBIDDEN_NAMES = {"utils", "util", "common", "helpers", "helper", "core", "misc", "shared", "lib"}
MOST_LINES, MOST_LINES_OF_FUNCTION = 400, 60
# Files and functions that may be longer → why.
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}
# Words spelt otherwise that are not ours to spell → why.
NOT_OURS = {
    "templates/residents/feeds/source_detail.html: Authorization": "the name of an HTTP header",
}
# Spelling that is not British, in what people read.
AMERICAN = re.compile(
    r"\b(colors?|colored|organiz\w+|recogniz\w+|prioritiz\w+|summariz\w+|apologiz\w+|"
    r"centers?|behaviors?|favorites?|neighbors?\w*|honor\w*|labor|canceled|canceling|enroll|"
    r"fulfill|gray|catalogs?|dialogs?|judgments?|"
    r"analyz\w+|authoriz\w+|customiz\w+|utiliz\w+|realiz\w+|emphasiz\w+)\b",
    re.IGNORECASE,
)
# In code words keep the spelling of the languages they are written in.
MARKUP = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}|<script.*?</script>|<[^>]*>", re.DOTALL)


@cache
def committed() -> tuple[str, ...]:
    """Paths of what is committed; every file, where there is no git."""
    asked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=BASE_DIR, capture_output=True, text=True, check=False
    )
    if asked.returncode == 0:
        return tuple(filter(None, asked.stdout.split("\0")))
    folders = [BASE_DIR / name for name in sorted(TOP | OTHER_TOP.keys())]
    found = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return tuple(str(path.relative_to(BASE_DIR)) for path in found)


def test_the_top_of_the_house_holds_the_agreed_folders() -> None:
    folders = {path.split("/")[0] for path in committed() if "/" in path}
    settle(folders - TOP, OTHER_TOP)


def test_no_module_has_a_name_that_says_nothing() -> None:
    python = [path for path in committed() if path.endswith(".py")]
    settle(
        (path for path in python if FORBIDDEN_NAMES & {*Path(path).with_suffix("").parts}),
        {},
    )


def test_files_are_short() -> None:
    settle(
        {
            module.where: f"has {count} lines"
            for module in modules()
            if (count := module.text.count("\n")) > MOST_LINES
        },
        LONG_FILES,
    )


def test_functions_are_short() -> None:
    settle(
        {
            f"{module.name}.{function.name}": f"has {length} lines"
            for module in modules()
            for function in module.functions()
            if (length := (function.end_lineno or 0) - function.lineno + 1) > MOST_LINES_OF_FUNCTION
        },
        LONG_FUNCTIONS,
    )


def test_every_capability_opens_with_a_cover_page() -> None:
    covers = (
        module
        for module in modules()
        if module.path.name == "__init__.py" and module.capability == module.name
    )
    settle((module.where for module in covers if not ast.get_docstring(module.tree)), {})


def test_migrations_are_generated_first_or_named_in_words() -> None:
    names = [
        Path(path).stem
        for path in committed()
        if "/migrations/" in path and path.endswith(".py") and "__init__" not in path
    ]
    in_words = re.compile(r"^\d{4}_(?!auto_)[a-z]+(_[a-z]+)+$")
    assert [name for name in names if name != "0001_initial" and not in_words.match(name)] == []


# --- Settings ---------------------------------------------------------------------------------


def paths_in_settings() -> Iterator[tuple[str, str]]:
    for name, path in settings.PORTS.items():
        yield f"PORTS[{name}]", path
    for slot, paths in settings.PANELS.items():
        for path in paths:
            yield f"PANELS[{slot}]", path
    for item in settings.NAVIGATION:
        if item.get("count"):
            yield f"NAVIGATION[{item['label']}].count", item["count"]
        if item.get("where"):
            yield f"NAVIGATION[{item['label']}].where", item["where"]
    for path in settings.SEEDERS:
        yield "SEEDERS", path


def test_paths_in_settings_lead_somewhere() -> None:
    for where, path in paths_in_settings():
        assert import_string(path) is not None, where


def test_menus_lead_to_pages_and_ask_for_real_permissions() -> None:
    for item in settings.NAVIGATION:
        assert reverse(item["url_name"]).startswith("/"), item["label"]
        assert not item.get("permission") or item["permission"] in set(Permission), item["label"]
        assert item["face"] in {"desk", "my", "public", "board", "foot"}, item["label"]


def test_a_panel_is_shown_by_some_page() -> None:
    shown = {
        node.args[0].value
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and chain(node.func).rpartition(".")[2] == "panels"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert settings.PANELS.keys() <= shown


def read_from_the_environment() -> set[str]:
    names = set()
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                if re.fullmatch(r"env(\.\w+)?", chain(node.func)):
                    names.add(node.args[0].value)
    return {name for name in names if isinstance(name, str) and name.isupper()}


def test_the_example_environment_names_every_setting() -> None:
    example = "\n".join(
        (BASE_DIR / name).read_text() for name in (".env.example", ".env.admin.example")
    )
    named = set(re.findall(r"^#?\s*([A-Z][A-Z0-9_]+)=", example, re.MULTILINE))
    assert sorted(read_from_the_environment() - named) == []


# --- Words ------------------------------------------------------------------------------------


def test_what_people_read_is_spelt_in_british_english() -> None:
    found = {}
    for path in templates():
        for match in AMERICAN.finditer(MARKUP.sub(" ", path.read_text())):
            found[f"{path.relative_to(BASE_DIR)}: {match[0]}"] = ""
    for module in modules():
        for text in sentences(module.tree):
            for match in AMERICAN.finditer(text):
                found[f"{module.where}: {match[0]}"] = f"in “{text[:60]}”"
    settle(found, NOT_OURS)


def sentences(tree: ast.AST) -> Iterator[str]:
    """Strings that are prose: words with spaces between them, ending as a sentence does."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if " " in node.value and node.value.rstrip().endswith((".", "?", "!")):
                yield node.value


def test_messages_do_not_say_successfully() -> None:
    found = {
        f"{module.where}:{node.lineno}": ast.unparse(node)
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and chain(node.func).startswith("messages.")
        and "successfully" in ast.unparse(node)
    }
    settle(found, {})


ELSEWHERE = re.compile(
    r"https?://[\w.:-]*(pypi|npmjs|artifactory|nexus|registry|verdaccio|devpi)[\w./:-]*"
    r"|--(extra-)?index-url|--find-links|^registry\s*="
)


@pytest.mark.parametrize("ending", [".lock", ".json", ".toml", ".yml", ".txt", ".npmrc", ".cfg"])
def test_no_file_says_where_packages_are_fetched_from(ending: str) -> None:
    found = {}
    for path in committed():
        if path.endswith(ending) and not path.startswith(("static/", "tests/")):
            lines = (BASE_DIR / path).read_text().splitlines()
            hits = [number for number, line in enumerate(lines, 1) if ELSEWHERE.search(line)]
            if hits:
                found[path] = f"in line {hits[0]}"
    settle(found, {})
