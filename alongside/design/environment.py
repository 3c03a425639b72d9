"""The Jinja2 environment of every page, as Django's Jinja2 backend asks for it (OPTIONS["environment"])."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined

from alongside.design import words
from alongside.design.symbols import symbol


def url(name: str, *args: object) -> str:
    """The address of a page by its name; raises NoReverseMatch when there is none. A long list asks for hundreds."""
    return _known(settings.ROOT_URLCONF, name, args)


@lru_cache(maxsize=8192)
def _known(site: str, name: str, args: tuple[object, ...]) -> str:
    return reverse(name, args=args)


def printed(value: object) -> object:
    """What an expression of a template puts on the page: plain words with curly marks.

    Mark-up passes as it is, with the values of fields, which Django draws; a template that writes what somebody typed
    into an attribute, to be sent again, escapes it itself (`value="{{ asked|e }}"`).
    """
    return words.curly(value) if type(value) is str and "'" in value else value


def environment(**options: Any) -> Environment:
    """Django's options in, an environment out.

    A name that a page does not have is an error, never an empty place: a missing date must not look like none.
    """
    options["undefined"] = StrictUndefined
    options["finalize"] = printed
    made = Environment(trim_blocks=True, lstrip_blocks=True, **options)  # noqa: S701 - Django passes autoescape=True
    made.globals.update(static=static, url=url)
    made.filters.update(
        clock=words.clock,
        count=words.count,
        dated=words.dated,
        day=words.day,
        full_day=words.full_day,
        in_words=words.in_words,
        short_day=words.short_day,
        symbol=symbol,
        year_day=words.year_day,
    )
    return made
