"""Mail to families goes out in the background: a page answers as fast for a stranger as for a parent."""

from alongside.base.people.models import Person
from alongside.fronts.portal.actions import mail_key
from alongside.kit.jobs import job
from alongside.kit.time import now


@job("portal.mail_key")
def mail_link(person: int, base: str) -> None:
    """Mail one person their link."""
    mail_key(person=Person.objects.select_related("account").get(pk=person), base=base, at=now())
