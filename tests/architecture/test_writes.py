"""Only operations write, and every operation says who, when, and in one transaction."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.architecture.source import Module, chain, modules, settle

SAVE_WORDS = {"update_fields", "force_insert", "force_update", "using"}
ALWAYS = {"bulk_create", "bulk_update", "get_or_create", "update_or_create"}
QUERYSET = re.compile(
    r"(^|\.)(objects|_base_manager|_default_manager)\b|"
    r"\.(filter|exclude|all|select_for_update|order_by|only)\(\)"
)
SQL = re.compile(r"^\s*(insert\s+into|update\s+\S+\s+set|delete\s+from)\b", re.IGNORECASE)

# Module and function → why it may write outside operations.
MAY_WRITE: dict[str, str] = {
    "involvement.accounts.models.create_user": "the manager that Django and allauth call",
    "involvement.accounts.adapters.login": "where allauth is told that an address was proved",
    "involvement.isolation.verification.probes._attempts": (
        "tries what must be refused, and rolls it back"
    ),
    "involvement.isolation.verification.probes._attempts_on_append_only": "likewise",
    "involvement.isolation.verification.probes._attempts_on_sealed": "likewise",
    "residents.demo.writing.write": "writes what the demo's one operation invented, inside its act",
}
IN_A_FILE = "a part of bringing a file in, inside its transaction"
# Operations that are shaped otherwise → why.
SHAPED_OTHERWISE: dict[str, str] = {
    "actionplans.plans.operations.places.put_in_order": "numbers lines inside its caller's act",
    "actionplans.plans.operations.lines.people_again": "a part of its caller's change to a line",
    "actionplans.plans.operations.lines.targets_again": "a part of its caller's change to a line",
    "actionplans.plans.operations.progress.update_by_link": "the link itself says who acts",
    "involvement.auditing.operations.record": "writes inside its caller's transaction",
    "involvement.auditing.operations.record_many": "writes inside its caller's transaction",
    "involvement.auditing.operations.note_look": "writes inside its caller's transaction",
    "residents.feeds.operations.applying.apply": IN_A_FILE,
    "residents.feeds.operations.refusing.forget_rows": IN_A_FILE,
    "residents.feeds.operations.refusing.refuse_staged": IN_A_FILE,
    "involvement.accounts.operations.choose_password": "a person's own log-in, under no landlord",
    "involvement.delivery.operations.states.put": "a part of its caller's act",
    "involvement.delivery.operations.states.tell": "writes inside its caller's transaction",
}


def writes(node: ast.AST) -> Iterator[ast.AST]:
    """Calls and statements inside `node` that write to the database."""
    for child in ast.walk(node):
        if isinstance(child, ast.Constant) and isinstance(child.value, str):
            if SQL.match(child.value):
                yield child
        if not isinstance(child, ast.Call) or not isinstance(child.func, ast.Attribute):
            continue
        verb, receiver = child.func.attr, chain(child.func.value)
        words = {keyword.arg for keyword in child.keywords}
        if verb in ALWAYS or (verb == "create" and not child.args and child.keywords):
            yield child
        elif verb == "save" and not child.args and words <= SAVE_WORDS:
            if not receiver.endswith(("session", "form", "formset")):
                yield child
        elif (verb == "delete" and not child.args) or (
            verb == "update" and not child.args and QUERYSET.search(receiver)
        ):
            yield child


def enclosing(module: Module, wanted: ast.AST) -> str:
    """The innermost function around a node."""
    around = [
        function
        for function in module.functions()
        if any(child is wanted for child in ast.walk(function))
    ]
    name = max(around, key=lambda function: function.lineno).name if around else "<module>"
    return f"{module.name}.{name}"


def test_only_operations_write() -> None:
    found = {}
    for module in modules():
        if module.is_operations:
            continue
        for write in writes(module.tree):
            what = chain(write) if isinstance(write, ast.Call) else "SQL that writes"
            found[enclosing(module, write)] = f"{what} in line {getattr(write, 'lineno', 0)}"
    settle(found, MAY_WRITE)


def operations() -> Iterator[tuple[Module, ast.FunctionDef]]:
    """The public functions of operations modules that write or say who acts."""
    for module in modules():
        if not module.is_operations:
            continue
        for node in module.tree.body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            names = {argument.arg for argument in node.args.kwonlyargs + node.args.args}
            if "by" in names or any(writes(node)):
                yield module, node


def is_atomic(node: ast.AST) -> bool:
    """Whether `node` is `transaction.atomic`, called or not."""
    return chain(node).removesuffix("()").endswith("atomic")


def has_transaction(function: ast.FunctionDef) -> bool:
    return any(map(is_atomic, function.decorator_list)) or any(
        is_atomic(item.context_expr)
        for node in ast.walk(function)
        if isinstance(node, ast.With)
        for item in node.items
    )


def misshapen(function: ast.FunctionDef) -> list[str]:
    arguments = function.args
    keywords = {argument.arg: argument for argument in arguments.kwonlyargs}
    wrong = []
    if arguments.args or arguments.posonlyargs or arguments.vararg:
        wrong.append("takes arguments by position")
    wrong += [f"does not take `{word}`" for word in ("by", "at") if word not in keywords]
    by = keywords.get("by")
    if by and "Actor" not in ast.unparse(by.annotation or ast.Constant("")):
        wrong.append("`by` is no Actor")
    if not has_transaction(function):
        wrong.append("is not one transaction")
    if not ast.get_docstring(function):
        wrong.append("has no docstring")
    return wrong


def test_operations_are_keyword_only_say_who_and_when_and_are_one_transaction() -> None:
    found = {
        f"{module.name}.{function.name}": "; ".join(wrong)
        for module, function in operations()
        if (wrong := misshapen(function))
    }
    settle(found, SHAPED_OTHERWISE)


def test_operations_do_not_look_at_the_clock() -> None:
    """They are told the moment. `timezone.localdate(at)` is the day it falls on."""
    clocks = {"timezone.now()", "timezone.localdate()", "timezone.localtime()", "date.today()"}
    clocks |= {"dt.date.today()", "dt.datetime.now()", "datetime.now()"}
    found = {
        f"{module.where}:{node.lineno}": f"calls {chain(node)}"
        for module in modules()
        if module.is_operations
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and not node.args and chain(node) in clocks
    }
    settle(found, {})


def test_the_day_of_a_moment_is_the_day_in_britain() -> None:
    """`at.date()` is the day in Greenwich: between midnight and one in summer, yesterday."""
    found = {
        f"{module.where}:{node.lineno}": f"calls {chain(node)}; use timezone.localdate()"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and re.search(r"(^|\.|_)(at|now\(\))\.date\(\)$", chain(node))
    }
    settle(found, {})


def test_there_are_no_signals() -> None:
    banned = re.compile(r"^(django\.dispatch|[\w.]*\.signals)(\.|$)")
    found = {
        f"{module.where}:{needed.line}": f"imports {needed.module}"
        for module in modules()
        for needed in module.imports
        if banned.match(needed.module)
    }
    settle(found, {})


def test_an_integrity_error_is_not_caught_inside_a_broken_transaction() -> None:
    """After the error only a rollback is possible, so the savepoint stands inside the `try`."""
    found = {}
    for module in modules():
        for function in module.functions():
            for node in ast.walk(function):
                if not isinstance(node, ast.Try) or not catches_integrity(node):
                    continue
                first = node.body[0]
                guarded = isinstance(first, ast.With) and any(
                    is_atomic(item.context_expr) for item in first.items
                )
                if not guarded and inside_transaction(function, node):
                    found[f"{module.where}:{node.lineno}"] = "put `with transaction.atomic()` first"
    settle(found, {})


def catches_integrity(node: ast.Try) -> bool:
    return any(
        "IntegrityError" in ast.unparse(handler.type) for handler in node.handlers if handler.type
    )


def inside_transaction(function: ast.FunctionDef | ast.AsyncFunctionDef, wanted: ast.Try) -> bool:
    if any(map(is_atomic, function.decorator_list)):
        return True
    return any(
        any(is_atomic(item.context_expr) for item in node.items)
        and any(child is wanted for child in ast.walk(node))
        for node in ast.walk(function)
        if isinstance(node, ast.With)
    )


def test_every_job_names_a_queue_and_is_one_of_our_kinds() -> None:
    found = {}
    for module in modules():
        for function in module.functions():
            for decorator in function.decorator_list:
                name = chain(decorator).removesuffix("()").rpartition(".")[2]
                where = f"{module.name}.{function.name}"
                if name in {"shared_task", "task"}:
                    found[where] = "use landlord_task or fan_out_task"
                if name not in {"landlord_task", "fan_out_task"}:
                    continue
                words = {
                    keyword.arg: ast.unparse(keyword.value)
                    for keyword in getattr(decorator, "keywords", [])
                }
                if not words.get("queue", "").startswith("Queue."):
                    found[where] = "names no queue"
                if function.args.args:
                    found[where] = "takes arguments by position"
    settle(found, {})
