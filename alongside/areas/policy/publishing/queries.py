"""The register of what is published, the line that everybody reads, and the web version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from alongside.areas.policy.models import Version
from alongside.areas.policy.publishing import rules
from alongside.areas.policy.publishing.models import ApprovedFile, Look, Publication
from alongside.areas.policy.publishing.rules import FOUND_WORDS, STANDS_WORDS, Found, Stands
from alongside.areas.policy.queries import SectionText, sections_of
from alongside.base.schools.models import Trust
from alongside.kit import NotFound

_LOOKS = 14  # days that the register's page shows


def publication() -> Publication:
    """The trust's one; empty and not saved before anybody has said anything."""
    return Publication.objects.first() or Publication()


def file_of(version: Version) -> ApprovedFile | None:
    """The approved file of a version that counts: the newest. Without its content."""
    return ApprovedFile.objects.filter(version=version).defer("body").first()


def find_file(file_id: int) -> ApprovedFile:
    """With its content. Raises NotFound."""
    found = ApprovedFile.objects.select_related("version").filter(pk=file_id).first()
    if found is None:
        raise NotFound
    return found


def to_compare() -> tuple[str, ApprovedFile] | None:
    """The address to look at and the file to compare with, when both are known."""
    version, address = Version.objects.current().first(), publication().address
    file = file_of(version) if version else None
    return (address, file) if file and address else None


@dataclass(frozen=True, slots=True)
class Published:
    """How publication stands, with what that rests on."""

    stands: Stands
    words: str
    version: Version | None
    file: ApprovedFile | None
    address: str
    web_on: bool
    looks: tuple[Look, ...]  # at this address, newest first

    @property
    def kind(self) -> str:
        """As notices are coloured."""
        return {"met": "met", "overdue": "late", "at_risk": "risk"}.get(rules.DUTY_STATES[self.stands], "")

    @property
    def last(self) -> Look | None:
        return self.looks[0] if self.looks else None


def published(*, on: date) -> Published:
    """How publication stands on a day."""
    version, place = Version.objects.current().first(), publication()
    file = file_of(version) if version else None
    there = Look.objects.filter(address=place.address, looked_on__lte=on)
    looks = tuple(there[:_LOOKS]) if place.address else ()
    known = there.exclude(found=Found.UNKNOWN).first() if looks else None  # it may be older than what is shown
    stands = rules.stands(
        version=version is not None, file=file.sha256 if file else "", address=bool(place.address),
        looks=[look.looked() for look in {*looks, *([known] if known else [])}], on=on,
    )  # fmt: skip
    return Published(stands, STANDS_WORDS[stands], version, file, place.address, place.web_on, looks)


@dataclass(frozen=True, slots=True)
class LookRow:
    look: Look
    words: str


@dataclass(frozen=True, slots=True)
class FileRow:
    file: ApprovedFile
    words: str  # what it is and how large
    counts: bool


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """The register: files of the current version, the address, and what was found on each day."""

    now: Published
    files: tuple[FileRow, ...]
    looks: tuple[LookRow, ...]


def register_page(*, on: date) -> RegisterPage:
    now = published(on=on)
    files = ApprovedFile.objects.filter(version=now.version).defer("body").select_related("by") if now.version else ()
    return RegisterPage(
        now=now,
        files=tuple(FileRow(file, file_words(file), file == now.file) for file in files),
        looks=tuple(LookRow(look, FOUND_WORDS[Found(look.found)]) for look in now.looks),
    )


def file_words(file: ApprovedFile) -> str:
    """'PDF, 1.2 MB'."""
    size = f"{file.size / 1_000_000:.1f} MB" if file.size >= 100_000 else f"{max(1, round(file.size / 1_000))} KB"
    return f"{rules.TYPE_WORDS[file.media_type]}, {size}"


# --- The web version --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WebVersion:
    """The current version for the world: nobody's name is in it."""

    trust: str
    version: Version
    sections: tuple[SectionText, ...]
    file: str  # 'PDF, 1.2 MB'; empty where no file is kept


def web_version(*, on: date) -> WebVersion:
    """Raises NotFound while the director has not switched it on, and while no version is current."""
    version = Version.objects.current().first()
    if version is None or not publication().web_on:
        raise NotFound
    trust, file = Trust.objects.first(), file_of(version)
    return WebVersion(trust.name if trust else "", version, sections_of(version, on), file_words(file) if file else "")


def web_file() -> ApprovedFile:
    """The approved file of the current version with its content. Raises NotFound as the web version does."""
    version = Version.objects.current().first()
    file = file_of(version) if version and publication().web_on else None
    if file is None:
        raise NotFound
    return find_file(file.pk)
