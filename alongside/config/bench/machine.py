"""Where it was measured; without it no millisecond means anything."""

from __future__ import annotations

import os
import platform
import sysconfig
from pathlib import Path

import psycopg


def machine(superuser: str) -> dict[str, str]:
    """Processor, Python and how it was built, PostgreSQL, and how busy the machine is already."""
    with psycopg.connect(superuser) as connection:
        version = connection.execute("show server_version").fetchone()
    return {
        "machine": f"{os.cpu_count()} × {processor()}, {platform.system()} {platform.release()}",
        "python": f"{platform.python_version()}, {build_words(sysconfig.get_config_var('CONFIG_ARGS') or '')}",
        "postgresql": str(version[0]) if version else "",
        "load": " ".join(f"{load:.2f}" for load in os.getloadavg()),
    }


def build_words(config: str) -> str:
    """Whether this Python was built with its optimisations, from what it was configured with."""
    found = [word for flag, word in (("--enable-optimizations", "PGO"), ("--with-lto", "LTO")) if flag in config]
    return f"built with {' and '.join(found)}" if found else "built without PGO or LTO"


def processor() -> str:
    """Its name where the system tells it."""
    told = Path("/proc/cpuinfo")
    names = [line.partition(":")[2].strip() for line in told.read_text().splitlines() if line.startswith("model name")] \
        if told.exists() else []  # fmt: skip
    return names[0] if names else platform.machine()
