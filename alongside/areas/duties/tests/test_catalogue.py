"""The catalogue as shipped: whole, readable, loaded once, and beside a trust's own versions."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from alongside.areas.duties import actions, compute, shipped
from alongside.areas.duties.models import Duty, Standing
from alongside.areas.duties.rules import FAMILIES, NO_RECORDS
from alongside.base.evidence.proofs import PROOFS, Evidence, State, Whole, proves
from tests.people import TODAY, World

ENTRIES = shipped.entries()


def test_every_duty_is_there_once() -> None:
    assert len(ENTRIES) == len({entry.code for entry in ENTRIES}) == 366
    assert {entry.section for entry in ENTRIES} == set(range(20)) == set(shipped.sections())
    assert {entry.family for entry in ENTRIES} == set(FAMILIES)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.code)
def test_a_duty_says_what_it_is_in_words(entry: shipped.Entry) -> None:
    assert int(entry.code[1:3]) == entry.section
    assert len(entry.says.split()) > 4 and len(entry.rule.split()) > 4 and 0 < len(entry.title) <= 80


@pytest.mark.parametrize("proof", PROOFS.values(), ids=lambda proof: proof.duty)
def test_a_function_proves_a_duty_that_is_computed_and_held_there(proof: object) -> None:
    from alongside.base.evidence.proofs import Proof

    assert isinstance(proof, Proof)
    entry = next(entry for entry in ENTRIES if entry.code == proof.duty)
    assert entry.evidence == Evidence.COMPUTED
    assert entry.holds_for != ("school" if proof.whole is Whole.TRUST else "trust")
    assert proof.says.endswith(".") and len(proof.says.split()) > 5


def test_a_duty_has_one_function() -> None:
    with pytest.raises(ValueError, match="S02-08 is proved by"):

        @proves("S02-08")
        def another() -> str:
            return ""


@pytest.mark.parametrize(
    ("line", "says"),
    [('owner = "wizard"', "wizard is no role"), ('clock = "X-99"', "X-99 is no clock"), ('evidence = "hope"', "hope"),
     ('colour = "green"', "colour")],
)  # fmt: skip
def test_a_file_that_cannot_be_used_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, says: str
) -> None:
    rows = {
        "code": "S04-01", "title": "T", "says": "S", "rule": "R", "family": 2, "holds_for": "school", "about": "pupil",
        "kind": "record", "owner": "senco", "cadence": "yearly", "when": "annual", "evidence": "computed",
    }  # fmt: skip
    rows.pop(line.split(" ")[0], None)
    text = "section = 4\nname = 'N'\nvalid_from = 2025-09-01\n[[duty]]\n"
    text += "\n".join(f"{name} = {json.dumps(value)}" for name, value in rows.items())
    (tmp_path / "04-x.toml").write_text(f"{text}\n{line}\n", encoding="utf-8")
    monkeypatch.setattr(shipped, "FOLDER", tmp_path)
    shipped.entries.cache_clear()
    try:
        with pytest.raises(ValueError, match=f"S04-01.*{says}"):
            shipped.entries()
    finally:
        shipped.entries.cache_clear()


@pytest.mark.django_db
def test_it_is_loaded_once_and_put_right() -> None:
    assert Duty.objects.filter(own=False).count() == 366
    assert shipped.load() == 0
    Duty.objects.filter(code="S04-01").update(title="Something else")
    Duty.objects.filter(code="S04-02").delete()
    assert shipped.load() == 2
    assert compute.catalogue(TODAY)["S04-01"].title != "Something else"


@pytest.mark.django_db
def test_a_trusts_own_version_outlives_a_load() -> None:
    row = Duty.objects.get(code="S04-01")
    row.pk, row.own, row.title = None, True, "Ours"
    row.save(force_insert=True)
    shipped.load()
    assert compute.catalogue(TODAY)["S04-01"].title == "Ours"
    assert "S04-01" not in compute.catalogue(date(2020, 1, 1))


# --- The command ------------------------------------------------------------------------------------------


def said(*words: str) -> str:
    out = StringIO()
    call_command("duties", *words, stdout=out)
    return out.getvalue()


def test_coverage_names_every_duty_and_its_function() -> None:
    rows = json.loads(said("coverage", "--json"))
    assert len(rows) == 366
    assert {row["duty"] for row in rows if row["function"]} == set(PROOFS)
    text = said("coverage")
    assert "366 duties" in text and f"{len(PROOFS)} have a function" in text
    assert "areas.concerns.evidence.concerns_are_triaged_in_time" in text


def test_every_duty_without_a_function_says_which_record_is_missing() -> None:
    rows = json.loads(said("coverage", "--json"))
    reasons = [row["missing"] for row in rows if row["evidence"] == "computed" and not row["function"]]
    assert (
        len(reasons) == sum(row["evidence"] == "computed" for row in rows) - len(PROOFS) and NO_RECORDS not in reasons
    )
    assert len(set(reasons)) == len(reasons), "one sentence for two duties says of neither what it lacks"
    assert all(reason.startswith("No record of ") and reason.endswith(".") for reason in reasons)
    assert not [row["duty"] for row in rows if row["missing"] and row["evidence"] != "computed"]


@pytest.mark.django_db
def test_the_reason_stands_at_the_duty(world: World) -> None:
    actions.refresh(schools=[world.oakfield.pk], on=TODAY, codes=["S09-20"])
    row = Standing.objects.get(school=world.oakfield, duty="S09-20")
    assert (row.state, row.why) == (State.NOT_EVIDENCED, "No record of meetings and who was invited is kept yet.")


def test_recompute_version_and_delegate(world: World) -> None:
    assert "2 schools: 612 states new" in said("recompute")
    assert "1 schools" in said("recompute", "--school", world.oakfield.urn)
    assert Standing.objects.filter(duty="S02-08", state=State.MET).count() == 2
    assert "from 01 January 2027" in said("version", "S03-44", "--from", "2027-01-01", "--owner", "head")
    assert "answered for by dsl" in said("delegate", "S03-44", "--to", "dsl", "--school", world.oakfield.urn)


@pytest.mark.parametrize(
    "words",
    [("recompute", "--school", "999999"), ("version", "S99-99", "--from", "2027-01-01", "--owner", "head"),
     ("version", "S03-44", "--from", "2027-01-01"), ("delegate", "S03-44", "--to", "wizard")],
)  # fmt: skip
def test_a_command_that_is_refused(world: World, words: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        said(*words)
