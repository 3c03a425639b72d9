"""How it is said. Pure: measured numbers in, text out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from alongside.config.bench.goals import Measured, Verdict

# Heading, the number's name, how it is written.
_COLUMNS = (
    ("p50", "p50", "{:.1f}"), ("p95", "p95", "{:.1f}"), ("rps c1", "rps1", "{:.0f}"), ("rps c8", "rps8", "{:.0f}"),
    ("SQL n", "statements", "{}"), ("bytes", "bytes", "{:,}"), ("gzip", "gzip", "{:,}"), ("page", "page_ms", "{:.2f}"),
    ("SQL", "sql_ms", "{:.2f}"), ("× SQL", "ratio", "{:.1f}"), ("× empty", "to_empty", "{:.1f}"),
    ("× wall", "wall", "{:.2f}"), ("CPU", "cpu_ms", "{:.1f}"), ("of it DB", "db_cpu_ms", "{:.1f}"),
)  # fmt: skip


def size_table(size: Measured) -> str:
    """A row for each page of one size of trust."""
    rows = [["", *(heading for heading, _, _ in _COLUMNS)]]
    for page in size["pages"]:
        rows.append([page["name"], *(_cell(page.get(name), how) for _, name, how in _COLUMNS)])
    registers = f"{size['rows_small']} to {size['rows_large']} rows, usually {size['rows_usual']}"
    head = (
        f"{size['pupils']:,} pupils in {size['schools']} schools, {size['database_mb']:,.0f} MB; "
        f"registers of {registers}; every clock again in {size['deadlines_seconds']:.1f} s, "
        f"every duty in {size['duties_seconds']:.1f} s"
    )
    return f"{head}\n{_columns(rows)}"


def _cell(value: float | None, how: str) -> str:
    return "" if value is None else how.format(value)


def _columns(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.rjust(width) if at else cell.ljust(width) for at, (cell, width) in enumerate(zip(row, widths, strict=True)))
        for row in rows
    )  # fmt: skip


def machine_lines(machine: Mapping[str, str]) -> str:
    """The machine, a line for each thing about it."""
    return "\n".join(f"{name:<11}{value}" for name, value in machine.items())


def verdict_lines(verdicts: Sequence[Verdict]) -> str:
    """Every goal with what was measured, and at the end how many were met."""
    rows = [
        [verdict.word, verdict.about, verdict.goal.words, "" if verdict.value is None else f"{verdict.value:,.2f}"]
        for verdict in verdicts
    ]
    met = sum(verdict.word == "met" for verdict in verdicts)
    return f"{_columns(rows)}\n{met} of {len(verdicts)} goals met."


LEGEND = """\
p50, p95: ms that half, and 95 of 100, answers took at most, with 8 connections; rps: answers a second with 1 and 8.
SQL n: statements; page: ms in this process, median; SQL: ms of its statements alone, replayed behind the same wall.
× SQL, × empty, × wall: the page against its SQL, against an empty view, and against itself without the second wall.
CPU: ms of a processor that a page costs, here and in the database; it varies less than the rest on a busy machine."""
