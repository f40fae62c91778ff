from __future__ import annotations

import pytest
from django.db import connections, transaction

from involvement.importing.refusals import UnclosedQuote
from involvement.landlords.models import Landlord
from residents.feeds.models import Intake, Mode
from residents.feeds.policies import AnotherIsBroughtIn, NothingToRead
from residents.feeds.queries.reading import ENDS_OPEN, CannotMap, NoName, StopsInTheMiddle
from residents.people.models import Home, Person
from tests.residents.feeds.files import DOREEN, HEADINGS, bring, counts, csv_of, one, whys

pytestmark = pytest.mark.usefixtures("in_poole")
GOOD = one(50)


def refused(*rows: dict[str, str]) -> list[str]:
    """Why rows are refused, while a good one beside them comes in."""
    intake = bring(GOOD, *rows)
    assert intake.created == 1
    assert intake.refused == len(rows)
    assert Person.objects.get().reference == GOOD["Person Ref"]
    return whys(intake)


def test_the_same_person_twice_is_taken_over_once() -> None:
    intake = bring(DOREEN, DOREEN)
    assert counts(intake) == (1, 0, 0, 0, 1)
    assert whys(intake) == [
        "The reference “P001” is in row 2 already. Keep one row for each person."
    ]


def test_two_people_with_one_reference_are_both_refused() -> None:
    why = refused(one(1), {**one(2), "Person Ref": "P001"}, {**one(3), "Person Ref": "P001"})
    assert len(set(why)) == 1
    assert why[0].startswith(
        "Two people have the reference “P001”: Resident 1 (demo) in row 3 and Resident 2 (demo) in "
        "row 4 and Resident 3 (demo) in row 5."
    )


def test_a_uprn_has_at_most_twelve_digits() -> None:
    (why,) = refused({**one(1), "UPRN": "10004000000123"})
    assert why == (
        "The UPRN “10004000000123” has 14 digits; a UPRN has at most 12. Look it up again."
    )


def test_a_uprn_that_a_spreadsheet_made_a_number_is_refused() -> None:
    (why,) = refused({**one(1), "UPRN": "1.0004E+11"})
    assert "Write its digits and nothing else" in why


@pytest.mark.parametrize(
    ("heading", "said", "why"),
    [
        ("Phone", "abc", "“abc” is no telephone number. Write its digits or leave it empty."),
        ("Phone", "12345", "“12345” is no telephone number. Write its digits or leave it empty."),
        ("Postcode", "NONSENSE", "“NONSENSE” is no postcode. Write it as BH15 1QT or leave it empty."),
        ("Postcode", "BH15", "“BH15” is no postcode. Write it as BH15 1QT or leave it empty."),
    ],
)  # fmt: skip
def test_what_is_no_number_and_no_postcode_is_refused(heading: str, said: str, why: str) -> None:
    assert refused({**one(1), heading: said}) == [why]


def test_a_number_with_words_and_a_postcode_in_small_letters_are_taken() -> None:
    bring({**one(1), "Phone": "01632 960 001 (daughter)", "Postcode": "bh151qt"})
    person = Person.objects.select_related("home").get()
    assert person.phone == "01632 960 001 (daughter)"
    assert person.home is not None
    assert person.home.postcode == "BH15 1QT"


def test_eaten_noughts_are_noticed_and_nobody_comes_twice_or_leaves() -> None:
    rows = [{**one(number), "Person Ref": f"000{number}"} for number in range(1, 5)]
    bring(*rows, mode=Mode.FULL)
    eaten = [{**row, "Person Ref": row["Person Ref"].lstrip("0")} for row in rows[:2]]
    intake = bring(*eaten, *rows[2:], mode=Mode.FULL)
    assert counts(intake) == (0, 0, 2, 0, 2)
    assert whys(intake)[0].startswith(
        "We know the person reference “0001”, which differs in its leading noughts alone."
    )
    assert Person.objects.filter(status="CURRENT").count() == 4


def test_eaten_noughts_of_a_home_and_of_a_uprn_are_noticed_too() -> None:
    bring({**one(1), "Property Ref": "0123", "UPRN": "000123456789"})
    home = {**one(2), "Property Ref": "123", "UPRN": ""}
    uprn = {**one(3), "Property Ref": "", "UPRN": "123456789"}
    why = whys(bring(one(4), home, uprn))
    assert "home reference “0123”" in why[0]
    assert "UPRN “000123456789”" in why[1]
    assert Home.objects.count() == 2


