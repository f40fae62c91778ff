"""Files that cannot be read, each with the sentence that says what to do."""

from involvement.auditing.refusals import Refusal


class ImportRefused(Refusal):
    """This file cannot be read. Save it again as CSV or as an Excel workbook (.xlsx)."""


class EmptyFile(ImportRefused):
    """This file is empty. Choose the file again, or open it and check that it holds rows."""


class NoRows(ImportRefused):
    """This file has no rows under its headings. Check that the right sheet or file was saved."""


class FileTooLarge(ImportRefused):
    """This file is too large. Split it into smaller files."""


class WrongKind(ImportRefused):
    """This is not a spreadsheet. Save the table as CSV or as an Excel workbook (.xlsx)."""


class WorkbookTooHeavy(ImportRefused):
    """This workbook unpacks to far more than it should. Copy the table into a new workbook."""


class TooManyRows(ImportRefused):
    """This file has too many rows. Split it into smaller files."""


class TooManyColumns(ImportRefused):
    """This file has too many columns. Keep the columns of one table."""


class UnclosedQuote(ImportRefused):
    """A quotation mark is opened and never closed. Close it, or save the file again as CSV."""


class PasswordProtected(ImportRefused):
    """This workbook is protected with a password. Save a copy without one."""


class UnknownSheet(ImportRefused):
    """This workbook has no such sheet. Choose one that it has."""


class NoSheets(ImportRefused):
    """A CSV file has no sheets. Leave the sheet out, or give the workbook (.xlsx) itself."""


class DamagedWorkbook(ImportRefused):
    """This workbook is damaged or is not a real .xlsx file. Open it and save it again as .xlsx."""
