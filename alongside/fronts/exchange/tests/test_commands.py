"""The command line: import, undo-import, export-ctf."""

import json
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import call_command

from alongside.base.access.scope import scope
from alongside.base.pupils.models import Pupil
from alongside.base.schools.models import School
from alongside.fronts.exchange import actions
from alongside.fronts.exchange.ctf.format import read_ctf
from alongside.fronts.exchange.models import Batch
from alongside.fronts.exchange.record import PupilRecord
from alongside.fronts.exchange.tests.files import HEAD, UPNS, csv_file, csv_row
from tests.people import TODAY

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).parents[1] / "samples"
Answer = tuple[int, Any, str]


@pytest.fixture(autouse=True)
def uploads(settings: LazySettings, tmp_path: Path) -> None:
    settings.UPLOADS = tmp_path / "uploads"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """Run a command; gives its exit code, what it said (JSON if it is), and what it complained about."""

    def run_(name: str, *arguments: str) -> Answer:
        out, err = StringIO(), StringIO()
        code = 0
        try:
            call_command(name, *arguments, stdout=out, stderr=err)
        except SystemExit as stop:
            code = int(stop.code or 0)
        said = out.getvalue()
        return code, json.loads(said) if said.startswith("{") else said, err.getvalue()

    return run_


@pytest.fixture
def school() -> School:
    return School.objects.create(urn="190009", name="Beckside", short_name="Beckside", la="201", establishment="9009")


def pupils() -> Iterator[Pupil]:
    with scope(School.objects.values_list("pk", flat=True)):
        yield from Pupil.objects.all()


def test_a_ctf_makes_its_own_school(run: Callable[..., Answer]) -> None:
    code, said, _ = run("import", str(SAMPLES / "2019001_CTF_2019001_001.xml"), "--school", "190001", "--json")
    assert code == 0
    assert said["school"] == {"urn": "190001", "name": "Beckside Primary School"}
    assert {name: said[name] for name in ("kind", "rows", "new", "changed", "same", "conflict", "refused", "applied")} == {
        "kind": "ctf", "rows": 56, "new": 56, "changed": 0, "same": 0, "conflict": 0, "refused": 0, "applied": 56,
    }  # fmt: skip
    assert "was made" in said["notes"][0]
    assert len(list(pupils())) == 56
    code, said, _ = run("import", str(SAMPLES / "2019001_CTF_2019001_001.xml"), "--school", "190001", "--json")
    assert (code, said["same"], said["applied"]) == (0, 56, 0)


def test_refused_rows_are_told_with_line_upn_and_reason(run: Callable[..., Answer]) -> None:
    name = "bad_upn_letter_old_codes_duplicate_2019001_CTF_2019002_099.xml"
    code, said, _ = run("import", str(SAMPLES / name), "--school", "190002", "--json")
    assert code == 1
    assert (said["rows"], said["applied"], said["refused"]) == (4, 2, 2)
    wrong, twice = said["problems"]
    assert (wrong["line"], wrong["upn"]) == (24, "A201900120049")
    assert "check letter" in wrong["reasons"][0]
    assert "line 247 already" in twice["reasons"][0]
    text = run("import", str(SAMPLES / name), "--school", "190002")[1]
    assert "Refused: line 24, A201900120049 Esme Chowdhury: The check letter" in text


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("bad_truncated.xml", "stops short at line 83"),
        ("bad_external_entity.xml", "DOCTYPE"),
        ("none.csv", "There is no file"),
    ],
)
def test_what_cannot_be_read_leaves_nothing(run: Callable[..., Answer], file: str, words: str) -> None:
    code, said, _ = run("import", str(SAMPLES / file), "--school", "190002", "--name", "Elsewhere", "--json")
    assert code == 2
    assert words in said["error"]
    assert not School.objects.exists()
    code, said, err = run("import", str(SAMPLES / file), "--school", "190002", "--name", "Elsewhere")
    assert (code, said) == (2, "")
    assert words in err


