"""Small help with processes that must not outlive the one that started them."""

import ctypes
import signal
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def die_with_parent(with_signal: signal.Signals) -> Callable[[], None] | None:
    """A `preexec_fn` for subprocess: the child gets this signal when its parent is gone, however it went.

    Only Linux can do this; elsewhere there is nothing to run.
    """
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def ask_kernel() -> None:
        prctl(PR_SET_PDEATHSIG, int(with_signal), 0, 0, 0)

    return ask_kernel
