"""What is written about the house is held against the house."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from alongside.config import reference
from alongside.config.errors import CannotGoOn
from alongside.law.clocks import CLOCKS
from tests.architecture.tree import HOUSE, ROOT, label, modules, slices

MAP = ROOT / "docs" / "policy-map.md"
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))


# --- The policy map --------------------------------------------------------------------------------------


def lines_of_the_map() -> list[list[str]]:
    rows = [line for line in MAP.read_text(encoding="utf-8").splitlines() if re.match(r"\| \d", line)]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def named_in(column: int) -> set[str]:
    return {name for row in lines_of_the_map() for name in re.findall(r"`([^`]+)`", row[column])}


def pages() -> dict[str, set[str]]:
    """The names of all pages, by namespace."""
    return {
        entry.namespace: {str(page.name) for page in entry.url_patterns if isinstance(page, URLPattern)}
        for entry in get_resolver().url_patterns
        if isinstance(entry, URLResolver) and entry.namespace
    }


def test_every_section_of_the_policy_has_its_line() -> None:
    assert [int(row[0]) for row in lines_of_the_map()] == list(range(1, 19))
    assert all(row[1] and row[2] and row[3] for row in lines_of_the_map())


def test_every_area_and_front_serves_some_section() -> None:
    there = {f"{path.parent.name}/{path.name}" for path in slices("areas", "fronts", "base")}
    assert there <= named_in(2), "say in the policy map which section it serves"
    assert all((HOUSE / name).is_dir() for name in named_in(2)), "the policy map names a folder that is no more"


def test_the_pages_that_it_names_are_there() -> None:
    there = pages()
    gone = {name for name in named_in(4) if name.partition(":")[2] not in there.get(name.partition(":")[0], set())}
    assert gone == set()
    areas = {path.name for path in slices("areas")}
    assert areas <= {name.partition(":")[0] for name in named_in(4)}, "an area without a page in the map"


def test_every_clock_stands_in_one_section() -> None:
    codes = [code.strip() for row in lines_of_the_map() for code in row[5].split(",") if code.strip()]
    assert sorted(codes) == sorted(CLOCKS)


# --- The reference ---------------------------------------------------------------------------------------


def test_the_reference_says_what_the_code_does() -> None:
    assert reference.behind_the_code() == [], "run: alongside docs"
    made = {path.name for path in reference.FOLDER.glob("*.md")}
    assert made == set(reference.pages()), "a page that nobody makes"


def test_every_table_of_states_is_drawn() -> None:
    text = (reference.FOLDER / "states.md").read_text(encoding="utf-8")
    for path in modules("rules.py"):
        if re.search(r"^NEXT\b", path.read_text(encoding="utf-8"), re.MULTILINE):
            assert f"`{path.relative_to(HOUSE)}`" in text, f"draw {label(path)} in config/reference.py"


def test_every_variable_that_is_read_is_in_the_reference() -> None:
    text = (reference.FOLDER / "settings.md").read_text(encoding="utf-8")
    read = re.compile(r"environ(?:\.get)?[\[(]\"(\w+)\"|env\.\w+\(\s*\"(\w+)\"")
    inside = {"DATABASE_ADMIN_URL", "DJANGO_SETTINGS_MODULE"}  # set by ourselves, for ourselves
    for path in modules():
        for found in read.finditer(path.read_text(encoding="utf-8")):
            name = found[1] or found[2]
            assert name in inside or f"`{name}`" in text, f"{label(path)} reads {name}"


def test_a_page_that_is_behind_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reference, "FOLDER", tmp_path)
    assert reference.behind_the_code() == sorted(reference.pages())
    assert reference.docs([]) == 0
    assert reference.docs(["--check"]) == 0
    (tmp_path / "roles.md").write_text("Everybody may do everything.", encoding="utf-8")
    with pytest.raises(CannotGoOn, match=r"roles\.md"):
        reference.docs(["--check"])


# --- Decisions -------------------------------------------------------------------------------------------

PARTS = ("## Context", "## Decision", "## Consequences")


def test_decisions_are_numbered_without_a_gap() -> None:
    assert len(DECISIONS) > 8
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_is_one_page_with_its_reasons(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# ")
    places = [text.index(part) for part in PARTS]
    assert places == sorted(places)
    assert len(text.split()) < 420, "one page"


@pytest.mark.parametrize("path", [MAP, *DECISIONS, *ROOT.glob("*.md")], ids=label)
def test_what_a_page_points_to_is_there(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert (path.parent / target).exists(), f"{label(path)} points to {target}"
    for name in re.findall(r"`((?:alongside|base|areas|fronts|config|law|kit|design|docs|tests)/[\w./-]+)`", text):
        bare = name.removesuffix("/")
        assert (ROOT / bare).exists() or (HOUSE / bare).exists(), f"{label(path)} names {name}"


def test_every_command_of_ours_is_there() -> None:
    from alongside.config.cli import OURS, own_command

    for name in OURS:
        assert callable(own_command(name)), name
