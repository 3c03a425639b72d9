"""Names for the shapes of data, and the one way to refuse them."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Marks = NDArray[np.bool_]
Places = NDArray[np.intp]


class BadInput(ValueError):
    """A column holds what no figure may rest on. The text names the row and the reason."""


def whole(name: str, values: Floats) -> Floats:
    """The values, when every one is a finite number. Raises BadInput with the first row that is not."""
    broken = np.flatnonzero(~np.isfinite(values if values.ndim == 1 else values.sum(axis=1)))
    if len(broken):
        raise BadInput(f"Row {broken[0] + 1}: {name} is not a finite number.")
    return values


def share(name: str, value: float) -> float:
    """A share from 0 to 1. Raises BadInput for anything else, for something that is not a number too."""
    if not 0 <= value <= 1:
        raise BadInput(f"{name} is {value}: it must lie from 0 to 1.")
    return value
