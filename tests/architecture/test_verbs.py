"""A verb does the whole thing: by whom, on which day, in one transaction, and told in the history."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.architecture.tree import calls, functions, imported, label, modules, reached, tree

WRITING = (
    ".save", ".create", ".update", ".delete", ".bulk_create", ".bulk_update", ".update_or_create", ".get_or_create",
)  # fmt: skip
TELLING = ("history.record", "history.record_many", "_record", "record")
# Verbs of nobody: what they do is done by the clock, or by somebody who is not signed in yet.
BY_NOBODY = {
    "deadlines/actions.py:refresh": "computes copies from facts",
    "deadlines/actions.py:refresh_at_night": "computes copies from facts",
    "clocks/actions.py:warn": "done by the clock",
    "deadlines/actions.py:keep_run": "done by the clock",
    "duties/actions.py:settle": "computes copies from facts",
    "duties/actions.py:touch": "a part of other verbs, which say by whom",
    "duties/actions.py:touch_trust": "a part of other verbs, which say by whom",
    "morning/actions.py:mail": "done by the clock",
    "morning/actions.py:read_feed": "whoever reads a calendar is not signed in",
    "morning/actions.py:stop_mail": "whoever holds the link is not signed in",
    "notices/actions.py:tell": "speaks for the verb that calls it",
    "portal/actions.py:enter": "whoever enters is not signed in yet",
    "portal/actions.py:mail_key": "done by a job",
    "provision/actions.py:recount": "computes copies from facts",
    "register/actions.py:change_status": "a part of other verbs, which say by whom",
}  # fmt: skip
# Parts of other verbs and of jobs, which have the transaction.
PARTS = {
    "deadlines/actions.py:refresh": "called last by every verb",
    "deadlines/actions.py:refresh_at_night": "called by the nightly job",
    "provision/actions.py:recount": "called by the nightly job",
    "register/actions.py:change_status": "called by the verbs of the register and by imports",
}
# Verbs of an area that ask for no permission, and why.
BY_ANYBODY = {
    "classroom/actions.py:family_note": "a family's own words about its own child",
    "classroom/actions.py:looked_at": "notes who looked; the query before it is the wall",
    "classroom/actions.py:opened": "notes who looked; the query before it is the wall",
    "concerns/actions.py:close_after_decision": "a part of the register's decision, which has asked",
    "register/actions.py:drop_view": "a person's own list",
    "register/actions.py:keep_view": "a person's own list",
}


@dataclass(frozen=True)
class Verb:
    path: Path
    name: str
    node: ast.FunctionDef

    def __str__(self) -> str:
        return f"{'/'.join(self.path.parts[-2:])}:{self.name}"

    @property
    def takes(self) -> set[str]:
        return {argument.arg for argument in self.node.args.kwonlyargs}

    @property
    def positional(self) -> list[str]:
        return [argument.arg for argument in (*self.node.args.posonlyargs, *self.node.args.args)]

    @property
    def writes(self) -> list[str]:
        return sorted(
            call for call in reached(self.path, self.name) if call.endswith(WRITING) and "hashlib" not in call
        )

    @property
    def tells(self) -> bool:
        return any(call in TELLING for call in reached(self.path, self.name))

    @property
    def atomic(self) -> bool:
        decorated = any(ast.unparse(decorator).endswith("atomic") for decorator in self.node.decorator_list)
        return decorated or any(call.endswith("atomic") for call in calls(self.node))


def verbs() -> list[Verb]:
    """The public functions of every actions.py that write. History's own are what the others write with."""
    found = (
        Verb(path, name, node)
        for path in modules("actions.py")
        if path.parent.name != "history"
        for name, node in functions(path).items()
        if not name.startswith("_")
    )
    return [verb for verb in found if verb.writes or verb.tells]


VERBS = verbs()


def test_there_are_verbs() -> None:
    assert len(VERBS) > 40


@pytest.mark.parametrize("verb", VERBS, ids=str)
def test_a_verb_is_called_by_names(verb: Verb) -> None:
    assert verb.positional == [], f"{verb}: put `*` in front of the arguments"


@pytest.mark.parametrize("verb", VERBS, ids=str)
def test_a_verb_says_by_whom(verb: Verb) -> None:
    assert "by" in verb.takes or str(verb) in BY_NOBODY, f"{verb} does not say by whom"


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb.tells], ids=str)
def test_what_goes_into_the_history_has_its_day(verb: Verb) -> None:
    assert "on" in verb.takes, f"{verb} does not say on which day"


@pytest.mark.parametrize("verb", [verb for verb in VERBS if len(verb.writes) + verb.tells > 1], ids=str)
def test_a_verb_that_writes_twice_writes_all_or_nothing(verb: Verb) -> None:
    assert verb.atomic or str(verb) in PARTS, f"{verb} writes {', '.join(verb.writes)} outside a transaction of its own"


@pytest.mark.parametrize("path", modules("actions.py"), ids=label)
def test_a_module_of_verbs_tells_the_history(path: Path) -> None:
    rows_of_their_own = {"notices", "deadlines", "history"}  # what they write is itself a telling, or a copy
    if path.parent.name not in rows_of_their_own:
        assert any("history" in name for name in imported(path)), f"{label(path)} never writes history"


@pytest.mark.parametrize("path", modules("actions.py"), ids=label)
def test_verbs_check_who_may(path: Path) -> None:
    """In an area every verb asks the actor: `must` stands in it, or in a function of its module that it calls."""
    if "areas" not in path.parts:
        return
    silent = [
        str(verb)
        for verb in VERBS
        if verb.path == path
        and "by" in verb.takes
        and not any(call.endswith((".must", ".may")) for call in reached(path, verb.name))
    ]
    assert [name for name in silent if name not in BY_ANYBODY] == []


def test_exceptions_are_not_forgotten() -> None:
    known = {str(verb) for verb in VERBS}
    assert (set(BY_NOBODY) | set(PARTS) | set(BY_ANYBODY)) - known == set(), "they speak of verbs that are no more"


def test_every_kind_of_event_is_told_by_some_verb() -> None:
    """A sentence that no verb writes is dead."""
    written = " ".join(path.read_text(encoding="utf-8") for path in modules())
    dead = [
        f"{label(path)}:{target.id}"
        for path in modules("kinds.py")
        for node in tree(path).body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and ast.unparse(node.value.func) == "Kind"
        for target in node.targets
        if isinstance(target, ast.Name) and f"kinds.{target.id}" not in written and f"import {target.id}" not in written
    ]
    assert dead == []
