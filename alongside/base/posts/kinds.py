"""What posts leave in history. No pupil is in these sentences."""

from alongside.base.history.kinds import Kind

POST_GIVEN = Kind("post.given", "made {who} {role} at {where}")
POST_ENDED = Kind("post.ended", "ended the post of {who} as {role} at {where}; last day {last_day}")
