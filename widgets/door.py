"""What a notebook's `show` does: finds an exercise or a fixed box of the module and makes its card."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from difflib import get_close_matches
from importlib import import_module

from course import content, journal, recap
from course.model import (
    CheckIn,
    Exercise,
    Explore,
    GroupBoard,
    Landing,
    LoopMap,
    Module,
    NetworkMap,
    Plan,
    PocketCard,
    Quiz,
    Scenario,
    SortingBoard,
    Support,
    Tally,
    TriggerMap,
    Worksheet,
)
from widgets.box import BoxView
from widgets.face import Face

_CARDS = {
    Quiz: ("widgets.quiz", "QuizCard"),
    Worksheet: ("widgets.worksheet", "WorksheetCard"),
    TriggerMap: ("widgets.trigger_map", "TriggerMapCard"),
    Explore: ("widgets.explore", "ExploreCard"),
    LoopMap: ("widgets.loop_map", "LoopMapCard"),
    SortingBoard: ("widgets.sorting_board", "SortingBoardCard"),
    NetworkMap: ("widgets.network_map", "NetworkMapCard"),
    Landing: ("widgets.landing", "LandingCard"),
    CheckIn: ("widgets.check_in", "CheckInCard"),
    Plan: ("widgets.plan", "PlanCard"),
    PocketCard: ("widgets.pocket_card", "PocketCardCard"),
    Tally: ("widgets.tally", "TallyCard"),
    GroupBoard: ("widgets.group_board", "GroupBoardCard"),
    Scenario: ("widgets.scenario", "ScenarioCard"),
}

_on_paper = False


@contextmanager
def on_paper() -> Iterator[None]:
    """What is shown inside has its printed face alone: no widget is made, for nobody is there to use it."""
    global _on_paper
    before, _on_paper = _on_paper, True
    try:
        yield
    finally:
        _on_paper = before


def open_module(name: str, language: str) -> Callable[[str], object]:
    """The `show` of one module."""
    module = content.load(name, language)
    words = content.words(language)
    support = content.support(language)

    def show(identifier: str) -> object:
        """The exercise or fixed box with this id."""
        here = recap.of(module) if identifier in (recap.ID, "sources") else module  # other modules are read for it
        if identifier in support.boxes or identifier in ("help", "sources"):
            return BoxView(here, identifier, words, support)
        return card(_exercise(here, identifier, support, words), here, words, support)

    return show


def card(exercise: Exercise, module: Module, words: Mapping[str, str], support: Support) -> object:
    """A live card for an exercise, over the live journal. Its file is imported when first needed."""
    file, name = _CARDS[type(exercise)]
    if _on_paper:
        return Face(name, module, exercise, words, support.boxes)
    return getattr(import_module(file), name)(module, exercise, journal.live, words, support.boxes)


def _exercise(module: Module, identifier: str, support: Support, words: Mapping[str, str]) -> Exercise:
    try:
        return module.exercise(identifier)
    except KeyError:
        known = [exercise.id for exercise in module.exercises] + [*support.boxes, "help", "sources"]
        nearest = ", ".join(get_close_matches(identifier, known, n=3) or known)
        problem = words["sheet.unknown"].format(identifier=identifier, module=module.name, nearest=nearest)
        raise content.ContentError((problem,)) from None
