"""Why a command cannot go on."""


class CannotGoOn(Exception):
    """Something for the person at the keyboard to put right: the text. The command ends with `code`."""

    code = 1


class Usage(CannotGoOn):
    """The command cannot be done as it was asked for."""

    code = 2
