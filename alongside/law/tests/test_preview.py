"""What a proposal would ask, counted on a school as it is."""

import pytest

from alongside.law.codes import LAYERS, Provision
from alongside.law.preview import LAYERS_OF, Ahead, ahead, reviewed_then


def test_a_school_under_two_laws() -> None:
    pupils = [
        ("N", "4"),
        ("N", "6"),
        ("K", "6"),
        ("K", "1"),
        ("K", "R"),
        ("E", "6"),
        ("E", "5"),
        ("E", "N1"),
        ("E", "3"),
    ]
    assert ahead(pupils) == Ahead(2, 3, 4, 7, 4, 2)
    assert ahead([]) == Ahead(0, 0, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("year", "reviewed"),
    [("N2", True), ("R", True), ("1", False), ("2", True), ("6", True), ("8", False), ("9", True), ("11", True),
     ("10", False), ("13", True), ("X", False)],
)  # fmt: skip
def test_when_a_plan_would_be_reviewed(year: str, reviewed: bool) -> None:
    assert reviewed_then(year) is reviewed


def test_every_code_of_today_has_its_layers() -> None:
    assert set(LAYERS_OF) == set(Provision)
    assert sorted(layer for layers in LAYERS_OF.values() for layer in layers) == sorted(entry.code for entry in LAYERS)
