"""Imports go downwards: the contracts stand in pyproject.toml, and this asks whether they are kept."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.architecture.tree import ROOT, imported, label, modules, slices

HTTP = ("django.http", "django.shortcuts")


def contracts() -> list[dict[str, object]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: list[dict[str, object]] = settings["tool"]["importlinter"]["contracts"]
    return found


def test_every_contract_is_kept() -> None:
    program = Path(sys.executable).parent / "lint-imports"
    plain = {**os.environ, "NO_COLOR": "1", "COLUMNS": "200"}
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, env=plain, check=False)
    assert done.returncode == 0, done.stdout
    assert f"{len(contracts())} kept, 0 broken" in done.stdout


def test_every_area_has_its_place_in_the_order() -> None:
    listed = next(c for c in contracts() if c.get("containers") == ["alongside.areas"])["layers"]
    assert {area.name for area in slices("areas")} == set(listed)  # type: ignore[call-overload]
    inside = next(c for c in contracts() if c["name"] == "Inside a slice data flow one way")["containers"]
    assert {f"alongside.areas.{area.name}" for area in slices("areas")} == set(inside)  # type: ignore[call-overload]


def test_nobody_imports_the_configuration() -> None:
    importing = [
        label(path)
        for path in modules()
        if "config" not in path.parts and any(name.startswith("alongside.config") for name in imported(path))
    ]
    assert importing == []


def test_a_slice_takes_no_pages_and_no_forms_from_another() -> None:
    """Rows, reads and verbs may be shared; what somebody types and sees may not."""
    taken = [
        f"{label(path)} takes {name}"
        for area in slices("areas")
        for path in modules(within=area)
        for name in imported(path)
        if name.startswith("alongside.areas.") and not name.startswith(f"alongside.areas.{area.name}")
        and {"views", "forms", "urls", "paper_views"} & set(name.split("."))
    ]  # fmt: skip
    assert taken == []
