"""A variable that a template names and nobody gave it fails the test.

`{% if x %}` may ask for what is not there, and `{{ x|default:… }}` says so itself. Templates of
installed packages are left alone: they count on silence.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.template.base import UNKNOWN_SOURCE, FilterExpression, Variable, VariableDoesNotExist
from django.template.defaulttags import ForNode

from involvement.env import BASE_DIR

FORGIVING = {"default", "default_if_none"}


class RequiredVariable(Variable):
    """Fails the test where plain Django would print nothing."""

    __slots__ = ("must_exist", "plain", "template")

    def __init__(self, plain: Variable, template: str) -> None:
        super().__init__(plain.var)
        self.plain = plain
        self.template = template
        self.must_exist = False

    def resolve(self, context: Any) -> Any:
        try:
            return super().resolve(context)
        except VariableDoesNotExist:
            # Not an Exception, so no panel or view can swallow it.
            pytest.fail(
                f"Undefined template variable “{self.var}” in {self.template}", pytrace=False
            )


def is_ours(template: str) -> bool:
    if template == UNKNOWN_SOURCE:
        return True
    path = Path(template)
    return path.is_relative_to(BASE_DIR) and "site-packages" not in path.parts


@pytest.fixture(autouse=True, scope="session")
def _undefined_variables_fail() -> Iterator[None]:
    made, resolved, looped = FilterExpression.__init__, FilterExpression.resolve, ForNode.__init__

    def make(self: Any, token: str, parser: Any) -> None:
        made(self, token, parser)
        origin = getattr(parser, "origin", None)
        template = str(getattr(origin, "name", UNKNOWN_SOURCE))
        first = getattr(self.filters[0][0], "_filter_name", "") if self.filters else ""
        if self.is_var and first not in FORGIVING and is_ours(template):
            self.var = RequiredVariable(self.var, template)

    def resolve(self: Any, context: Any, ignore_failures: Any = None) -> Any:
        required = isinstance(self.var, RequiredVariable)
        if ignore_failures and required and not self.var.must_exist:
            self = copy.copy(self)
            self.var = self.var.plain
        return resolved(self, context, ignore_failures)

    def loop(self: Any, loopvars: Any, sequence: Any, *args: Any) -> None:
        looped(self, loopvars, sequence, *args)
        if isinstance(sequence.var, RequiredVariable):
            sequence.var.must_exist = True

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FilterExpression, "__init__", make)
        patch.setattr(FilterExpression, "resolve", resolve)
        patch.setattr(ForNode, "__init__", loop)
        yield
