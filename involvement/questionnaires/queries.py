from __future__ import annotations

from collections.abc import Mapping

from django.db.models import QuerySet

from involvement.questionnaires.definition import Definition, read_definition, translated
from involvement.questionnaires.models import Questionnaire, Translation, Version


def questionnaire(key: str) -> Questionnaire | None:
    """The landlord's questionnaire of this key."""
    found: Questionnaire | None = Questionnaire.objects.filter(key=key).order_by("pk").first()
    return found


def versions(key: str) -> QuerySet[Version]:
    """Every version of a questionnaire, newest first."""
    rows: QuerySet[Version] = Version.objects.filter(questionnaire__key=key)
    return rows.select_related("questionnaire").order_by("-number", "-pk")


def version_in_use(key: str) -> Version | None:
    """The version that is asked now."""
    return versions(key).filter(state=Version.State.IN_USE).first()


def draft_of(key: str) -> Version | None:
    """The version being changed, if any."""
    return versions(key).filter(state=Version.State.DRAFT).first()


def definition_of(version: Version, language: str = "") -> Definition:
    """What a version asks, in the language given where it has been translated."""
    definition = read_definition(version.definition)
    if not language:
        return definition
    row = Translation.objects.filter(version=version, language=language).order_by("pk").first()
    return translated(definition, row.words) if row else definition


def meanings(key: str) -> dict[tuple[int, str, str], str]:
    """What every answer ever offered counts as today: (version, question, code) → code.

    Follows the mappings from version to version; what is no longer counted is left out.
    """
    rows = [row for row in versions(key) if row.state != Version.State.DRAFT]
    found: dict[tuple[int, str, str], str] = {}
    onward: dict[str, dict[str, str]] = {}
    for place, row in enumerate(rows):
        asked = read_definition(row.definition)
        for one in asked.questions:
            for code in one.codes:
                today = code if place == 0 else _followed(onward, one.code, code)
                if today:
                    found[row.pk, one.code, code] = today
        onward = _before(row.mapping, onward, first=place == 0)
    return found


def _followed(onward: Mapping[str, Mapping[str, str]], question: str, code: str) -> str:
    return onward.get(question, {}).get(code, code)


def _before(
    mapping: Mapping[str, Mapping[str, str]],
    onward: Mapping[str, Mapping[str, str]],
    *,
    first: bool,
) -> dict[str, dict[str, str]]:
    """Where the codes of the version before a row lead today."""
    composed: dict[str, dict[str, str]] = {} if first else {k: dict(v) for k, v in onward.items()}
    for question, codes in mapping.items():
        later = {} if first else onward.get(question, {})
        for old, new in codes.items():
            composed.setdefault(question, {})[old] = later.get(new, new) if new else ""
    return composed
