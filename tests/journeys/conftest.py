"""Journeys are walked in the machine's own Chromium: nothing is downloaded."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

# Playwright runs an event loop in this thread, which makes Django refuse the database unless it is told not to.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# It shall ask nobody for anything, and root has no sandbox.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever lies in this folder is a journey."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker("journey")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """How pytest-playwright starts the browser."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        pytest.fail("Journeys need Chromium. On Debian or Ubuntu: sudo apt-get install chromium")
    sandbox = ["--no-sandbox"] if os.getuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": program, "args": [*QUIET, *sandbox]}
