"""What goes out comes back: the same cells, and nothing a spreadsheet would run."""

import csv
import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from involvement.importing.formulas import neutralise, restore, runs
from involvement.importing.readers import read_table
from involvement.importing.writers import CellTooLong, write_csv, write_xlsx
from tests.landlord_files import LANDLORD_FILES, needs_landlord_files

CELL = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12),
    st.text(st.sampled_from(list("'=+-@\t\r\n ;,\"A1(|!$.5x")), max_size=8),
)
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(CELL, min_size=width, max_size=width).filter(lambda r: any(map(str.strip, r))),
        min_size=2,
        max_size=5,
    )
)


def csv_of(rows: list[list[str]], *, for_excel: bool = False) -> bytes:
    file = io.BytesIO()
    write_csv(file, rows[0], rows[1:], for_excel=for_excel)
    return file.getvalue()


def xlsx_of(rows: list[list[str]]) -> io.BytesIO:
    file = io.BytesIO()
    write_xlsx(file, rows[0], rows[1:])
    return file


def read(file: io.BytesIO, name: str) -> list[list[str]]:
    table = read_table(file, name=name)
    return [list(table.headings), *[list(row.cells) for row in table.rows]]


def read_by_an_outsider(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


@given(rows=TABLES, for_excel=st.booleans())
def test_a_csv_file_gives_the_same_cells_again(
    rows: list[list[str]], for_excel: bool
) -> None:  # drawn by the test
    if rows[0][0].startswith("\ufeff"):
        return  # a heading that begins with a byte order mark cannot be told from the mark itself
    assert read(io.BytesIO(csv_of(rows, for_excel=for_excel)), "t.csv") == rows


@settings(max_examples=15)  # each example starts a process
@given(rows=TABLES)
def test_a_workbook_gives_the_same_cells_again(rows: list[list[str]]) -> None:
    rows = [["Heading"] * len(rows[0]), *rows]
    assert read(xlsx_of(rows), "t.xlsx") == rows


@given(cell=CELL)
def test_no_cell_of_a_csv_file_runs_and_every_cell_comes_back(cell: str) -> None:
    assert not runs(neutralise(cell))
    assert restore(neutralise(cell)) == cell


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "＝1+1",
        " =1+1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "+1+1",
        "-2+3+cmd|' /C calc'!A0",
        "+cmd|' /C calc'!A0",
        "-A1",
        "- SUM (1)".replace(" (", "("),
        "--1*2",
        "-@SUM(1)",
        "－1+1",
        '+"text"&A1',
        '=HYPERLINK("http://a.example","look")',
    ],
)
def test_a_cell_that_would_run_gets_an_apostrophe(cell: str) -> None:
    assert neutralise(cell) == "'" + cell


@pytest.mark.parametrize(
    "cell",
    [
        "- item",
        "-",
        "--",
        "- item (first)",
        "-5",
        "+44 1632 960001",
        "-1,200.50",
        "-£5",
        "'tis",
        "",
    ],
)
def test_plain_words_and_numbers_go_out_as_they_are(cell: str) -> None:
    assert neutralise(cell) == cell


def test_somebodys_own_apostrophe_before_a_formula_is_kept() -> None:
    assert neutralise("'=1") == "''=1"
    assert restore("''=1") == "'=1"


def test_an_outsider_reads_the_very_words() -> None:
    rows = [["Aim", "When"], ["- item\n- other; with, marks", "On-going"], ["", "“quoted”"]]
    assert read_by_an_outsider(csv_of(rows)) == rows


def test_excel_is_told_the_encoding() -> None:
    assert csv_of([["A"], ["£"]], for_excel=True).startswith(b"\xef\xbb\xbf")
    assert not csv_of([["A"], ["£"]]).startswith(b"\xef\xbb\xbf")


def test_a_workbook_holds_text_only_with_its_headings_frozen() -> None:
    sheet = openpyxl.load_workbook(xlsx_of([["A", "B"], ["=1+1", "2013"]]))["Sheet1"]
    assert [(cell.value, cell.data_type) for cell in sheet[2]] == [("=1+1", "s"), ("2013", "s")]
    assert sheet.freeze_panes == "A2"
    assert sheet["A2"].alignment.wrap_text


def test_a_cell_too_long_for_a_workbook_is_refused_and_not_cut() -> None:
    with pytest.raises(CellTooLong, match="Export it as CSV"):
        write_xlsx(io.BytesIO(), ["A"], [["x" * 32_768]])


def test_a_sheet_gets_a_name_excel_takes() -> None:
    file = io.BytesIO()
    write_xlsx(file, ["A"], [["x"]], sheet="Plan 2026/27: [draft] of everything we do")
    assert openpyxl.load_workbook(file).sheetnames == ["Plan 2026 27   draft  of everyt"]


@pytest.mark.slow
def test_a_register_of_35_000_rows_goes_out_and_comes_back() -> None:
    rows = [["Name", "Place", "Note"], *[[f"Person {n}", "Place", "£5"] for n in range(35_000)]]
    assert read(xlsx_of(rows), "t.xlsx") == rows


@needs_landlord_files
@pytest.mark.parametrize("slug", ["poole", "mhp", "oxford", "purbeck", "nwleics"])
def test_the_landlords_own_plans_go_out_as_they_came_in(slug: str) -> None:
    content = (LANDLORD_FILES / slug / "action_plan.csv").read_bytes()
    plan = read_by_an_outsider(content)
    assert not any(runs(cell) for row in plan for cell in row)
    table = read_table(io.BytesIO(content), name="action_plan.csv")
    assert (table.notes, table.problems) == ((), ())
    rows = [list(table.headings), *[list(row.cells) for row in table.rows]]
    assert rows == plan
    assert read_by_an_outsider(csv_of(rows)) == plan
    assert read(xlsx_of(rows), "action_plan.xlsx") == plan
