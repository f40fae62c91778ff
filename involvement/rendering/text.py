"""Documents as plain words: to be e-mailed or read aloud."""

import textwrap
from dataclasses import dataclass, field
from html.parser import HTMLParser

WIDTH = 72
DEEPEST = 100
"""Levels below this are read as if they were on it."""

_SILENT = {"head", "style", "script", "svg", "template", "noscript"}
_VOID = {"br", "hr", "img", "meta", "link", "input", "col", "source", "wbr", "area", "base"}
_INLINE = {
    "a", "abbr", "b", "cite", "code", "em", "i", "img", "br", "q", "s", "small", "span",
    "strong", "sub", "sup", "time", "u", "wbr", "input", "label",
}  # fmt: skip
_UNDERLINES = {"h1": "=", "h2": "-"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
# What a start tag ends where the writer left it open.
_ENDS = {
    "li": {"li", "p"}, "dt": {"dt", "dd", "p"}, "dd": {"dt", "dd", "p"}, "p": {"p"},
    "tr": {"tr", "td", "th", "caption", "p"}, "td": {"td", "th", "p"}, "th": {"td", "th", "p"},
    "tbody": {"thead", "tr", "td", "th", "caption", "p"},
    "thead": {"caption", "p"}, "option": {"option"},
}  # fmt: skip
_BREAK = "\u2028"


@dataclass(slots=True)
class Part:
    """An element of a document, with its words and parts in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    inside: list["Part | str"] = field(default_factory=list)

    def find(self, *tags: str) -> list["Part"]:
        """The nearest parts below with one of these tags, in order."""
        found: list[Part] = []
        for part in self.inside:
            if isinstance(part, Part):
                found += [part] if part.tag in tags else part.find(*tags)
        return found

    def has_class(self, name: str) -> bool:
        """The element carries this class."""
        return name in self.attributes.get("class", "").split()


def html_to_text(html: str, *, width: int = WIDTH) -> str:
    """A document as plain words in reading order, wrapped at `width` (0: not wrapped).

    Headings are underlined, lists keep their marks, every cell of a table is said with its
    heading, a figure's code follows it in brackets. Drawings are left out, as is what is of use
    only beside them (class `for-eyes`): their tables say it.
    """
    builder = _Builder()
    builder.feed(html)
    builder.close()
    page = _Page(width=width)
    page.blocks(builder.root)
    return "\n".join(page.lines).strip("\n") + "\n"


class _Builder(HTMLParser):
    """Builds the tree; forgiving about tags left open, as browsers are."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Part("body")
        self.open = [self.root]
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        if self.silent:
            return
        while len(self.open) > 1 and self.open[-1].tag in _ENDS.get(tag, ()):
            self.open.pop()
        part = Part(tag, {key: value or "" for key, value in attrs})
        self.open[-1].inside.append(part)
        if tag not in _VOID and len(self.open) < DEEPEST:
            self.open.append(part)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _SILENT:
            self.handle_starttag(tag, attrs)
            if tag not in _VOID and len(self.open) > 1 and self.open[-1].tag == tag:
                self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(self.silent - 1, 0)
            return
        places = [place for place, part in enumerate(self.open) if place and part.tag == tag]
        if not self.silent and places:
            del self.open[places[-1] :]

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.open[-1].inside.append(data)


def spoken(part: Part | str) -> str:
    """The words of an inline run: codes in brackets, links with their address, pictures named."""
    if isinstance(part, str):
        return part
    if part.tag in ("br", "img"):
        return _mark(part)
    if part.has_class("said-together"):
        return said_together(part)
    inside = [] if part.has_class("for-eyes") else part.inside
    words = "".join(
        spoken(inner) if _is_inline(inner) else f" {spoken(inner)} " for inner in inside
    )
    if part.has_class("code"):
        return f"({words.strip()})"
    address = part.attributes.get("href", "")
    if part.tag == "a" and "://" in address and address != words.strip():
        return f"{words} ({address})"
    return words


def _mark(part: Part) -> str:
    """A line's end, or a picture by its name; a logo says nothing that the words do not."""
    if part.tag == "br":
        return _BREAK
    words = part.attributes.get("alt", "")
    return f"[{words}]" if words and not part.has_class("logo") else ""


def said_together(part: Part) -> str:
    """A key figure as one sentence: "45 things said, by 36 speakers (T01)."."""
    codes: list[str] = []
    words = ""
    for each in _without_codes(part, codes).inside:
        # What is counted (`l`) goes on from its number
        joint = " " if isinstance(each, Part) and each.has_class("l") else ", "
        words = joint.join(filter(None, [words, tidy(spoken(each))]))
    return f"{' '.join([words[:1].upper() + words[1:], *codes])}."


def _without_codes(part: Part, codes: list[str]) -> Part:
    """The part with the codes in it taken out and added to `codes`."""
    rest: list[Part | str] = []
    for inner in part.inside:
        if isinstance(inner, Part) and inner.has_class("code"):
            codes.append(spoken(inner))
        else:
            rest.append(_without_codes(inner, codes) if isinstance(inner, Part) else inner)
    return Part(part.tag, part.attributes, rest)


def _is_inline(part: Part | str) -> bool:
    return isinstance(part, str) or part.tag in _INLINE


def tidy(words: str) -> str:
    """Words with single spaces between them."""
    return " ".join(words.replace(_BREAK, " ").split())


@dataclass(slots=True)
class _Page:
    """Lines as they are written, from the top."""

    width: int
    lines: list[str] = field(default_factory=list)

    def blocks(self, part: Part, indent: str = "") -> None:
        """Everything in a part: runs of inline words as paragraphs, blocks each their own way."""
        run: list[Part | str] = []
        for inner in part.inside:
            if isinstance(inner, str) or inner.tag in _INLINE:
                run.append(inner)
                continue
            self.paragraph(run, indent)
            run = []
            self.block(inner, indent)
        self.paragraph(run, indent)

    def block(self, part: Part, indent: str) -> None:
        """One block, with a line left free before it."""
        if part.tag == "article":
            self.gap()
            self.lines.append("")
            self.blocks(part, indent)
        elif part.tag in _HEADINGS:
            self.heading(part)
        elif part.tag in ("ul", "ol"):
            self.list_items(part, indent)
        elif part.tag == "table":
            self.table(part, indent)
        elif part.has_class("said-together"):
            self.paragraph([part], indent)
        elif part.tag == "hr":
            self.gap()
            self.lines.append("* * *")
        else:
            self.blocks(part, indent)

    def paragraph(self, run: list[Part | str], indent: str, first: str | None = None) -> None:
        """Inline words, wrapped; `first` begins the first line in place of the indent."""
        words = "".join(spoken(part) for part in run)
        lines = [tidy(line) for line in words.split(_BREAK)]
        if not any(lines):
            return
        if first is None:
            self.gap()
        for line in filter(None, lines):
            self.write(line, indent if first is None else first, indent)
            first = indent

    def heading(self, part: Part) -> None:
        """A heading; the first two levels are underlined."""
        self.gap()
        if self.lines and part.tag in _UNDERLINES:
            self.lines.append("")
        start = len(self.lines)
        self.write(tidy(spoken(part)), "", "")
        if (mark := _UNDERLINES.get(part.tag)) and len(self.lines) > start:
            self.lines.append(mark * max(len(line) for line in self.lines[start:]))

    def list_items(self, part: Part, indent: str) -> None:
        """A list; items keep their bullets or numbers and hang from them."""
        if not indent:
            self.gap()
        count = int(start) if (start := part.attributes.get("start", "1")).isdigit() else 1
        for number, item in enumerate(part.find("li"), start=count):
            mark = f"{number}. " if part.tag == "ol" else "- "
            inner = indent + " " * len(mark)
            run = [inside for inside in item.inside if _is_inline(inside)]
            rest = [inside for inside in item.inside if not _is_inline(inside)]
            if not tidy("".join(map(spoken, run))) and rest and isinstance(rest[0], Part):
                run = [rest.pop(0)]
            self.paragraph(run, inner, indent + mark)
            for inside in rest:
                if isinstance(inside, Part):
                    self.block(inside, inner)

    def table(self, part: Part, indent: str) -> None:
        """A table: each row by its own heading, each cell with the heading of its column."""
        self.gap()
        for caption in part.find("caption"):
            if words := tidy(spoken(caption)):
                self.write(f"{words}:", indent, indent)
        heads = [
            tidy(spoken(cell))
            for top in part.find("thead")
            for row in top.find("tr")[:1]
            for cell in row.find("th", "td")
        ]
        for row in part.find("tr", "thead"):
            if row.tag == "tr":
                cells = row.find("th", "td")
                in_figures = len(cells) > 2 and all(cell.has_class("r") for cell in cells[1:])
                write = self.row_of_figures if in_figures else self.row
                write([tidy(spoken(cell)) for cell in cells], heads, indent)

    def row(self, cells: list[str], heads: list[str], indent: str) -> None:
        """One row: "Label: value" where it has one value, else its label and a line for each."""
        if not cells:
            return
        if len(cells) <= 2:
            self.write(": ".join(cells), indent, indent + "  ")
            return
        self.write(cells[0], indent, indent)
        for place, cell in enumerate(cells[1:], start=1):
            head = f"{heads[place]}: " if place < len(heads) and heads[place] else ""
            if cell:
                self.write(head + cell, indent + "  ", indent + "    ")

    def row_of_figures(self, cells: list[str], heads: list[str], indent: str) -> None:
        """One row of figures as one line: "Repairs: said 19, done 3"."""
        names = [f"{head[:1].lower()}{head[1:]} " if head else "" for head in heads[1:]]
        names += [""] * (len(cells) - 1 - len(names))
        said = [f"{name}{cell}" for name, cell in zip(names, cells[1:], strict=False) if cell]
        self.write(f"{cells[0]}: {', '.join(said)}", indent, indent + "  ")

    def gap(self) -> None:
        """A free line, unless there is one."""
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def write(self, line: str, first: str, later: str) -> None:
        """A line, wrapped at the page's width."""
        if not self.width:
            self.lines.append(first + line)
            return
        self.lines += textwrap.wrap(
            line,
            self.width,
            initial_indent=first,
            subsequent_indent=later,
            break_long_words=False,
            break_on_hyphens=False,
        )
