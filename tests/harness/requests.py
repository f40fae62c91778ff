"""What every request of every test is held to.

Views asked by GET or HEAD read and do not write; what was put off until after the commit is done
as soon as the view's transaction would have ended; pages carry no inline script or style, and no
template syntax that was meant to be rendered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import wraps
from typing import Any

import pytest
from django.core.handlers.base import BaseHandler
from django.db import connection
from django.test import Client, TestCase

READS = re.compile(
    r"^\s*\(*\s*(select|with|savepoint|release|rollback|set|show|explain|declare|fetch|close)\b",
    re.IGNORECASE,
)
WRITES_WITHIN = re.compile(r"\b(insert\s+into|update\s+\S+\s+set|delete\s+from)\b", re.IGNORECASE)
# The one table that a page may write when it is only looked at.
VIEW_LOG = re.compile(r'^\s*insert into "involvement_viewlogentry"', re.IGNORECASE)

# Views of installed packages that write when asked by GET.
MAY_WRITE = {
    "allauth.": "keeps the stage of signing in, which it saves inside its own views",
}

FAULTS = {
    "an inline style": re.compile(r"<[a-z][^<>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an inline event handler": re.compile(r"<[a-z][^<>]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "an inline script": re.compile(
        r"<script(?![^>]*\ssrc=)(?![^>]*\stype=\"application/(ld\+)?json\")", re.IGNORECASE
    ),
    "a javascript: address": re.compile(
        r"(href|src|action)\s*=\s*[\"']?javascript:", re.IGNORECASE
    ),
}
UNRENDERED = re.compile(r"\{\{|\{%|\{#")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "shows_template_syntax(reason): a page of this test rightly contains {{ or {%"
    )


def refuse_writes(execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
    if not VIEW_LOG.match(sql) and (not READS.match(sql) or WRITES_WITHIN.search(sql)):
        pytest.fail(f"A page that was only looked at wrote to the database: {sql[:500]}")
    return execute(sql, params, many, context)


def view_name(view: Any) -> str:
    return f"{getattr(view, '__module__', '')}.{getattr(view, '__qualname__', type(view).__name__)}"


def held_to_the_rules(view: Any) -> Any:
    """The view, its transaction included, reading only where it should and with its effects."""
    may_write = view_name(view).startswith(tuple(MAY_WRITE))

    @wraps(view)
    def opened(request: Any, *args: Any, **kwargs: Any) -> Any:
        with TestCase.captureOnCommitCallbacks(execute=True):
            if request.method in {"GET", "HEAD"} and not may_write:
                with connection.execute_wrapper(refuse_writes):
                    return view(request, *args, **kwargs)
            return view(request, *args, **kwargs)

    return opened


def check_page(response: Any, *, syntax_is_right: bool) -> None:
    """Fail the test where an HTML response carries what the content policy would refuse."""
    kind = response.headers.get("Content-Type", "")
    if response.streaming or not kind.startswith("text/html"):
        return
    page = response.content.decode(response.charset)
    faults = dict(FAULTS) if syntax_is_right else {**FAULTS, "template syntax": UNRENDERED}
    for fault, pattern in faults.items():
        found = pattern.search(page)
        if found:
            near = page[max(found.start() - 80, 0) : found.end() + 80]
            pytest.fail(f"{response.request['PATH_INFO']} carries {fault}: …{near}…")


@pytest.fixture(autouse=True, scope="session")
def _views_are_held_to_the_rules() -> Iterator[None]:
    made = BaseHandler.make_view_atomic

    def make_view_atomic(self: Any, view: Any) -> Any:
        return held_to_the_rules(made(self, view))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseHandler, "make_view_atomic", make_view_atomic)
        yield


@pytest.fixture(autouse=True)
def _pages_are_clean(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Client.request
    syntax_is_right = request.node.get_closest_marker("shows_template_syntax") is not None

    def ask(self: Any, **kwargs: Any) -> Any:
        response = asked(self, **kwargs)
        check_page(response, syntax_is_right=syntax_is_right)
        return response

    monkeypatch.setattr(Client, "request", ask)
