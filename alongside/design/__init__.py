"""How pages look: the frames, the furniture that stands in them, form fields, style sheet, script and icons.

Nothing here knows a pupil, a query or a rule. The page `/design` (in a copy to play in) shows every component in
every state with its rules of use.
"""
