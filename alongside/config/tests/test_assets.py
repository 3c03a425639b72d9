"""Style sheets, scripts and fonts: what assets.json may say, and what comes of it."""

import json
from pathlib import Path

import pytest

from alongside.config import assets
from alongside.config.assets import AssetError, Recipe


@pytest.fixture
def design(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small alongside/design in a folder of its own."""
    folder = tmp_path / "design"
    (folder / "css").mkdir(parents=True)
    (folder / "js").mkdir()
    (folder / "css" / "page.scss").write_text('$ink: #123456;\na { color: $ink; src: url("../fonts/a.woff2#x"); }\n')
    (folder / "js" / "one.js").write_text("one();\n")
    (folder / "js" / "two.js").write_text("two();\n")
    monkeypatch.setattr(assets, "DESIGN", folder)
    return folder


def write(design: Path, content: object) -> Path:
    path = design / "assets.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def test_everything_is_written_plain_and_hashed_and_listed(design: Path, tmp_path: Path) -> None:
    font = design / "a.woff2"
    font.write_bytes(b"font")
    recipe = assets.read_recipe(
        write(
            design,
            {
                "scss": {"css/page.css": "css/page.scss"},
                "join": {"js/all.js": ["design:js/one.js", "design:js/two.js"]},
                "copy": [["design:a.woff2", "fonts/a.woff2"]],
            },
        )
    )
    assets.make(recipe, tmp_path / "static")
    listed = json.loads((tmp_path / "static" / "staticfiles.json").read_text())["paths"]
    assert set(listed) == {"css/page.css", "js/all.js", "fonts/a.woff2"}
    for plain, hashed in listed.items():
        assert plain != hashed
        assert (tmp_path / "static" / plain).is_file()
        assert (tmp_path / "static" / hashed).is_file()
    assert (tmp_path / "static" / "js" / "all.js").read_text() == "one();\n\ntwo();\n"
    sheet = (tmp_path / "static" / listed["css/page.css"]).read_text()
    assert "#123456" in sheet
    assert f'url("../{listed["fonts/a.woff2"]}#x")' in sheet


def test_another_content_has_another_name(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("one")
    first = assets.write_hashed(tmp_path, "a.js", {})
    (tmp_path / "a.js").write_text("two")
    assert assets.write_hashed(tmp_path, "a.js", {}) != first


@pytest.mark.parametrize("url", ["data:font/woff2;base64,AA", "/static/a.png", "#mark", "https://x.example/a.png"])
def test_addresses_that_are_not_ours_stay(url: str) -> None:
    css = f"a{{b:url({url})}}"
    assert assets.with_hashed_urls(css, "page.css", {}) == css


def test_a_style_sheet_that_asks_for_a_missing_file() -> None:
    with pytest.raises(AssetError, match=r"page\.css asks for url\(a\.png\), and nothing in assets\.json puts"):
        assets.with_hashed_urls("a{b:url(a.png)}", "page.css", {})


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "is not JSON"),
        ({"scsss": {}}, "no such part: scsss"),
        ({"copy": [["elsewhere:a", "a"]]}, "must begin with npm:, py: or design:"),
        ({"copy": [["design:js/absent.js", "a"]]}, "is not there"),
        ({"copy": [["py:no_such_package/a.js", "a"]]}, "no_such_package is not installed"),
        ({"scss": {"a.css": "css/absent.scss"}}, "is not there"),
    ],
)
def test_a_list_that_is_wrong(design: Path, content: object, says: str) -> None:
    with pytest.raises(AssetError, match=says):
        assets.read_recipe(write(design, content))


def test_no_list_at_all(design: Path) -> None:
    with pytest.raises(AssetError, match="is missing"):
        assets.read_recipe(design / "assets.json")


def test_sass_that_does_not_compile(design: Path, tmp_path: Path) -> None:
    (design / "css" / "page.scss").write_text("a { color: $nowhere; }")
    with pytest.raises(AssetError, match="Undefined variable"):
        assets.compile_sass({"page.css": design / "css" / "page.scss"}, tmp_path)


def test_sources_in_python_and_npm_packages() -> None:
    assert assets.find("py:django_htmx/static/django_htmx/htmx-2.min.js").is_file()
    assert assets.find("npm:axe-core/axe.min.js") == assets.find("node_modules/axe-core/axe.min.js")


def test_a_change_of_any_source_is_a_change(design: Path) -> None:
    write(design, {})
    recipe = Recipe(scss={}, join={"a.js": (design / "js" / "one.js",)})
    before = assets.fingerprint(recipe)
    assert assets.fingerprint(recipe) == before
    (design / "css" / "_part.scss").write_text("")
    with_part = assets.fingerprint(recipe)
    (design / "js" / "one.js").write_text("other();")
    assert len({before, with_part, assets.fingerprint(recipe)}) == 3


def test_nothing_is_built_twice(design: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(design, {"copy": [["design:js/one.js", "js/one.js"]]})
    monkeypatch.setattr(assets, "BUILD", tmp_path / "build")
    assert assets.build()
    assert not assets.build()
    assert assets.build(force=True)
    (design / "js" / "one.js").write_text("other();")
    assert assets.build()
    assert (tmp_path / "build" / "static" / "js" / "one.js").read_text() == "other();"


def test_the_lock_names_no_host() -> None:
    assert "://" not in (assets.ROOT / "package-lock.json").read_text()


def test_a_folder_is_copied_file_by_file(design: Path) -> None:
    recipe = assets.read_recipe(write(design, {"copy": [["design:js/*", "js/"]]}))
    assert set(recipe.join) == {"js/one.js", "js/two.js"}


def test_a_folder_that_is_not_there_is_named(design: Path) -> None:
    with pytest.raises(AssetError, match="symbols"):
        assets.read_recipe(write(design, {"copy": [["design:symbols/*", "symbols/"]]}))
