"""Tables out of files, good and bad. Every bad one gets a sentence that says what to do."""

import datetime as dt
import io
import random
import struct
import sys
import zipfile
import zlib
from collections.abc import Sequence

import openpyxl
import pytest

from involvement.importing import refusals
from involvement.importing.readers import read_table
from involvement.importing.tables import MAX_ROWS, Table
from involvement.importing.workbook_parts import cell_position, check_packing
from involvement.importing.workbook_reader import read_workbook

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
    + struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    + zlib.crc32(b"").to_bytes(4)
)


def table(content: bytes | str, name: str = "plan.csv") -> Table:
    raw = content.encode() if isinstance(content, str) else content
    return read_table(io.BytesIO(raw), name=name)


def cells(read: Table) -> list[list[str]]:
    return [list(row.cells) for row in read.rows]


def workbook(**sheets: Sequence[Sequence[object]]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]  # a new workbook has an active sheet
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def read_book(book: openpyxl.Workbook) -> Table:
    """Read in this process, where coverage sees it; the child does the same."""
    return read_workbook(saved(book))


def repacked(change: dict[str, bytes]) -> bytes:
    """A small workbook with some of its parts replaced."""
    file, out = io.BytesIO(), io.BytesIO()
    workbook(Plan=[["Action"], ["Paint"]]).save(file)
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change.get(part, old.read(part)))
        for part in change.keys() - set(old.namelist()):
            new.writestr(part, change[part])
    return out.getvalue()


class TestCsv:
    def test_cells_may_hold_lines_and_separators(self) -> None:
        read = table('Action,When\r\n"Paint,\nthen dry",Jun 2008\r\n')
        assert read.headings == ("Action", "When")
        assert cells(read) == [["Paint,\nthen dry", "Jun 2008"]]
        assert (read.encoding, read.notes, read.problems) == ("utf-8", (), ())

    @pytest.mark.parametrize("separator", [",", ";", "\t"])
    def test_the_separator_is_found_out(self, separator: str) -> None:
        text = separator.join(["Action", "When", "Who"]) + "\n"
        text += separator.join(['"a, b; c\td"', "Jun 2008", ""]) + "\n"
        read = table(text)
        assert cells(read) == [["a, b; c\td", "Jun 2008", ""]]
        assert bool(read.notes) == (separator != ",")

    def test_a_byte_order_mark_is_no_part_of_the_heading(self) -> None:
        assert table("\ufeffAction\nPaint").headings == ("Action",)

    def test_windows_text_is_read_and_said(self) -> None:
        read = table("Action,Cost\nCafé – “tea”,£5".encode("cp1252"))
        assert cells(read) == [["Café – “tea”", "£5"]]
        assert read.encoding == "cp1252"
        assert "read as Windows text. Check that £ signs" in read.notes[0]

    def test_latin_1_is_read_where_windows_text_has_no_letter(self) -> None:
        assert table(b"Action\ncaf\xe9 \x81").encoding == "latin-1"

    def test_unicode_text_from_excel_is_read(self) -> None:
        read = table("Action\tWhen\nCafé\tJun 2008\n".encode("utf-16"))
        assert (read.encoding, cells(read)) == ("utf-16", [["Café", "Jun 2008"]])

    def test_ragged_rows_are_kept_and_each_is_a_problem(self) -> None:
        read = table("A,B,C\n1,2,3\n1,2\n1,2,3,4\n")
        assert cells(read) == [["1", "2", "3"], ["1", "2"], ["1", "2", "3", "4"]]
        assert [(p.row, p.words.split(".")[0]) for p in read.problems] == [
            (3, "This row has 2 cells, but there are 3 headings"),
            (4, "This row has 4 cells, but there are 3 headings"),
        ]

    def test_blank_rows_are_left_out_and_counted_and_rows_keep_their_numbers(self) -> None:
        read = table("A,B\n\n1,2\n,\n3,4\n")
        assert [row.number for row in read.rows] == [3, 5]
        assert (read.blank_rows, read.notes) == (2, ("2 blank rows left out.",))

    def test_a_quotation_mark_never_closed_is_refused(self) -> None:
        with pytest.raises(refusals.UnclosedQuote, match="opened and never closed"):
            table('A,B\n"one,two\nthree,four\n')

    def test_text_after_a_closing_quotation_mark_is_kept(self) -> None:
        assert cells(table('A,B\n"one" or two,3\n')) == [["one or two", "3"]]

    def test_a_column_is_asked_for_by_place(self) -> None:
        assert table("A,B\n1,2\n3\n").column(1) == ["2", ""]


