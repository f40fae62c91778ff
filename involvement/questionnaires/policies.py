from __future__ import annotations

from involvement.auditing.refusals import Refusal
from involvement.questionnaires.definition import DefinitionFault, read_definition
from involvement.questionnaires.models import Version
from involvement.questionnaires.queries import versions


class InUse(Refusal):
    """This version has been put in use, so it stays as it is. Make a new version to change it."""


class NotWhole(Refusal):
    """The questions do not hold together yet."""


class MappingMissing(Refusal):
    """Say first what becomes of each answer that is no longer offered."""


def check_can_change(version: Version) -> None:
    """Raises InUse."""
    if version.state != Version.State.DRAFT:
        raise InUse


def check_can_put_in_use(version: Version) -> None:
    """Raises InUse, NotWhole (which says why), MappingMissing."""
    check_can_change(version)
    try:
        read_definition(version.definition)
    except DefinitionFault as fault:
        raise NotWhole(str(fault)) from fault
    if unmapped(version):
        raise MappingMissing


def can_put_in_use(version: Version) -> bool:
    """Whether nothing stands in the way."""
    try:
        check_can_put_in_use(version)
    except Refusal:
        return False
    return True


def unmapped(version: Version) -> list[tuple[str, str]]:
    """Answers of the version in use that this one no longer offers and says nothing about:
    (question, code)."""
    rows = versions(version.questionnaire.key).filter(state=Version.State.IN_USE)
    before = rows.first()
    if before is None:
        return []
    new = read_definition(version.definition)
    found = []
    for question in read_definition(before.definition).questions:
        now = new.question(question.code)
        said = version.mapping.get(question.code, {})
        found += [
            (question.code, code)
            for code in question.codes
            if not (now and now.knows(code)) and code not in said
        ]
    return found
