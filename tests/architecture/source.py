"""The project's own source, read once: what the tests of its architecture look at."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from involvement.env import BASE_DIR

# From the ground floor up: a package imports from its left only.
FLOORS = ("involvement", "residents", "structures", "surveys", "actionplans", "reporting")
# The order of the files of a capability: a file imports from earlier ones only.
LAYERS = (
    "__init__",
    "models",
    "queries",
    "policies",
    "operations",
    "forms",
    "views",
    "urls",
)
# Folders of a package that are no capability.
NO_CAPABILITY = {"migrations", "management", "templatetags", "fixtures", "settings"}


@dataclass(frozen=True)
class Import:
    """`module` may name an object of a module; `inside` says it stands in a function."""

    module: str
    line: int
    inside: bool


@dataclass(frozen=True)
class Module:
    path: Path
    tree: ast.Module
    text: str

    @property
    def where(self) -> str:
        return str(self.path.relative_to(BASE_DIR))

    @cached_property
    def parts(self) -> tuple[str, ...]:
        parts = self.path.relative_to(BASE_DIR).with_suffix("").parts
        return parts[:-1] if parts[-1] == "__init__" else parts

    @property
    def name(self) -> str:
        return ".".join(self.parts)

    @property
    def package(self) -> str:
        return self.parts[0]

    @property
    def capability(self) -> str | None:
        """ "involvement.landlords", or None for a package's own files."""
        return capability_of(self.name)

    @property
    def layer(self) -> str:
        """The file's place in its capability: "models" for models.py and for models/…"""
        if self.capability is None or len(self.parts) == 2:
            return "__init__"
        return self.parts[2]

    @property
    def is_operations(self) -> bool:
        """Operations, or what a capability does to its rows about a person for a merge or erasure."""
        return "operations" in self.parts or self.parts[-1] == "holding"

    @cached_property
    def imports(self) -> tuple[Import, ...]:
        found = []
        inside = {
            id(child)
            for node in ast.walk(self.tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            for child in ast.walk(node)
        }
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            else:
                continue
            found += [Import(name, node.lineno, id(node) in inside) for name in names]
        return tuple(found)

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node


@cache
def is_capability_folder(package: str, name: str) -> bool:
    folder = BASE_DIR / package / name
    return name not in NO_CAPABILITY and (folder / "__init__.py").exists()


def capability_of(name: str) -> str | None:
    parts = name.split(".")
    if len(parts) < 2 or parts[0] not in FLOORS or not is_capability_folder(parts[0], parts[1]):
        return None
    return ".".join(parts[:2])


@cache
def modules(*, migrations: bool = False) -> tuple[Module, ...]:
    """Every module of the six packages, generated migrations left out unless asked for."""
    found = []
    for package in FLOORS:
        for path in sorted((BASE_DIR / package).rglob("*.py")):
            if not migrations and "migrations" in path.parts:
                continue
            text = path.read_text()
            found.append(Module(path, ast.parse(text), text))
    return tuple(found)


def templates() -> list[Path]:
    return sorted((BASE_DIR / "templates").rglob("*.html"))


def settle(found: Mapping[str, str] | Iterable[str], allowed: Mapping[str, str]) -> None:
    """Fail for what is found and not allowed, and for what is allowed and no longer found.

    `found` maps a place to what is wrong there; `allowed` maps a place to the reason it may.
    """
    faults = dict(found) if isinstance(found, Mapping) else dict.fromkeys(found, "")
    wrong = [f"{place}  {what}".rstrip() for place, what in faults.items() if place not in allowed]
    assert not wrong, "\n" + "\n".join(sorted(wrong))
    stale = sorted(allowed.keys() - faults.keys())
    assert not stale, f"No longer needs its exception: {', '.join(stale)}"
    assert all(reason.strip() for reason in allowed.values()), "Every exception states its reason."


def chain(node: ast.AST) -> str:
    """`Plan.objects.filter(…).update` as "Plan.objects.filter().update"."""
    match node:
        case ast.Attribute(value=value, attr=attr):
            return f"{chain(value)}.{attr}"
        case ast.Call(func=func):
            return f"{chain(func)}()"
        case ast.Subscript(value=value):
            return f"{chain(value)}[]"
        case ast.Name(id=name):
            return name
        case _:
            return "…"
