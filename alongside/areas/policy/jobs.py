"""The night's looks: at the policy's clock, for a review opens by itself 90 days before its day; and at the website."""

from alongside.areas.policy.publishing.actions import keep_look
from alongside.areas.policy.publishing.fetch import look_at
from alongside.areas.policy.publishing.queries import to_compare
from alongside.areas.policy.reviews.actions import due_to_open, open_review
from alongside.base.access.scope import all_schools, scope
from alongside.kit.jobs import job
from alongside.kit.time import today


@job("policy.nightly", cron="50 3 * * *", lock="policy.nightly")
def nightly(timestamp: int = 0) -> None:
    """Open the review of the current version when its time has come. After the duties have been worked out."""
    with scope(all_schools(), why="review of the policy") as by:
        version = due_to_open(today())
        if version is not None:
            open_review(version=version, by=by, on=today())


@job("policy.look", cron="20 4 * * *", lock="policy.look")
def look(timestamp: int = 0) -> None:
    """Compare the file on the trust's website with the approved one. No transaction waits for the website."""
    with scope(why="published policy"):
        wanted = to_compare()
    if wanted is None:
        return
    address, file = wanted
    seen = look_at(address)
    with scope(all_schools(), why="published policy") as by:
        keep_look(address=address, file=file, seen=seen, by=by, on=today())
