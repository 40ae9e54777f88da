"""The kinds of exercises by the names content files use, and how their data become the model."""

from collections.abc import Mapping

from course.building import Misfit, build
from course.model import (
    CheckIn,
    Exercise,
    Explore,
    GroupBoard,
    Landing,
    LoopMap,
    NetworkMap,
    Plan,
    PocketCard,
    Quiz,
    Scenario,
    SortingBoard,
    Tally,
    TriggerMap,
    Worksheet,
    frozen,
)

KINDS: Mapping[str, type[Exercise]] = frozen(
    {
        "quiz": Quiz,
        "worksheet": Worksheet,
        "trigger_map": TriggerMap,
        "explore": Explore,
        "loop_map": LoopMap,
        "sorting_board": SortingBoard,
        "network_map": NetworkMap,
        "landing": Landing,
        "check_in": CheckIn,
        "plan": Plan,
        "pocket_card": PocketCard,
        "tally": Tally,
        "group_board": GroupBoard,
        "scenario": Scenario,
    }
)
OWN = "own-"  # how the ids of somebody's own words begin
CLAIM_OPTIONS = ("holds", "fails", "depends")


def exercise(data: object) -> Exercise:
    """One exercise of the kind its data names."""
    if not isinstance(data, dict) or not isinstance(data.get("kind"), str) or data["kind"] not in KINDS:
        raise Misfit("kind")
    return build(KINDS[data["kind"]], {key: value for key, value in data.items() if key != "kind"})
