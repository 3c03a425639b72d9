"""The contrast of every pair of colours that meet on a page, by the WCAG 2 formula, from the tokens themselves."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[1] / "css" / "_tokens.scss"
SURFACES = ("paper", "mist-50", "mist-100", "damson-50")
TEXT, LARGE_OR_EDGE = 4.5, 3.0
PAIRS = [
    *[(ink, surface, TEXT) for ink in ("ink", "ink-2", "ink-3", "damson", "damson-600") for surface in SURFACES],
    *[(state, surface, TEXT) for state in ("late", "risk", "met") for surface in ("paper", "mist-50", f"{state}-tint")],
    *[
        (ink, tint, TEXT)
        for ink in ("ink", "damson")
        for tint in ("late-tint", "risk-tint", "met-tint", "selected-tint")
    ],
    *[(ink, "selected-tint", TEXT) for ink in ("ink-2", "ink-3", "late", "risk", "met")],
    *[(ink, "primrose", TEXT) for ink in ("ink", "ink-2", "ink-3", "damson", "primrose-text", "met")],
    ("on-damson", "damson", TEXT),
    ("on-damson", "damson-600", TEXT),
    ("on-damson", "damson-800", TEXT),
    ("on-late", "late", TEXT),
    ("paper", "ink", TEXT),
    ("line-strong", "paper", LARGE_OR_EDGE),
    ("line-strong", "mist-100", LARGE_OR_EDGE),
    ("primrose-edge", "primrose", LARGE_OR_EDGE),
    ("chart-1", "paper", LARGE_OR_EDGE),
    ("chart-2", "paper", LARGE_OR_EDGE),
    *[("focus", surface, LARGE_OR_EDGE) for surface in (*SURFACES, "primrose", "damson-100", "selected-tint")],
]


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", block))


def luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def themes() -> dict[str, dict[str, str]]:
    light, rest = TOKENS.read_text().split("@media screen and (prefers-color-scheme: dark)")
    dark = rest.split("@media (prefers-contrast")[0]
    return {"light": colours(light), "dark": colours(light) | colours(dark)}


THEMES = themes()


@pytest.mark.parametrize(("one", "other", "ratio"), [("#000000", "#ffffff", 21.0), ("#5e2757", "#ffffff", 11.03)])
def test_the_formula_gives_known_figures(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "surface", "least"), PAIRS)
def test_what_is_written_can_be_read(theme: str, ink: str, surface: str, least: float) -> None:
    ratio = contrast(THEMES[theme][ink], THEMES[theme][surface])

    assert ratio >= least, f"--{ink} on --{surface} is {ratio:.2f} in the {theme} theme"


def test_the_dark_theme_changes_every_colour_that_the_light_one_has() -> None:
    fixed = {"chart-2"}  # reads on both
    unchanged = {name for name, value in THEMES["light"].items() if THEMES["dark"][name] == value}

    assert unchanged == fixed
