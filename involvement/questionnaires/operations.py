"""The only writers of questionnaires."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.questionnaires.definition import Definition, as_data, read_definition
from involvement.questionnaires.models import Questionnaire, Translation, Version
from involvement.questionnaires.policies import check_can_change, check_can_put_in_use
from involvement.questionnaires.queries import versions


@transaction.atomic
def found_questionnaire(
    *,
    key: str,
    definition: Definition,
    source: str,
    checked_on: dt.date | None,
    valid_from_on: dt.date,
    by: Actor,
    at: dt.datetime,
) -> Version:
    """Begin a questionnaire with its first version, in use from a day on. Returns the version."""
    row = Questionnaire.objects.create(key=key, title=definition.title[:120])
    version: Version = Version.objects.create(
        questionnaire=row,
        number=1,
        state=Version.State.IN_USE,
        definition=as_data(definition),
        source=source,
        checked_on=checked_on,
        valid_from_on=valid_from_on,
        made_at=at,
        **by.columns(),
    )
    auditing.record(
        verb="questionnaire.founded", record=version, sentence=f"began “{row}”", by=by, at=at
    )
    return version


@transaction.atomic
def draft_version(*, questionnaire: Questionnaire, by: Actor, at: dt.datetime) -> Version:
    """Begin to change a questionnaire: a copy of what is asked now. Returns the copy, or the one
    that is being changed already."""
    newest: Version = versions(questionnaire.key)[0]
    if newest.state == Version.State.DRAFT:
        return newest
    version: Version = Version.objects.create(
        questionnaire=questionnaire,
        number=newest.number + 1,
        definition=newest.definition,
        source=newest.source,
        checked_on=newest.checked_on,
        made_at=at,
        **by.columns(),
    )
    auditing.record(
        verb="version.drafted", record=version, sentence="began to change it", by=by, at=at
    )
    return version


@transaction.atomic
def change_draft(
    *,
    version: Version,
    definition: Definition | None = None,
    mapping: Mapping[str, Mapping[str, str]] | None = None,
    by: Actor,
    at: dt.datetime,
    **about: Any,
) -> Version:
    """Change what a draft asks, what became of earlier answers, or its source and checked_on.

    Returns the draft. Raises InUse, DefinitionFault.
    """
    check_can_change(version)
    if definition is not None:
        version.definition = as_data(definition)
        read_definition(version.definition)
    if mapping is not None:
        version.mapping = {question: dict(codes) for question, codes in mapping.items()}
    for name in ("source", "checked_on"):
        setattr(version, name, about.get(name, getattr(version, name)))
    version.save(update_fields=["definition", "mapping", "source", "checked_on"])
    auditing.record(
        verb="version.changed", record=version, sentence="changed what is asked", by=by, at=at
    )
    return version


@transaction.atomic
def put_in_use(*, version: Version, valid_from_on: dt.date, by: Actor, at: dt.datetime) -> Version:
    """Ask this version from now on; the one before is retired. Returns it.

    Raises InUse, NotWhole, MappingMissing.
    """
    check_can_put_in_use(version)
    versions(version.questionnaire.key).filter(state=Version.State.IN_USE).update(
        state=Version.State.RETIRED
    )
    version.state = Version.State.IN_USE
    version.valid_from_on = valid_from_on
    version.save(update_fields=["state", "valid_from_on"])
    auditing.record(verb="version.used", record=version, sentence="put it in use", by=by, at=at)
    return version


@transaction.atomic
def drop_draft(*, version: Version, by: Actor, at: dt.datetime) -> Questionnaire:
    """Forget a draft. Returns its questionnaire. Raises InUse."""
    check_can_change(version)
    auditing.record(
        verb="version.dropped", record=version, sentence="dropped the draft", by=by, at=at
    )
    questionnaire = version.questionnaire
    version.delete()
    return questionnaire


@transaction.atomic
def translate(
    *, version: Version, language: str, words: Mapping[str, str], by: Actor, at: dt.datetime
) -> Translation:
    """Keep a version's words in a language; the same language again replaces them. Returns them."""
    kept = {place: said.strip() for place, said in words.items() if said.strip()}
    row: Translation
    row, _ = Translation.objects.update_or_create(
        version=version,
        language=language,
        defaults={"words": kept, "made_at": at, **by.columns()},
    )
    auditing.record(
        verb="version.translated",
        record=version,
        sentence=f"put it into another language ({language})",
        by=by,
        at=at,
    )
    return row
