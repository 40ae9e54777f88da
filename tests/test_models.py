"""The models behind the learning, distress and urge figures, against values worked by hand."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from widgets import models

TIMES = some.integers(min_value=0, max_value=200)
TENTHS = some.floats(min_value=0, max_value=1)


@pytest.mark.parametrize(("times", "expected"), [(0, 0.0), (1, 0.25), (2, 0.4375), (3, 0.578125)])
def test_expectation_follows_rescorla_and_wagner(times, expected):
    """By hand: 0 + .25 * 1 = .25; .25 + .25 * .75 = .4375; .4375 + .25 * .5625 = .578125."""
    assert models.expectation(times) == pytest.approx(expected)


@pytest.mark.parametrize(("times", "outcome", "error"), [(0, 1, 1.0), (2, 1, 0.5625), (2, 0, -0.4375), (2, 2, 1.5625)])
def test_surprise_is_what_came_less_what_was_expected(times, outcome, error):
    assert models.surprise(times, outcome) == pytest.approx(error)


@given(TIMES)
def test_what_is_expected_grows_and_never_passes_what_comes(times):
    assert 0 <= models.expectation(times) <= models.expectation(times + 1) <= 1


def test_the_signal_stands_at_the_reward_at_first():
    assert models.moving_signal(0) == [0, 0, 0, 0, 0, 0, 1]


def test_one_round_moves_a_quarter_of_the_signal_one_step_back():
    """By hand: only the last value learns, .25 * 1, so the reward's signal is .75 and the step before has .25."""
    assert models.moving_signal(1) == pytest.approx([0, 0, 0, 0, 0, 0.25, 0.75])


def test_two_rounds_by_hand():
    """V5 = .25 + .25 * .75 = .4375 and V4 = .25 * .25 = .0625, so the signals are .0625, .375 and .5625."""
    assert models.moving_signal(2) == pytest.approx([0, 0, 0, 0, 0.0625, 0.375, 0.5625])


@given(TIMES)
def test_the_signal_moves_and_does_not_grow(times):
    signals = models.moving_signal(times)
    assert sum(signals) == pytest.approx(1)
    assert all(-1e-9 <= signal <= 1 + 1e-9 for signal in signals)


def test_after_many_rounds_the_signal_stands_at_the_cue():
    signals = models.moving_signal(200)
    assert signals[0] > 0.99
    assert signals[-1] < 0.01


def test_the_first_steps_of_the_two_curves_by_hand():
    """support .5, stress 1: s = .1 + .25 + .9 * .8 - .6 * .8 = .59; then u = .8 + .05 * (.4 * .59 * .2 - .55 * .8) =
    .78036, a = .8 + .05 * (.78036 - .8) / 1.8 = .7994544, and at p = .01
    s = .1 + .25 * (1 - .4 * .0001) + .719509 - .468216 = .601283."""
    distress, use = models.two_curves(0.5, 1, points=2)
    assert distress == pytest.approx([0.59, 0.601283])
    assert use == pytest.approx([0.8, 0.78036])


@given(TENTHS, TENTHS)
def test_distress_and_use_stay_between_none_and_all(support, stress):
    for curve in models.two_curves(support, stress):
        assert all(0 <= level <= 1 for level in curve)


@given(TENTHS)
def test_with_much_support_distress_rises_before_it_falls(stress):
    """S-25: at least one example rises before it falls."""
    distress, _ = models.two_curves(1, stress)
    assert models.rises_first(distress)


@given(TENTHS)
def test_without_support_distress_does_not_go_away(stress):
    distress, use = models.two_curves(0, stress)
    assert distress[-1] >= distress[0] - 0.01
    assert use[-1] > use[0]


@given(some.floats(min_value=0.05, max_value=1), TENTHS)
def test_use_never_drops_at_once(support, stress):
    _, use = models.two_curves(support, stress)
    assert all(before - after < 0.05 for before, after in pairwise(use))


@given(some.floats(min_value=0.1, max_value=1))
def test_one_wave_rises_to_its_height_once_and_falls(height):
    _, up = models.urge_wave(height, 0)
    top = up.index(max(up))
    assert max(up) == pytest.approx(height, rel=0.01)
    assert all(before <= after for before, after in pairwise(up[: top + 1]))
    assert all(before >= after for before, after in pairwise(up[top:]))
    assert up[-1] < 0.3 * height


@pytest.mark.parametrize("returns", [0, 1, 2, 3])
def test_each_wave_that_comes_again_is_lower(returns):
    _, up = models.urge_wave(1, returns)
    tops = [level for before, level, after in zip(up, up[1:], up[2:], strict=False) if before < level >= after]
    assert len(tops) == returns + 1
    assert tops == sorted(tops, reverse=True)
