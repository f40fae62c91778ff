from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.calendars.words import count
from involvement.importing.models import Upload
from involvement.importing.operations import confirm_upload
from involvement.importing.queries import table_of
from involvement.questionnaires.queries import definition_of
from residents.profiles.models import PopulationTotal
from residents.profiles.policies import NoQuestions
from residents.profiles.queries import question_set
from residents.profiles.totals import TotalsRead, read_totals

KIND = "population_totals"


def read_upload(upload: Upload, *, at: dt.datetime) -> TotalsRead:
    """Read an upload without writing anything. Raises ImportRefused, NoQuestions."""
    version = question_set()
    if version is None:
        raise NoQuestions
    return read_totals(table_of(upload), definition_of(version), today=timezone.localdate(at))


@transaction.atomic
def confirm_totals(*, upload: Upload, by: Actor, at: dt.datetime) -> int:
    """Keep the figures the preview showed; the same file again changes nothing. Returns how many
    are new or changed. Raises AlreadyImported, SetAside, ProblemsRemain, ImportRefused."""
    read = read_upload(upload, at=at)
    confirm_upload(upload=upload, done=read.preview, by=by, at=at)
    for one in read.rows:
        PopulationTotal.objects.update_or_create(
            characteristic=one.characteristic,
            category=one.category,
            as_of_date=one.as_of_date,
            defaults={"count": one.count, "source": one.source, **by.columns()},
        )
    auditing.record(
        verb="population_totals.kept",
        record=upload,
        sentence=f"kept {count(len(read.rows), 'total')} of who lives here",
        by=by,
        at=at,
    )
    return len(read.rows)
