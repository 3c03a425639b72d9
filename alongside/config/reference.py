"""`alongside docs`: the pages of docs/reference, written from the code so that they cannot lag behind it."""

import argparse
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from alongside.config.errors import CannotGoOn
from alongside.config.postgres import ROOT
from alongside.law.book import Pack
from alongside.law.rule import Rule

FOLDER = ROOT / "docs" / "reference"
_MADE = "<!-- Made by `alongside docs`. Change the code, not this page. -->"
# Read before there are settings, so that kit.env does not know them.
READ_EARLY = (
    ("ALONGSIDE_TODAY", "date", "", "Pretend that today is another day (yyyy-mm-dd), for trials and training."),
    ("ALONGSIDE_PG_BIN", "folder", "", "Where the programs of the embedded PostgreSQL are, if not in its wheel."),
    ("PORT", "number", "8000", "The port of `make run` and `alongside serve`."),
)  # fmt: skip


def docs(arguments: Sequence[str]) -> int:
    """The command. With `--check` nothing is written: it fails when a page is not what the code says."""
    parser = argparse.ArgumentParser(prog="alongside docs", description="Write docs/reference from the code.")
    parser.add_argument("--check", action="store_true", help="only say which pages are behind")
    options = parser.parse_args(arguments)
    behind = behind_the_code()
    if options.check:
        if behind:
            raise CannotGoOn(f"Behind the code: {', '.join(behind)}. Run: alongside docs")
        return 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    print(f"docs/reference: {len(behind)} of {len(pages())} pages changed.")
    return 0


def behind_the_code() -> list[str]:
    """The pages that are missing or say something else than the code does."""
    return [name for name, text in pages().items() if _standing(FOLDER / name) != text]


