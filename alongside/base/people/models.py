"""People and accounts. A person may be staff, a parent, a pupil or a visitor; an account is how they sign in."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from alongside.kit.keep import Keep, Until
from alongside.kit.models import Record


def formal(title: str, given: str, family: str) -> str:
    """'Mrs Iqbal'; the full name when no title is known."""
    return f"{title} {family}" if title else f"{given} {family}"


class Person(Record):
    keep: ClassVar[Keep] = Keep("Names the adult who did, said or decided something", Until.LEFT_PLUS_6)

    title = models.CharField(max_length=12, blank=True)
    given = models.CharField(max_length=60)
    family = models.CharField(max_length=60)
    phone = models.CharField(max_length=30, blank=True)
    reach = models.CharField(max_length=120, blank=True)  # 'Polish; ring after 3, not text'

    class Meta:
        ordering = ("family", "given")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"

    @property
    def formal(self) -> str:
        """'Mrs Iqbal'; the full name when no title is known."""
        return formal(self.title, self.given, self.family)


class Accounts(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email__iexact=username)


class Account(Record, AbstractBaseUser):
    """How a person signs in: by e-mail and password with a second step, or with the trust's own account."""

    keep: ClassVar[Keep] = Keep("Lets a person sign in", Until.DONE_PLUS_1)

    person = models.OneToOneField(Person, models.CASCADE, related_name="account")
    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    shortcuts = models.BooleanField(default=True)  # single-key shortcuts (WCAG 2.1.4)
    density = models.CharField(max_length=8, default="dense")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = Accounts()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.email
