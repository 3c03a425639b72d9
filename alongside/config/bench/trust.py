"""A filled database for a size of trust, a copy of it to measure on, and the production server before it."""

from __future__ import annotations

import hashlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import psycopg

from alongside.config import postgres, serve
from alongside.config.cluster import throw_away
from alongside.config.errors import CannotGoOn
from alongside.kit.time import today

PUPILS_TO_A_SCHOOL = 600  # as many in each size of trust, so that a page's growth is the trust's and not the school's
FEWEST_SCHOOLS = 4
_MASTER, _COPY = "alongside", "measured"
_STOP_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Trust:
    """A trust that stands ready: the environment in which our commands meet it, and who may do everything."""

    pupils: int
    schools: int
    environment: dict[str, str]
    superuser: str


@contextmanager
def filled(pupils: int, *, keep: Path | None) -> Iterator[Trust]:
    """A trust of this size for the length of the block; what is measured does not touch the kept one.

    Ordinary durability, so that saving costs what it costs. Raises CannotGoOn when it cannot be filled.
    """
    with _folder(pupils, keep) as folder, postgres.ensure(folder) as cluster:
        day = _fill(cluster, folder, pupils)
        superuser = cluster.dsn(postgres.SUPERUSER, "postgres")
        _copy(superuser)
        try:
            yield Trust(
                pupils, schools_for(pupils), _environment(cluster, _COPY, day), cluster.dsn(postgres.SUPERUSER, _COPY)
            )
        finally:
            with psycopg.connect(superuser, autocommit=True) as connection:
                connection.execute(f'drop database if exists "{_COPY}" with (force)'.encode())


@contextmanager
def server(trust: Trust) -> Iterator[str]:
    """The web server as in production, 2 workers of a thread each; gives its address."""
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, postgres.ROOT / "manage.py", "serve", f"--port={port}", "--log=error"],
        env=trust.environment, stdin=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        serve.wait_for_answer([process], serve.HOST, port)
        yield f"http://{serve.HOST}:{port}"
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_STOP_SECONDS)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def schools_for(pupils: int) -> int:
    """How many schools a trust of so many pupils has."""
    return max(FEWEST_SCHOOLS, round(pupils / PUPILS_TO_A_SCHOOL))


@contextmanager
def _folder(pupils: int, keep: Path | None) -> Iterator[Path]:
    if keep:
        yield keep.absolute() / str(pupils)
        return
    with tempfile.TemporaryDirectory(prefix="alongside-bench-") as place:
        Path(place).chmod(0o755)  # the server is another account when we are root
        try:
            yield Path(place) / "postgres"
        finally:
            throw_away(Path(place) / "postgres")


def _fill(cluster: postgres.Cluster, folder: Path, pupils: int) -> date:
    """Fill the database unless it was filled before, with these tables; gives the day that it is there."""
    mark, tables = folder / "filled", _fingerprint()
    said = mark.read_text(encoding="utf-8").split() if mark.exists() else []
    day = date.fromisoformat(said[0]) if said[1:] == [tables] else today()
    with psycopg.connect(cluster.dsn(postgres.SUPERUSER, "postgres"), autocommit=True) as connection:
        if said[1:] != [tables]:
            connection.execute(f'drop database if exists "{_MASTER}" with (force)'.encode())
    postgres.roles_and_database(cluster)
    environment = _environment(cluster, _MASTER, day)
    command(environment, "migrate", "--verbosity=0", "--skip-checks")
    if said[1:] != [tables]:
        print(f"Filling a trust of {pupils:,} pupils …", file=sys.stderr, flush=True)
        command(environment, "demo", f"--schools={schools_for(pupils)}", f"--pupils={pupils}", "--verbosity=0")
        mark.write_text(f"{day} {tables}\n", encoding="utf-8")
    return day


def _copy(superuser: str) -> None:
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute(f'drop database if exists "{_COPY}" with (force)'.encode())
        connection.execute(f'create database "{_COPY}" template "{_MASTER}" owner "{postgres.OWNER}"'.encode())
        with psycopg.connect(superuser, dbname=_COPY, autocommit=True) as copy:
            copy.execute("vacuum analyze")


def _environment(cluster: postgres.Cluster, database: str, day: date) -> dict[str, str]:
    """As in production: no trial, a second step asked of staff, a name of its own."""
    return os.environ | {
        "ALONGSIDE_DEMO": "0",
        "ALONGSIDE_HOSTS": f"alongside.example,{serve.HOST},localhost",
        "ALONGSIDE_SECRET_KEY": _KEY,
        "ALONGSIDE_TODAY": day.isoformat(),
        "DATABASE_URL": cluster.dsn(postgres.APP, database),
        "DATABASE_OWNER_URL": cluster.dsn(postgres.OWNER, database),
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
    }


_KEY = secrets.token_urlsafe(32)


def command(environment: dict[str, str], *arguments: str) -> None:
    """One of our commands, to its end. Raises CannotGoOn when it fails; it has said why."""
    if subprocess.run(
        [sys.executable, postgres.ROOT / "manage.py", *arguments], env=environment, check=False
    ).returncode:
        raise CannotGoOn(f"`alongside {' '.join(arguments)}` failed.")


def _fingerprint() -> str:
    """What the tables are like: another one, and the kept trust is filled anew."""
    files = [*sorted((postgres.ROOT / "alongside").glob("**/migrations/*.py"))]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((serve.HOST, 0))
        return int(probe.getsockname()[1])
