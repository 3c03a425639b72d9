"""`alongside bench`: sizes in turn, then everything that was found beside its goal."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from alongside.config import assets
from alongside.config.bench import goals, table, wrk
from alongside.config.bench.machine import machine
from alongside.config.bench.trust import Trust, filled, server
from alongside.config.errors import CannotGoOn, Usage
from alongside.config.postgres import ROOT

_SIZES = "10000,60000"
_FEWEST = 1_000


def bench(arguments: Sequence[str]) -> int:
    """The command. Raises Usage for sizes that are none, CannotGoOn without wrk."""
    options = parse(arguments)
    wrk.find_wrk()
    assets.build()
    found: list[dict[str, Any]] = []
    where: dict[str, str] = {}
    for pupils in options.pupils:
        with filled(pupils, keep=options.keep) as trust:
            if not where:
                where = machine(trust.superuser)
                print(table.machine_lines(where), end="\n\n", flush=True)
            found.append(measure(trust, seconds=options.seconds, quick=options.quick))
        print(table.size_table(found[-1]), end="\n\n", flush=True)
    if not options.quick:
        found[-1]["imports"] = imports(found[-1]["pupils"])
    print(table.LEGEND, table.verdict_lines(goals.verdicts(found)), sep="\n\n")
    if options.json:
        options.json.write_text(json.dumps({"where": where, "sizes": found}, indent=1), encoding="utf-8")
    return 0


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="alongside bench", description="How fast the pages are, here.")
    parser.add_argument("--pupils", default=_SIZES, help=f"sizes of trust, with commas between ({_SIZES})")
    parser.add_argument("--seconds", type=float, default=5, help="how long to ask for each page (5)")
    parser.add_argument("--json", type=Path, help="write all numbers to this file too")
    parser.add_argument("--quick", action="store_true", help="few rounds and no import: to try a change")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the filled databases here, and use them again")
    options = parser.parse_args(arguments)
    options.pupils = sizes(options.pupils)
    options.seconds = 1 if options.quick else options.seconds
    return options


def sizes(text: str) -> list[int]:
    """'10000,60000' as numbers, smallest first. Raises Usage."""
    words = text.replace(" ", "").split(",")
    if not all(word.isdecimal() and int(word) >= _FEWEST for word in words):
        raise Usage(f"--pupils is “{text}”; it takes numbers of {_FEWEST:,} or more with commas between, as {_SIZES}.")
    return sorted({int(word) for word in words})


def measure(trust: Trust, *, seconds: float, quick: bool) -> dict[str, Any]:
    """All numbers of one size."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run = [sys.executable, "-m", "alongside.config.bench.inside", name, *(["--quick"] if quick else [])]
        if subprocess.run(run, cwd=ROOT, env=trust.environment, check=False).returncode:
            raise CannotGoOn("The pages could not be measured; why is above.")
        size = json.loads((folder / "inside.json").read_text(encoding="utf-8"))
        asked = json.loads((folder / "asked.json").read_text(encoding="utf-8"))
        with server(trust) as address:
            for page, play in zip(size["pages"], asked, strict=True):
                page |= under_load(address, play, seconds, folder)
    return {"pupils": trust.pupils, "schools": trust.schools, **size}


def under_load(address: str, play: dict[str, Any], seconds: float, folder: Path) -> dict[str, Any]:
    """A page by one connection and by eight. What is saved once has its list halved between the two."""
    asks = [wrk.Ask(**ask) for ask in play["asks"]]
    half = len(asks) // 4 if play["once"] else 0
    once, status = play["once"], play["status"]
    if not once:
        wrk.load(address, asks, connections=2, seconds=1, folder=folder, status=status, once=False)  # to warm up
    alone = wrk.load(
        address, asks[:half] or asks, connections=1, seconds=seconds, folder=folder, status=status, once=once
    )
    eight = wrk.load(address, asks[half:], connections=8, seconds=seconds, folder=folder, status=status, once=once)
    wrong = alone.other + eight.other
    if wrong:
        print(f"{play['name']}: {wrong} of {wrong + alone.good + eight.good} answers were wrong.", file=sys.stderr)
    return {"rps1": alone.rps, "rps8": eight.rps, "p50": eight.p50, "p95": eight.p95, "wrong": wrong}


def imports(pupils: int) -> list[dict[str, Any]]:
    """Bringing in a file of as many pupils, of each kind, by a process whose memory can be told."""
    run = [sys.executable, "-m", "alongside.config.bench_import", str(pupils), "ctf", "csv"]
    said = subprocess.run(run, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if said.returncode:
        raise CannotGoOn("The import could not be measured; why is above.")
    return [json.loads(line) for line in said.stdout.splitlines() if line.startswith("{")]
