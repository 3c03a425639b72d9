"""What letting families in leaves in a pupil's history. For staff: a family is not told that it was let in."""

from alongside.base.history.kinds import Kind, Side

INVITED = Kind("family.invited", "printed a letter that lets {who} open the family page", band=3)
ENTERED = Kind("family.entered", "opened the family page with a {way}", band=3, side=Side.FAMILY)
