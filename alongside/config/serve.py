"""`alongside serve`: the web server. `alongside run`: everything at once, for a trial."""

import argparse
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from alongside.config import assets
from alongside.config.database import database
from alongside.config.errors import CannotGoOn, Usage
from alongside.config.postgres import ROOT
from alongside.config.processes import die_with_parent

HOST, PORT = "127.0.0.1", 8000
# Being told to end, and a terminal that is closed, are Ctrl-C by another name.
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
READY_SECONDS = 60
STOP_SECONDS = 10


def serve(arguments: Sequence[str]) -> int:
    """The web server, until it is told to stop. Raises Usage without a DATABASE_URL."""
    options = parse("serve", "The web server, for the database that DATABASE_URL names.", arguments)
    if not os.environ.get("DATABASE_URL"):
        raise Usage("serve needs a database of your own in DATABASE_URL. To try Alongside, use `make run`.")
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "alongside.config.wsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.workers,
        blocking_threads=1,  # a worker does one thing at a time, with one connection to the database
        websockets=False,
        log_level=LogLevels(options.log),
        respawn_failed_workers=True,
    ).serve()
    return 0


def run(arguments: Sequence[str]) -> int:
    """Database, tables, an invented trust, server and worker, until Ctrl-C; then nothing is left running."""
    options = parse("run", "Everything at once, to try Alongside on this computer.", arguments)
    check_port(options.host, options.port)
    for kind in ENDINGS:
        signal.signal(kind, interrupt)
    ours = not os.environ.get("DATABASE_URL")
    try:
        assets.build()
        with database():
            step("migrate", "--verbosity=0")
            if ours and is_trial() and not has_schools():
                print("Filling an invented trust …", flush=True)
                step("demo")
            where = (f"--host={options.host}", f"--port={options.port}", f"--workers={options.workers}")
            with children(["serve", *where, "--log=warning"], ["worker"]) as processes:
                wait_for_answer(processes, options.host, options.port)
                print_welcome(options.host, options.port)
                return wait_for_end(processes)
    except KeyboardInterrupt:
        print("\nStopped.")
        return 0


def parse(name: str, says: str, arguments: Sequence[str]) -> argparse.Namespace:
    """Where to listen. Raises Usage for a PORT that is none."""
    parser = argparse.ArgumentParser(prog=f"alongside {name}", description=says)
    parser.add_argument("--host", default=HOST, help=f"the address to listen on ({HOST})")
    parser.add_argument("--port", default=os.environ.get("PORT") or str(PORT), help=f"the port (PORT, else {PORT})")
    parser.add_argument("--log", default="info", choices=("info", "warning", "error"), help="least to say (info)")
    parser.add_argument("--workers", default=2, type=int, help="how many processes answer (2)")
    options = parser.parse_args(arguments)
    if not options.port.isdigit() or not 0 < int(options.port) < 65536:
        raise Usage(f"The port is “{options.port}”; it must be a number from 1 to 65535.")
    options.port = int(options.port)
    return options


def check_port(host: str, port: int) -> None:
    """Raises Usage when the port cannot be had."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Usage(
                f"Port {port} on {host} is not free ({error.strerror}). "
                f"Stop the program that has it, or choose another port: PORT={port + 1} make run"
            ) from error


def interrupt(*_: object) -> None:
    """A signal handler that ends a block in the way that Ctrl-C does."""
    raise KeyboardInterrupt


def step(*arguments: str) -> None:
    """One of our commands, to its end. Raises CannotGoOn when it fails; it has said why."""
    if start(*arguments, own_session=False).wait():
        raise CannotGoOn(f"`alongside {' '.join(arguments)}` failed.")


def start(*arguments: str, own_session: bool = True) -> "subprocess.Popen[bytes]":
    """Start one of our commands as a process that ends with this one, however this one ends."""
    # The web server must end its own processes too. The worker would wait for the database to come back.
    when_we_are_killed = signal.SIGTERM if arguments[0] == "serve" else signal.SIGKILL
    return subprocess.Popen(
        [sys.executable, ROOT / "manage.py", *arguments],
        stdin=subprocess.DEVNULL,
        start_new_session=own_session,
        preexec_fn=die_with_parent(when_we_are_killed),
    )


def is_trial() -> bool:
    """Is this a copy to play in, as the settings see it too?"""
    return os.environ.get("ALONGSIDE_DEMO", "").lower() in {"1", "true", "yes", "on"}


def has_schools() -> bool:
    """Is there a school in our own database yet? SQL asks quicker than starting Django does."""
    import psycopg

    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as connection:
        return connection.execute("select from schools_school limit 1").fetchone() is not None


@contextmanager
def children(*commands: Sequence[str]) -> Iterator[list["subprocess.Popen[bytes]"]]:
    """Commands that run for the length of the block, each in its own session: Ctrl-C is ours to pass on."""
    processes: list[subprocess.Popen[bytes]] = []
    try:
        processes.extend(start(*command) for command in commands)
        yield processes
    finally:
        stop(processes)


def stop(processes: Sequence["subprocess.Popen[bytes]"]) -> None:
    """Ask each to end, and make those end, with all that they started, that have not done so in time."""
    # A second Ctrl-C must not leave anything behind.
    for kind in ENDINGS:
        signal.signal(kind, signal.SIG_IGN)
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for process in processes:
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(0, deadline - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_for_answer(processes: Sequence["subprocess.Popen[bytes]"], host: str, port: int) -> None:
    """Until the first page comes. Raises CannotGoOn when it does not."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and all(process.poll() is None for process in processes):
        if answers(host, port):
            return
        time.sleep(0.1)
    raise CannotGoOn("The web server did not start; what went wrong is above.")


def answers(host: str, port: int) -> bool:
    """Does the server give a page, whichever?"""
    connection = http.client.HTTPConnection(host, port, timeout=READY_SECONDS)
    try:
        connection.request("HEAD", "/", headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR
    except OSError:
        return False
    finally:
        connection.close()


def print_welcome(host: str, port: int) -> None:
    """Where it is, and for the invented trust, how each role signs in."""
    print(f"\nAlongside is at http://{host}:{port}/  (Ctrl-C stops it)\n", flush=True)
    if is_trial():
        step("demo", "--who")


def wait_for_end(processes: Sequence["subprocess.Popen[bytes]"]) -> int:
    """Until Ctrl-C, which is a KeyboardInterrupt; gives 1 when one of them ends by itself."""
    while all(process.poll() is None for process in processes):
        time.sleep(0.5)
    print("The web server or the worker ended by itself; what went wrong is above.", file=sys.stderr)
    return 1
