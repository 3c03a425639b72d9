"""The morning's mail, after the night's warnings and before the first lesson."""

import logging

from alongside.areas.morning.actions import mail
from alongside.areas.morning.queries import people_to_mail
from alongside.base.access.scope import actor_of, scope
from alongside.kit.jobs import job
from alongside.kit.time import today

log = logging.getLogger(__name__)


@job("morning.mail", cron="30 6 * * *", lock="morning.mail")
def mail_all(timestamp: int = 0) -> None:
    """Mail everybody who has something to hear, one person to a transaction and behind their own wall."""
    on, failed = today(), 0
    for person in people_to_mail(on):
        with scope(person=person.pk, why="morning mail"):
            actor = actor_of(person, on=on)
        try:
            with scope(actor.wall_schools, person=person.pk, why="morning mail"):
                mail(person=person, actor=actor, on=on)
        except OSError:  # the mail server; the next run tries again, because nothing was kept
            failed += 1
    if failed:
        log.error("%s morning mails could not be sent", failed)
