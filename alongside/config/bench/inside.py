"""The process that plays the pages on a copy of a trust: `python -m alongside.config.bench.inside FOLDER [--quick]`.

Writes what it measured and the requests for wrk into the folder. It needs the environment of trust.py.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import django
import psycopg

if TYPE_CHECKING:
    from alongside.config.bench.cast import Play
    from alongside.config.bench.wrk import Ask

_WARM = 5


def main(folder: Path, *, quick: bool) -> None:
    """Measure, and leave `inside.json` and `asked.json` in the folder."""
    django.setup()
    from alongside.base.access.scope import all_schools, scope
    from alongside.config.bench import cast
    from alongside.kit import today

    with scope(all_schools(), why="benchmark"):
        schools = cast.schools_by_size()
        small, usual, large = schools[0], schools[len(schools) // 2], schools[-1]
        read, few = cast.plays(usual, large, today()), cast.plays(small, small, today())
        saved = cast.reviews(today())
    rounds = 40 if quick else 200
    pages = compare(read, rounds)
    for page, play in zip(pages, few, strict=True):
        page["statements_small"] = count(play)
        page["statements_range"] = page["statements"] - page["statements_small"]
    for page, ratio in zip(pages, wall(read, rounds // 4), strict=True):
        page["wall"] = ratio
    saving = save(saved, 10 if quick else 40)
    result = {
        "rows_small": small.rows, "rows_usual": usual.rows, "rows_large": large.rows, "pages": [*pages, saving],
        "deadlines_seconds": recompute(), "duties_seconds": duties(), "database_mb": database_mb(),
    }  # fmt: skip
    (folder / "inside.json").write_text(json.dumps(result), encoding="utf-8")
    (folder / "asked.json").write_text(json.dumps([asdict(play) for play in (*read, saved)]), encoding="utf-8")


def compare(played: Sequence[Play], rounds: int) -> list[dict[str, Any]]:
    """Each page, its bare SQL and the empty view in turn, so that all three meet the same machine."""
    from alongside.config.bench.browser import Replay, ask, statements

    replay = Replay()
    empty = played[0].asks[0]
    pages = []
    for play in played:
        asked = play.asks[0]
        for _ in range(_WARM):
            right(play, ask(asked).status)
        with statements() as found:
            body = ask(asked).body
        for _ in range(_WARM):
            replay(found)
        times = [(timed(ask, asked), timed(replay, found), timed(ask, empty)) for _ in range(rounds)]
        page_ms, sql_ms, empty_ms = (1_000 * median(column) for column in zip(*times, strict=True))
        page: dict[str, Any] = {
            "name": play.name, "page_ms": page_ms, "empty_ms": empty_ms, "to_empty": page_ms / empty_ms,
            "statements": len(found), "bytes": len(body), "gzip": len(gzip.compress(body, 6)),
        }  # fmt: skip
        if found:
            page |= {"sql_ms": sql_ms, "ratio": page_ms / sql_ms, **processor(asked, rounds)}
        pages.append(page)
    replay.close()
    return pages


def processor(asked: Ask, rounds: int) -> dict[str, float]:
    """Milliseconds of a processor for a page: here and in the database, and those of the database."""
    from django.db import connection

    from alongside.config.bench.browser import ask

    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        server = cursor.fetchone()[0]
    here, there = time.process_time(), cpu_of(server)
    for _ in range(rounds):
        ask(asked)
    here, there = time.process_time() - here, cpu_of(server) - there
    return {"cpu_ms": 1_000 * (here + there) / rounds, "db_cpu_ms": 1_000 * there / rounds}


def cpu_of(process: int) -> float:
    """Seconds of a processor that a process has had; nought where the system does not tell."""
    told = Path(f"/proc/{process}/stat")
    if not told.exists():
        return 0.0
    numbers = told.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")


def count(play: Play) -> int:
    """How many statements a page takes when nothing has to be fetched for the first time."""
    from alongside.config.bench.browser import ask, statements

    right(play, ask(play.asks[0]).status)
    with statements() as found:
        ask(play.asks[0])
    return len(found)


def save(play: Play, rounds: int) -> dict[str, Any]:
    """Saving, in this process; what it saves is taken off the list."""
    from alongside.config.bench.browser import ask, statements

    mine, play.asks[:] = play.asks[:rounds], play.asks[rounds:]  # type: ignore[index]
    times = []
    for asked in mine:
        with statements() as found:
            begun = time.perf_counter()
            answer = ask(asked)
            times.append(time.perf_counter() - begun)
        right(play, answer.status)
    return {"name": play.name, "page_ms": 1_000 * median(times), "statements": len(found)}


def wall(played: Sequence[Play], rounds: int) -> list[float]:
    """How many times as long each page takes with the second wall as without it, in turns."""
    from alongside.config.bench.browser import ask

    times: dict[tuple[str, bool], list[float]] = {}
    for standing in (True, False) * 3:
        with walls_down() if not standing else _nothing():
            for play in played:
                for _ in range(_WARM):
                    right(play, ask(play.asks[0]).status)
                times.setdefault((play.name, standing), []).extend(timed(ask, play.asks[0]) for _ in range(rounds))
    return [median(times[play.name, True]) / median(times[play.name, False]) for play in played]


@contextmanager
def _nothing() -> Iterator[None]:
    yield


@contextmanager
def walls_down() -> Iterator[None]:
    """Without row-level security for the length of the block, by the owner of the tables."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        tables = [
            name for (name,) in owner.execute("select oid::regclass::text from pg_class where relrowsecurity")
        ]  # fmt: skip
        for table in tables:
            owner.execute(f"alter table {table} disable row level security".encode())
        try:
            yield
        finally:
            for table in tables:
                owner.execute(f"alter table {table} enable row level security".encode())


def recompute() -> float:
    """Seconds to recompute every clock of every school, as the night does."""
    from alongside.base.access.scope import all_schools, scope
    from alongside.base.deadlines.actions import last_night, refresh_at_night
    from alongside.kit import today

    begun, since = time.perf_counter(), last_night(on=today())
    for school in all_schools():
        with scope([school], why="benchmark"):
            refresh_at_night(school=school, on=today(), since=since)
    return time.perf_counter() - begun


def duties() -> float:
    """Seconds to work out every duty of every school and of the trust, as the night does."""
    from alongside.areas.duties.jobs import nightly

    begun = time.perf_counter()
    nightly()
    return time.perf_counter() - begun


def database_mb() -> float:
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner:
        found = owner.execute("select pg_database_size(current_database()) / 1e6").fetchone()
        return float(found[0]) if found else 0.0


def timed(do: Any, *arguments: Any) -> float:
    begun = time.perf_counter()
    do(*arguments)
    return time.perf_counter() - begun


def right(play: Play, status: int) -> None:
    """Raises RuntimeError: a page that is not the page is not worth measuring."""
    if status != play.status:
        raise RuntimeError(f"{play.name} answered {status}, not {play.status}: {play.asks[0].path}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), quick="--quick" in sys.argv)
