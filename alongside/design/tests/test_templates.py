"""What must hold for every template and drawing of the product, read as text."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from markupsafe import Markup

from alongside.design.environment import environment

HERE = Path(__file__).resolve().parents[1]
PRODUCT = HERE.parent
# A sheet that we turn into PDF ourselves reaches no browser, and may carry its own style.
TEMPLATES = sorted(
    path
    for path in PRODUCT.glob("**/jinja2/**/*.html")
    if path.name != "pdf.html" and "documents/pdf.html" not in path.read_text()
)
STYLES = sorted((HERE / "css").glob("*.scss"))
SPRITE = set(re.findall(r'<symbol id="([a-z-]+)"', (HERE / "icons.svg").read_text()))

INLINE = re.compile(r"""<[a-z][^>]*?\s(style|on[a-z]+)\s*=\s*["'{]|<style[\s>]|javascript:""", re.IGNORECASE)
SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/json\")[^>]*>", re.IGNORECASE)
ELSEWHERE = re.compile(r"""(?:src|href|action|url\()\s*=?\s*["']?(?:https?:)?//(?!www\.w3\.org)""", re.IGNORECASE)
ICON = re.compile(r'icon[(=]\s*"([a-z-]+)"')
ICON_BY_VALUE = re.compile(r"icons=\{([^}]*)\}")


def named(path: Path) -> str:
    return path.relative_to(PRODUCT).as_posix()


def all_templates(test: Callable[[Path], None]) -> Callable[[Path], None]:
    marked: Callable[[Path], None] = pytest.mark.parametrize("path", TEMPLATES, ids=named)(test)
    return marked


@all_templates
def test_nothing_is_inline(path: Path) -> None:
    text = path.read_text()

    assert not INLINE.search(text), INLINE.search(text)
    assert not SCRIPT.search(text), "a script must be a file of ours"


@all_templates
def test_nothing_comes_from_elsewhere(path: Path) -> None:
    assert not ELSEWHERE.search(path.read_text())


@all_templates
def test_every_drawing_exists(path: Path) -> None:
    text = path.read_text()
    used = set(ICON.findall(text)) - {"from-"}
    used |= {name for group in ICON_BY_VALUE.findall(text) for name in re.findall(r':\s*"([a-z-]+)"', group)}

    assert used <= SPRITE, f"not in icons.svg: {sorted(used - SPRITE)}"


@pytest.mark.parametrize(
    "text", ['<p style="x">', "<a onclick='x'>", "<style>", '<a href="javascript:x">', "<p hidden style={{ x }}>"]
)
def test_inline_things_are_found(text: str) -> None:
    assert INLINE.search(text.replace("style={{", "style={"))


@pytest.mark.parametrize("text", ["<script>", '<script type="module">'])
def test_inline_scripts_are_found(text: str) -> None:
    assert SCRIPT.search(text)


@pytest.mark.parametrize("text", ['<script src="x.js">', '<script type="application/json" id="x">'])
def test_files_and_data_are_not_inline_scripts(text: str) -> None:
    assert not SCRIPT.search(text)


def test_the_six_states_and_all_shapes_of_the_macros_exist() -> None:
    marks = (HERE / "jinja2/design/macros/marks.html").read_text()
    shapes = set(re.findall(r'"[a-z_]+": \("([a-z]+)"', marks))

    assert {"met", "due", "risk", "late", "unknown", "na"} <= shapes
    assert shapes <= SPRITE


def test_drawings_take_the_colour_of_their_words() -> None:
    assert not re.findall(r'(?:fill|stroke)="(?!none|currentColor)[^"]*"', (HERE / "icons.svg").read_text())


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_colours_are_named_in_the_tokens_only(path: Path) -> None:
    """A colour elsewhere would not follow the dark theme, high contrast or paper."""
    if path.name == "_tokens.scss":
        return
    strays = set(re.findall(r"#[0-9a-f]{3,8}\b", re.sub(r"#\{[^}]*\}|//.*", "", path.read_text())))

    assert strays <= {"#000", "#fff"}, strays


def test_what_a_rule_or_a_person_wrote_is_printed_with_curly_marks() -> None:
    made = environment(autoescape=True)
    shown = made.from_string('<p>{{ says }} {{ says|upper }}</p>{{ box }}<input value="{{ says|e }}">').render(
        says="The pupil's 'brief'", box=Markup('<input value="O\'Dowd">')
    )
    assert "<p>The pupil’s ‘brief’ THE PUPIL’S ‘BRIEF’</p>" in shown
    assert "O'Dowd" in shown, "what stands in a field is never changed"
    assert 'value="The pupil&#39;s &#39;brief&#39;"' in shown


@all_templates
def test_no_template_has_a_straight_apostrophe_in_its_words(path: Path) -> None:
    code, tags = re.compile(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", re.DOTALL), re.compile(r"<[^>]*>")
    text = tags.sub("", code.sub("", path.read_text()))

    assert not re.search(r".*(?:\w'|'\w).*", text), "write ’"
