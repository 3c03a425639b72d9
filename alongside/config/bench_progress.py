"""`alongside progress bench`: every figure of the engine beside its goal. Each is measured in a process of its own.

Time is CPU seconds, so that whoever else uses the machine does not count. Every panel is invented here; a reference
made elsewhere is read only when it is named.
"""

from __future__ import annotations

import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alongside.config.postgres import ROOT

if TYPE_CHECKING:
    from alongside.progress.columns import Floats

Found = dict[str, Any]

GOALS: Mapping[str, str] = {
    "closed-form": "four normal cases within 0.5",
    "reference": "100% within 1, 99.9% identical, of a reference named by --reference",
    "panel": "79,931 pupils, 12 fits of 100 quantiles: at most 15 CPU s (R's quickest way took 28)",
    "million": "a million pupils, three priors, 100 quantiles: at most 240 CPU s (R's quickest way 490)",
    "trust": "60,000 pupils, three subjects, all signs: under 60 s",
    "national": "9 million pupils by 6 points, four signs: under 60 s, 4 GB, 10 times reading the columns",
}


def run(names: Sequence[str], *, quick: bool, reference: Path | None) -> Iterator[str]:
    """Measure each and say what was found: goal, figures."""
    for name in names:
        if name == "reference" and reference is None:
            yield f"{name}: not measured, no --reference\n  goal   {GOALS[name]}"
            continue
        asked = [sys.executable, str(ROOT / "manage.py"), "progress", "bench", "--inside", "--only", name]
        asked += ["--quick"] * quick + (["--reference", str(reference)] if reference else [])
        done = subprocess.run(
            asked, check=True, capture_output=True, text=True, env={**os.environ, "OPENBLAS_NUM_THREADS": "1"}
        )
        figures = json.loads(done.stdout)
        yield f"{name}\n  goal   {GOALS[name]}\n  found  " + ", ".join(
            f"{key} {value}" for key, value in figures.items()
        )


