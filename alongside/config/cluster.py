"""A cluster, which is what PostgreSQL calls a folder of databases: made, started, and stopped."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from alongside.config.postgres import PORT, SUPERUSER, PostgresError
from alongside.config.programs import Account, call, major_version, new_folder, open_to_all, usable_programs

BUILT_IN_LOCALE_SINCE = 17
NOBODY = 65534
START_SECONDS = STOP_SECONDS = 60
TRIES = 5

SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "random_page_cost": "1.1",  # the data lie on a solid-state disk, or in memory
    "jit": "off",  # compiling costs more than it saves on queries as short as ours
    "timezone": "UTC",
    "log_timezone": "UTC",
}
# A throw-away cluster need not survive a power cut.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Server:
    """All that is needed to start one. What its programs print goes where ours goes: to the log."""

    programs: Path
    account: Account | None
    cluster: Path
    sockets: Path
    log: Path
    settings: Mapping[str, str]

    def call(self, program: str, *arguments: str) -> "subprocess.Popen[bytes]":
        """Start one of the programs as the server's account."""
        return call(self.programs / program, *arguments, account=self.account)

    def failed(self, what: str) -> PostgresError:
        """An error with the end of what the programs said."""
        said = self.log.read_text(encoding="utf-8", errors="replace")[-2000:]
        return PostgresError(f"{what}\n{said}".strip())


def prepare(data: Path, sockets: Path, *, throwaway: bool) -> Server:
    """Choose account and programs, and make the cluster if there is none yet. Raises PostgresError."""
    account = choose_account(data / "cluster")
    programs = usable_programs(account)
    server = Server(
        programs=programs,
        account=account,
        cluster=choose_cluster(data, account),
        sockets=sockets,
        log=data / "log",
        settings=SETTINGS | CARELESS if throwaway else SETTINGS,
    )
    hand_over(sockets, account)
    made_by = server.cluster / "PG_VERSION"
    major = major_version(programs)
    if not made_by.exists():
        make_cluster(server, major)
    elif int(made_by.read_text()) != major:
        raise PostgresError(
            f"The database in {data} was made by PostgreSQL {made_by.read_text().strip()}, and {programs} "
            f"holds {major}. Set ALONGSIDE_PG_BIN to the folder of the matching programs, or remove the "
            "folder of the database to begin again."
        )
    return server


def choose_account(cluster: Path) -> Account | None:
    """Whom to run as. Raises PostgresError when the data belong to somebody whom we cannot become."""
    owner = cluster.stat() if cluster.exists() else None
    if os.getuid() != 0:
        if owner and owner.st_uid != os.getuid():
            raise PostgresError(
                f"The database in {cluster.parent} belongs to another account (number {owner.st_uid}). "
                "Start it as that account or as root, or remove the folder to begin again."
            )
        return None
    return Account(owner.st_uid, owner.st_gid) if owner and owner.st_uid else Account(NOBODY, NOBODY)


def choose_cluster(data: Path, account: Account | None) -> Path:
    """Where the data lie: in `cluster`, else where a link of that name points, which it can reach."""
    place = data / "cluster"
    if account and not place.is_symlink() and not place.exists() and not open_to_all(data):
        place.symlink_to(new_folder() / "cluster")
    return place.resolve()


def hand_over(folder: Path, account: Account | None) -> None:
    """Make a folder the account's own."""
    if account:
        os.chown(folder, account.uid, account.gid)


def make_cluster(server: Server, major: int) -> None:
    """initdb, in a folder beside the right one, so that a cluster that is there is a whole one.

    Raises PostgresError.
    """
    stage = server.cluster.with_name("cluster.new")
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(parents=True, mode=0o700)
    hand_over(stage, server.account)
    # The built-in locale sorts alike on every machine, whatever its system library does.
    built_in = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
    locale = built_in if major >= BUILT_IN_LOCALE_SINCE else ("--locale=C.UTF-8",)
    common = (
        "--no-sync",
        "--encoding=UTF8",
        "--text-search-config=english",
        "--auth=trust",
        f"--username={SUPERUSER}",
    )
    if server.call("initdb", f"--pgdata={stage}", *common, *locale).wait():
        raise server.failed(f"A database could not be made in {server.cluster.parent}.")
    stage.rename(server.cluster)


def throw_away(data: Path) -> None:
    """Remove a cluster with all that belongs to it, wherever it lies."""
    if (data / "cluster").is_symlink():
        shutil.rmtree((data / "cluster").readlink().parent, ignore_errors=True)
    shutil.rmtree(data, ignore_errors=True)


def start(server: Server) -> "subprocess.Popen[bytes]":
    """Start the server and wait until it answers. Raises PostgresError with the end of its log."""
    set_aside_others(server.cluster)
    options = [part for name, value in server.settings.items() for part in ("-c", f"{name}={value}")]
    for attempt in range(TRIES):
        process = server.call("postgres", "-D", str(server.cluster), "-k", str(server.sockets), *options)
        if wait_until_ready(process, server.cluster / "postmaster.pid"):
            return process
        stop(process)
        # What a killed server left running goes by itself within moments; until then its memory is in use.
        if "shared memory block" not in server.log.read_text(encoding="utf-8", errors="replace"):
            break
        time.sleep(0.2 * 2**attempt)
    raise server.failed(f"The database in {server.cluster.parent} did not start.")


def wait_until_ready(process: "subprocess.Popen[bytes]", pid_file: Path) -> bool:
    """The server writes `ready` into the eighth line of its pid file; false if it ends or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        lines = read_lines(pid_file)
        if len(lines) >= 8 and lines[0] == str(process.pid) and lines[7].strip() == "ready":
            return True
        time.sleep(0.01)
    return False


def set_aside_others(cluster: Path) -> None:
    """Stop a server that an earlier keeper lost; do not let a number that is another program's now block us.

    PostgreSQL takes a pid file for stale when that process is gone, or is its own parent; in a container the
    numbers come round again soon. The file itself must stay: by it the server checks that no part of an old
    one still runs.
    """
    pid_file = cluster / "postmaster.pid"
    lines = read_lines(pid_file)
    if not lines or not lines[0].isdigit() or not is_alive(int(lines[0])):
        return
    if is_server_of(int(lines[0]), cluster):
        os.kill(int(lines[0]), signal.SIGINT)
        deadline = time.monotonic() + STOP_SECONDS
        while is_alive(int(lines[0])) and time.monotonic() < deadline:
            time.sleep(0.05)
    else:
        pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n", encoding="utf-8")


def read_lines(path: Path) -> Sequence[str]:
    """A file's lines, none if it is not there."""
    with suppress(OSError):
        return path.read_text(encoding="utf-8").splitlines()
    return ()


def is_alive(pid: int) -> bool:
    """Is there such a process?"""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def is_server_of(pid: int, cluster: Path) -> bool:
    """Is that process a server working in this folder? A server's working folder is its data."""
    process = Path("/proc") / str(pid)
    if process.is_dir():
        with suppress(OSError):
            return (process / "cwd").readlink() == cluster
        return False
    listed = subprocess.run(["ps", "-p", str(pid), "-o", "command="], capture_output=True, text=True, check=False)
    return str(cluster) in listed.stdout


def stop(process: "subprocess.Popen[bytes]") -> None:
    """End the server: fast, which loses nothing; at once if that takes too long, which costs a recovery."""
    for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        process.send_signal(how)
        with suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS)
            return
