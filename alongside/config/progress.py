"""`alongside progress`: the engine of `alongside.progress` on a file. No framework and no database."""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alongside.config import progress_tables
from alongside.config.bench_progress import GOALS
from alongside.config.errors import CannotGoOn

if TYPE_CHECKING:
    import polars as pl

    from alongside.progress.panel import Panel

# The engine's libraries take half a second to load, so each subcommand loads what it needs.


def progress(arguments: Sequence[str]) -> int:
    """The command. Raises CannotGoOn with the row and reason of bad input."""
    # A matrix here has 22 columns: a second thread of the linear algebra would only wait for the first.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    options = _parser().parse_args(arguments)
    from alongside.progress.columns import BadInput

    run: Callable[[argparse.Namespace], None] = options.run
    try:
        run(options)
    except BadInput as error:
        raise CannotGoOn(str(error)) from None
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="alongside progress", description="Who makes less progress than expected?")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _growth_options(commands.add_parser("growth", help="growth percentiles from a table of scores"))
    _signs_options(commands.add_parser("signs", help="the four signs for every pupil and subject"))
    _simulate_options(commands.add_parser("simulate", help="how often a rule fires and how often it is right"))
    _national_options(commands.add_parser("national", help="the four signs for millions, on DuckDB or Spark"))
    progress_tables.add(commands)
    _bench_options(commands.add_parser("bench", help="how fast all this is, here, beside its goals"))
    return parser


def _panel_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("panel", type=Path, help="CSV, gzip CSV or Parquet with pupil, year, grade, score")
    parser.add_argument("--year", required=True, help="the school year to judge: 2024, or 2024_2025")
    parser.add_argument("--max-priors", type=int, default=3, choices=(1, 2, 3), help="most years before it to use (3)")
    parser.add_argument("--scale", metavar="LOW-HIGH", help="ends of the scale: a score outside is refused")
    parser.add_argument("--fewest", type=int, default=1_000, help="pupils in a fit, else the ladder for small groups")
    parser.add_argument("--accept-odd", action="store_true", help="go on though a distribution looks like a slip")
    parser.add_argument("--out", type=Path, required=True, help="where to write the result: .csv or .parquet")
    parser.add_argument("--json", action="store_true", help="the summary as JSON")


def _growth_options(parser: argparse.ArgumentParser) -> None:
    _panel_options(parser)
    parser.add_argument("--sequences", help='which grades follow each other, as "3-4,3-5,4-7"; else all that do')
    parser.add_argument(
        "--knots",
        default="latest",
        choices=("latest", "cohort", "all"),
        help="knots of each grade from the latest prior year (latest), of each fit (cohort), or from all prior years",
    )
    parser.add_argument(
        "--fits",
        default="exact",
        choices=("exact", "frisch-newton"),
        help="exact fits; or as R's fn leaves them, compared unrounded, to hold figures against such a program",
    )
    parser.set_defaults(run=_growth)


def _signs_options(parser: argparse.ArgumentParser) -> None:
    _panel_options(parser)
    parser.add_argument("--sem", type=float, required=True, help="the test's standard error of measurement, in points")
    parser.set_defaults(run=_signs)


def _simulate_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pupils", type=int, default=400_000)
    parser.add_argument("--reliability", type=float, default=0.90, help="of the test (0.90)")
    parser.add_argument("--stability", type=float, default=0.90, help="of true scores over a year (0.90)")
    parser.add_argument("--slowed", type=float, default=0.10, help="share of pupils who truly slow down (0.10)")
    parser.add_argument("--loss", type=float, default=0.5, help="what they lose a year, in standard deviations (0.5)")
    parser.add_argument("--seed", type=int, default=617)
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=_simulate)


def _national_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("panel", type=Path, help="Parquet with pupil, subject, year_group, point, score")
    parser.add_argument("--times", required=True, help='when each point was, in years: "0,0.33,0.67,1,1.33,1.67"')
    parser.add_argument("--sem", type=float, required=True)
    parser.add_argument("--engine", default="duckdb", choices=("duckdb", "spark"))
    parser.add_argument("--memory", default="3GB", help="what DuckDB may hold before it spills (3GB)")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--sql", action="store_true", help="write the statements and do nothing")
    parser.add_argument("--out", type=Path, help="where to write the counts: .csv or .parquet")
    parser.set_defaults(run=_national)


def _bench_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--only", help="some of: " + ", ".join(GOALS))
    parser.add_argument("--quick", action="store_true", help="a twentieth of the pupils, to try a change")
    parser.add_argument("--reference", type=Path, help="a CSV of your own with prior, now, sgp and q05 … q95 to match")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)  # one item, in a process of its own
    parser.set_defaults(run=_bench)


# --- What each does --------------------------------------------------------------------------------------


def _growth(options: argparse.Namespace) -> None:
    from alongside.progress.growth import growth, sequences_of
    from alongside.progress.panel import read

    started, cpu = time.perf_counter(), time.process_time()
    low, high = _scale(options.scale)
    panel = read(options.panel, low=low, high=high)
    year = _year(options.year)
    odd = _odd(panel, year, accept=options.accept_odd)
    found = growth(
        panel,
        year,
        max_priors=options.max_priors,
        sequences=sequences_of(options.sequences) if options.sequences else None,
        knots=options.knots,
        fewest=options.fewest,
        fits=options.fits,
    )
    _write(found.table(panel), options.out)
    summary = {
        "pupils": len(found.pupil),
        "by_order": {str(order): count for order, count in found.by_order().items()},
        "sums": {str(order): total for order, total in found.sums().items()},
        "sum": int(found.percentile.sum()),
        "seconds": round(time.perf_counter() - started, 2),
        "cpu_seconds": round(time.process_time() - cpu, 2),
        "peak_memory_mb": _peak(),
        "knots": options.knots,
        "fitted": options.fits,
        "fits": [asdict(fit) for fit in found.fits],
        "odd": odd,
    }
    _say(summary, as_json=options.json)


