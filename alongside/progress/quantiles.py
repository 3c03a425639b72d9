"""Linear quantile regression for many quantiles of one design, exactly and fast.

For each τ the coefficients β minimise Σ ρ_τ(y − xβ) with ρ_τ(u) = u(τ − 1[u < 0]) (Koenker & Bassett 1978).
That is a linear program. Its dual asks for a weight a between 0 and 1 for every row with X'a = (1 − τ)X'1: 1 for
a row above the fitted plane, 0 for one below, anything between for the p rows that the plane goes through.

Four steps for each τ, from the middle outwards:

1. Guess β from the fits before it. In the normal quantile of τ the coefficients run nearly straight.
2. Only rows near the guess can lie on the wrong side of it. Keep those; of the others only their sum matters
   (preprocessing: Portnoy & Koenker 1997; along τ: Chernozhukov, Fernández-Val & Melly 2022).
3. Solve the small program by a primal-dual interior point method with a predictor and a corrector (Mehrotra
   1992), here from a start that need not be feasible, and step to the vertex, so that the answer is the one a
   simplex would give. The step is checked by the dual; where it fails, HiGHS solves the small program.
4. Look at every row. Those on the side that nobody expected join the small program, and it is solved again. When
   there are none the answer is exact: rows outside and inside satisfy the conditions of the whole program.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from scipy.linalg import get_lapack_funcs, qr
from scipy.optimize import linprog
from scipy.special import ndtri

from alongside.progress.columns import BadInput, Floats, Marks, Places

PERCENTILES: tuple[float, ...] = tuple((2 * step + 1) / 200 for step in range(100))
"""τ = 0.005, 0.015 … 0.995: the middles of a hundred equal parts."""

_MOST_STEPS = 60  # of the interior point method; a usual fit takes 10 to 15
_NEARLY_ALL = 0.99995  # of the way to the nearest bound: Portnoy & Koenker's step factor
_GAP = 1e-9  # duality gap at which to try the vertex, relative to the objective
_SLACK = 1e-7  # how far outside 0…1 a dual weight may lie by rounding
_FEWEST = 200  # rows in the small program
_MOST_ROUNDS = 50
_SAMPLE = 20_000  # rows of the first guess in a large panel

_posv = get_lapack_funcs("posv", dtype=np.float64)


class Fit(NamedTuple):
    """What a panel of quantiles came to."""

    coefficients: Floats  # (quantiles, columns), 0 in a column that the others already say
    certified: int  # quantiles whose optimality the dual proves
    by_highs: int  # quantiles for which HiGHS was asked


class NotSolved(BadInput):
    """No method found the minimum: the rows hold something that is not a number, or fewer rows than columns."""


@dataclass(slots=True)
class _Panel:
    """A design and what all quantiles share."""

    x: Floats  # (n, p), of full column rank
    y: Floats  # (n,)
    reach: Floats  # (n,) how far a row's fitted value moves: the root of its leverage
    total: Floats  # (p,) column sums
    scale: float  # typical size of y about its fit
    band: int = _FEWEST  # rows in the small program, learned on the way
    certified: int = 0
    by_highs: int = 0
    known: dict[float, Floats] = field(default_factory=dict)


def fit(x: Floats, y: Floats, quantiles: Sequence[float] = PERCENTILES) -> Fit:
    """The coefficients of every quantile.

    `x` is (n, p) with its own column of ones in the first place, `y` is (n,). Raises NotSolved for values that are
    not finite and for fewer rows than columns.
    """
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        raise NotSolved("A row holds a value that is not a finite number.")
    columns = independent(x)
    if len(y) < len(columns) or not len(columns):
        raise NotSolved(f"{len(y)} rows are too few for {x.shape[1]} columns.")
    panel = _panel(np.ascontiguousarray(x[:, columns], dtype=np.float64), np.ascontiguousarray(y, dtype=np.float64))
    order = sorted(quantiles)
    middle = min(range(len(order)), key=lambda place: abs(order[place] - 0.5))
    for run in (order[middle:], order[:middle][::-1]):
        _along(panel, order[middle], run)
    coefficients = np.zeros((len(quantiles), x.shape[1]))
    for row, tau in enumerate(quantiles):
        coefficients[row, columns] = panel.known[tau]
    return Fit(coefficients, panel.certified, panel.by_highs)


def independent(x: Floats) -> Places:
    """The columns that are not sums of columns before them, in their order (pivoted QR of the normal matrix)."""
    size = np.sqrt(np.einsum("ij,ij->j", x, x))
    there = np.flatnonzero(size > 0)
    normal = (x.T @ x)[np.ix_(there, there)] / np.outer(size[there], size[there])
    kept: list[int] = []
    for place in range(len(there)):
        trial = [*kept, place]
        if np.linalg.eigvalsh(normal[np.ix_(trial, trial)])[0] > 1e-12:
            kept = trial
    return there[kept]


def loss(x: Floats, y: Floats, coefficients: Floats, tau: float) -> float:
    """Σ ρ_τ of the residuals: what a fit makes as small as can be."""
    residual = y - x @ coefficients
    return float(np.sum(residual * (tau - (residual < 0))))


def _panel(x: Floats, y: Floats) -> _Panel:
    normal = x.T @ x
    root = np.linalg.cholesky(normal)
    reach: Floats = np.empty(len(y))
    inverse = np.linalg.inv(root).T
    for start in range(0, len(y), 65_536):
        part = slice(start, start + 65_536)
        reach[part] = np.sqrt(np.einsum("ij,ij->i", x[part] @ inverse, x[part] @ inverse))
    residual = y - x @ np.linalg.solve(normal, x.T @ y)
    scale = float(np.sqrt(np.mean(residual**2))) or 1.0
    return _Panel(x, y, reach, x.sum(axis=0), scale)


def _along(panel: _Panel, middle: float, run: Sequence[float]) -> None:
    """Fit neighbouring quantiles one after the other, each beginning from those before it."""
    path = [middle] if middle in panel.known else []
    for tau in run:
        if tau not in panel.known:
            panel.known[tau] = _solve(panel, tau, _guess(panel, path, tau))
        path.append(tau)


def _guess(panel: _Panel, path: Sequence[float], tau: float) -> Floats:
    """Where β will be: straight on in the normal quantile of τ, and as high as leaves τ of the rows below."""
    if not path:
        return _first_guess(panel, tau)
    beta = panel.known[path[-1]]
    if len(path) > 1:
        back = path[max(-len(path), -5)]
        here, there, new = ndtri(path[-1]), ndtri(back), ndtri(tau)
        beta = beta + (beta - panel.known[back]) * ((new - here) / (here - there))
    return beta


def _first_guess(panel: _Panel, tau: float) -> Floats:
    """From a sample of a large panel, from least squares in a small one."""
    n = len(panel.y)
    if n > 2 * _SAMPLE:
        rows = np.random.default_rng(n).choice(n, _SAMPLE, replace=False)
        x, y = panel.x[rows], panel.y[rows]
        if len(independent(x)) == x.shape[1]:
            sample = _panel(x, y)
            return _solve(sample, tau, _first_guess(sample, tau))
    beta = np.linalg.solve(panel.x.T @ panel.x, panel.x.T @ panel.y).astype(np.float64)
    panel.band = max(panel.band, min(n, 2_000))
    return beta


def _solve(panel: _Panel, tau: float, beta: Floats) -> Floats:
    """The exact β of one quantile from a guess."""
    n, p = panel.x.shape
    residual = panel.y - panel.x @ beta
    for _ in range(_MOST_ROUNDS):
        size = min(n, max(panel.band, _FEWEST, 6 * p))
        near = np.abs(residual) / panel.reach
        rows = np.argpartition(near, size - 1)[:size] if size < n else np.arange(n)
        inside = np.zeros(n, dtype=bool)
        inside[rows] = True
        above = (residual > 0) & ~inside
        found = _settle(panel, tau, beta, inside, above)
        if found is not None:
            return found
        if size == n:
            break
        panel.band = min(n, 2 * size)
    raise NotSolved(f"The quantile {tau} was not found.")


def _settle(panel: _Panel, tau: float, beta: Floats, inside: Marks, above: Marks) -> Floats | None:
    """Solve inside the band, add rows that turn out to lie on the other side, until none does.

    None when so many do that a wider band is the better way.
    """
    most = max(20, int(inside.sum()) // 8)
    target = (1 - tau) * panel.total - panel.x[above].sum(axis=0)
    for turn in range(6):
        rows = np.flatnonzero(inside)
        solved = _small(panel, panel.x[rows], panel.y[rows], target, beta, tau)
        if solved is None:
            return None
        beta = solved
        residual = panel.y - panel.x @ beta
        wrong = ~inside & ((residual > 0) != above)
        count = int(np.count_nonzero(wrong))
        if count == 0:
            if turn == 0:
                panel.band = max(_FEWEST, int(panel.band * 0.97))
            panel.certified += 1
            return beta
        if count > most:
            return None
        panel.band = int(panel.band * 1.15) + count
        target = target + panel.x[wrong & above].sum(axis=0)
        inside |= wrong
        above &= ~wrong
    return None


def _small(panel: _Panel, x: Floats, y: Floats, target: Floats, beta: Floats, tau: float) -> Floats | None:
    """Minimise over the band: the interior point method, then the vertex, else HiGHS."""
    # Where rows lie on the plane by the dozen the weights run into their bounds; then it is left to HiGHS.
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        inner = _interior(x, y, target, beta, panel.scale)
    if inner is not None:
        vertex = _vertex(x, y, target, inner)
        if vertex is not None:
            return vertex
    panel.by_highs += 1
    return _highs(x, y, target)


class _Inner(NamedTuple):
    beta: Floats
    weights: Floats
    gap: float


def _interior(x: Floats, y: Floats, target: Floats, beta: Floats, scale: float) -> _Inner | None:
    """max y'a over X'a = target, 0 ≤ a ≤ 1, by Mehrotra's predictor and corrector. None when it stalls.

    `a` with slack `s` = 1 − a; β is the multiplier; z and w the multipliers of the two bounds, w − z = y − xβ.
    """
    m = len(y)
    residual = y - x @ beta
    spread = float(np.mean(np.abs(residual))) or scale
    a = 0.5 + 0.45 * residual / (np.abs(residual) + spread)
    s = 1 - a
    w = np.maximum(residual, 0) + 0.1 * spread
    z = w - residual
    goal = _GAP * m * spread
    for _ in range(_MOST_STEPS):
        short = target - a @ x
        gap = float(a @ z + s @ w)
        if gap < goal and float(np.abs(short).max()) < 1e-8 * m:
            return _Inner(beta, a, gap)
        q = 1 / (z / a + w / s)
        pull = w - z
        normal = x.T @ (q[:, None] * x)
        # Predictor: straight to the optimum.
        db = _multiplier(normal, x.T @ (q * pull) - short)
        if db is None:
            return None
        da = q * (pull - x @ db)
        dz = -z * (1 + da / a)
        dw = -w * (1 - da / s)
        fp, fd = _step(a, da, s), _step2(z, dz, w, dw)
        after = float((a + fp * da) @ (z + fd * dz) + (s - fp * da) @ (w + fd * dw))
        mu = gap * (after / gap) ** 3 / (2 * m)
        # Corrector: back to the middle, with the product of the predictor's steps.
        one, two = (mu - da * dz) / a, (mu + da * dw) / s
        pull = w - z + one - two
        db = _multiplier(normal, x.T @ (q * pull) - short)
        if db is None:
            return None
        da = q * (pull - x @ db)
        dz = one - z - z * da / a
        dw = two - w + w * da / s
        fp, fd = _step(a, da, s), _step2(z, dz, w, dw)
        a = a + fp * da
        s = s - fp * da
        beta = beta + fd * db
        z = z + fd * dz
        w = w + fd * dw
    return None


def _multiplier(normal: Floats, right: Floats) -> Floats | None:
    """Solve the positive definite normal equations; None when they have become singular."""
    _, solution, info = _posv(normal, right)
    return solution if info == 0 and np.isfinite(solution).all() else None


def _step(a: Floats, da: Floats, s: Floats) -> float:
    """How far a and 1 − a may go and stay positive."""
    furthest = max(float((-da / a).max()), float((da / s).max()), 1e-12)
    return min(1.0, _NEARLY_ALL / furthest)


def _step2(z: Floats, dz: Floats, w: Floats, dw: Floats) -> float:
    furthest = max(float((-dz / z).max()), float((-dw / w).max()), 1e-12)
    return min(1.0, _NEARLY_ALL / furthest)


def _vertex(x: Floats, y: Floats, target: Floats, inner: _Inner) -> Floats | None:
    """The plane through p rows that the interior point has come next to, if the dual says it is the best."""
    m, p = x.shape
    between = np.minimum(inner.weights, 1 - inner.weights)
    count = min(m, 2 * p)
    likely = np.argpartition(-between, count - 1)[:count] if count < m else np.arange(m)
    _, _, pivots = qr((x[likely] * np.maximum(between[likely], 1e-14)[:, None]).T, mode="economic", pivoting=True)
    basis = likely[pivots[:p]]
    try:
        beta: Floats = np.linalg.solve(x[basis], y[basis])
        residual = y - x @ beta
        residual[basis] = 0
        up = residual > 0
        weights = np.linalg.solve(x[basis].T, target - x[up].sum(axis=0))
    except np.linalg.LinAlgError:
        return None
    if weights.min() >= -_SLACK and weights.max() <= 1 + _SLACK:
        return beta
    # More than p rows lie on the plane: then the weights of the interior point, which meet the same
    # conditions, bound how much better any other plane could be.
    # Σ ρ over the band = Σ max(r, 0) − target'β up to a constant; the dual is y'a.
    primal = float(residual[up].sum() + target @ beta)
    best = float(y @ inner.weights)
    return beta if primal - best <= 4 * inner.gap + 1e-12 * abs(best) else None


def _highs(x: Floats, y: Floats, target: Floats) -> Floats | None:
    """The same small program by HiGHS's dual simplex; its multipliers are β."""
    answer = linprog(-y, A_eq=x.T, b_eq=target, bounds=(0, 1), method="highs-ds")
    return -np.asarray(answer.eqlin.marginals) if answer.status == 0 else None
