"""The power goes in the middle of an import: the command and the database die together, and all of it can be done again.

On a cluster of its own, which writes safely as a school's does.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from alongside.config import postgres
from alongside.config.bench_import import write_file
from alongside.config.postgres import Cluster

ROOT = Path(__file__).parents[2]
PUPILS = 5_000
GOOD = PUPILS - PUPILS // 100  # one in a hundred of the invented pupils is refused
PATIENCE = 60  # seconds for a killed database to come back

COUNTS = {
    "pupils": "select count(*) from pupils_pupil",
    "enrolments": "select count(*) from pupils_enrolment",
    "statuses without a pupil": "select count(*) from register_status where pupil_id not in (select id from pupils_pupil)",
    "told in the history": "select count(*) from history_event where kind = 'exchange.came'",
    "files brought in": "select count(*) from exchange_batch where applied_at is not null",
}
NOTHING = dict.fromkeys(COUNTS, 0)
ALL = {**NOTHING, "pupils": GOOD, "enrolments": GOOD, "told in the history": GOOD, "files brought in": 1}


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    with postgres.ensure(tmp_path / "postgres") as made:
        postgres.roles_and_database(made)
        run(made, "migrate", "--verbosity=0", "--skip-checks")
        yield made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "pupils.csv"
    write_file(path, "csv", PUPILS)
    return path


def start(cluster: Cluster, *arguments: str) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "DATABASE_URL": cluster.dsn(postgres.APP),
        "DATABASE_OWNER_URL": cluster.dsn(postgres.OWNER),
    }
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )  # fmt: skip


def run(cluster: Cluster, *arguments: str) -> str:
    process = start(cluster, *arguments)
    said, complained = process.communicate()
    assert process.returncode in (0, 1), complained  # 1: something of the file was left out
    return said


def kill_everything(cluster: Cluster, command: subprocess.Popen[str]) -> None:
    """The command first, then the database's main process; what that had started goes with it."""
    command.send_signal(signal.SIGKILL)
    command.communicate()
    pid_file = (cluster.data / "cluster").resolve() / "postmaster.pid"
    os.kill(int(pid_file.read_text(encoding="utf-8").splitlines()[0]), signal.SIGKILL)


def counted(cluster: Cluster) -> dict[str, int]:
    """What is in the database, as soon as it answers again."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with psycopg.connect(cluster.dsn(postgres.SUPERUSER)) as look:
                return {name: look.execute(query.encode()).fetchone()[0] for name, query in COUNTS.items()}  # type: ignore[index]
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def test_power_goes_in_the_middle_of_an_import(cluster: Cluster, file: Path) -> None:
    command = start(cluster, "import", str(file), "--school", "190001", "--name", "Beckside", "--json")
    assert command.stderr
    middle = next(line for line in command.stderr if line.startswith("Brought in 2,000 of"))
    kill_everything(cluster, command)

    assert "4,950" in middle or "5,000" in middle
    assert counted(cluster) == NOTHING

    answer = json.loads(run(cluster, "import", str(file), "--school", "190001", "--json"))
    assert (answer["new"], answer["refused"], answer["applied"]) == (GOOD, PUPILS - GOOD, GOOD)
    assert counted(cluster) == ALL

    again = json.loads(run(cluster, "import", str(file), "--school", "190001", "--json"))
    assert (again["same"], again["new"], again["applied"]) == (GOOD, 0, 0)
