"""Killed in the middle, or two at once: all or nothing, and exactly once. With real commits, in a database of its own."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings

from alongside.config.bench_import import write_file
from conftest import _fingerprint

ROOT = Path(__file__).parents[2]
PUPILS = 3_000
GOOD = PUPILS - PUPILS // 100
Run = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("import") / "pupils.csv"
    write_file(path, "csv", PUPILS)
    return path


@pytest.fixture
def database(django_db_setup: None, tmp_path: Path) -> Iterator[tuple[dict[str, str], "psycopg.Connection[Any]"]]:
    """A fresh copy of the migrated template: the environment of a command in it, and a look into it."""
    name = f"killed_{os.getpid()}"
    admin_url = os.environ.get("DATABASE_ADMIN_URL") or os.environ["DATABASE_OWNER_URL"]
    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute(f'drop database if exists "{name}" with (force)'.encode())
        admin.execute(f'create database "{name}" template "template_{_fingerprint()}"'.encode())
        environment = {
            **os.environ,
            "DATABASE_URL": urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl(),
            "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
        }
        with psycopg.connect(urlsplit(admin_url)._replace(path=f"/{name}").geturl(), autocommit=True) as look:
            yield environment, look
        admin.execute(f'drop database if exists "{name}" with (force)'.encode())
    for path in (settings.UPLOADS / "exchange").glob("*"):
        path.unlink(missing_ok=True)


def start(environment: dict[str, str], *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def bring_in(environment: dict[str, str], file: Path) -> "subprocess.Popen[str]":
    return start(environment, "manage.py", "import", str(file), "--school", "190001", "--name", "Beckside", "--json")


def counted(look: "psycopg.Connection[Any]", query: str) -> Any:
    found = look.execute(query.encode()).fetchone()
    assert found
    return found[0]


def test_killed_while_bringing_in(database: tuple[dict[str, str], "psycopg.Connection[Any]"], file: Path) -> None:
    environment, look = database
    work = bring_in(environment, file)
    assert work.stderr
    for line in work.stderr:
        if line.startswith("Brought in 1,000 of"):
            work.send_signal(signal.SIGKILL)
            break
    work.communicate()
    assert work.returncode == -signal.SIGKILL
    assert counted(look, "select count(*) from pupils_pupil") == 0
    assert counted(look, "select count(*) from history_event where kind = 'exchange.came'") == 0
    assert counted(look, "select done from exchange_batch where staged_at is not null and applied_at is null") == 1_000
    batch = counted(look, "select id from exchange_batch")
    again = f"import django; django.setup(); from alongside.fronts.exchange.jobs import apply; apply({batch}, '2026-11-23', 0)"
    for _ in range(2):  # the second time there is nothing left to do
        done = start(environment, "-c", again)
        assert done.communicate()[1] == ""
        assert done.returncode == 0
        assert counted(look, "select count(*) from pupils_pupil") == GOOD
        assert counted(look, "select count(*) from history_event where kind = 'exchange.came'") == GOOD
        assert counted(look, "select count(*) from exchange_batch where applied_at is not null") == 1


def test_two_at_once(database: tuple[dict[str, str], "psycopg.Connection[Any]"], file: Path) -> None:
    environment, look = database
    first, second = bring_in(environment, file), bring_in(environment, file)
    for work in (first, second):
        work.communicate()
        assert work.returncode == 1  # one pupil in a hundred is refused
    assert counted(look, "select count(*) from pupils_pupil") == GOOD
    assert counted(look, "select count(distinct upn) from pupils_pupil") == GOOD
    assert counted(look, "select count(*) from history_event where kind = 'exchange.came'") == GOOD
    assert counted(look, "select count(*) from exchange_batch where applied_at is not null") == 2
