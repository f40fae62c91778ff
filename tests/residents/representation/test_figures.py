"""A quarter's tables: counted inside the store, hidden, frozen, and not taken again for a handful."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from involvement.auditing.actors import Actor
from involvement.landlords.models import Landlord
from involvement.questionnaires.models import Version
from residents.participation.models import Participation
from residents.people.models import Person
from residents.profiles import operations as profiles
from residents.profiles import store
from residents.representation import operations, queries
from residents.representation.comparing import Audience, Window, compare, finding
from residents.representation.models import Cut
from residents.representation.policies import NoGap, check_can_open
from residents.representation.statistics import Base

# The store counts only where nothing is written yet, as no test is that runs inside a transaction
COMMITTED = pytest.mark.django_db(transaction=True)
SPRING = dt.datetime(2026, 5, 4, 9, tzinfo=dt.UTC)
SPRING_DAY = SPRING.date()
SUMMER = dt.datetime(2026, 8, 3, 9, tzinfo=dt.UTC)
RELIGIONS = [("CHRISTIAN", 60), ("NONE", 41), ("MUSLIM", 22), ("SIKH", 3), ("PREFER_NOT", 12)]


@pytest.fixture
def questions(in_poole: Landlord, officer: Actor) -> Version:
    return profiles.begin_question_set(by=officer, at=SPRING)


def people(count: int, name: str = "Resident", **about: Any) -> list[Person]:
    rows = [
        Person(name=f"{name} {place} (demo)", address="1 The Street", created_at=SPRING, **about)
        for place in range(count)
    ]
    made: list[Person] = Person.objects.bulk_create(rows)
    return made


def answer(rows: list[Person], option: str, version: Version) -> None:
    store.record_many(
        version=version.pk,
        question="RELIGION",
        answers=[(one.pk, option) for one in rows],
        on=SPRING.date(),
    )


@pytest.fixture
def residents(questions: Version) -> dict[str, list[Person]]:
    """138 who answered, 20 who did not."""
    found = {}
    for option, count in RELIGIONS:
        found[option] = people(count, option)
        answer(found[option], option, questions)
    found["UNKNOWN"] = people(20, "Unasked")
    return found


def religion() -> Cut:
    return next(cut for cut in queries.cuts() if cut.characteristic == "RELIGION")


def lives(cut: Cut, audience: Audience) -> dict[str, int | None]:
    codes = [code for code, _words in cut.categories]
    return dict(zip(codes, cut.tables["LIVES"][audience], strict=True))


@COMMITTED
def test_counts_are_rounded_and_small_ones_hidden(
    residents: dict[str, list[Person]], officer: Actor
) -> None:
    operations.take_figures(by=officer, at=SPRING)
    inside = lives(religion(), Audience.DESK)
    assert inside["CHRISTIAN"] == 60
    assert inside["NONE"] == 40
    assert inside["MUSLIM"] == 20
    assert inside["SIKH"] is None
    assert inside["BUDDHIST"] is None
    assert inside["PREFER_NOT"] == 10
    assert inside["UNKNOWN"] == 20
    assert religion().tables["LIVES"]["total"] == 158


@COMMITTED
def test_figures_are_taken_once_a_quarter(
    residents: dict[str, list[Person]], questions: Version, officer: Actor
) -> None:
    operations.take_figures(by=officer, at=SPRING)
    answer(people(40, "New"), "MUSLIM", questions)
    assert operations.take_figures(by=officer, at=SPRING + dt.timedelta(days=3)) == []
    assert lives(religion(), Audience.DESK)["MUSLIM"] == 20


@COMMITTED
@pytest.mark.parametrize(("joiners", "is_new"), [(1, False), (9, False), (10, True)])
def test_a_handful_who_are_new_do_not_make_a_new_table(
    residents: dict[str, list[Person]],
    questions: Version,
    officer: Actor,
    joiners: int,
    is_new: bool,
) -> None:
    operations.take_figures(by=officer, at=SPRING)
    answer(people(joiners, "New"), "NONE", questions)
    operations.take_figures(by=officer, at=SUMMER)
    assert (religion().quarter_on == dt.date(2026, 7, 1)) is is_new


@COMMITTED
def test_leavers_and_whoever_asked_to_be_forgotten_are_no_longer_counted(
    residents: dict[str, list[Person]], officer: Actor
) -> None:
    for person in residents["MUSLIM"][:6]:
        profiles.record_objection(person=person, by=officer, at=SPRING)
    Person.objects.filter(pk__in=[one.pk for one in residents["NONE"][:11]]).update(
        status="LEFT", status_on=SPRING.date()
    )
    operations.take_figures(by=officer, at=SPRING)
    inside = lives(religion(), Audience.DESK)
    assert (inside["MUSLIM"], inside["NONE"], inside["UNKNOWN"]) == (15, 30, 25)


@COMMITTED
def test_answers_of_an_earlier_version_count_as_what_they_became(
    residents: dict[str, list[Person]], questions: Version, officer: Actor
) -> None:
    from involvement.questionnaires import operations as sets  # noqa: PLC0415 -- this test's alone
    from involvement.questionnaires.queries import definition_of  # noqa: PLC0415 -- likewise
    from residents.profiles.editing import with_lines, with_question  # noqa: PLC0415 -- likewise

    draft = sets.draft_version(questionnaire=questions.questionnaire, by=officer, at=SPRING)
    asked = definition_of(draft)
    question = asked.question("RELIGION")
    assert question is not None
    changed = with_lines(question, "No religion\nChristian, of any denomination\nAnother faith")
    gone = {"BUDDHIST", "HINDU", "JEWISH", "MUSLIM", "SIKH", "ANOTHER"}
    sets.change_draft(
        version=draft,
        definition=with_question(asked, changed),
        mapping={"RELIGION": dict.fromkeys(gone, "ANOTHER_FAITH")},
        by=officer,
        at=SPRING,
    )
    sets.put_in_use(version=draft, valid_from_on=SPRING.date(), by=officer, at=SPRING)
    operations.take_figures(by=officer, at=SPRING)
    assert lives(religion(), Audience.DESK)["ANOTHER_FAITH"] == 25


@COMMITTED
def test_another_landlord_counts_its_own(
    residents: dict[str, list[Person]], officer: Actor, oxford: Landlord
) -> None:
    from involvement.isolation import landlord_scope  # noqa: PLC0415 -- this test's alone

    with landlord_scope(oxford):
        profiles.begin_question_set(by=officer, at=SPRING)
        operations.take_figures(by=officer, at=SPRING)
        assert religion().tables["LIVES"]["total"] == 0


@COMMITTED
def test_the_store_crosses_no_more_than_two_things(
    residents: dict[str, list[Person]], now: dt.datetime
) -> None:
    def counted(**of: Any) -> list[list[dict[str, Any]]]:
        day = now.date()
        return store.cut(quarter_on=day, until=day, slices=[store.Slice([], **of)])

    assert counted(unit=1) == counted(kind="MEMBER") == [[]]
    with pytest.raises(store.StoreClosed):
        counted(unit=1, kind="MEMBER")


@COMMITTED
def test_nobody_changes_people_counts_and_takes_it_back(
    residents: dict[str, list[Person]], officer: Actor
) -> None:
    gone = Person.objects.filter(pk__in=[one.pk for one in residents["NONE"][:11]])
    with pytest.raises(store.StoreClosed), transaction.atomic():
        gone.update(status="LEFT", status_on=SPRING_DAY)
        operations.take_figures(by=officer, at=SPRING)
    assert not Cut.objects.exists()
    assert gone.filter(status="CURRENT").count() == 11
    assert operations.take_figures(by=officer, at=SPRING)
    assert lives(religion(), Audience.DESK)["NONE"] == 40


@COMMITTED
@pytest.mark.parametrize("is_taken_back", [True, False])
def test_the_database_itself_refuses_the_web_role_that_has_written(
    residents: dict[str, list[Person]], is_taken_back: bool
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, equality_cut(%s, %s, '[]')", [SPRING_DAY, SPRING_DAY])
        assert cursor.fetchone()[0] == "involvement_web"
        with pytest.raises(DatabaseError, match="before anything is written"), transaction.atomic():
            point = transaction.savepoint()
            Person.objects.filter(pk=residents["NONE"][0].pk).update(
                status="LEFT", status_on=SPRING_DAY
            )
            if is_taken_back:
                transaction.savepoint_rollback(point)
            cursor.execute("SELECT equality_cut(%s, %s, '[]')", [SPRING_DAY, SPRING_DAY])


@COMMITTED
def test_with_nobody_involved_the_page_says_why(
    residents: dict[str, list[Person]], officer: Actor, officer_client: Client
) -> None:
    page = reverse("representation:representation")
    assert "No figures are taken yet." in officer_client.get(page).content.decode()
    officer_client.post(reverse("representation:figures_take"))
    html = officer_client.get(page).content.decode()
    assert "Too few people took part to show who they are" in html
    assert "0 people took part in the twelve months, too few to show who they are." in html


def test_the_page_needs_its_permission(contributor_client: Client, stranger_client: Client) -> None:
    page = reverse("representation:representation")
    assert contributor_client.get(page).status_code == 403
    assert stranger_client.get(page).status_code == 404


def frozen(took: list[int | None], lived: list[int | None], total: int) -> Cut:
    """A cut as the store might have answered it."""
    codes = [["A", "Under 35"], ["B", "35 and over"], ["C", "Others"]]
    tables = {
        "YEAR": {"total": total, "inside": took, "outside": took},
        "LIVES": {"total": 2000, "inside": lived, "outside": lived},
    }
    return Cut(
        characteristic="AGE", name="Age", quarter_on=SPRING.date(), until_on=SPRING.date(),
        position=0, categories=[*codes, ["PREFER_NOT", "-"], ["UNKNOWN", "-"]], tables=tables,
        made_at=SPRING,
    )  # fmt: skip


def test_the_widest_gap_is_the_sentence_and_every_share_comes_from_printed_counts(
    in_poole: Landlord,
) -> None:
    cut = frozen([20, 350, None, None, 45], [400, 1600, None, None, None], 418)
    found = compare(cut, window=Window.YEAR, audience=Audience.EVERYBODY)
    assert found is not None
    assert found.base == Base(370, 373)
    assert found.coverage == 89
    young, older, hidden = found.lines
    assert young.share is not None
    assert young.share.value == 20 / 373
    assert young.is_under
    assert older.flagged
    assert not older.is_under
    assert hidden.share is None
    assert finding([found]) == (
        "Age: “Under 35” are 20% of those who live here and 5% of those who take part."
    )


def test_a_majority_that_takes_part_a_little_less_is_no_headline(in_poole: Landlord) -> None:
    cut = frozen([300, 100, None, None, 0], [1800, 200, None, None, None], 400)
    found = compare(cut, window=Window.YEAR, audience=Audience.EVERYBODY)
    assert found is not None
    most, few, _hidden = found.lines
    assert most.is_under
    assert not most.is_minority
    assert few.is_minority
    assert finding([found]) == "Nobody we can show takes part much less than they live here."


def test_who_is_not_known_is_counted_and_has_no_share(in_poole: Landlord) -> None:
    cut = frozen([20, 350, None, 10, 45], [400, 1600, None, 30, 200], 425)
    found = compare(cut, window=Window.YEAR, audience=Audience.EVERYBODY)
    assert found is not None
    assert [(line.took, line.lives) for line in found.others] == [(10, 30), (45, 200)]
    assert [line.share or line.lives_share or line.index for line in found.others] == [None, None]
    assert not any(line.flagged for line in found.others)


def test_those_who_prefer_not_to_say_and_are_hidden_make_no_gap(in_poole: Landlord) -> None:
    """Five of the forty may all have preferred not to say, and then nobody is missing."""
    lived = [1700, 40, None, 200, 60]
    hidden = frozen([35, None, None, None, 30], lived, 70)
    shown = frozen([35, 0, None, 5, 30], lived, 70)
    for cut, base in ((hidden, Base(35, 40)), (shown, Base(35, 35))):
        found = compare(cut, window=Window.YEAR, audience=Audience.DESK)
        assert found is not None
        assert found.base == base
        assert found.lines[0].share is not None
        assert found.lines[0].share.high == pytest.approx(1)
        assert not found.lines[0].flagged
    assert str(Base(35, 40)) == "35 to 40"


def test_a_large_gap_is_seen_though_a_few_are_hidden(in_poole: Landlord) -> None:
    cut = frozen([20, 350, None, None, 45], [600, 1300, None, None, 90], 418)
    found = compare(cut, window=Window.YEAR, audience=Audience.EVERYBODY)
    assert found is not None
    assert found.lives_base == Base(1900, 1910)
    assert found.lines[0].is_under


def test_nobody_is_asked_to_reach_a_majority(in_poole: Landlord) -> None:
    cut = frozen([300, 100, None, None, 0], [1800, 200, None, None, None], 400)
    found = compare(cut, window=Window.YEAR, audience=Audience.EVERYBODY)
    assert found is not None
    assert found.lines[0].is_under
    with pytest.raises(NoGap):
        check_can_open(found.lines[0])


def test_no_function_of_the_store_is_open_to_everybody(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc WHERE proname LIKE 'equality%' "
            "AND has_function_privilege('public', oid, 'EXECUTE')"
        )
        assert cursor.fetchall() == []


def took_part(rows: list[Person], kind: str = "MEETING", on: dt.date = SPRING_DAY) -> None:
    Participation.objects.bulk_create(
        Participation(
            person=one, kind=kind, label="A meeting (demo)", began_on=on, channel="FACE",
            recorded_at=SPRING, by_kind="STAFF", by_name="Jean", by_channel="WEB",
        )
        for one in rows
    )  # fmt: skip


@COMMITTED
def test_who_took_part_is_counted_once_and_within_the_time(
    residents: dict[str, list[Person]], officer: Actor
) -> None:
    took_part(residents["CHRISTIAN"][:40])
    took_part(residents["CHRISTIAN"][:40], kind="SURVEY")
    took_part(residents["NONE"][:20], on=dt.date(2025, 9, 1))
    took_part(residents["MUSLIM"][:15], on=dt.date(2024, 1, 1))
    took_part(residents["SIKH"], on=dt.date(2019, 1, 1))
    operations.take_figures(by=officer, at=SPRING)
    cut = religion()
    codes = [code for code, _words in cut.categories]

    def shown(window: str) -> dict[str, int | None]:
        return dict(zip(codes, cut.tables[window][Audience.DESK], strict=True))

    totals = [cut.tables[window]["total"] for window in ("QUARTER", "YEAR", "THREE_YEARS")]
    assert totals == [40, 60, 75]
    assert (shown("YEAR")["CHRISTIAN"], shown("YEAR")["NONE"]) == (40, 20)
    assert shown("THREE_YEARS")["MUSLIM"] == 15
    assert shown("YEAR")["MUSLIM"] is None
    assert shown("THREE_YEARS")["SIKH"] is None
    kinds = {row.kind for row in Cut.objects.exclude(kind="")}
    assert kinds == {"MEETING", "SURVEY"}


@COMMITTED
def test_one_more_who_took_part_makes_no_new_table(
    residents: dict[str, list[Person]], questions: Version, officer: Actor
) -> None:
    """The figures of those who live here have changed enough; those who took part have not."""
    took_part(residents["CHRISTIAN"][:40] + residents["NONE"][:20])
    operations.take_figures(by=officer, at=SPRING)
    answer(people(30, "New"), "NONE", questions)
    took_part(residents["MUSLIM"][:1], on=SUMMER.date())
    operations.take_figures(by=officer, at=SUMMER)
    assert religion().quarter_on == dt.date(2026, 4, 1)
