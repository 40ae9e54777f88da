"""Where people stand in three rings around a middle, so that nobody's words touch another's or leave their ring.

A ring is as thick as what stands in it needs. Its people stand on one or more orbits, evenly and
clockwise from the top, and an orbit is widened until every box on it is clear of its neighbours and of the inner edge.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

Size = tuple[float, float]  # how wide and how high a box is
Point = tuple[float, float]

MOST_ORBITS = 6
CLEARLY = 0.9
STEP = 1.0


@dataclass(frozen=True)
class Room:
    """What there is to stand in: the radius of the middle, how thick a ring is at least, and the room between boxes and
    beside the edge of a ring."""

    middle: float
    least: float
    gap: float
    edge: float


@dataclass(frozen=True)
class Ring:
    """The middles of a ring's boxes, in their order, and the radius at which the ring ends."""

    points: tuple[Point, ...]
    outer: float


def rings(groups: Sequence[Sequence[Size]], room: Room) -> list[Ring]:
    """A ring for every group, from the innermost."""
    found: list[Ring] = []
    for boxes in groups:
        found.append(ring(boxes, found[-1].outer if found else room.middle, room))
    return found


def ring(boxes: Sequence[Size], inner: float, room: Room) -> Ring:
    """A ring that these boxes fit in, with more orbits as long as each one more makes it clearly smaller."""
    found = Ring((), inner + room.least)
    for count in range(1, min(MOST_ORBITS, len(boxes)) + 1):
        made = _ring(boxes, _shared(boxes, count, inner), inner, room)
        if count > 1 and made.outer > CLEARLY * found.outer:
            break
        found = made
    return found


def _shared(boxes: Sequence[Size], count: int, inner: float) -> list[int]:
    """How many boxes go on each of so many orbits: the further out, the more."""
    size = max(math.hypot(*box) for box in boxes) / 2
    weights = [inner + (2 * place + 1) * size for place in range(count)]
    ends = [round(len(boxes) * sum(weights[: place + 1]) / sum(weights)) for place in range(count)]
    return [end - start for start, end in pairwise([0, *ends])]


def _ring(boxes: Sequence[Size], shares: Sequence[int], inner: float, room: Room) -> Ring:
    start, floor, placed = 0, inner + room.edge, []
    for share in shares:
        here = boxes[start : start + share]
        radius = _radius(here, floor, room.gap)
        placed.append((here, radius))
        floor = max((_far(point, box) for point, box in _on(here, radius)), default=floor) + room.gap
        start += share
    outer = floor - room.gap + room.edge
    spare = max(inner + room.least - outer, 0) / 2  # a ring that is thicker than it needs has its people in its middle
    points = [_on(here, radius + spare) for here, radius in placed]
    farthest = max((_far(point, box) for orbit in points for point, box in orbit), default=inner)
    return Ring(tuple(point for orbit in points for point, _ in orbit), max(farthest + room.edge, inner + room.least))


def _on(boxes: Sequence[Size], radius: float) -> list[tuple[Point, Size]]:
    """The boxes evenly on an orbit, the first at the top."""
    angles = (math.pi / 2 - 2 * math.pi * place / len(boxes) for place in range(len(boxes)))
    return [
        ((radius * math.cos(angle), radius * math.sin(angle)), box) for angle, box in zip(angles, boxes, strict=True)
    ]


def _radius(boxes: Sequence[Size], floor: float, gap: float) -> float:
    """The smallest orbit on which the boxes touch neither each other nor what is inside `floor`."""
    radius = floor
    while not _clear(_on(boxes, radius), floor, gap):
        radius += STEP
    return radius


def _clear(placed: Sequence[tuple[Point, Size]], floor: float, gap: float) -> bool:
    if any(_near(point, box) < floor for point, box in placed):
        return False
    return not any(_touch(one, other, gap) for one, other in combinations(placed, 2))


def _touch(one: tuple[Point, Size], other: tuple[Point, Size], gap: float) -> bool:
    (point, size), (second, other_size) = one, other
    return all(abs(point[side] - second[side]) < (size[side] + other_size[side]) / 2 + gap for side in (0, 1))


def _near(point: Point, box: Size) -> float:
    """How near the middle of everything a box comes."""
    return math.hypot(*(max(abs(point[side]) - box[side] / 2, 0) for side in (0, 1)))


def _far(point: Point, box: Size) -> float:
    """How far from it a box reaches."""
    return math.hypot(*(abs(point[side]) + box[side] / 2 for side in (0, 1)))