def _signs(options: argparse.Namespace) -> None:
    import polars as pl

    from alongside.progress.panel import read_subjects
    from alongside.progress.sweep import counts, sweep

    started, cpu = time.perf_counter(), time.process_time()
    low, high = _scale(options.scale)
    year = _year(options.year)
    panels = read_subjects(options.panel, low=low, high=high)
    odd = [f"{name}: {line}" for name, one in panels.items() for line in _odd(one, year, accept=options.accept_odd)]
    found = {
        name: sweep(one, year, options.sem, max_priors=options.max_priors, fewest=options.fewest)
        for name, one in panels.items()
    }
    _write(pl.concat([one.table(name, panels[name]) for name, one in found.items()]), options.out)
    summary = {
        "signs": counts(found),
        "seconds": round(time.perf_counter() - started, 2),
        "cpu_seconds": round(time.process_time() - cpu, 2),
        "peak_memory_mb": _peak(),
        "odd": odd,
    }
    _say(summary, as_json=options.json)


def _simulate(options: argparse.Namespace) -> None:
    from alongside.progress.simulate import Setting, simulate

    setting = Setting(
        options.pupils, options.reliability, options.stability, options.slowed, options.loss, options.seed
    )
    found = simulate(setting)
    if options.json:
        print(json.dumps({"setting": asdict(setting), "rules": [rule._asdict() for rule in found.rules],
                          "percentile_error": found.percentile_error,
                          "gain_of_lowest_tenth": found.gain_of_lowest_tenth}, indent=1))  # fmt: skip
        return
    print(f"{'Rule':<48}{'flags':>8}{'finds':>8}{'clears':>8}{'right':>8}")
    for rule in found.rules:
        print(f"{rule.rule:<48}{rule.flagged:>8.1%}{rule.sensitivity:>8.2f}{rule.specificity:>8.2f}{rule.right:>8.2f}")
    print(
        f"\nflags: share of all pupils; finds: of those who slowed; clears: of those who did not; right: of those flagged."
        f"\nOne year's percentile is off by {found.percentile_error:.1f} points. With no help at all the lowest tenth "
        f"gains {found.gain_of_lowest_tenth:.2f} standard deviations."
    )


def _national(options: argparse.Namespace) -> None:
    from alongside.progress.columns import BadInput
    from alongside.progress.national import National, compute, steps, totals

    try:
        times = [float(word) for word in options.times.split(",")]
    except ValueError:
        raise BadInput(f"--times is {options.times!r}: it takes numbers with commas between.") from None
    run = National(times, options.sem)
    if options.sql:
        print(";\n\n".join([*(f"CREATE TEMPORARY VIEW {step.name} AS\n{step.query}" for step in steps(run)), totals()]))
        return
    if not options.panel.exists():
        raise BadInput(f"There is no file {options.panel.name}.")
    found = compute(options.panel, run, options.engine, memory=options.memory, threads=options.threads)
    if options.out:
        _write(found, options.out)
    else:
        sys.stdout.write(found.write_csv())


def _bench(options: argparse.Namespace) -> None:
    from alongside.config import bench_progress

    if options.inside:
        print(json.dumps(bench_progress.inside(options.only, quick=options.quick, reference=options.reference)))
        return
    names = options.only.split(",") if options.only else list(GOALS)
    unknown = [name for name in names if name not in GOALS]
    if unknown:
        raise CannotGoOn(f"There is no {unknown[0]!r} to measure. Choose from {', '.join(GOALS)}.")
    for line in bench_progress.run(names, quick=options.quick, reference=options.reference):
        print(line, flush=True)


# --- Small parts -----------------------------------------------------------------------------------------


def _year(text: str) -> int:
    from alongside.progress.columns import BadInput

    first = text.replace("-", "_").replace("/", "_").partition("_")[0]
    if not first.isdecimal():
        raise BadInput(f"--year is {text!r}: it takes a school year, as 2024 or 2024_2025.")
    return int(first)


def _scale(text: str | None) -> tuple[float | None, float | None]:
    from alongside.progress.columns import BadInput

    if text is None:
        return None, None
    low, _, high = text.partition("-")
    try:
        return float(low), float(high)
    except ValueError:
        raise BadInput(f"--scale is {text!r}: it takes the two ends, as 80-120.") from None


def _odd(panel: Panel, year: int, *, accept: bool) -> list[str]:
    """What looks like a slip; refused unless somebody has said that it is none."""
    from alongside.progress.columns import BadInput
    from alongside.progress.panel import oddities

    found = list(oddities(panel, year))
    if found and not accept:
        raise BadInput("\n".join([*found, "Put it right, or go on with --accept-odd."]))
    return found


def _write(table: pl.DataFrame, path: Path) -> None:
    if path.suffix == ".parquet":
        table.write_parquet(path)
    else:
        table.write_csv(path)


def _peak() -> float:
    """Most memory of this process, in MB (Linux counts in kB)."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def _say(summary: Mapping[str, Any], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(summary, indent=1, ensure_ascii=False))
        return
    for name, value in summary.items():
        if isinstance(value, list):
            print(f"{name.replace('_', ' ')}:" if value else f"{name.replace('_', ' ')}: nothing")
            for entry in value:
                print("  " + (", ".join(f"{k} {v}" for k, v in entry.items()) if isinstance(entry, dict) else entry))
        else:
            shown = ", ".join(f"{k}: {v:,}" for k, v in value.items()) if isinstance(value, dict) else value
            print(f"{name.replace('_', ' ')}: {shown}")
