"""The night's look at the policy's clock: a review opens by itself 90 days before its day."""

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
