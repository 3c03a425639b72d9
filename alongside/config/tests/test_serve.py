"""Starting everything and stopping it again."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from alongside.config import serve
from alongside.config.errors import CannotGoOn, Usage

STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
FAMILY = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {STUBBORN!r}])"


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    """Whatever a test does to the handlers of signals, it is undone."""
    before = {kind: signal.getsignal(kind) for kind in serve.ENDINGS}
    yield
    for kind, handler in before.items():
        signal.signal(kind, handler)


def own_session(script: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, start_new_session=True)


def test_a_port_that_is_taken_is_said_with_the_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(Usage, match=rf"Port {port} on 127\.0\.0\.1 is not free.*PORT={port + 1} make run"):
            serve.check_port("127.0.0.1", port)
    serve.check_port("127.0.0.1", port)


@pytest.mark.parametrize("port", ["0", "65536", "eighty", "-1"])
def test_a_port_that_is_none(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(Usage, match="must be a number from 1 to 65535"):
        serve.parse("run", "", [])


def test_the_port_comes_from_the_command_then_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PORT", raising=False)
    assert serve.parse("run", "", []).port == 8000
    monkeypatch.setenv("PORT", "8001")
    assert serve.parse("run", "", []).port == 8001
    assert serve.parse("run", "", ["--port=8002"]).port == 8002


def test_the_web_server_alone_wants_a_database_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL")
    with pytest.raises(Usage, match="DATABASE_URL"):
        serve.serve([])


def test_a_step_that_fails_is_named() -> None:
    with pytest.raises(CannotGoOn, match="`alongside serve --port=none` failed"):
        serve.step("serve", "--port=none")


def test_what_will_not_end_is_ended_with_all_it_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "STOP_SECONDS", 0.1)
    with own_session(FAMILY) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"up\n"
        serve.stop([process])
        # Nobody who could write is left, neither the process nor its child.
        assert process.stdout.read() == b""
        assert process.returncode is not None


def test_one_that_ends_by_itself_ends_the_whole(capsys: pytest.CaptureFixture[str]) -> None:
    with own_session("pass") as process:
        process.wait()
        assert serve.wait_for_end([process]) == 1
        assert "ended by itself" in capsys.readouterr().err
        with pytest.raises(CannotGoOn, match="did not start"):
            serve.wait_for_answer([process], "127.0.0.1", 9)


def test_it_waits_for_the_first_page() -> None:
    page = "HTTP/1.1 404 Not Found\\r\\nContent-Length: 0\\r\\nConnection: close\\r\\n\\r\\n"
    script = f"""
import socket
with socket.create_server(("127.0.0.1", 0)) as server:
    print(server.getsockname()[1], flush=True)
    caller, _ = server.accept()
    caller.recv(9999)
    caller.sendall(b"{page}")
"""
    with own_session(script) as process:
        assert process.stdout is not None
        serve.wait_for_answer([process], "127.0.0.1", int(process.stdout.readline()))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent is gone")
def test_a_child_ends_when_its_parent_is_killed() -> None:
    script = f"""
import signal, subprocess, sys
from alongside.config.processes import die_with_parent
subprocess.run([sys.executable, "-c", {STUBBORN!r}], preexec_fn=die_with_parent(signal.SIGKILL))
"""
    root = Path(__file__).resolve().parents[3]
    process = subprocess.Popen([sys.executable, "-c", script], cwd=root, stdout=subprocess.PIPE)
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"up\n"
        began = time.monotonic()
        os.kill(process.pid, signal.SIGKILL)
        assert process.stdout.read() == b""
        assert time.monotonic() - began < 30


def test_the_help_of_each() -> None:
    for command in (serve.run, serve.serve):
        with pytest.raises(SystemExit) as ended:
            command(["--help"])
        assert ended.value.code == 0
