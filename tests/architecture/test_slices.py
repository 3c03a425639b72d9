"""Fifteen like things are easier than three clever ones: what files a slice has, and what stands in each."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.architecture.tree import AREAS, ROOT, calls, functions, imported, label, modules, slices, tree

FILES = frozenset({
    "__init__.py", "apps.py", "rules.py", "models.py", "queries.py", "actions.py", "deadlines.py", "evidence.py", "kinds.py",
    "jobs.py", "forms.py", "views.py", "urls.py", "papers.py", "paper_views.py", "papers_urls.py",
    "migrations", "jinja2", "tests",
})  # fmt: skip

# One more file than a slice has needs a reason; the reason stands here.
AND = {
    "assessment/files.py": "a file of results before it is saved: read, matched and shown, and the same reading again to save it",
    "assessment/grid.py": "the class’s page: read, shown again as typed, and filled from a pasted block",
    "assessment/judging.py": "cells against scales and against what stands; pure, for pages and files alike",
    "assessment/national.py": "what the codes of a transfer file’s results mean; pure",
    "assessment/placing.py": "which row of a block or a file is whose; pure, for pages and files alike",
    "assessment/scales": "the scales as shipped: facts with their sources and no code",
    "assessment/shipped.py": "reads those files into the table after a migration",
    "assessment/tally.py": "how much is in, counted for classes, schools and clocks alike: one statement and who reads it",
    "classroom/sheet.py": "the class sheet: one query and its layout, beside the pages of a single pupil",
    "clocks/monitor.py": "how all clocks run: one wide page, beside those of a single row",
    "duties/catalogue": "the duties as shipped: one file a policy section, facts and no code",
    "duties/compute.py": "works states out of facts, for the verbs that store them and the pages that look behind them",
    "duties/management": "its command: what proves each duty",
    "duties/overview.py": "what boards read: families, trends, questions, the trust’s schools side by side",
    "duties/pupil_page.py": "one pupil's duties: the same proofs asked about a single pupil",
    "duties/scheme.py": "who answers for what: the scheme of delegation, and a duty in its versions",
    "duties/signing.py": "whole terms out of a calendar, and which may be signed off; pure, beside the rules of states",
    "duties/terms.py": "the page of the headteacher’s sign-off, read by the headteacher’s week too",
    "duties/standing.py": "writes the copies: ends a period of a state and begins another",
    "duties/shipped.py": "reads those files into the table after a migration",
    "concerns/beside.py": "where areas above lay what stands beside a concern; a list of functions, as clocks have",
    "identification/beside.py": "what this area lays there",
    "identification/compute.py": "reads the trust's results as columns and judges them, for the verb that stores it",
    "identification/counts.py": "pages of counts for those who may name nobody: schools, and groups of pupils",
    "identification/pupil.py": "one pupil's progress with its charts, which concerns show as well",
    "identification/signs.py": "the page of the four signs: a simulation and a history, of no pupil",
    "identification/standing.py": "where a pupil stands in the sweep; pure, beside the rules of flags",
    "identification/sweep.py": "the whole-school sweep: every pupil in one statement",
    "policy/publishing": "what is published: the approved file, the daily look at the website, and the web version",
    "policy/reviews": "the review: verbs, pages and views of its own, beside those of the text",
    "policy/shipped.py": "reads the text as issued into tables after a migration",
    "policy/telling": "who was told and who has read: verbs, pages and views of its own, and a starter's induction",
    "policy/text": "the text as issued, what is odd in it, the law it cites, the questions: facts and no code",
    "morning/calendar.py": "writes the calendar's own format, for one view",
    "provision/catalogue.py": "the catalogue that provision is chosen from: a list of the trust's, of no pupil",
    "provision/map.py": "the provision map: one wide table in four cuts",
    "training/courses.py": "courses, their days and coverage: read by pages alone, beside the record of a person",
    "training/trust.py": "the trust's own view: shared needs as counts, and who signs for central staff",
    "support/family_copy.py": "the plan in plain words; pure, and read by pages, papers and families alike",
    "support/plan_page.py": "the plan editor: one form and up to four more, saved together or not at all",
}  # fmt: skip


def test_a_slice_has_the_files_of_a_slice() -> None:
    there = {label(path) for area in slices("areas") for path in area.iterdir() if path.name != "__pycache__"}
    known = {f"alongside/areas/{area.name}/{name}" for area in slices("areas") for name in FILES}
    known |= {f"alongside/areas/{name}" for name in AND}
    assert there - known == set(), "no such file in a slice; give it another place, or its reason in AND"
    gone = {name for name in AND if not (AREAS / name).exists()}
    assert gone == set(), "AND speaks of files that are no more"


@pytest.mark.parametrize("area", slices("areas"), ids=lambda path: path.name)
def test_a_slice_says_which_part_of_the_policy_it_is(area: Path) -> None:
    words = ast.get_docstring(tree(area / "__init__.py")) or ""
    assert words.startswith("Policy section"), f"{label(area)}/__init__.py"


@pytest.mark.parametrize("path", modules("*views.py"), ids=label)
def test_views_fetch_clean_act_and_answer(path: Path) -> None:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute):
            assert node.attr != "objects", f"{label(path)}:{node.lineno} asks the database; that is a query's work"
    saving = [call for call in calls(tree(path), without="by") if call.endswith((".save", ".delete", ".create"))]
    assert saving == [], f"{label(path)} writes; that is an action's work"
    roles = [
        node.lineno for node in ast.walk(tree(path)) if isinstance(node, ast.If) and "role" in ast.unparse(node.test)
    ]
    assert roles == [], f"{label(path)} decides by role; ask for a permission"


@pytest.mark.parametrize("path", modules("*forms.py"), ids=label)
def test_forms_clean_and_never_save(path: Path) -> None:
    names = [node.name for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef)]
    assert "save" not in names
    assert not [
        call for call in calls(tree(path)) if call.endswith((".save", ".create", ".update_or_create", ".delete"))
    ]
    assert "django.forms.ModelForm" not in imported(path) and "ModelForm" not in ast.unparse(tree(path))


@pytest.mark.parametrize("path", modules("urls.py") + modules("papers_urls.py"), ids=label)
def test_addresses_only_list(path: Path) -> None:
    if path == ROOT / "alongside/config/urls.py":
        return
    assert functions(path) == {}


SIGNALS = ("django.dispatch", "django.db.models.signals", "django.core.signals", "blinker")


def test_no_action_at_a_distance() -> None:
    """No signals, no overridden save: what a line does must be visible from the line."""
    listening = [label(path) for path in modules() if any(name.startswith(SIGNALS) for name in imported(path))]
    assert listening == []
    overridden = [
        f"{label(path)}:{method.name}"
        for path in modules("models.py")
        for model in tree(path).body
        if isinstance(model, ast.ClassDef)
        for method in model.body
        if isinstance(method, ast.FunctionDef) and method.name in {"save", "delete", "full_clean"}
    ]
    assert overridden == []


def test_the_queue_knows_the_jobs_of_every_slice() -> None:
    """A jobs.py that nobody imports never runs."""
    known = imported(ROOT / "alongside/config/jobs.py")
    jobs = {".".join(path.relative_to(ROOT).with_suffix("").parts) for path in modules("jobs.py")}
    assert jobs - known - {"alongside.config.jobs", "alongside.kit.jobs"} == set()


CLOCKS = frozenset({
    "date.today", "datetime.today", "datetime.now", "datetime.utcnow", "dt.date.today", "dt.datetime.now", "time.time",
    "timezone.now", "timezone.localdate", "timezone.localtime", "datetime.date.today", "datetime.datetime.now",
})  # fmt: skip


def test_only_the_kit_asks_what_day_it_is() -> None:
    """Deadlines are our trade: they must be testable on any day."""
    asking = [label(path) for path in modules() if CLOCKS & set(calls(tree(path)))]
    assert asking == ["alongside/kit/time.py"]


def test_only_views_jobs_and_commands_take_the_day_from_the_kit() -> None:
    """Everything else is told the day. A field reads a day that was typed without its year as of the day of typing."""
    taking = {label(path) for path in modules() if {"alongside.kit.today", "alongside.kit.time.today"} & imported(path)}
    rightly = {"views.py", "paper_views.py", "jobs.py", "web.py", "backends.py", "fields.py"}
    floors = ("alongside/config/", "alongside/kit/")
    assert not {
        name
        for name in taking
        if name.rsplit("/", 1)[-1] not in rightly and not name.startswith(floors) and "/management/" not in name
    }
