"""The one command: `alongside`. Ours and Django's, from any folder, with a database when one is needed.

Nothing of Django is imported before it is known to be needed, so that the help and a mistyped name answer at
once.
"""

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from importlib import import_module
from warnings import filterwarnings

from alongside.config.database import database
from alongside.config.errors import CannotGoOn

HELP: dict[str, tuple[tuple[str, str], ...]] = {
    "To try it": (
        (
            "alongside run",
            "start everything on this computer, with an invented trust; make run does the same",
        ),
        ("alongside demo --schools 4 --pupils 2400", "add an invented trust; for a trial only"),
        ("alongside demo --who", "who can sign in to the invented trust, and how"),
    ),
    "To ask what the law says": (
        ("alongside law list", "every rule, with its length"),
        ("alongside law show EHC-04", "one rule: who owes it, from when, by whose word"),
        ("alongside law due EHC-04 --from 2026-09-07", "by when, and why, in words for a parent"),
        ("alongside preview-law", "what the proposals of 2026 would ask of your schools; nothing changes"),
    ),
    "To set up and feed it": (
        ('alongside school add 123456 --name "Elm Primary" --la 201 --estab 4001', "add a school"),
        ("alongside school list", "the schools that are here"),
        ('alongside invite senco@elm.example --name "Ana Bo" --role senco --school 123456', "invite somebody"),
        ("alongside import pupils.xml --school 123456 --dry-run", "say what a file of pupils would change"),
        ("alongside import pupils.xml --school 123456", "bring the pupils in"),
        ("alongside undo-import 7", "take an import back"),
        ("alongside export-ctf --school 123456 --pupil N201400126001", "a transfer file for a pupil who moves"),
    ),
    "To see who makes less progress": (
        ("alongside progress growth PANEL.csv --year 2025 --out OUT.csv", "growth percentiles from a table of scores"),
        ("alongside progress signs PANEL.csv --year 2025 --sem 4.7 --out OUT.csv", "the four signs for every pupil"),
        ("alongside progress simulate", "how often a rule would fire, and be right"),
        ('alongside progress national PANEL.parquet --times "0,1,2" --sem 4.7', "the same for millions of pupils"),
    ),
    "To keep it going": (
        ("alongside migrate", "bring the tables of the database up to date"),
        ("alongside serve --port 8000", "the web server, for a database of your own (DATABASE_URL)"),
        ("alongside worker", "do the work that waits in the queue"),
        ("alongside nightly", "what happens every night: clocks, reminders, retention"),
        ("alongside duties coverage", "every duty of the policy, and what proves it"),
        ("alongside duties recompute", "work out now how every duty stands"),
        ("alongside dbshell", "the database's own prompt"),
    ),
    "To change it": (
        ("alongside assets", "build style sheets, scripts and fonts"),
        ("alongside makemigrations", "write down how tables have changed"),
        ("alongside check", "what Django itself finds wrong"),
        ("alongside templates", "compile every template"),
        ("alongside bench", "how fast it is, here"),
        ("alongside docs", "write the reference pages that follow from the code"),
        ("alongside sizes", "the longest files and functions"),
        ("alongside mutants", "change the law in one place at a time, and see whether its tests notice"),
        ("alongside help COMMAND", "more on one of Django's or our commands"),
    ),
}

_EXAMPLE = 50  # columns

# These look at code, files or the law, never at rows.
NEED_NO_DATABASE = frozenset({"check", "docs", "help", "makemigrations", "version"})
AS_OWNER = frozenset({"migrate"})
ALIASES = {"worker": ("procrastinate", "worker")}
# Ours that are no command of Django's, each a function of its own name in a module of this folder.
OURS = {
    "assets": "assets",
    "bench": "bench.command",
    "docs": "reference",
    "law": "law",
    "mutants": "mutants.run",
    "progress": "progress",
    "run": "serve",
    "serve": "serve",
    "sizes": "sizes",
    "templates": "templates",
}


def main(arguments: Sequence[str]) -> int:
    """Do a command and give its exit code."""
    try:
        if not arguments or arguments[0] in ("-h", "--help") or list(arguments) == ["help"]:
            print(help_text(), flush=True)
            return 0
        return dispatch(*arguments)
    except CannotGoOn as error:
        print(f"alongside: {error}", file=sys.stderr)
        return error.code
    except Exception as error:
        if type(error.__cause__).__name__ != "UndefinedTable":  # psycopg's; it is not loaded only to be compared with
            raise
        print("alongside: this database has no tables yet. Make them first: alongside migrate", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read us has heard enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141


def help_text() -> str:
    """An example line for each command."""
    parts = ["Alongside: the SEND work of a multi-academy trust."]
    for title, lines in HELP.items():
        parts.append("\n".join([f"{title}:", *(_help_line(*line) for line in lines)]))
    parts.append("Without DATABASE_URL the commands use, and start and stop, a PostgreSQL of our own in .data.")
    return "\n\n".join(parts)


def _help_line(example: str, says: str) -> str:
    """The words beside a short example, and below a long one."""
    gap = " " * (_EXAMPLE - len(example)) if len(example) <= _EXAMPLE else "\n" + " " * (_EXAMPLE + 2)
    return f"  {example}{gap}  {says}"


def dispatch(name: str, *arguments: str) -> int:
    """Do one of our own commands, else leave it to Django with a database when it needs one."""
    ours = own_command(name)
    if ours:
        return ours(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    if name in AS_OWNER:
        os.environ["ALONGSIDE_DB_AS"] = "owner"
    needs_database = name.lstrip("-") not in NEED_NO_DATABASE and not {"-h", "--help"} & set(arguments)
    with database() if needs_database else nullcontext():
        from django.core.management import ManagementUtility

        # makemigrations would like to compare with a database, and needs none.
        filterwarnings("ignore", "Got an error checking a consistent migration history", RuntimeWarning)
        words = ALIASES.get(name, (name.replace("-", "_") if not name.startswith("-") else name,))
        ManagementUtility(["alongside", *words, *arguments]).execute()
    return 0


def own_command(name: str) -> Callable[[Sequence[str]], int] | None:
    """One of ours that is not Django's, loaded only when it is asked for."""
    if name not in OURS:
        return None
    command: Callable[[Sequence[str]], int] = getattr(import_module(f"alongside.config.{OURS[name]}"), name)
    return command
