"""The printed faces of a scenario: numbered squares to go between, and the leader's list of all ways.

What comes of a choice stands behind the squares, so that it is read after the choice. It is the story going on, and no
verdict: a scenario has no right choice to give away.
"""

from html import escape
from string import ascii_lowercase

from course import branching
from course.model import Scenario, ScenarioAnswer, ScenarioEnding, ScenarioOption, ScenarioStep
from widgets.sheet import Boxes, Words
from widgets.sheets.common import paragraph, rich, section


def blank(scenario: Scenario, words: Words, boxes: Boxes) -> str:
    """The whole story as a game on paper."""
    return _game(scenario, frozenset(), words)


def filled(scenario: Scenario, answer: ScenarioAnswer, words: Words, boxes: Boxes) -> str:
    """The same, with what was chosen on the way."""
    taken = branching.walk(scenario, answer.path)
    return _game(scenario, frozenset(branching.name(step, option) for step, option in taken), words)


def _game(scenario: Scenario, taken: frozenset[str], words: Words) -> str:
    numbers = branching.numbers(scenario)
    squares = [_square(scenario, step, taken, words) for step in scenario.steps]
    squares += [_end(ending, numbers[ending.id], words) for ending in scenario.endings]
    return section(
        "scenario",
        scenario,
        _labelled(words["scenario.person"], scenario.person),
        paragraph(words["scenario.print"], "hint"),
        f'<div class="squares">{"".join(squares)}</div>',
        _replies(scenario, words),
    )


def _labelled(label: str, text: str) -> str:
    return f"<p><strong>{escape(label)}:</strong> {rich(text)}</p>"


def _square(scenario: Scenario, step: ScenarioStep, taken: frozenset[str], words: Words) -> str:
    """A place where something is chosen."""
    options = "".join(_option(scenario, step, option, taken, words) for option in step.options)
    number = branching.numbers(scenario)[step.id]
    return (
        f'<div class="square"><h4>{number}</h4>{paragraph(step.text)}{paragraph(step.question, "label")}'
        f"<ul>{options}</ul></div>"
    )


def _option(scenario: Scenario, step: ScenarioStep, option: ScenarioOption, taken: frozenset[str], words: Words) -> str:
    to = branching.numbers(scenario)[option.next]
    onward = words["scenario.print_option"].format(letter=_letter(scenario, step, option), number=to)
    chosen = f" <strong>({escape(words['scenario.print_taken'])})</strong>"
    mark = chosen if branching.name(step, option) in taken else ""
    return f'<li>{escape(option.text)}{mark} <span class="onward">{escape(onward)}</span></li>'


def _letter(scenario: Scenario, step: ScenarioStep, option: ScenarioOption) -> str:
    """What a choice is called on paper: 3b is the second one of square 3."""
    return f"{branching.numbers(scenario)[step.id]}{ascii_lowercase[step.options.index(option)]}"


def _end(ending: ScenarioEnding, number: int, words: Words) -> str:
    """A place where a way ends."""
    body = paragraph(ending.text) + _labelled(words["scenario.next_step"], ending.next_step)
    return f'<div class="square end"><h4>{number}</h4>{paragraph(words["scenario.print_end"], "hint")}{body}</div>'


def _replies(scenario: Scenario, words: Words) -> str:
    """What comes of every choice."""
    rows = "".join(
        f"<li><strong>{_letter(scenario, step, option)}</strong> {rich(option.reply)}</li>"
        for step in scenario.steps
        for option in step.options
    )
    return f'<h4>{escape(words["scenario.print_replies"])}</h4><ul class="afterwards">{rows}</ul>'


def key(scenario: Scenario, words: Words, boxes: Boxes) -> str:
    """For the leader: where every choice leads and what comes of it, and the next step of every ending."""
    title = escape(words["scenario.key_title"].format(title=scenario.title))
    steps = "".join(_ways_on(scenario, step) for step in scenario.steps)
    endings = "".join(_way_to(scenario, ending, words) for ending in scenario.endings)
    ends = f'<h4>{escape(words["scenario.key_ends"])}</h4><ul class="ways-on">{endings}</ul>'
    hint = paragraph(words["tally.print_leader"], "hint")
    note = paragraph(words["scenario.key_note"])
    return f'<section class="key"><h4>{title}</h4>{note}<ul class="ways-on">{steps}</ul>{ends}{hint}</section>'


def _ways_on(scenario: Scenario, step: ScenarioStep) -> str:
    """Every way from one square."""
    numbers = branching.numbers(scenario)
    ways = "".join(
        f"<li><strong>{escape(option.text)} → {numbers[option.next]}</strong> {rich(option.reply)}</li>"
        for option in step.options
    )
    return f"<li>{numbers[step.id]}. {escape(step.question)}<ul>{ways}</ul></li>"


def _way_to(scenario: Scenario, ending: ScenarioEnding, words: Words) -> str:
    """An ending, its next step, and the shortest way there."""
    numbers = branching.numbers(scenario)
    passed = branching.walk(scenario, branching.ways(scenario.steps)[ending.id])
    way = " → ".join(str(numbers[name]) for name in (*(step.id for step, _ in passed), ending.id))
    shortest = escape(words["scenario.key_way"].format(way=way))
    onward = f"<strong>{escape(words['scenario.next_step'])}:</strong> {rich(ending.next_step)}"
    told = f"<strong>{numbers[ending.id]}.</strong> {rich(ending.text)} {onward}"
    return f'<li>{told} <span class="hint">{shortest}</span></li>'