class TestWorkbook:
    def test_values_come_as_the_text_a_person_sees(self) -> None:
        row = [
            "  Café\n",
            dt.date(2010, 3, 30),
            2013,
            0.1,
            True,
            dt.datetime.fromisoformat("2010-03-30T09:05"),
        ]
        read = read_book(workbook(Plan=[list("ABCDEF"), row]))
        assert cells(read) == [
            ["  Café\n", "2010-03-30", "2013", "0.1", "TRUE", "2010-03-30 09:05"]
        ]
        assert (read.encoding, read.problems) == ("xlsx", ())

    def test_merged_cells_are_filled_and_said(self) -> None:
        book = workbook(Plan=[["Aim", "Task"], ["Involve", "one"], [None, "two"]])
        book["Plan"].merge_cells("A2:A3")
        read = read_book(book)
        assert cells(read) == [["Involve", "one"], ["Involve", "two"]]
        assert read.notes == ("1 merged cell filled down or across with the same text.",)

    def test_formulas_are_problems_that_name_their_cells(self) -> None:
        read = read_book(workbook(Plan=[["A", "B"], ["x", "=1+1"]]))
        assert [p.row for p in read.problems] == [2]
        assert "Cell B2 holds a formula. Copy it and paste it as a value" in read.problems[0].words

    def test_many_formulas_are_counted(self) -> None:
        read = read_book(workbook(Plan=[["A"], *([cell] for cell in ["=1+1"] * 25), ["x"]]))
        assert len(read.problems) == 21
        assert read.problems[-1].words == "5 further cells also holding formulas."

    def test_the_first_sheet_with_data_is_read_and_the_others_named(self) -> None:
        book = workbook(Empty=[], Secret=[["S"], ["s"]], Plan=[["A"], ["x"]], Notes=[["N"], ["n"]])
        book["Secret"].sheet_state = "hidden"
        read = read_book(book)
        assert cells(read) == [["x"]]
        assert (
            "Only the sheet “Plan” was read. Not read: “Secret” (hidden) and “Notes”."
            in (read.notes[0])
        )

    def test_a_title_page_before_the_table_is_passed_over(self) -> None:
        read = read_book(workbook(Cover=[["Our plan", "2026"]], Plan=[["A"], ["x"]]))
        assert (read.sheet, cells(read)) == ("Plan", [["x"]])

    def test_a_workbook_of_a_title_page_alone_has_no_rows(self) -> None:
        with pytest.raises(refusals.NoRows):
            read_book(workbook(Cover=[["Our plan"]], Empty=[]))

    def test_rows_keep_the_numbers_of_the_sheet(self) -> None:
        read = read_book(workbook(Plan=[[], ["A"], [], ["x"]]))
        assert (read.headings, [row.number for row in read.rows]) == (("A",), [4])

    def test_a_sparse_sheet_that_reaches_far_is_refused(self) -> None:
        book = workbook(Plan=[["A"], ["x"]])
        book["Plan"]["A1048576"] = "far"
        with pytest.raises(refusals.TooManyRows, match="reaches to row 1,048,576"):
            read_book(book)

    def test_too_many_columns_are_refused(self) -> None:
        with pytest.raises(refusals.TooManyColumns, match="has 61 columns; at most 60"):
            read_book(workbook(Plan=[["A"] * 61, ["x"] * 61]))

    def test_a_document_type_declaration_is_refused(self) -> None:
        bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
        with pytest.raises(refusals.DamagedWorkbook, match="document type declaration"):
            read_workbook(repacked({"xl/worksheets/sheet1.xml": bomb}))

    def test_a_zip_bomb_is_refused_before_it_is_opened(self) -> None:
        packed = repacked({"xl/media/big.bin": b"\0" * 40_000_000})
        with pytest.raises(refusals.WorkbookTooHeavy, match="Copy the table into a new workbook"):
            table(packed, "plan.xlsx")

    def test_too_many_parts_are_refused(self) -> None:
        many = {f"xl/media/{number}.bin": b"x" for number in range(201)}
        with pytest.raises(refusals.WorkbookTooHeavy):
            table(repacked(many), "plan.xlsx")

    def test_the_child_process_gives_the_same_table(self) -> None:
        book = workbook(Plan=[["A", "B"], ["x", "=1+1"], [], ["y", None]], Notes=[["n"]])
        assert table(saved(book), "plan.xlsx") == read_book(book)

    def test_the_child_process_refuses_in_the_same_words(self) -> None:
        with pytest.raises(refusals.TooManyColumns, match="has 61 columns; at most 60"):
            table(saved(workbook(Plan=[["A"] * 61, ["x"] * 61])), "plan.xlsx")

    def test_a_workbook_that_is_simply_large_is_told_apart_from_a_bomb(self) -> None:
        noise = random.Random(1).randbytes(700_000)  # bytes that do not pack
        parts = {f"xl/media/{n}.bin": noise + b"0" * 1_800_000 for n in range(22)}
        with pytest.raises(refusals.WorkbookTooHeavy, match="at most 50 MB can be read"):
            check_packing(io.BytesIO(repacked(parts)))

    def test_a_reader_that_dies_is_a_refusal(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "executable", "/bin/false")
        with pytest.raises(refusals.WorkbookTooHeavy):
            table(saved(workbook(Plan=[["A"], ["x"]])), "plan.xlsx")

    def test_an_empty_workbook_is_refused(self) -> None:
        with pytest.raises(refusals.EmptyFile, match="No visible sheet"):
            read_book(workbook(Plan=[]))

    @pytest.mark.parametrize(
        "content",
        [
            b"PK\x03\x04 and then nonsense",
            repacked({"xl/workbook.xml": b"<workbook"}),
            repacked({"xl/worksheets/sheet1.xml": b"<worksheet><row"}),
        ],
    )
    def test_a_damaged_workbook_is_refused(self, content: bytes) -> None:
        with pytest.raises(refusals.DamagedWorkbook):
            table(content, "plan.xlsx")
        with pytest.raises(refusals.DamagedWorkbook):
            read_workbook(content)

    def test_another_packed_document_is_refused(self) -> None:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("word/document.xml", "<document/>")
        with pytest.raises(refusals.DamagedWorkbook, match="packed like a workbook but holds none"):
            table(file.getvalue(), "plan.xlsx")


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "plan.csv", "“plan.csv” is called .csv but is a PDF file."),
        (PNG, "plan.csv", "“plan.csv” is called .csv but is a picture."),
        (PNG, "plan.xlsx", "“plan.xlsx” is called .xlsx but is a picture."),
        (b"A,B\n1,2\n", "plan.xlsx", "“plan.xlsx” is called .xlsx but is plain text."),
        (b"<!DOCTYPE html><table>", "plan.csv", "is called .csv but is a web page."),
        (b"A,B\n1,\0\n", "plan.csv", "is called .csv but is a file of another kind."),
        (b"PK\x03\x04rest", "plan.csv", "give it the ending .xlsx."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "plan.xls", "an old Excel or Word file"),
        (b"A,B\n1,2\n", "plan.docx", "is neither a .csv nor an .xlsx file."),
        (b"A,B\n1,2\n", "plan", "is neither a .csv nor an .xlsx file."),
    ],
)
def test_a_file_of_another_kind_is_refused(content: bytes, name: str, sentence: str) -> None:
    with pytest.raises(refusals.WrongKind) as refused:
        table(content, name)
    assert sentence in str(refused.value)
    assert "ave" in str(refused.value) or "give it" in str(refused.value)


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(refusals.EmptyFile, match="Choose the file again"):
        table(b"")
    with pytest.raises(refusals.EmptyFile):
        table(b"\n,,\n")


def test_headings_alone_are_refused() -> None:
    with pytest.raises(refusals.NoRows, match="no rows under its headings"):
        table("A,B\n")


def test_a_large_file_is_refused_with_both_sizes() -> None:
    with pytest.raises(refusals.FileTooLarge, match=r"This file is 200 MB; at most 20 MB"):
        table(b" " * (200 * 1024 * 1024))


def test_too_many_rows_are_refused_with_both_numbers() -> None:
    with pytest.raises(refusals.TooManyRows, match="has 50,001 rows; at most 50,000"):
        table("A\n" + "x\n" * (MAX_ROWS + 1))
    with pytest.raises(refusals.TooManyRows, match="more than 100,000 rows, blank ones counted"):
        table("A\n" + "\n" * (2 * MAX_ROWS + 1))


def test_a_cell_is_found_by_its_name() -> None:
    assert (cell_position("A1"), cell_position("AB12")) == ((1, 1), (12, 28))
    with pytest.raises(ValueError, match="1A"):
        cell_position("1A")
