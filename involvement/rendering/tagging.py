"""Repairs to a tagged PDF that PDF/UA asks for and WeasyPrint leaves undone.

Header cells gain the direction they head, an index of cell names is added, the boxes of figures
are given in the page's own units, running heads and page numbers become artifacts (so that a
screen reader does not read them between two sentences), and every annotation prints.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf  # noqa: TID253 - this module is imported only where a document is really made
from pikepdf import Array, Dictionary, Name, Object  # noqa: TID253 - likewise

PRINT = 4
POINTS_PER_PIXEL = 0.75
_MARKED = re.compile(rb"/(\w+)\s*<<\s*/MCID\s+(\d+)\s*>>\s*BDC")


@dataclass(slots=True)
class Structure:
    """What one walk over a file's structure tree found."""

    reached: set[tuple[int, int]] = field(default_factory=set)
    named: list[tuple[bytes, Object]] = field(default_factory=list)
    headers: list[tuple[Object, str]] = field(default_factory=list)
    figures: list[Object] = field(default_factory=list)


def repair(data: bytes) -> bytes:
    """The same PDF with its tags completed; the same bytes in give the same bytes out."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        tree = pdf.Root.StructTreeRoot
        structure = read_structure(tree)
        _scope_headers(structure)
        _index_names(pdf, tree, structure)
        _place_figures(structure)
        owners = _owners(tree)
        for page in pdf.pages:
            _print_annotations(page)
            _hide_running_matter(page, owners, structure)
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        out = io.BytesIO()
        pdf.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return out.getvalue()


def kids(element: Object) -> Iterator[Dictionary]:
    """The structure elements directly under one, in reading order."""
    below = element.get("/K")
    if below is None:
        return
    for kid in list(below) if isinstance(below, Array) else [below]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid


def read_structure(tree: Object) -> Structure:
    """Walk the tree once, in reading order, without recursion."""
    found = Structure()
    waiting = list(kids(tree))[::-1]
    while waiting:
        element = waiting.pop()
        below = list(kids(element))
        found.reached.add(element.objgen)
        kind = str(element.S)
        if kind == "/TR":
            found.headers += _headers_of_row(below)
        elif kind == "/Figure":
            found.figures.append(element)
        if (name := element.get("/ID")) is not None:
            found.named.append((bytes(name), element))
        waiting.extend(below[::-1])
    return found


def _headers_of_row(cells: list[Dictionary]) -> list[tuple[Object, str]]:
    """A header beside data heads its row; in a row of nothing but headers each heads a column."""
    beside_data = any(str(cell.S) == "/TD" for cell in cells)
    scope = "/Row" if beside_data else "/Column"
    return [(cell, scope) for cell in cells if str(cell.S) == "/TH"]


def _scope_headers(structure: Structure) -> None:
    """A header cell says whether it heads a column or a row."""
    for element, scope in structure.headers:
        attributes = element.get("/A", Dictionary(O=Name.Table))
        attributes["/Scope"] = Name(scope)
        element["/A"] = attributes


def _index_names(pdf: pikepdf.Pdf, tree: Object, structure: Structure) -> None:
    """Cells point at their headers by name; the index is where a reader looks the names up."""
    if not structure.named:
        return
    in_order = sorted(structure.named, key=lambda pair: pair[0])
    leaf: list[Object] = []
    for name, element in in_order:
        leaf += [pikepdf.String(name), element]
    tree.IDTree = pdf.make_indirect(Dictionary(Names=Array(leaf)))


def _place_figures(structure: Structure) -> None:
    """Boxes come in pixels from the top left; PDF counts points from the bottom left."""
    for figure in structure.figures:
        box = figure.get("/A", Dictionary()).get("/BBox")
        if box is None:
            continue
        left, top, right, bottom = (float(edge) * POINTS_PER_PIXEL for edge in box)
        height = float(figure.Pg.MediaBox[3])
        edges = (left, height - bottom, right, height - top)
        figure.A.BBox = Array([round(edge, 2) for edge in edges])


def _print_annotations(page: pikepdf.Page) -> None:
    for annotation in page.obj.get("/Annots", []):
        annotation.F = int(annotation.get("/F", 0)) | PRINT


def _hide_running_matter(
    page: pikepdf.Page, owners: dict[int, Array], structure: Structure
) -> None:
    """Turn what the margins of a page say into artifacts.

    WeasyPrint marks margin text as content but hangs it nowhere in the tree; those marks are the
    ones whose element was not reached.
    """
    marks = owners.get(int(page.obj.get("/StructParents", -1)), Array([]))
    loose = {
        number
        for number, owner in enumerate(marks)
        if isinstance(owner, Dictionary) and owner.objgen not in structure.reached
    }
    if not loose:
        return

    def artifact(mark: re.Match[bytes]) -> bytes:
        if int(mark[2]) in loose:
            return b"/Artifact <</Type /Pagination>> BDC"
        return mark[0]

    content = page.obj.Contents.read_bytes()
    page.obj.Contents.write(_MARKED.sub(artifact, content))
    for number in loose:
        marks[number] = None


def _owners(tree: Object) -> dict[int, Array]:
    """For each page's number in the tree, the elements that own its marks."""
    numbers = list(tree.ParentTree.Nums)
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    return {int(page): owner for page, owner in pairs if isinstance(owner, Array)}
