"""Requests by the thousand with wrk, and reading what it found."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from alongside.config.errors import CannotGoOn

INSTALL = "apt-get install --yes --no-install-recommends wrk"

# Each request is the next of a list, so that no two save the same thing; at the end of the list wrk stops. The mean
# would hide what the slowest people wait for, so only percentiles are told. wrk.thread:get reads what another thread
# counted, which is how done() learns of it.
_SCRIPT = """
local asked = dofile(os.getenv("ALONGSIDE_ASKED"))
local at, threads = 0, {}
good, other = 0, 0
function setup(thread) table.insert(threads, thread) end
function request()
  at = at % #asked + 1
  local a = asked[at]
  return wrk.format(a.method, a.path, a.headers, a.body)
end
function response(status)
  if status == WANTED then good = good + 1 else other = other + 1 end
  if ONCE and good + other >= #asked - 10 then wrk.thread:stop() end
end
function done(summary, latency, requests)
  local good, other = 0, 0
  for _, thread in ipairs(threads) do good, other = good + thread:get("good"), other + thread:get("other") end
  io.write(string.format('{"good": %d, "other": %d, "seconds": %f, "p50": %f, "p95": %f}\\n',
    good, other + summary.errors.timeout, summary.duration / 1e6,
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3))
end
"""


@dataclass(frozen=True, slots=True)
class Ask:
    """One request; `status` is what a right answer carries."""

    path: str
    headers: Mapping[str, str]
    method: str = "GET"
    body: str = ""


@dataclass(frozen=True, slots=True)
class Load:
    """What came of it: answers in the time, and how long half and nineteen in twenty of them took."""

    good: int
    other: int
    seconds: float
    p50: float
    p95: float

    @property
    def rps(self) -> float:
        return self.good / self.seconds if self.seconds else 0.0


def find_wrk() -> str:
    """wrk, installed from Debian if need be and we may. Raises CannotGoOn with the line to type."""
    if not shutil.which("wrk") and os.getuid() == 0 and shutil.which("apt-get"):
        subprocess.run(INSTALL.split(), check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    found = shutil.which("wrk")
    if not found:
        raise CannotGoOn(f"wrk is needed, which sends the requests: sudo {INSTALL}")
    return found


def load(
    address: str, asked: Sequence[Ask], *, connections: int, seconds: float, folder: Path, status: int, once: bool
) -> Load:
    """Ask for so long, over so many connections; with `once`, each request one time and then no more."""
    listed, script = folder / "asked.lua", folder / "script.lua"
    listed.write_text(lua_list(asked), encoding="utf-8")
    script.write_text(
        _SCRIPT.replace("WANTED", str(status)).replace("ONCE", "true" if once else "false"), encoding="utf-8"
    )
    done = subprocess.run(
        [find_wrk(), "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--timeout", "20s", "-s", script, address],
        env={**os.environ, "ALONGSIDE_ASKED": str(listed)}, capture_output=True, text=True, check=False,
        timeout=seconds + 60,
    )  # fmt: skip
    return read(done.stdout, done.stderr)


def lua_list(asked: Sequence[Ask]) -> str:
    """The requests as a table of Lua's."""
    return "return {\n" + "".join(f"  {_lua(asdict(ask))},\n" for ask in asked) + "}\n"


def _lua(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"[{_lua(key)}]={_lua(part)}" for key, part in value.items()) + "}"
    text = str(value).encode()
    return '"' + "".join(chr(b) if 32 <= b < 127 and chr(b) not in '"\\' else f"\\{b:03d}" for b in text) + '"'


def read(said: str, errors: str = "") -> Load:
    """The line that our script printed. Raises CannotGoOn with what wrk said when there is none."""
    lines = [line for line in said.splitlines() if line.startswith("{")]
    if not lines:
        raise CannotGoOn(f"wrk found nothing out: {(errors or said).strip()[-500:] or 'it said nothing'}")
    return Load(**json.loads(lines[-1]))