def inside(name: str, *, quick: bool, reference: Path | None) -> Found:
    """One item, here."""
    part = 20 if quick else 1
    items: Mapping[str, Callable[[], Found]] = {
        "closed-form": closed_form,
        "reference": lambda: against(reference) if reference else {},
        "panel": lambda: panel(79_931 // part),
        "million": lambda: million(1_000_000 // part),
        "trust": lambda: trust(60_000 // part),
        "national": lambda: national(9_000_000 // part),
    }
    found = items[name]()
    return {**found, "peak MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)}


class _Clock:
    """CPU and wall seconds since it was made."""

    def __init__(self) -> None:
        self.cpu, self.wall = time.process_time(), time.perf_counter()

    def found(self) -> Found:
        return {"CPU s": round(time.process_time() - self.cpu, 2), "wall s": round(time.perf_counter() - self.wall, 2)}


def histories(pupils: int, years: int, seed: int = 1) -> Floats:
    """Invented scores (pupils, years) in whole points, mean 500, SD about 75."""
    import numpy as np

    chance = np.random.default_rng(seed)
    true = chance.standard_normal(pupils)
    found = np.empty((pupils, years))
    for year in range(years):
        true = 0.95 * true + 0.31 * chance.standard_normal(pupils)
        found[:, year] = np.round(500 + 70 * (true + 0.33 * chance.standard_normal(pupils)))
    return found


def _write(path: Path, parts: Sequence[tuple[int, Floats]], **more: object) -> None:
    """A Parquet panel of cohorts, each with its grade in 2024."""
    import numpy as np
    import polars as pl

    tables, first = [], 0
    for grade, scores in parts:
        pupils, years = scores.shape
        back = np.arange(years)[::-1]
        tables.append(
            pl.DataFrame(
                {
                    "pupil": np.repeat(np.arange(first, first + pupils), years),
                    "year": np.tile(2024 - back, pupils),
                    "grade": np.tile(grade - back, pupils),
                    "score": scores.reshape(-1),
                }
            )
        )
        first += pupils
    pl.concat(tables).with_columns(**{name: pl.lit(value) for name, value in more.items()}).write_parquet(path)


def closed_form() -> Found:
    """The furthest of four normal cases from 100·Φ((y − ρx)/√(1 − ρ²)), over a grid of 100 × 600 exact quantiles."""
    import numpy as np
    from scipy.special import ndtri

    from alongside.progress import quantiles
    from alongside.progress.growth import design, knots_of, normal_percentile

    furthest = 0.0
    x, z = np.meshgrid(*(ndtri((np.arange(count) + 0.5) / count) for count in (100, 600)), indexing="ij")
    for rho, prior, now in ((0.8, 1.0, 0.8), (0.8, 1.0, 0.0), (0.8, -1.0, -1.5), (0.7, -0.5, -1.5)):
        knots = knots_of(x.ravel())
        fit = quantiles.fit(design(x.reshape(-1, 1), [knots]), (rho * x + np.sqrt(1 - rho**2) * z).ravel())
        here = (design(np.array([[prior]]), [knots]) @ fit.coefficients.T)[0]
        place = float(np.interp(now, here, 100 * np.array(quantiles.PERCENTILES)))
        furthest = max(furthest, abs(place - normal_percentile(rho, prior, now)))
    return {"furthest": round(furthest, 3)}


def against(reference: Path) -> Found:
    """A reference of one grade with one prior: columns prior, now, sgp and fitted quantiles q05 … q95."""
    import numpy as np

    from alongside.progress import frisch_newton, quantiles
    from alongside.progress.growth import design, knots_of, percentiles

    with reference.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    prior, now, theirs = (np.array([float(row[name]) for row in rows]) for name in ("prior", "now", "sgp"))
    clock = _Clock()
    x = design(prior[:, None], [knots_of(prior)])
    fit = quantiles.fit(x, now)
    ours = percentiles(x, now, fit.coefficients)
    figures = clock.found()
    fitted = np.sort(np.round(x @ fit.coefficients.T, 5), axis=1)
    at_or_below = np.clip((fitted <= now[:, None]).sum(axis=1), 1, 99)
    off_plane = at_or_below == ours
    apart = max(
        float(np.abs(_quantile(fitted, name) - [float(row[name]) for row in rows]).max())
        for name in ("q05", "q25", "q50", "q75", "q95")
    )
    away = np.abs(ours - theirs)
    unrounded = np.abs(frisch_newton.percentiles(x, now, frisch_newton.fit(x, now)) - theirs)
    return {
        "pupils": len(rows),
        "fitted quantiles apart by at most": round(apart, 4),
        "identical %": round(100 * float((away == 0).mean()), 2),
        "within 1 %": round(100 * float((away <= 1).mean()), 2),
        "by Frisch-Newton fits, unrounded, identical %": round(100 * float((unrounded == 0).mean()), 2),
        "and within 1 %": round(100 * float((unrounded <= 1).mean()), 2),
        "pupils on no fitted plane": int(off_plane.sum()),
        "of them identical %": round(100 * float((away[off_plane] == 0).mean()), 2),
        "between strictly below and at or below %": round(100 * float(((ours <= theirs) & (theirs <= at_or_below)).mean()), 2),
        **figures,
    }  # fmt: skip


def _quantile(fitted: Floats, name: str) -> Floats:
    """The reference's q05 and q95 are the 5th and 95th of a hundred, the others the mean of two neighbours."""
    place = int(name[1:]) - 1
    column: Floats = fitted[:, place]
    return column if name in ("q05", "q95") else (column + fitted[:, place + 1]) / 2


def panel(pupils: int) -> Found:
    """Five grades with one to three priors: 12 fits."""
    from alongside.progress.growth import growth, sequences_of
    from alongside.progress.panel import read

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "panel.parquet"
        each = pupils // 5
        cohorts = [(grade, histories(each, min(4, grade - 2), grade)) for grade in range(4, 9)]
        _write(path, cohorts)
        clock = _Clock()
        found = growth(read(path), 2024, sequences=sequences_of("3-4,3-5,3-6,4-7,5-8"))
        figures = clock.found()
    return {
        "pupils": each * 5,
        "fits": len(found.fits),
        "pupil-orders": sum(fit.pupils for fit in found.fits),
        "certified": sum(fit.certified for fit in found.fits),
        "by HiGHS": sum(fit.by_highs for fit in found.fits),
        **figures,
    }


def million(pupils: int) -> Found:
    """One cohort with three priors, and what reading the design once for each quantile would take."""
    from alongside.progress import quantiles
    from alongside.progress.growth import design, knots_of, percentiles

    scores = histories(pupils, 4)
    priors, now = scores[:, 2::-1], scores[:, 3]
    clock = _Clock()
    x = design(priors, [knots_of(priors[:, lag]) for lag in range(3)])
    fit = quantiles.fit(x, now)
    total = int(percentiles(x, now, fit.coefficients).sum())
    figures = clock.found()
    reading = _Clock()
    for beta in fit.coefficients[:10]:
        x @ beta
    limit = 10 * (time.process_time() - reading.cpu)
    return {
        "pupils": pupils,
        "sum": total,
        "certified": fit.certified,
        "by HiGHS": fit.by_highs,
        **figures,
        "reading the design once for each quantile, CPU s": round(limit, 2),
        "times that": round(figures["CPU s"] / limit, 1) if limit else "?",
    }


def trust(pupils: int) -> Found:
    """Three subjects over six years of one test, in the six grades 4 to 9."""
    import polars as pl

    from alongside.progress.panel import read_subjects
    from alongside.progress.sweep import counts, sweep

    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for number, subject in enumerate(("reading", "writing", "maths")):
            path = Path(folder) / f"{subject}.parquet"
            _write(
                path,
                [(g, histories(pupils // 6, min(6, g - 1), 10 * number + g)) for g in range(4, 10)],
                subject=subject,
            )
            parts.append(pl.read_parquet(path))
        whole = Path(folder) / "trust.parquet"
        pl.concat(parts).write_parquet(whole)
        clock = _Clock()
        panels = read_subjects(whole)
        found = {name: sweep(one, 2024, 23.0) for name, one in panels.items()}
        answers = counts(found)
        figures = clock.found()
    return {"pupils": pupils, "subjects": len(found), "signs": len(answers), **figures}


def national(pupils: int) -> Found:
    """Nine million pupils, six points, by DuckDB on two threads, beside reading the same columns once."""
    import duckdb

    from alongside.progress.national import National, compute

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "national.parquet"
        # In a process of its own, so that making the pupils does not count as memory of finding them.
        subprocess.run(
            [
                sys.executable,
                "-c",
                f"from alongside.config.bench_progress import invent; invent({pupils}, {str(path)!r})",
            ],
            check=True,
            cwd=ROOT,
        )
        reading = _Clock()
        with duckdb.connect(config={"threads": 2}) as db:
            db.execute(
                f"SELECT sum(pupil), sum(subject), sum(year_group), sum(point), sum(score) FROM '{path}'"  # noqa: S608
            ).fetchall()
        once = reading.found()
        clock = _Clock()
        answer = compute(path, National([0, 1 / 3, 2 / 3, 1, 4 / 3, 5 / 3], 4.743))
        figures = clock.found()
    return {
        "pupils": int(answer["pupils"].sum()),
        **figures,
        "reading once, CPU s": once["CPU s"],
        "reading once, wall s": once["wall s"],
        "times reading": round(figures["CPU s"] / once["CPU s"], 1),
    }


def invent(pupils: int, path: str) -> None:
    """A national file of invented pupils: 13 year groups, 3 subjects, 6 points."""
    import numpy as np
    import polars as pl

    chance = np.random.default_rng(3)
    true = chance.normal(100, 14, pupils).astype(np.float32)
    score = np.empty((pupils, 6), dtype=np.float32)
    for point in range(6):
        true = (100 + 0.95 * (true - 100) + chance.normal(0, 4, pupils)).astype(np.float32)
        score[:, point] = np.round(true + chance.normal(0, 4.7, pupils), 1)
    pl.DataFrame(
        {
            "pupil": np.repeat(np.arange(pupils, dtype=np.int32), 6),
            "subject": np.repeat(chance.integers(0, 3, pupils).astype(np.int8), 6),
            "year_group": np.repeat(chance.integers(1, 14, pupils).astype(np.int8), 6),
            "point": np.tile(np.arange(1, 7, dtype=np.int8), pupils),
            "score": score.reshape(-1),
        }
    ).write_parquet(path)
