"""`alongside progress change|case|fairness|suppress|funnel|xmr`: the small questions, of a few numbers or a table."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

    from alongside.progress.columns import Floats

Rows = list[dict[str, Any]]


def add(commands: Any) -> None:
    """Put these subcommands beside the others."""
    change = commands.add_parser("change", help="is a change between two scores beyond chance?")
    change.add_argument("--first", type=float, required=True)
    change.add_argument("--last", type=float, required=True)
    change.add_argument("--sd", type=float, default=15.0, help="of the scale (15)")
    change.add_argument("--mean", type=float, default=100.0, help="of the scale (100)")
    change.add_argument("--reliability", type=float, required=True, help="of the test, from its manual")
    _finish(change, _change)
    case = commands.add_parser("case", help="one pupil before and after: do the two overlap?")
    case.add_argument("--before", required=True, help="scores with commas between")
    case.add_argument("--after", required=True, help="scores with commas between")
    _finish(case, _case)
    fairness = _on_table(commands, "fairness", "are pupils of every group found alike? A row a pupil", _fairness)
    fairness.add_argument("--group", required=True, help="the column that says which group a pupil is in")
    fairness.add_argument("--outcome", required=True, help="the column with 1 for found and 0 for not")
    suppress = _on_table(commands, "suppress", "hide small numbers, and prove that they stay hidden", _suppress)
    suppress.add_argument("--small", type=int, default=5, help="largest count that is hidden (5)")
    suppress.add_argument("--out", type=Path, help="where to write what may be shown, as CSV")
    funnel = _on_table(commands, "funnel", "schools by a rate: columns unit, count, base", _funnel)
    funnel.add_argument("--exact", action="store_true", help="exact binomial limits rather than the score limits")
    _on_table(commands, "xmr", "a rate over time: a column value, in the order of time", _xmr)


def _on_table(commands: Any, name: str, says: str, run: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=says)
    parser.add_argument("table", type=Path, help="CSV, gzip CSV or Parquet")
    _finish(parser, run)
    return parser


def _finish(parser: argparse.ArgumentParser, run: Any) -> None:
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run)


# --- A few numbers ---------------------------------------------------------------------------------------


def _change(options: argparse.Namespace) -> None:
    from alongside.progress import measure
    from alongside.progress.signs import ONE_SIDED

    error = measure.sem(options.sd, options.reliability)
    index = measure.reliable_change(options.first, options.last, error, error)
    true = measure.true_score(options.last, options.mean, options.sd, options.reliability)
    low, high = true.interval()
    _say(options, {
        "error_of_measurement": error,
        "error_of_the_change": measure.error_of_difference(error, error),
        "change": options.last - options.first,
        "reliable_change_index": index,
        "points_beyond_chance_95": measure.beyond_chance(error, error),
        "falls_beyond_chance": index < -ONE_SIDED,
        "true_score_now": true.value, "from": low, "to": high,
        "expected_rise_without_help": measure.rise_by_chance(options.first, options.mean, options.reliability),
    })  # fmt: skip


def _case(options: argparse.Namespace) -> None:
    from alongside.progress.effects import single_case

    found = single_case(_numbers("--before", options.before), _numbers("--after", options.after))
    _say(options, found._asdict())


def _numbers(name: str, text: str) -> Floats:
    import numpy as np

    from alongside.progress.columns import BadInput

    try:
        return np.array([float(word) for word in text.split(",")])
    except ValueError:
        raise BadInput(f"{name} is {text!r}: it takes numbers with commas between.") from None


# --- A table ---------------------------------------------------------------------------------------------


def _fairness(options: argparse.Namespace) -> None:
    import polars as pl

    from alongside.progress.columns import BadInput
    from alongside.progress.fairness import reportable, risk_ratio

    table = _read(options.table, options.group, options.outcome)
    outcome = _whole(table, options.outcome)
    off = table.with_row_index("row", offset=2).filter(~outcome.is_in([0, 1]))["row"]
    if len(off):
        raise BadInput(f"Row {off[0]}: {options.outcome} is neither 1 nor 0.")
    counted = (
        pl.DataFrame({"group": table[options.group].cast(pl.String).fill_null("not known"), "found": outcome})
        .group_by("group")
        .agg(pl.len().alias("pupils"), pl.col("found").sum())
        .sort("group")
    )
    pupils, found = int(counted["pupils"].sum()), int(counted["found"].sum())
    rows: Rows = []
    for group, size, count in counted.iter_rows():
        row = {"group": group, "pupils": size, "found": count, "reportable": reportable(count, size)}
        try:
            ratio = risk_ratio(count, size, found - count, pupils - size)
            rows.append({**row, "ratio": ratio.ratio, "low": ratio.low, "high": ratio.high})
        except BadInput:
            rows.append({**row, "ratio": None, "low": None, "high": None})
    _say_rows(options, rows)


def _suppress(options: argparse.Namespace) -> None:
    import numpy as np
    import polars as pl

    from alongside.progress.suppression import suppress

    table = _read(options.table)
    names, columns = table.to_series(0).cast(pl.String), table.columns[1:]
    counts = np.column_stack([_whole(table, column).to_numpy() for column in columns])
    safe = suppress(counts, options.small)
    shown = pl.DataFrame([names, *(pl.Series(c, [row[i] for row in safe.shown()]) for i, c in enumerate(columns))])
    if options.out:
        shown.write_csv(options.out)
    if options.json:
        audit = [
            {"row": names[b.place[0]], "column": columns[b.place[1]], "low": b.low, "high": b.high} for b in safe.audit
        ]
        print(json.dumps({"hidden": int(safe.hidden.sum()), "shown": shown.to_dicts(), "audit": audit}, indent=1))
    elif not options.out:
        sys.stdout.write(shown.write_csv())


def _funnel(options: argparse.Namespace) -> None:
    from alongside.progress import charts
    from alongside.progress.columns import BadInput

    table = _read(options.table, "unit", "count", "base")
    counts, bases = (_whole(table, name).to_list() for name in ("count", "base"))
    for row, (count, base) in enumerate(zip(counts, bases, strict=True), 2):
        if count > base or not base:
            raise BadInput(f"Row {row}: {count} of {base} is not a share.")
    baseline = sum(counts) / sum(bases)
    limits = charts.funnel_exact if options.exact else charts.funnel
    rows: Rows = []
    for unit, count, base in zip(table["unit"].to_list(), counts, bases, strict=True):
        inner, outer, interval = limits(baseline, base), limits(baseline, base, 0.998), charts.wilson(count, base)
        rate = count / base
        outside = (
            "99.8%" if not outer.low <= rate <= outer.high else "95%" if not inner.low <= rate <= inner.high else ""
        )
        rows.append({
            "unit": unit, "count": count, "base": base, "rate": rate, "from": interval.low, "to": interval.high,
            "low_95": inner.low, "high_95": inner.high, "low_998": outer.low, "high_998": outer.high, "outside": outside,
        })  # fmt: skip
    _say_rows(options, rows)


def _xmr(options: argparse.Namespace) -> None:
    import polars as pl

    from alongside.progress.charts import xmr

    values = _read(options.table, "value")["value"].cast(pl.Float64, strict=False).fill_null(float("nan")).to_numpy()
    found = xmr(values)
    marks = {"outside": found.outside, "seven on one side": found.one_side,
             "seven one way": found.rising_or_falling, "two of three near a limit": found.near_limit}  # fmt: skip
    points = [
        {"point": place + 1, "value": float(value), "breaks": ", ".join(n for n, m in marks.items() if m[place])}
        for place, value in enumerate(values)
    ]
    if options.json:
        whole = {"mean": found.mean, "moving_range": found.moving_range, "low": found.low, "high": found.high}
        print(json.dumps({**whole, "points": points}, indent=1))
        return
    print(f"mean {found.mean:g}, mean moving range {found.moving_range:g}, limits {found.low:g} to {found.high:g}")
    _say_rows(options, points)


# --- Reading and saying ----------------------------------------------------------------------------------


def _read(path: Path, *columns: str) -> pl.DataFrame:
    import polars as pl

    from alongside.progress.columns import BadInput

    try:
        table = pl.read_parquet(path) if path.suffix == ".parquet" else pl.read_csv(path, infer_schema_length=None)
    except FileNotFoundError:
        raise BadInput(f"There is no file {path.name}.") from None
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as fault:
        raise BadInput(f"{path.name} is not a table that can be read: {str(fault).splitlines()[0]}") from None
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise BadInput(f"{path.name} has no column {missing[0]!r}. It has: {', '.join(table.columns)}.")
    if not len(table) or len(table.columns) < max(len(columns), 1):
        raise BadInput(f"{path.name} holds no row.")
    return table


def _whole(table: pl.DataFrame, column: str) -> pl.Series:
    """A column as whole numbers of nought or more. Raises BadInput with the row, headings being row 1."""
    import polars as pl

    from alongside.progress.columns import BadInput

    values = table[column].cast(pl.Float64, strict=False)
    wrong = (values.is_null() | (values < 0) | (values != values.round(0)) | values.is_infinite()).fill_null(value=True)
    if wrong.any():
        row = int(wrong.arg_true()[0])
        raise BadInput(f"Row {row + 2}: {column} is {table[column][row]!r}, and not a whole number of nought or more.")
    return values.cast(pl.Int64)


def _say(options: argparse.Namespace, found: Mapping[str, object]) -> None:
    if options.json:
        print(json.dumps(dict(found), indent=1))
        return
    for name, value in found.items():
        print(
            f"{name.replace('_', ' ')}: {value:.4f}"
            if isinstance(value, float)
            else f"{name.replace('_', ' ')}: {value}"
        )


def _say_rows(options: argparse.Namespace, rows: Sequence[Mapping[str, object]]) -> None:
    import polars as pl

    if options.json:
        print(json.dumps(list(rows), indent=1))
    else:
        sys.stdout.write(pl.DataFrame(list(rows)).write_csv(float_precision=4))