def test_one_person_under_references_in_other_letters_is_taken_over_once() -> None:
    first, again = {**one(1), "Person Ref": "Q0210"}, {**one(1), "Person Ref": "q0210"}
    intake = bring(first, again, mode=Mode.FULL)
    assert counts(intake) == (1, 0, 0, 0, 1)
    (why,) = whys(intake)
    assert why == (
        "The same person is in row 2 with the reference “Q0210”, which differs in capital letters "
        "alone. Keep one row for each person."
    )
    assert Person.objects.get().reference == "Q0210"


def test_a_known_person_whose_reference_comes_in_other_letters_neither_doubles_nor_leaves() -> None:
    bring({**one(1), "Person Ref": "Q0210"}, one(2), mode=Mode.FULL)
    intake = bring({**one(1), "Person Ref": "q0210"}, one(2), mode=Mode.FULL)
    assert counts(intake) == (0, 0, 1, 0, 1)
    assert whys(intake)[0].startswith(
        "We know this person by the reference “Q0210”, which differs in capital letters alone."
    )
    assert Person.objects.filter(status="CURRENT").count() == 2


def test_two_people_may_have_references_that_differ_in_letters_alone() -> None:
    rows = ({**one(1), "Person Ref": "q1"}, {**one(2), "Person Ref": "Q1"})
    assert counts(bring(*rows)) == (2, 0, 0, 0, 0)
    assert counts(bring({**one(3), "Person Ref": "a1"})) == (1, 0, 0, 0, 0)
    assert counts(bring({**one(3), "DOB": "1980-01-01", "Person Ref": "A1"}, GOOD))[0] == 2


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("31/02/1950", "is no day of any calendar"),
        ("01-02-03", "could be several days. Write the year with four figures"),
        ("1/2/50", "could be several days"),
        ("soon", "is no date. Write it as 1950-02-28 or 28/02/1950"),
        ("1850-01-01", "is before 1900"),
        ("2150-01-01", "is still to come"),
    ],
)
def test_days_that_are_none_or_several_say_what_to_write(said: str, words: str) -> None:
    (why,) = refused({**one(1), "DOB": said})
    assert words in why


@pytest.mark.parametrize(
    "said", ["1950-02-28", "28/02/1950", "28.2.1950", "28 February 1950", "28 Feb 1950"]
)
def test_days_are_read_as_people_write_them(said: str) -> None:
    bring({**DOREEN, "DOB": said})
    assert str(Person.objects.get().born_on) == "1950-02-28"


@pytest.mark.parametrize(
    "name",
    [
        "Siân O’Brien-D'Arcy (demo)",
        "Ŵyn Ŷstrad (demo)",
        "Łucja Żółć (demo)",
        "محمد علي (demo)",
        "Joy 😀 (demo)",
    ],
)
def test_names_come_as_they_are_written(name: str) -> None:
    bring({**DOREEN, "Name": name})
    assert Person.objects.get().name == name
    assert bring({**DOREEN, "Name": name}).unchanged == 1


def test_headings_that_come_again_are_left_out() -> None:
    (why,) = refused({heading: heading for heading in HEADINGS})
    assert why == "This row repeats the headings. Take it out."


def test_a_quotation_mark_that_is_never_closed_stops_the_file() -> None:
    data = csv_of(one(1)) + b'P002,Mr,"Resident 2'
    with pytest.raises(UnclosedQuote):
        bring(data=data)
    assert not Person.objects.exists()


def test_a_full_file_that_stops_in_the_middle_changes_nothing() -> None:
    data = csv_of(one(1), one(2)) + b"P003,Mr,Resid"
    with pytest.raises(StopsInTheMiddle):
        bring(data=data, mode=Mode.FULL)
    assert not Person.objects.exists()
    assert counts(bring(data=data)) == (2, 0, 0, 0, 1)


