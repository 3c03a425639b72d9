"""What the sweep and the answers to its flags leave in history."""

from alongside.base.history.kinds import Kind

CONFIRMED = Kind("flag.confirmed", "shared the worry of a progress flag: {flags}", band=3)
DISMISSED = Kind("flag.dismissed", "answered a progress flag, no concern: {flags}", band=3)
EXPLAINED = Kind("flag.explained", "said what lies behind a progress flag: {flags}", band=3)
SWITCHED_ON = Kind("sign.on", "switched on the sign: {sign}", band=1)
SWITCHED_OFF = Kind("sign.off", "switched off the sign: {sign}", band=1)
SWEPT = Kind("sweep.done", "looked through the results of {point}, {subject}: {flags} new flags", band=1)
