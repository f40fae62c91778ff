"""What is still wrong with a PDF for the people who listen to it.

Two readers: the `pdfua` package (a development tool, used where installed), which checks part of
ISO 14289-1, and rules of our own for what it leaves out. Neither certifies a file.
"""

import io
import itertools
from collections.abc import Iterator

import pikepdf  # noqa: TID253 - this module is imported only where a document is really made
from pikepdf import Array, Dictionary, Object  # noqa: TID253 - likewise

from involvement.rendering.tagging import kids

_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


def pdf_findings(data: bytes) -> list[str]:
    """Every fault found in a PDF, one sentence each; an empty list is what we want.

    Raises `pikepdf.PdfError` when `data` is not a PDF.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        own = list(_own_findings(pdf))
    return own + _package_findings(data)


def _package_findings(data: bytes) -> list[str]:
    try:
        from pdfua import validate  # noqa: PLC0415 - only where the tools of developers are
    except ModuleNotFoundError:
        return []
    report = validate(io.BytesIO(data))  # type: ignore[arg-type]  # it opens streams too
    return [f"{finding.rule_id}: {finding.message}" for finding in report.findings]


def _own_findings(pdf: pikepdf.Pdf) -> Iterator[str]:
    if "/StructTreeRoot" not in pdf.Root or not _true(pdf, "/MarkInfo", "/Marked"):
        yield "The file is not tagged."
        return
    elements = list(_in_reading_order(pdf.Root.StructTreeRoot))
    yield from _about_the_file(pdf)
    yield from _about_headings(elements)
    yield from _about_tables(elements)
    yield from _about_figures(elements)
    yield from _about_pages(pdf)


def _in_reading_order(tree: Object) -> Iterator[Dictionary]:
    waiting = list(kids(tree))[::-1]
    while waiting:
        element = waiting.pop()
        yield element
        waiting.extend(list(kids(element))[::-1])


def _true(pdf: pikepdf.Pdf, part: str, key: str) -> bool:
    return bool(pdf.Root.get(part, Dictionary()).get(key, False))


def _about_the_file(pdf: pikepdf.Pdf) -> Iterator[str]:
    if not str(pdf.Root.get("/Lang", "")):
        yield "The file does not say its language."
    if not str(pdf.docinfo.get("/Title", "")):
        yield "The file has no title."
    if not _true(pdf, "/ViewerPreferences", "/DisplayDocTitle"):
        yield "A reader's window shows the file's name, not its title."
    with pdf.open_metadata() as metadata:
        if metadata.get("pdfuaid:part") != "1":
            yield "The file does not say that it is PDF/UA-1."


def _about_headings(elements: list[Dictionary]) -> Iterator[str]:
    levels = [
        int(kind[2]) for element in elements if (kind := str(element.S))[:2] == "/H" and kind[2:]
    ]
    if not levels or levels[0] != 1:
        yield "The first heading is not of the first level."
    for before, after in itertools.pairwise(levels):
        if after > before + 1:
            yield f"A heading of level {after} follows one of level {before}."


def _about_tables(elements: list[Dictionary]) -> Iterator[str]:
    for element in elements:
        kind = str(element.S)
        if kind == "/TH" and "/Scope" not in element.get("/A", Dictionary()):
            yield "A header cell does not say whether it heads a row or a column."
        elif kind == "/Table":
            kinds = [str(part.S) for part in _in_reading_order(element)]
            if "/TR" not in kinds:
                yield "A table has no rows."
            elif "/TH" not in kinds:
                yield "A table has no header cells."


def _about_figures(elements: list[Dictionary]) -> Iterator[str]:
    for element in elements:
        if str(element.S) != "/Figure":
            continue
        if not str(element.get("/Alt", "")).strip():
            yield "A figure has no words for those who cannot see it."
        box = element.get("/A", Dictionary()).get("/BBox")
        if box is None or not _inside(box, element.Pg.MediaBox):
            yield "A figure's box does not lie on its page."


def _inside(box: Object, page: Object) -> bool:
    left, bottom, right, top = (float(edge) for edge in box)
    width, height = float(page[2]), float(page[3])
    return -1 <= left < right <= width + 1 and -1 <= bottom < top <= height + 1


def _about_pages(pdf: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, start=1):
        if str(page.obj.get("/Tabs", "")) != "/S":
            yield f"Page {number} is not walked through in the order of its structure."
        for annotation in page.obj.get("/Annots", Array([])):
            if not str(annotation.get("/Contents", "")):
                yield f"A link on page {number} does not say where it leads."
            if not int(annotation.get("/F", 0)) & 4:
                yield f"A note or link on page {number} is not printed."
        for name, font in page.obj.Resources.get("/Font", Dictionary()).items():
            if not _embedded(font):
                yield f"The font {name} on page {number} is not in the file."


def _embedded(font: Object) -> bool:
    bearers = list(font.DescendantFonts) if "/DescendantFonts" in font else [font]
    return all(
        any(key in bearer.get("/FontDescriptor", Dictionary()) for key in _FONT_FILES)
        for bearer in bearers
    )
