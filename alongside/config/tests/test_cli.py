"""The one command: what it passes on, to whom, and what it says when it cannot."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from psycopg.errors import UndefinedTable

from alongside.config import cli
from alongside.config.errors import CannotGoOn, Usage


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What happens, in order, when Django and the database are only pretended."""
    events: list[str] = []

    class Utility:
        def __init__(self, words: list[str]) -> None:
            self.words = words

        def execute(self) -> None:
            as_owner = os.environ.get("ALONGSIDE_DB_AS") == "owner"
            events.append(" ".join(self.words) + (" as owner" if as_owner else ""))

    @contextmanager
    def database() -> Iterator[None]:
        events.append("database up")
        yield
        events.append("database down")

    monkeypatch.delenv("ALONGSIDE_DB_AS", raising=False)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    monkeypatch.setattr("django.core.management.ManagementUtility", Utility)
    monkeypatch.setattr(cli, "database", database)
    return events


@pytest.mark.parametrize(
    ("typed", "done"),
    [
        ("nightly", "alongside nightly"),
        ("export-ctf 12 --out a-b", "alongside export_ctf 12 --out a-b"),
        ("worker -q mail", "alongside procrastinate worker -q mail"),
        ("migrate schools", "alongside migrate schools as owner"),
    ],
)
def test_a_command_runs_while_the_database_is_up(
    said: list[str], monkeypatch: pytest.MonkeyPatch, typed: str, done: str
) -> None:
    monkeypatch.setenv("ALONGSIDE_DB_AS", "app")
    assert cli.main(typed.split()) == 0
    assert said == ["database up", done, "database down"]


@pytest.mark.parametrize("typed", ["check", "makemigrations --check", "help migrate", "import --help", "--version"])
def test_a_command_that_looks_at_no_rows_starts_no_database(said: list[str], typed: str) -> None:
    assert cli.main(typed.split()) == 0
    assert said == [f"alongside {typed}"]


@pytest.mark.parametrize("typed", ["", "help", "-h", "--help"])
def test_the_help_has_an_example_of_every_command_of_ours(
    said: list[str], capsys: pytest.CaptureFixture[str], typed: str
) -> None:
    assert cli.main(typed.split()) == 0
    printed = capsys.readouterr().out
    for name in (*cli.OURS, "demo", "import", "export-ctf", "school", "invite", "nightly", "worker", "migrate"):
        assert f"alongside {name}" in printed
    assert said == []


@pytest.mark.parametrize(("error", "code"), [(CannotGoOn("The disk is full."), 1), (Usage("No such day."), 2)])
def test_what_cannot_be_done_is_said_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: CannotGoOn, code: int
) -> None:
    def fail(*_: str) -> int:
        raise error

    monkeypatch.setattr(cli, "dispatch", fail)
    assert cli.main(["anything"]) == code
    assert capsys.readouterr().err == f"alongside: {error}\n"


def test_every_command_of_ours_is_there() -> None:
    for name in cli.OURS:
        assert callable(cli.own_command(name))
    assert cli.own_command("migrate") is None


def test_a_database_without_tables_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def ask(*_: str) -> int:
        try:
            raise UndefinedTable('relation "schools_school" does not exist')
        except UndefinedTable as cause:
            raise RuntimeError("as Django wraps it") from cause

    monkeypatch.setattr(cli, "dispatch", ask)
    assert cli.main(["school", "list"]) == 1
    assert "Make them first: alongside migrate" in capsys.readouterr().err


def test_any_other_error_stays_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(*_: str) -> int:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(cli, "dispatch", ask)
    with pytest.raises(RuntimeError, match="a fault of ours"):
        cli.main(["school", "list"])
