"""Charts drawn on the server as SVG, each with its table. No script, no library, nothing that a picture hides.

A chart is a title (what was measured), a line (what was found, with n, date and error), a drawing, and the same figures
as a table. Colours stand as attributes, so that a saved picture keeps them; in a page the style sheet has the last word.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from markupsafe import Markup

WIDTH, HEIGHT = 480, 280
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 84, 14, 34
_INK, _QUIET, _GRID, _BAND, _MAIN, _PEERS = "#221b22", "#4c434b", "#e4dde2", "#e9e2e8", "#5e2757", "#655b64"
_STARTS = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so is a formula to a spreadsheet
_FEWEST_TICKS = 4
Named = TypeVar("Named")


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with its words and its table."""

    title: str
    says: str
    svg: Markup
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def csv(self) -> str:
        """The table as comma-separated values; what a spreadsheet would reckon as a formula is told as text."""
        body = io.StringIO()
        writer = csv.writer(body)
        writer.writerows([[_plain(cell) for cell in row] for row in (self.heads, *self.rows)])
        return body.getvalue()


@dataclass(frozen=True, slots=True)
class Line:
    """A run of values at the places of the axis, None where there is none. `error` is half the width of its band."""

    name: str
    values: Sequence[float | None]
    error: float = 0.0
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """A group in a funnel: how many, which share, and where its children are listed, if the reader may see that."""

    name: str
    size: int
    share: float
    url: str = ""


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio with its interval; no interval where there are too few to say."""

    name: str
    ratio: float | None
    low: float = 0.0
    high: float = 0.0


def _plain(cell: str) -> str:
    number = cell.replace("−", "-")
    try:
        return f"{float(number):g}"
    except ValueError:
        return f"'{cell}" if cell.startswith(_STARTS) else cell


def tag(name: str, *inside: Markup | str, **attributes: object) -> Markup:
    """An element; `stroke_width` becomes stroke-width, `class_` becomes class. Everything is escaped."""
    written = Markup(" ").join(
        Markup('{}="{}"').format(
            key.rstrip("_").replace("_", "-"), f"{value:.1f}" if isinstance(value, float) else value
        )
        for key, value in attributes.items()
    )
    return Markup("<{0} {1}>{2}</{0}>").format(name, written, Markup("").join(inside))


def _svg(title: str, says: str, parts: Iterable[Markup], height: int = HEIGHT) -> Markup:
    return Markup(
        '<svg class="chart-drawing" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img" aria-label="{}" '
        'font-family="Atkinson Hyperlegible Next Variable, Atkinson Hyperlegible, Arial, sans-serif" font-size="13">'
        "<title>{}</title><desc>{}</desc>{}</svg>"
    ).format(WIDTH, height, f"{title}. {says}", title, says, Markup("").join(parts))


@dataclass(frozen=True, slots=True)
class _Axes:
    """Where a value stands in the drawing."""

    low: float
    high: float
    places: int
    height: int = HEIGHT

    def x(self, place: float) -> float:
        return _LEFT + (WIDTH - _LEFT - _RIGHT) * (place / max(1, self.places - 1) if self.places > 1 else 0.5)

    def y(self, value: float) -> float:
        return _TOP + (self.height - _TOP - _BOTTOM) * (self.high - value) / (self.high - self.low)


def ticks(low: float, high: float) -> list[float]:
    """Four to nine round numbers that span two values."""
    span = high - low or 1.0
    step = 10.0 ** math.floor(math.log10(span))
    step = next(step * part for part in (1.0, 0.5, 0.25, 0.2, 0.1) if span / (step * part) >= _FEWEST_TICKS)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [step * number for number in range(first, max(last, first + 1) + 1)]


def over_time(title: str, says: str, labels: Sequence[str], lines: Sequence[Line], *, unit: str = "points") -> Chart:
    """Lines over the points of time, each named at its end; a pale band is the error of the first."""
    values = [value for line in lines for value in line.values if value is not None]
    reach = lines[0].error
    marks = ticks(min(values) - reach, max(values) + reach)
    axes = _Axes(marks[0], marks[-1], len(labels))
    parts = [*_grid(axes, marks), *_labels(axes, labels), _band(axes, lines[0])]
    ends = _apart([(line, axes.y(_last(line)[1])) for line in lines if any(v is not None for v in line.values)])
    for line, end in ends:
        parts += _line(axes, line, end)
    heads = ("When", *(line.name for line in lines), f"Error, {unit}")
    rows = tuple(
        (label, *(_figure(line.values[place]) for line in lines), f"±{reach:.0f}") for place, label in enumerate(labels)
    )
    return Chart(title, says, _svg(title, says, parts), heads, rows)


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.0f}".replace("-0", "0") if abs(value) < 0.5 else f"{value:.0f}"


def _grid(axes: _Axes, marks: Sequence[float], words: str = "{:g}") -> list[Markup]:
    parts = []
    for mark in marks:
        y = axes.y(mark)
        parts.append(tag("line", x1=_LEFT, x2=WIDTH - _RIGHT, y1=y, y2=y, stroke=_GRID, class_="chart-grid"))
        parts.append(
            tag("text", words.format(mark), x=_LEFT - 6, y=y + 4, text_anchor="end", fill=_QUIET, class_="chart-quiet")
        )
    return parts


def _labels(axes: _Axes, labels: Sequence[str]) -> list[Markup]:
    """Under the axis; where there is no room for all, every second, the last always."""
    every = max(1, math.ceil(len(labels) / 5))
    shown = {place for place in range(len(labels)) if (len(labels) - 1 - place) % every == 0}
    return [
        tag("text", labels[place], x=axes.x(place), y=axes.height - 12, text_anchor="middle", fill=_QUIET, class_="chart-quiet")
        for place in sorted(shown)
    ]  # fmt: skip


def _band(axes: _Axes, line: Line) -> Markup:
    known = [(place, value) for place, value in enumerate(line.values) if value is not None]
    if not line.error or len(known) < 2:
        return Markup("")
    above = [f"{axes.x(place):.1f},{axes.y(value + line.error):.1f}" for place, value in known]
    below = [f"{axes.x(place):.1f},{axes.y(value - line.error):.1f}" for place, value in reversed(known)]
    return tag("polygon", points=" ".join([*above, *below]), fill=_BAND, class_="chart-band")


def _last(line: Line) -> tuple[int, float]:
    return next((p, v) for p, v in reversed(list(enumerate(line.values))) if v is not None)


def _apart(ends: Sequence[tuple[Named, float]], room: float = 16) -> list[tuple[Named, float]]:
    """Names at the line ends, pushed apart so that they can be read."""
    placed: list[tuple[Named, float]] = []
    for name, y in sorted(ends, key=lambda pair: pair[1]):
        placed.append((name, max(y, placed[-1][1] + room) if placed else y))
    return placed


def _line(axes: _Axes, line: Line, end: float) -> list[Markup]:
    known = [(axes.x(place), axes.y(value)) for place, value in enumerate(line.values) if value is not None]
    colour, name = (_PEERS, "chart-peers") if line.dashed else (_MAIN, "chart-main")
    look: dict[str, object] = {
        "fill": "none",
        "stroke": colour,
        "class_": name,
        "stroke_width": 1.5 if line.dashed else 3.0,
    }
    if line.dashed:
        look["stroke_dasharray"] = "5 4"
    parts = [tag("polyline", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in known), **look)]
    if not line.dashed:
        parts += [tag("circle", cx=x, cy=y, r=4.5, fill=colour, class_="chart-dot") for x, y in known]
    parts.append(
        tag("text", line.name, x=WIDTH - _RIGHT + 8, y=end + 4, fill=_INK, class_="chart-ink",
            font_weight=400 if line.dashed else 680)
    )  # fmt: skip
    return parts


def funnel(
    title: str,
    says: str,
    dots: Sequence[Dot],
    baseline: float,
    limits: Sequence[tuple[int, float, float, float, float]],
) -> Chart:
    """Shares against size. `limits`: (size, low 95, high 95, low 99.8, high 99.8), smallest size first."""
    top = max([*(dot.share for dot in dots), *(row[4] for row in limits[1:]), baseline], default=0.1)
    marks = [mark for mark in ticks(0, 100 * top) if mark >= 0]
    axes = _Axes(0, marks[-1], 2)
    most = max(dot.size for dot in dots) * 1.05

    def x(size: float) -> float:
        return axes.x(size / most)

    parts = _grid(axes, marks, "{:g}%")
    for column, dashed in ((1, True), (2, True), (3, False), (4, False)):
        points = " ".join(f"{x(row[0]):.1f},{axes.y(min(100 * row[column], marks[-1])):.1f}" for row in limits)
        look: dict[str, object] = {"stroke_dasharray": "4 4"} if dashed else {}
        parts.append(tag("polyline", points=points, fill="none", stroke=_PEERS, class_="chart-peers", **look))
    middle = axes.y(100 * baseline)
    parts.append(tag("line", x1=_LEFT, x2=WIDTH - _RIGHT, y1=middle, y2=middle, stroke=_INK, class_="chart-line"))
    ends = limits[-1]
    lines = (("99.8%", ends[4]), ("95%", ends[2]), ("All", baseline))
    for words, y in _apart([(words, axes.y(min(100 * value, marks[-1]))) for words, value in lines], 14):
        parts.append(tag("text", words, x=WIDTH - _RIGHT + 6, y=y + 4, fill=_QUIET, class_="chart-quiet"))
    parts += [_dot(dot, x(dot.size), axes.y(100 * dot.share)) for dot in dots]
    sizes = ticks(0, most)[1:-1]
    for size in sizes:
        words = f"{size:,.0f} pupils" if size == sizes[-1] else f"{size:,.0f}"
        parts.append(
            tag("text", words, x=x(size), y=HEIGHT - 12, text_anchor="middle", fill=_QUIET, class_="chart-quiet")
        )
    rows = tuple(
        (dot.name, f"{dot.size:,}", f"{100 * dot.share:.0f}%") for dot in sorted(dots, key=lambda dot: dot.name)
    )
    return Chart(title, says, _svg(title, says, parts), ("School", "Pupils", "Share"), rows)


def _dot(dot: Dot, x: float, y: float) -> Markup:
    drawn = tag(
        "circle", tag("title", f"{dot.name}: {100 * dot.share:.0f}% of {dot.size}"), cx=x, cy=y, r=6.0, fill=_MAIN,
        class_="chart-dot",
    )  # fmt: skip
    return tag("a", drawn, href=dot.url, aria_label=f"{dot.name}, the children behind it") if dot.url else drawn


_ROW = 30


def ratios(title: str, says: str, rows: Sequence[Ratio]) -> Chart:
    """A line a group: how many times likelier than all others, with its 95% interval; 1 is ‘alike’."""
    told = [row for row in rows if row.ratio is not None]
    low = min([0.5, *(row.low for row in told)])
    high = max([2.0, *(row.high for row in told)])
    height = _TOP + _BOTTOM + _ROW * max(1, len(rows))
    names, room = 150, WIDTH - 150 - 20

    def x(value: float) -> float:
        return names + room * math.log(value / low) / math.log(high / low)

    marks = [mark for mark in (0.25, 0.33, 0.5, 0.75, 1, 1.33, 2, 3, 4) if low <= mark <= high]
    marks = [mark for mark in marks if mark not in (0.33, 0.75, 1.33, 3) or high / low < 3]
    parts = []
    for mark in marks:
        strong = mark == 1
        parts.append(
            tag("line", x1=x(mark), x2=x(mark), y1=_TOP, y2=height - _BOTTOM, stroke=_INK if strong else _GRID,
                class_="chart-line" if strong else "chart-grid")
        )  # fmt: skip
        parts.append(
            tag("text", f"{mark:g}×", x=x(mark), y=height - 12, text_anchor="middle", fill=_QUIET, class_="chart-quiet")
        )
    for place, row in enumerate(rows):
        y = _TOP + _ROW * (place + 0.5)
        parts.append(tag("text", row.name, x=0, y=y + 4, fill=_INK, class_="chart-ink"))
        parts += _whisker(row, x, y, names)
    table = tuple(
        (row.name, "too few to say", "") if row.ratio is None
        else (row.name, f"{row.ratio:.2f}", f"{row.low:.2f} to {row.high:.2f}")
        for row in rows
    )  # fmt: skip
    return Chart(title, says, _svg(title, says, parts, height), ("Group", "Times as likely", "95% interval"), table)


def _whisker(row: Ratio, x: object, y: float, names: int) -> list[Markup]:
    if row.ratio is None or not callable(x):
        return [tag("text", "too few to say", x=names + 8, y=y + 4, fill=_QUIET, class_="chart-quiet")]
    return [
        tag("line", x1=x(row.low), x2=x(row.high), y1=y, y2=y, stroke=_MAIN, stroke_width=2, class_="chart-main"),
        tag("circle", cx=x(row.ratio), cy=y, r=5.0, fill=_MAIN, class_="chart-dot"),
    ]