def test_other_files_need_the_school_first(run: Callable[..., Answer], tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", csv_row(1))
    code, _, err = run("import", str(path), "--school", "190009")
    assert code == 2
    assert "alongside school add 190009 --name …" in err
    assert run("import", str(path), "--school", "12")[0] == 2
    assert run("import", str(path), "--school", "190009", "--name", "Beckside")[0] == 0


def test_one_school_needs_no_naming(run: Callable[..., Answer], school: School, tmp_path: Path) -> None:
    assert run("import", str(csv_file(tmp_path / "a.csv", csv_row(1))))[0] == 0
    School.objects.create(urn="190008", name="Other", short_name="Other")
    code, _, err = run("import", str(csv_file(tmp_path / "a.csv", csv_row(1))))
    assert code == 2
    assert "--school URN" in err


def test_a_dry_run_keeps_nothing(run: Callable[..., Answer], tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", csv_row(1), csv_row(2))
    code, said, err = run("import", str(path), "--school", "190009", "--name", "Beckside", "--dry-run", "--json")
    assert code == 0, err
    assert (code, said["new"], said["applied"], said["dry_run"]) == (0, 2, 0, True)
    assert not School.objects.exists()
    assert not list((tmp_path / "uploads" / "exchange").iterdir())


def test_columns_can_be_mapped(run: Callable[..., Answer], school: School, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", csv_row(1, sen_status="K"), head=HEAD.replace("SEN Status", "Support"))
    code, _, _ = run("import", str(path), "--school", school.urn, "--map", "Support=sen_provision")
    assert code == 0
    with scope([school.pk]):
        assert Pupil.objects.get().statuses.get().code == "K"
    code, _, err = run("import", str(path), "--school", school.urn, "--map", "Nothing=upn")
    assert code == 2
    assert "There is no column 'Nothing'" in err
    assert run("import", str(path), "--school", school.urn, "--map", "Support")[0] == 2


def test_conflicts_wait_unless_told(run: Callable[..., Answer], school: School, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", csv_row(1))
    run("import", str(path), "--school", school.urn)
    with scope([school.pk]):
        Pupil.objects.update(given_name="Judith")
    code, said, _ = run("import", str(path), "--school", school.urn, "--json")
    assert (code, said["conflict"], said["applied"]) == (1, 1, 0)
    assert said["problems"][0]["reasons"][-1] == "Forename: ours is Judith, the file's is Jude."
    code, said, _ = run("import", str(path), "--school", school.urn, "--json", "--yes-changed")
    assert (code, said["conflict"], said["applied"]) == (0, 0, 1)
    assert next(pupils()).given_name == "Jude"


def test_undo(run: Callable[..., Answer], school: School, tmp_path: Path) -> None:
    batch = run("import", str(csv_file(tmp_path / "a.csv", csv_row(1))), "--json")[1]["batch"]
    assert run("undo_import", str(batch), "--json")[1] == {"undone": 1, "kept": []}
    assert not list(pupils())
    code, _, err = run("undo_import", str(batch))
    assert code == 2
    assert "undone already" in err
    assert run("undo_import", "999999")[0] == 2


def test_export(run: Callable[..., Answer], school: School, tmp_path: Path) -> None:
    run("import", str(csv_file(tmp_path / "a.csv", csv_row(1), csv_row(2))))
    code, said, _ = run(
        "export_ctf", "--school", school.urn, "--pupil", UPNS[1], "--out", str(tmp_path), "--to", "2019002"
    )
    path = tmp_path / "2019009_CTF_2019002_001.xml"
    assert code == 0
    assert said == f"Wrote 1 pupil to {path}.\n"
    records = [item for item in read_ctf(path, name=path.name, on=TODAY) if isinstance(item, PupilRecord)]
    assert [record.upn for record in records] == [UPNS[1]]
    for wrong in (("--pupil", UPNS[9]), ("--pupil", UPNS[1], "--to", "nowhere")):
        assert run("export_ctf", "--school", school.urn, *wrong, "--out", str(tmp_path))[0] == 2
    assert run("export_ctf", "--school", "123456", "--pupil", UPNS[1])[0] == 2


def test_every_sample_comes_in_and_agrees(run: Callable[..., Answer]) -> None:
    """The same 118 pupils by four ways: what one file said, another of the same day does not contradict."""
    for name, urn, applied in (
        ("2019001_CTF_2019001_001.xml", "190001", 56), ("2019002_CTF_2019002_001.xml", "190002", 40),
        ("2019003_CTF_2019003_001.xml", "190003", 22), ("bromcom_shape_SENStudents.csv", "190002", 0),
        ("bromcom_shape_SENStudentNeeds.csv", "190002", 0),
    ):  # fmt: skip
        code, said, _ = run("import", str(SAMPLES / name), "--school", urn, "--json")
        assert (name, code, said["applied"]) == (name, 0, applied)
    for name, urn in (
        ("assembly_shape_students.json", "190002"), ("sims_report_shape_pupils_cp1252.csv", "190001"),
        ("wonde_shape_students_page1.json", "190001"),
    ):  # fmt: skip
        code, said, _ = run("import", str(SAMPLES / name), "--school", urn, "--json")
        assert (name, said["new"], said["refused"], said["conflict"]) == (name, 0, 0, 0)
    code, said, _ = run("import", str(SAMPLES / "arbor_graphql_shape_students.json"), "--school", "190003", "--json")
    assert (code, said["conflict"]) == (1, 22)  # no UPN: the same name and birth date are only a question
    with scope(School.objects.values_list("pk", flat=True)):
        assert Pupil.objects.count() == 118
        assert actions.counts(Batch.objects.order_by("pk")[0])["new"] == 56
