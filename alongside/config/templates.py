"""`alongside templates`: compile every Jinja2 template, to find a slip before its page is asked for."""

import os
from collections.abc import Iterator, Sequence

from jinja2 import Environment, TemplateSyntaxError


def templates(arguments: Sequence[str]) -> int:
    """The command; says which templates are wrong, and where."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    import django
    from django.template import engines
    from django.template.backends.jinja2 import Jinja2

    django.setup()
    environments = [engine.env for engine in engines.all() if isinstance(engine, Jinja2)]
    wrong = [line for environment in environments for line in mistakes(environment)]
    for line in wrong:
        print(line)
    count = sum(len(environment.list_templates()) for environment in environments)
    print(f"{count} templates, {len(wrong)} wrong.")
    return 1 if wrong else 0


def mistakes(environment: Environment) -> Iterator[str]:
    """A line for each template that does not compile, or names a filter or a test that there is none of."""
    for name in environment.list_templates(extensions=["html", "txt", "jinja"]):
        try:
            environment.get_template(name)
        except TemplateSyntaxError as error:
            yield f"{error.filename or name}:{error.lineno}: {error.message}"