def test_a_file_whose_last_line_has_no_end_comes_in_and_is_pointed_out() -> None:
    whole = csv_of(one(1), one(2))
    open_ended = bring(data=whole.rstrip(b"\r\n"), mode=Mode.FULL)
    assert counts(open_ended) == (2, 0, 0, 0, 0)
    assert open_ended.notes == [ENDS_OPEN]
    ended = bring(data=whole, mode=Mode.FULL)
    assert counts(ended) == (0, 0, 2, 0, 0)
    assert ended.notes == []


def test_a_telephone_number_cut_too_short_to_be_one_is_refused() -> None:
    data = csv_of(one(1), one(2)).rstrip(b"\r\n")[: -len("960001")]
    intake = bring(data=data, mode=Mode.FULL)
    assert counts(intake) == (1, 0, 0, 0, 1)
    assert whys(intake) == ["“01632” is no telephone number. Write its digits or leave it empty."]
    assert intake.notes == [ENDS_OPEN]


def test_a_row_without_a_reference_a_name_or_a_known_type_says_what_is_missing() -> None:
    why = refused(
        {**one(1), "Person Ref": ""},
        {**one(2), "Name": " "},
        {**one(3), "Customer Type": "Lodging"},
        {**one(4), "Tenure": "Feudal"},
        {**one(5), "Email": "not an address"},
        {**one(6), "Tenancy End": "1998-01-01"},
    )
    assert why[0] == "This row has no person reference. Fill it in."
    assert why[1] == "This row has no name. Fill it in."
    assert why[2].startswith("There is no customer type “Lodging”. Write one of: Tenant, ")
    assert why[3].startswith("The tenure “Feudal” is none we know.")
    assert why[4].startswith("“not an address” is no e-mail address.")
    assert why[5] == "The tenancy ends before it begins. Put the two days right."


def test_rows_that_contradict_each_other_about_a_home_are_refused() -> None:
    intake = bring(
        one(1),
        {**one(2), "Property Ref": "H001"},
        {**one(3), "UPRN": one(1)["UPRN"]},
        {**one(1), "Person Ref": "P004", "Tenancy Start": "2001-01-01"},
    )
    assert counts(intake) == (1, 0, 0, 0, 3)
    why = whys(intake)
    assert why[0].startswith("Row 2 gives the same home another address, postcode or UPRN.")
    assert "stands with another home in this file" in why[1]
    assert why[2].startswith("Row 2 says otherwise about the tenancy “T001”")


def test_a_home_whose_reference_and_uprn_are_of_two_of_ours_is_refused() -> None:
    bring(one(1), one(2))
    intake = bring({**one(1), "UPRN": one(2)["UPRN"]}, one(3))
    assert counts(intake) == (1, 0, 0, 0, 1)
    assert whys(intake) == [
        "Our home of this UPRN is another than our home of this reference. Put one of the two right."
    ]


def test_a_home_nobody_knows_needs_an_address() -> None:
    (why,) = refused({**one(1), "Address": ""})
    assert why == "We do not know this home, and the row gives no address. Write its address."


def test_whoever_was_erased_does_not_come_back() -> None:
    bring(DOREEN)
    Person.objects.update(status="ERASED", status_on="2026-08-01")
    intake = bring(DOREEN, GOOD)
    assert counts(intake) == (1, 0, 0, 0, 1)
    assert "asked to be forgotten" in whys(intake)[0]


def test_a_file_of_which_nothing_can_be_read_says_why() -> None:
    with pytest.raises(NothingToRead, match="The first of them, row 2: This row has no name"):
        bring({**DOREEN, "Name": ""})


def test_headings_nobody_knows_ask_for_a_choice() -> None:
    with pytest.raises(CannotMap, match="Person reference"):
        bring(data=b"Wer,Wo\na,b\n")
    with pytest.raises(NoName):
        bring(data=b"Person Ref,Wo\na,b\n")


@pytest.mark.django_db(transaction=True)
def test_two_files_at_once_are_brought_in_one_after_the_other(in_poole: Landlord) -> None:
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_lock(hashtextextended('residents.feeds ' || %s, 0))",
                [str(in_poole.pk)],
            )
        with pytest.raises(AnotherIsBroughtIn), transaction.atomic():
            bring(DOREEN)
        assert not Intake.objects.exists()
        assert not Person.objects.exists()
    finally:
        other.close()
    assert bring(DOREEN).created == 1