def pages() -> Mapping[str, str]:
    """Every page by its file name."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    import django

    django.setup()
    made: Mapping[str, Callable[[], str]] = {
        "checklists.md": checklists, "clocks.md": clocks, "codes.md": codes, "kept.md": kept, "roles.md": roles,
        "settings.md": settings, "states.md": states,
    }  # fmt: skip
    from alongside.config.mutants.page import page as mutants

    made = {**made, "mutants.md": mutants}
    return {name: made[name]() for name in sorted(made)}


def clocks() -> str:
    """Every time limit and every figure, with its source."""
    from alongside.base.access.roles import ROLES
    from alongside.law import book
    from alongside.law.clocks import CLOCKS
    from alongside.law.exemptions import GROUNDS
    from alongside.law.thresholds import THRESHOLDS

    limits = (
        (c.code, c.name, c.length, c.event, str(c.source), c.source.weight, ROLES[c.owner].title, _day(c.in_force_from))
        for c in CLOCKS.values()
    )
    figures = (
        (t.code, t.words, f"{t.value.normalize():f}", str(t.source), t.source.weight, _day(t.in_force_from))
        for t in THRESHOLDS.values()
    )
    grounds = ((g.code, g.words, str(g.source)) for g in GROUNDS.values())
    return page(
        "Clocks and figures",
        "Each date that Alongside prints comes from one of these. A trust may set a stricter length or another "
        "figure, from a day on; what statute fixes stays as it is. `alongside law due RULE --from DATE` computes and "
        "explains any of them.",
        "## Clocks that run on work lists",
        table(
            ("Code", "Clock", "Length", "Counted from the day on which", "Source", "Weight", "Owner", "Since"), limits
        ),
        "## Figures",
        table(("Code", "Figure", "Value", "Source", "Weight", "Since"), figures),
        "## The rule book",
        f"{book.TODAY.title}. *Exclusive*: the day of the event is day 0. *Inclusive*: it is day 1. No limit of the SEND "
        "Regulations moves because it ends on a closed day. Not legal advice: a rule that is *to be checked* is checked "
        "by the trust's lawyer before anybody leans on it.",
        *_families(book.TODAY),
        "## Who is told, and when",
        "Days of the calendar before the due date. A school may warn earlier or more often, never later.",
        table(("Code", "Dates", "Who is told", "When", "Source", "Since"), _ladders()),
        "## What may excuse lateness",
        "An exemption is recorded beside a date and never moves it.",
        table(("Code", "Ground", "Source"), grounds),
        f"## {book.PROPOSAL.title}",
        "Nothing here holds before it is enacted, and nothing counts before its day. `--preview` shows it.",
        table(RULE_HEADS, map(_rule, book.PROPOSAL.rules)),
    )


def _ladders() -> Iterable[Sequence[str]]:
    from alongside.law.escalation import HEARER_WORDS, LADDERS, step_words

    for ladder in LADDERS:
        for hearer, steps in ladder.steps.items():
            when = ", ".join(step_words(step) for step in steps)
            rules = f"{ladder.words} ({', '.join(sorted(ladder.rules))})" if ladder.rules else ladder.words
            yield ladder.code, rules, HEARER_WORDS[hearer], when, str(ladder.source), _day(ladder.in_force_from)


RULE_HEADS = (
    "Code", "Rule", "What it asks", "Who owes it", "Within", "Counted from the day on which", "First day", "Weight",
    "Beside it", "Exceptions", "Source", "How sure", "In force",
)  # fmt: skip


def _families(pack: Pack) -> Iterable[str]:
    """A table for each family of rules, in the order of the book."""
    families: dict[str, list[Rule]] = {}
    for rule in pack.rules:
        family = "Trust promises" if rule.code[0] == "S" and rule.code[1].isdigit() else rule.code.split("-")[0]
        families.setdefault(family, []).append(rule)
    for family, rules in families.items():
        yield f"### {family}"
        yield table(RULE_HEADS, map(_rule, rules))


def _rule(rule: Rule) -> Sequence[str]:
    promise = f"promised: {rule.promise}" if rule.promise else ""
    until = f" to {_day(rule.in_force_to)}" if _day(rule.in_force_to) else ""
    return (
        rule.code, rule.name, rule.says, rule.who, rule.length, rule.event,
        rule.counting.value if rule.counting.value != "none" else "", rule.severity,
        "; ".join(filter(None, (promise, rule.safe_day))), rule.exceptions, str(rule.source),
        rule.confidence.value, f"{_day(rule.in_force_from)}{until}",
    )  # fmt: skip


def codes() -> str:
    """The national code lists, dated."""
    from alongside.law import codes as law

    lists = [value for value in vars(law).values() if isinstance(value, law.CodeList)]
    parts: list[str] = []
    for found in lists:
        rows = (
            (e.code, e.words, _day(e.valid_from), _day(e.valid_to), e.into, law.AREA_WORDS[e.area] if e.area else "")
            for e in found
        )
        parts += [
            f"## {found.name[0].upper()}{found.name[1:]}",
            f"Source: {found.source} ({found.source.weight}).",
            table(("Code", "Words", "From", "To", "Then", "Area of need"), rows),
        ]
    return page(
        "Codes",
        "Codes of the school census and the common transfer file, of EHC plans and of what may be decided about them. An "
        "empty date has no end.",
        *parts,
    )


def checklists() -> str:
    """What has to be said, published, invited or recorded."""
    from alongside.law.checklists import CHECKLISTS

    parts: list[str] = []
    for found in CHECKLISTS.values():
        rows = (
            (item.code, item.words, "yes" if item.required else "no", item.place, _day(item.valid_from))
            for item in found.items
        )
        parts += [
            f"## {found.title}",
            f"`{found.code}`. Source: {found.source} ({found.source.weight}; {found.confidence.value}).",
            table(("Item", "Words", "Needed", "Where it stands", "From"), rows),
        ]
    return page("Checklists", "Lists that the law, the Code or guidance sets. An empty date has no end.", *parts)


def roles() -> str:
    """Who may do what, and which pupils a role reaches."""
    from alongside.base.access.roles import BANDS, ROLES, WALL_ROLES, Permission

    parts: list[str] = []
    for role in ROLES.values():
        wall = (
            "Its schools stand open in the database."
            if role.code in WALL_ROLES
            else "Its school stays shut in the database."
        )
        may = [f"- {permission.value}" for permission in Permission if permission in role.permissions]
        parts += [f"## {role.title}", f"`{role.code}`. {role.says} Reaches {role.reach.value}. {wall}", "\n".join(may)]
    holders = (
        (
            permission.value,
            ", ".join(role.title for role in ROLES.values() if permission in role.permissions) or "nobody",
        )
        for permission in Permission
    )
    return page(
        "Roles",
        "What a post lets somebody do. A page about a pupil opens only if the role reaches that pupil, and nobody "
        "reads their own child's file as staff. The database keeps the code of a role and nothing else.",
        "## Bands",
        table(("Band", "Needs"), ((str(band), permission.value) for band, permission in sorted(BANDS.items()))),
        "## Who may",
        table(("May", "Roles"), holders),
        *(part for part in parts if part),
    )


def kept() -> str:
    """What is kept, why, until when and what is erased then."""
    from django.apps import apps

    declared = {model._meta.label: vars(model)["keep"] for model in apps.get_models() if "keep" in vars(model)}
    rows = (
        (name, keep.why, keep.until.value, keep.erase, "yes" if keep.personal else "no")
        for name, keep in sorted(declared.items())
    )
    return page(
        "What is kept",
        "Every kind of record, declared beside its columns. The history of a row goes with the row.",
        table(("Record", "Why", "Until", "Erased then", "About a person"), rows),
    )


def settings() -> str:
    """Every variable that is read from the environment."""
    from alongside.kit.env import VARIABLES  # filled when the settings were read

    known = ((v.name, v.kind, v.default, v.says) for v in sorted(VARIABLES.values(), key=lambda v: v.name))
    heads = ("Variable", "Kind", "When it is not set", "What it does")
    return page(
        "Settings",
        "Alongside is set up by environment variables alone. A secret may also be in a file: NAME_FILE names it.",
        table(heads, ((f"`{name}`", *rest) for name, *rest in known)),
        "## Read by the command itself",
        table(heads, ((f"`{name}`", *rest) for name, *rest in READ_EARLY)),
    )


def states() -> str:
    """What may follow what. Nobody types a state: each follows from the dates of what was done."""
    return page(
        "States",
        "A state is never stored and never typed. It is computed from the dates of what was done.",
        "## A cycle of support (`areas/support/rules.py`)",
        diagram(_cycle_moves()),
        "## A concern (`areas/concerns/rules.py`)",
        diagram(_concern_moves()),
    )


def _cycle_moves() -> Iterable[tuple[str, str, str]]:
    from alongside.areas.support.rules import NEXT, Stage

    return ((stage, later, "") for stage in NEXT for later in Stage if later in NEXT[stage])


def _concern_moves() -> Iterable[tuple[str, str, str]]:
    from alongside.areas.concerns.rules import DECISION_WORDS, NEXT, Decision, Facts, State, state

    day = date(2026, 1, 1)
    for now, decisions in NEXT.items():
        for decision in (d for d in Decision if d in decisions):
            closed = day if decision is Decision.CLOSE else None
            after = state(Facts(day, day, decision, day, closed))
            yield now, after, DECISION_WORDS[decision]
    yield State.DECIDING, State.CLOSED, "The register decision is made"


def page(title: str, lead: str, *parts: str) -> str:
    """One page of Markdown."""
    return "\n\n".join((_MADE, f"# {title}", lead, *parts)) + "\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [heads, ["---"] * len(heads), *([_cell(value) for value in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def diagram(moves: Iterable[tuple[str, str, str]]) -> str:
    """A state diagram of (from, to, because)."""
    lines = (f"    {now} --> {after}" + (f": {words}" if words else "") for now, after, words in moves)
    return "```mermaid\nstateDiagram-v2\n" + "\n".join(lines) + "\n```"


def _cell(value: str) -> str:
    return " ".join(value.replace("|", "\\|").split())


def _day(day: date) -> str:
    return "" if day in (date.min, date.max) else day.isoformat()


def _standing(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""
