"""The pen: sizes of a cut, colours and patterns, the width of words, and SVG itself."""

import re
from dataclasses import dataclass, field
from html import escape

INK = "#25201B"
INK_2 = "#4A423A"
QUIET = "#665C51"
LINE = "#DDD5C8"
THREAD = "#A87200"
THREAD_BAR = "#8F6000"
WHITE = "#FFFFFF"
BRAND = "#0F5E5A"
FACE = "Atkinson Hyperlegible Next, AHN, Verdana, sans-serif"

TEXT_CONTRAST = 4.5
LINEAR_BELOW = 0.04045
"""Where sRGB stops being a straight line (WCAG 2.2, relative luminance)."""


@dataclass(frozen=True, slots=True)
class Cut:
    """One size a chart is drawn in; lengths are in the drawing's own units."""

    name: str
    width: float
    size: float
    """Height of the letters that label marks."""
    small: float
    """Height of the second voice; never under 14 on screen, 9 pt on paper."""
    labels: float
    """Width kept at the left for labels; nothing where they stand above their marks."""

    @property
    def beside(self) -> bool:
        """Labels stand at the left of their marks."""
        return self.labels > 0


CUTS = {
    cut.name: cut
    for cut in (
        Cut("wide", 1000, 17, 15, 300),
        Cut("narrow", 256, 15, 14, 0),
        Cut("paper", 720, 15, 13.5, 214),
        Cut("large", 440, 17, 16, 0),
    )
}


def luminance(colour: str) -> float:
    """Relative luminance of `#RRGGBB` as WCAG 2.2 defines it; raises ValueError otherwise."""
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", colour):
        raise ValueError(f"{colour!r} is not a colour such as #0F5E5A")
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        channel / 12.92 if channel <= LINEAR_BELOW else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG contrast of two colours, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mark_colour(colour: str) -> str:
    """The landlord's colour where white letters can be read on it, ink where they cannot."""
    return colour if contrast(colour, WHITE) >= TEXT_CONTRAST else INK


_NARROW = set("iljtfrI.,:;'\u2018\u2019|!()[] ")
_WIDE = set("mwMW%@&£")


def text_width(words: str, size: float, *, bold: bool = False) -> float:
    """About how wide words are; errs on the wide side, so that nothing runs over."""
    ems = 0.0
    for letter in words:
        if letter in _NARROW:
            ems += 0.33
        elif letter in _WIDE:
            ems += 0.88
        else:
            ems += 0.68 if letter.isupper() else 0.585
    return ems * size * (1.06 if bold else 1.0)


def wrapped(words: str, size: float, width: float, *, bold: bool = False) -> list[str]:
    """Words in lines no wider than `width`; a word too long by itself keeps its line."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def number(value: float) -> str:
    """A length as SVG writes it: one decimal, no trailing nought."""
    return f"{value:.1f}".removesuffix(".0")


@dataclass(slots=True)
class Pen:
    """Writes SVG elements; attributes are escaped and lengths rounded."""

    cut: Cut
    colour: str
    mark: str
    """Begins every id in the drawing, so that several drawings share a page."""
    parts: list[str] = field(default_factory=list)
    patterns: set[str] = field(default_factory=set)

    def add(self, tag: str, words: str | None = None, /, **attributes: str | float) -> None:
        """One element; underscores in attribute names become hyphens."""
        written = "".join(
            f' {key.replace("_", "-")}="'
            f'{number(value) if isinstance(value, (int, float)) else escape(value)}"'
            for key, value in attributes.items()
        )
        end = "/>" if words is None else f">{escape(words, quote=False)}</{tag}>"
        self.parts.append(f"<{tag}{written}{end}")

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        small: bool = False,
        bold: bool = False,
        fill: str = INK,
        anchor: str = "start",
    ) -> None:
        """A line of text whose foot stands at `y`."""
        extra = {} if anchor == "start" else {"text_anchor": anchor}
        weight = {"font_weight": "700"} if bold else {}
        size = self.cut.small if small else self.cut.size
        self.add("text", words, x=x, y=y, font_size=size, fill=fill, **weight, **extra)

    def lines(
        self,
        x: float,
        y: float,
        words: str,
        width: float,
        *,
        small: bool = False,
        bold: bool = False,
        fill: str = INK,
    ) -> float:
        """Wrapped text from `y` down; gives the foot of the last line back."""
        size = self.cut.small if small else self.cut.size
        foot = y
        for place, line in enumerate(wrapped(words, size, width, bold=bold)):
            foot = y + place * size * 1.25
            self.text(x, foot, line, small=small, bold=bold, fill=fill)
        return foot

    def rule(self, path: str, *, stroke: str = LINE, width: float = 1, dash: str = "") -> None:
        """A stroke along a path."""
        dashes = {"stroke_dasharray": dash} if dash else {}
        self.add("path", d=path, fill="none", stroke=stroke, stroke_width=width, **dashes)

    def box(self, x: float, y: float, width: float, height: float, series: int) -> None:
        """A bar in the fill of its series; the first four differ without any colour."""
        fill, stroke = self.fill(series)
        inset = 0.8 if stroke else 0
        edge: dict[str, str | float] = {"stroke": stroke, "stroke_width": 1.6} if stroke else {}
        self.add(
            "rect",
            x=x + inset,
            y=y + inset,
            width=max(width - 2 * inset, 0.5),
            height=height - 2 * inset,
            fill=fill,
            **edge,
        )

    def fill(self, series: int) -> tuple[str, str]:
        """Fill and stroke of a series: solid colour, hatched, white, dotted, solid ink."""
        kinds = ("solid", "hatch", "white", "dots", "ink")
        kind = kinds[series % len(kinds)]
        if kind in ("hatch", "dots"):
            self.patterns.add(kind)
            return f"url(#{self.mark}-{kind})", INK
        return {"solid": (self.colour, ""), "white": (WHITE, INK), "ink": (INK_2, "")}[kind]

    def definitions(self) -> str:
        """The patterns used, as SVG."""
        square = 'width="7" height="7" patternUnits="userSpaceOnUse"'
        drawn = {
            "hatch": f'{square} patternTransform="rotate(45)"><rect width="7" height="7" '
            f'fill="{WHITE}"/><path d="M0 0v7" stroke="{INK}" stroke-width="2.6"/>',
            "dots": f'{square}><rect width="7" height="7" fill="{WHITE}"/>'
            f'<circle cx="3.5" cy="3.5" r="1.4" fill="{INK}"/>',
        }
        marks = "".join(
            f'<pattern id="{self.mark}-{kind}" {drawn[kind]}</pattern>'
            for kind in sorted(self.patterns)
        )
        return f"<defs>{marks}</defs>" if marks else ""
