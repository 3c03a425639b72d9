"""Keeping what is published: the approved file, its address, the web version, and each day's look."""

from __future__ import annotations

import hashlib
import re
from datetime import date

from django.db.transaction import atomic

from alongside.areas.duties.actions import touch_trust
from alongside.areas.policy import kinds
from alongside.areas.policy.models import Version
from alongside.areas.policy.publishing import queries, rules
from alongside.areas.policy.publishing.models import ApprovedFile, Look, Publication
from alongside.areas.policy.publishing.rules import FOUND_WORDS, Found, Seen
from alongside.areas.policy.rules import state_of
from alongside.base.access.actor import Actor
from alongside.base.access.roles import Permission
from alongside.base.history import actions as history
from alongside.kit import refuse
from alongside.kit.jobs import enqueue
from alongside.law.refusal import Refusal

P = Permission


@atomic
def keep_file(*, version: Version, name: str, body: bytes, reason: str, by: Actor, on: date) -> ApprovedFile:
    """Keep the file that the board approved. One that is there stays; the new one is another row with its day."""
    by.must(P.POLICY_KEEP)
    Version.objects.select_for_update().get(pk=version.pk)  # two files at once stand one after the other
    before = queries.file_of(version)
    made = hashlib.sha256(body).hexdigest()
    refuse(
        rules.check_file(body),
        rules.may_keep_file(
            state=state_of(version.facts()), standing=before.sha256 if before else "", sha256=made, reason=reason
        ),
    )
    kept = ApprovedFile.objects.create(
        version=version, name=_plain(name), media_type=rules.type_of(body), body=body, size=len(body), sha256=made,
        reason=reason.strip(), by_id=by.person_id, kept_on=on,
    )  # fmt: skip
    history.record(kinds.FILED, by=by, on=on, about=kept.pk, version=version.name, name=kept.name, reason=kept.reason)
    touch_trust(slice_="policy")
    return kept


def _plain(name: str) -> str:
    """The last part of a file's name, without what could not be printed."""
    last = re.split(r"[\\/]", name)[-1]
    return "".join(letter for letter in last if letter.isprintable()).strip()[-120:] or "file"


@atomic
def say_where(*, address: str, by: Actor, on: date) -> Publication:
    """Say at which address the trust's website offers the policy. Earlier looks were at another one, and count no more."""
    by.must(P.POLICY_KEEP)
    refuse(rules.check_address(address))
    publication, _ = Publication.objects.get_or_create(only=True)
    publication.address = rules.clean_address(address)
    publication.save()
    history.record(kinds.PLACED, by=by, on=on, about=publication.pk, address=publication.address)
    touch_trust(slice_="policy")
    return publication


@atomic
def switch_web(*, web_on: bool, by: Actor, on: date) -> Publication:
    """Open the web version to the world, or close it."""
    by.must(P.POLICY_KEEP)
    refuse(
        Refusal("No version of the policy is current yet. Make one current, then switch the web version on.")
        if web_on and not Version.objects.current().exists()
        else None
    )
    publication, _ = Publication.objects.get_or_create(only=True)
    if publication.web_on != web_on:
        publication.web_on = web_on
        publication.save()
        history.record(kinds.WEB, by=by, on=on, about=publication.pk, how="on" if web_on else "off")
    return publication


@atomic
def ask_to_look(*, by: Actor, on: date) -> None:
    """Have the published file compared now, in the background."""
    by.must(P.POLICY_KEEP)
    refuse(
        None
        if queries.to_compare()
        else Refusal("Keep the approved file and say where it is published first. Then it can be compared.")
    )
    history.record(kinds.LOOK_ASKED, by=by, on=on)
    enqueue("policy.look")


@atomic
def keep_look(*, address: str, file: ApprovedFile, seen: Seen, by: Actor, on: date) -> Look:
    """Keep what a look saw. One a day: a later one of the day takes its place, unless it saw nothing."""
    by.must(P.POLICY_KEEP)
    found = rules.found_of(seen, sha256=file.sha256)
    standing = Look.objects.select_for_update().filter(looked_on=on).first()
    same_place = standing is not None and standing.address == address
    if standing and same_place and not rules.replaces(Found(standing.found), found):
        return standing
    before = Look.objects.filter(address=address).first()
    made, _ = Look.objects.update_or_create(
        looked_on=on,
        defaults={
            "address": address, "file": file, "found": found, "sha256": seen.sha256, "size": seen.size, "wrong": seen.wrong,
        },
    )  # fmt: skip
    if before is None or before.found != found:  # the register has each day; the history what changed
        history.record(kinds.FOUND, by=by, on=on, about=made.pk, what=FOUND_WORDS[found])
    touch_trust(slice_="policy")
    return made
