"""Finds the way through a scenario: what is reached and how, what leads to an ending, and what has not been tried."""

from collections.abc import Iterable, Mapping, Sequence

from course.model import Scenario, ScenarioEnding, ScenarioOption, ScenarioStep

Path = tuple[str, ...]  # ids of options, from the first step on


def ways(steps: Sequence[ScenarioStep]) -> dict[str, Path]:
    """A shortest way to every place that can be reached from the first step, the nearest place first."""
    by_name = {step.id: step for step in steps}
    found: dict[str, Path] = {step.id: () for step in steps[:1]}
    waiting = list(found)
    for name in waiting:
        for option in by_name[name].options if name in by_name else ():
            if option.next not in found:
                found[option.next] = (*found[name], option.id)
                waiting.append(option.next)
    return found


def ending(steps: Sequence[ScenarioStep], endings: Iterable[str]) -> set[str]:
    """The ids of the endings, and of every step from which one of them can be reached."""
    found = set(endings)
    while more := {step.id for step in steps if any(option.next in found for option in step.options)} - found:
        found |= more
    return found


def numbers(scenario: Scenario) -> Mapping[str, int]:
    """The number of every place, the same on paper and on the screen."""
    return {place.id: number for number, place in enumerate((*scenario.steps, *scenario.endings), start=1)}


def walk(scenario: Scenario, path: Path) -> list[tuple[ScenarioStep, ScenarioOption]]:
    """The steps of a way, each with the option that was taken there."""
    steps = {step.id: step for step in scenario.steps}
    taken, here = [], scenario.steps[0].id
    for name in path:
        option = next(option for option in steps[here].options if option.id == name)
        taken.append((steps[here], option))
        here = option.next
    return taken


def place(scenario: Scenario, path: Path) -> ScenarioStep | ScenarioEnding:
    """Where a way has come to."""
    places = {place.id: place for place in (*scenario.steps, *scenario.endings)}
    taken = walk(scenario, path)
    return places[taken[-1][1].next] if taken else scenario.steps[0]


def name(step: ScenarioStep, option: ScenarioOption) -> str:
    """What an option is called among all options of a scenario."""
    return f"{step.id}/{option.id}"


def another(scenario: Scenario, path: Path, tried: Iterable[str]) -> Path | None:
    """The way to an option that was not tried: the last one that was passed, else the nearest; None when all were."""
    known = set(tried)
    open_steps = {step.id for step in scenario.steps if any(name(step, each) not in known for each in step.options)}
    passed = [path[:at] for at, (step, _) in enumerate(walk(scenario, path)) if step.id in open_steps]
    nearest = (way for to, way in ways(scenario.steps).items() if to in open_steps)
    return passed[-1] if passed else next(nearest, None)
