"""Imports point one way: between packages, between capabilities, between the files of one."""

from __future__ import annotations

from tests.architecture.source import FLOORS, LAYERS, Module, capability_of, modules, settle

# The module that joins the capabilities' addresses reads them all.
JOINS = {"involvement.urls"}

# An order that is part of the design, lowest first; other capabilities need only not go round.
DECLARED = {
    "actionplans": ("feedback", "decisions", "plans", "outcomes", "replies", "thread"),
}
# "a → b" → why the circle between the two is none.
CIRCLES: dict[str, str] = {
    "involvement.isolation → involvement.landlords": (
        "its middleware and commands find the landlord; the scope and the models know none"
    ),
}
# Inside a capability: "module → module" → why it may look upwards.
UPWARDS: dict[str, str] = {}


def test_a_package_imports_from_its_left_only() -> None:
    found = {}
    for module in modules():
        for needed in module.imports:
            floor = needed.module.split(".")[0]
            if floor in FLOORS and FLOORS.index(floor) > FLOORS.index(module.package):
                if module.name not in JOINS:
                    found[f"{module.where}:{needed.line}"] = f"imports {needed.module}"
    settle(found, {})


# A capability's pages stand above every capability's rules: they may open through the doors of
# one that is above its own rules. Nobody imports another's pages, so they close no circle.
PAGES = {"views", "urls", "panels", "finder", "first_run", "homes", "search"}
# So do the answers a capability gives to a port below it, which settings bind by path: what it
# keeps about a person, what of it can choose people, what it tells of a person's story,
# what it can do for one and owes one, what needs one who is signed in, and which of its lists can
# be taken out.
PAGES |= {"holding", "conditions", "moments", "acts", "dues", "needs", "taken_out"}


def edges() -> dict[str, set[str]]:
    """Which capability's rules import which capability."""
    found: dict[str, set[str]] = {}
    for module in modules():
        own = module.capability
        if own is None or module.layer in PAGES:
            continue
        for needed in module.imports:
            other = capability_of(needed.module)
            if other and other != own and f"{own} → {other}" not in CIRCLES:
                found.setdefault(own, set()).add(other)
    return found


def test_capabilities_do_not_import_in_a_circle() -> None:
    graph = edges()
    finished: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " → ".join([*path[path.index(name) :], name])
        if name in finished:
            return
        for needed in sorted(graph.get(name, ())):
            visit(needed, (*path, name))
        finished.add(name)

    for name in sorted(graph):
        visit(name, ())


def test_every_permitted_circle_is_still_there() -> None:
    there = {
        f"{module.capability} → {capability_of(needed.module)}"
        for module in modules()
        if module.capability
        for needed in module.imports
    }
    assert CIRCLES.keys() <= there


def test_capabilities_keep_the_declared_order() -> None:
    found = {}
    for own, others in edges().items():
        package, capability = own.split(".")
        order = DECLARED.get(package, ())
        for other in others:
            name = other.split(".")[1]
            if other.startswith(package + ".") and capability in order and name in order:
                if order.index(name) > order.index(capability):
                    found[f"{own} → {other}"] = "is above it"
    settle(found, {})


def rank(module: Module, by_name: dict[str, Module], seen: frozenset[str] = frozenset()) -> int:
    """The place of a file in its capability; a file of another name stands as high as what it
    imports."""
    if module.layer in LAYERS:
        return LAYERS.index(module.layer)
    if module.name in seen:
        return 0
    within = (target(needed.module, by_name) for needed in module.imports if not needed.inside)
    return max(
        (
            rank(other, by_name, seen | {module.name})
            for other in within
            if other and other.capability == module.capability and other.layer != module.layer
        ),
        default=0,
    )


def target(imported: str, by_name: dict[str, Module]) -> Module | None:
    """The module an import names, or the module whose object it names."""
    return by_name.get(imported) or by_name.get(imported.rpartition(".")[0])


def test_a_file_imports_from_earlier_files_of_its_capability_only() -> None:
    by_name = {module.name: module for module in modules()}
    found = {}
    for module in modules():
        if module.capability is None or module.layer not in LAYERS:
            continue
        for needed in module.imports:
            other = target(needed.module, by_name)
            if other is None or other.capability != module.capability:
                continue
            if other.layer in {module.layer, "__init__"}:
                continue
            if other.layer == "tasks":
                if not needed.inside:
                    found[f"{module.name} → {other.name}"] = (
                        "is a leaf; import it where it is put off"
                    )
            elif rank(other, by_name) > LAYERS.index(module.layer):
                found[f"{module.name} → {other.name}"] = "comes later"
    settle(found, UPWARDS)


NOBODYS = [["views"], ["urls"], ["holding"]]


def test_nobody_imports_another_capabilitys_pages() -> None:
    found = {}
    for module in modules():
        for needed in module.imports:
            other = capability_of(needed.module)
            layer = needed.module.split(".")[2:3]
            if other and other != module.capability and layer in NOBODYS:
                if module.name not in JOINS:
                    found[f"{module.where}:{needed.line}"] = f"imports {needed.module}"
    settle(found, {})


def test_reporting_reads_and_never_calls_others_operations() -> None:
    found = {
        f"{module.where}:{needed.line}": f"imports {needed.module}"
        for module in modules()
        if module.package == "reporting"
        for needed in module.imports
        if "operations" in needed.module.split(".")
        and needed.module.split(".")[0] not in ("reporting", "involvement")
    }
    settle(found, {})
