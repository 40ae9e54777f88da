"""The small models behind the figures. Each is an illustration of an idea, not a fitted model."""

import math

# Chosen so that the drawing shows both directions within its sliders; they stand for no substance and no time span.
RISE = 4.0
FALL = 3.0
LONG = 10.0  # where the sliders end


def tolerance(use: float, pause: float = 0.0) -> float:
    """How used the body is to it, from 0 (as before any use) towards 1, after a stretch of use and then a pause.

    While it is used, tolerance T approaches a ceiling: dT/du = (1 - T) / RISE, so T(u) = 1 - exp(-u / RISE).
    In a pause it falls away: dT/dp = -T / FALL, so T(p) = T(u) * exp(-p / FALL). FALL is smaller than RISE because
    tolerance is often lost quickly.

    An illustration, not a fitted model: it draws the directions of F-BRAIN-09 (Koob & Volkow 2016; Koob & Le Moal
    2008) and F-BRAIN-15 and says nothing of how much or how long. First-order rise and decay is the plainest curve
    that has them.
    """
    return (1 - math.exp(-max(use, 0.0) / RISE)) * math.exp(-max(pause, 0.0) / FALL)


def tolerance_curve(use: float, pause: float, points: int = 24) -> tuple[list[float], list[float]]:
    """The way there: places along the drawing and the tolerance at each, first through the use, then the pause."""
    steps = [step / points for step in range(points + 1)]
    rising = [(use * step, tolerance(use * step)) for step in steps]
    falling = [(use + pause * step, tolerance(use, pause * step)) for step in steps[1:]] if pause > 0 else []
    across, up = zip(*rising, *falling, strict=True)
    return list(across), list(up)


def tolerance_reading(use: float, pause: float) -> int:
    """Which of the six spoken readings fits.

    0: no use · 1: has begun to rise · 2: has risen far · 3: after a pause, lower than before ·
    4: after a pause, much lower · 5: after a pause, almost back where it began.
    """
    if use <= 0:
        return 0
    if pause <= 0:
        return 1 if tolerance(use) < 0.5 else 2
    left = tolerance(use, pause) / tolerance(use)
    return 3 if left >= 0.5 else 4 if left >= 0.15 else 5


LEARNING = 0.25  # how much of a surprise is learned each time, in both learning models


def expectation(times: int, rate: float = LEARNING) -> float:
    """What is expected after the same good thing has come a number of times, from 0 (nothing) towards 1 (just that).

    Rescorla and Wagner's rule: V <- V + rate * (r - V) with r = 1 each time, so V(n) = 1 - (1 - rate)^n.
    Source: Rescorla & Wagner, "A theory of Pavlovian conditioning", 1972.
    """
    return 1 - (1 - rate) ** max(times, 0)


def surprise(times: int, outcome: float, rate: float = LEARNING) -> float:
    """The prediction error r - V: above 0 better than expected, 0 as expected, below 0 worse (Rescorla & Wagner 1972).

    `outcome` is what came this time: 0 nothing, 1 the usual, 2 more than the usual.
    """
    return outcome - expectation(times, rate)


STEPS = 6  # from the cue to the reward


def moving_signal(times: int, rate: float = LEARNING) -> list[float]:
    """The learning signal at the cue, at each step after it, and last at the reward, after a number of rounds.

    Temporal-difference learning over the steps from cue to reward: delta(k) = V(k + 1) - V(k), at the reward
    delta = 1 - V(last), and V(k) <- V(k) + rate * delta(k). Nobody knows when the cue will come, so its own signal is
    V(first). The signals always add up to 1: it moves from the reward to the cue and does not grow. Discounting is
    left out. Source: Schultz, Dayan & Montague, Science 1997; the rule is Sutton and Barto's (1990).
    """
    values = [0.0] * STEPS
    for _ in range(max(times, 0)):
        errors = _signals(values)[1:]
        values = [value + rate * error for value, error in zip(values, errors, strict=True)]
    return _signals(values)


def _signals(values: list[float]) -> list[float]:
    steps = [0.0, *values, 1.0]
    return [after - before for before, after in zip(steps, steps[1:], strict=False)]


def two_curves(support: float, stress: float, points: int = 100) -> tuple[list[float], list[float]]:
    """Distress and use over time, each from 0 to 1, when use is already there and support begins.

    An illustration, not a fitted model. Use u relieves at once, and the body answers slowly with more distress
    (the idea of opponent processes, Solomon & Corbit, Psychol Rev 1974). With p from 0 to 1 along the drawing:
    distress s = B + S stress (1 - E support p^2) + G a - R u; da/dt = (u - a) / T; du/dt = M s (1 - u) - H support u.
    Help with what stresses works slowly (p^2), and relief goes at once, so distress may rise before it falls
    (F-ROP-19); with little support it stays where it is.
    """
    use, answer = 0.8, 0.8
    distress, uses = [], []
    for point in range(points):
        share = point / 100
        felt = 0.1 + 0.25 * stress * (1 - 0.8 * support * share**2) + 0.9 * answer - 0.6 * use
        distress.append(felt)
        uses.append(use)
        use += 0.05 * (0.4 * felt * (1 - use) - 1.1 * support * use)
        answer += 0.05 * (use - answer) / 1.8
    return distress, uses


def rises_first(curve: list[float]) -> bool:
    """Whether a curve goes clearly up before it comes down below where it began."""
    return max(curve) > curve[0] + 0.03 and curve[-1] < curve[0] - 0.03


def urge_wave(height: float, returns: int, points: int = 90) -> tuple[list[float], list[float]]:
    """An urge that comes, rises and falls, and comes again a number of times, each time a little lower.

    One wave is height * (t / p) * exp(1 - t / p), which rises to `height` at t = p and falls away more slowly. An
    illustration, not a fitted model: it draws F-REL-10 (Sayette et al. 2005: craving does not climb steadily) and
    F-REL-11 (it may come in series), and says nothing of how long.
    """
    peak, apart, fade = 1.0, 3.2, 0.75
    end = apart * (returns + 1) + 2
    across = [end * point / points for point in range(points + 1)]
    waves = range(returns + 1)
    return across, [sum(_wave(place - apart * wave, height * fade**wave, peak) for wave in waves) for place in across]


def _wave(since: float, height: float, peak: float) -> float:
    return height * since / peak * math.exp(1 - since / peak) if since > 0 else 0.0
