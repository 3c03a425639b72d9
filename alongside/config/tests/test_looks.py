"""The two commands that look at our own files: templates and sizes."""

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from alongside.config import sizes, templates


def test_a_template_that_does_not_compile_is_named_with_its_line() -> None:
    pages = {
        "good.html": "{{ a }}",
        "bad.html": "one\n{% if a %}",
        "filter.html": "{{ a|no_such_filter }}",
        "x.md": "{%",
    }
    found = list(templates.mistakes(Environment(loader=DictLoader(pages), autoescape=True)))
    assert [line.split(":")[0] for line in found] == ["bad.html", "filter.html"]
    assert "bad.html:2:" in found[0]
    assert "no_such_filter" in found[1]


def test_every_template_of_ours_is_compiled(capsys: pytest.CaptureFixture[str]) -> None:
    assert templates.templates([]) == 0, capsys.readouterr().out
    assert " 0 wrong." in capsys.readouterr().out


def test_a_function_is_as_long_as_its_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sizes, "ROOT", tmp_path)
    path = tmp_path / "a.py"
    path.write_text("@decorated\ndef long():\n    a = 1\n\n    return a\n\n\nclass B:\n    def short(self): ...\n")
    assert sorted(sizes.functions(path)) == [(1, "a.py:9 short"), (4, "a.py:2 long")]
    assert sizes.length(path) == 9


@pytest.mark.parametrize(("numbers", "middle"), [([], 0), ([7], 7), ([9, 1, 5], 5)])
def test_the_one_in_the_middle(numbers: list[int], middle: int) -> None:
    assert sizes.median(numbers) == middle


def test_tests_and_migrations_are_not_the_product(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sizes.sizes(["--count=3"]) == 0
    product = capsys.readouterr().out
    assert sizes.sizes(["--count=3", "--tests"]) == 0
    assert "/tests/" not in product
    assert "/migrations/" not in product
    assert "/tests/" in capsys.readouterr().out
