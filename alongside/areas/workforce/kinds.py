"""What the SENCO's post leaves in a school's history. No pupil is in these sentences."""

from alongside.base.history.kinds import Kind

APPOINTED = Kind("senco.appointed", "appointed {who} as {kind} from {since}")
ENDED = Kind("senco.ended", "ended the appointment of {who}; last day {last_day}")
QUALIFICATION = Kind("senco.qualification", "noted {award} for {who}: {how}")
AGREED = Kind("senco.agreed", "agreed {hours} hours a week for the SENCO and {admin} of administrative help")
WEEK = Kind("senco.week", "noted the week of {monday}: {used} hours used, {lost} lost")
VIEW = Kind("senco.view", "said whether the time is enough: {said}")
CONFIRMED = Kind("senco.confirmed", "noted that the board looked at the SENCO’s post on {day}")
GAP = Kind("senco.gap", "told headteacher, governors and director that there has been no SENCO since {since}")
