"""What departures from the Code leave in history."""

from alongside.base.history.kinds import Kind

LOGGED = Kind("departure.logged", "logged a departure from paragraph {where} of the SEND Code: {instead}", band=3)
DECIDED = Kind("departure.decided", "decided on the departure from paragraph {where} of the SEND Code: {said}", band=3)
ADDED = Kind("departure.added", "added a line to the departure from paragraph {where} of the SEND Code", band=3)
ENDED = Kind("departure.ended", "ended the departure from paragraph {where} of the SEND Code on {day}", band=3)
