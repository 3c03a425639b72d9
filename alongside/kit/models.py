"""What every table of ours shares."""

from typing import ClassVar

from django.db import models

from alongside.kit import lookups as _lookups  # noqa: F401  (registers them)
from alongside.kit.keep import Keep


class Record(models.Model):
    """A row that says why it is kept. Subclasses set `keep`; a test refuses a model without one."""

    keep: ClassVar[Keep]

    class Meta:
        abstract = True
