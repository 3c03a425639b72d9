"""The keeper: a process that starts the PostgreSQL server, watches it, and stops it when nobody needs it.

Started by postgres.py, never by hand. It holds the server as a child; should it be killed, the kernel stops
the server too, and should the server be killed, it is started again.
"""

import json
import os
import select
import shutil
import signal
import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from alongside.config.cluster import Server, prepare, start, stop, throw_away
from alongside.config.locks import exclusive
from alongside.config.postgres import PREFIX, TEMPORARY, PostgresError


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
