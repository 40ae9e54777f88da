"""Small controls where core ipywidgets cannot be made right for keyboard and screen reader.

Core radio buttons have no group, no group name and one tab stop each; an HTML widget replaces its live region instead
of changing it. These are native fieldsets and radio buttons, and a live region that stays in place.
"""

from html import escape
from pathlib import Path

import anywidget
import ipywidgets
import traitlets

from course.model import Exercise

STATIC = Path(__file__).parent / "static"


def script(*names: str) -> str:
    """A control's code with the helpers that every one of them uses; a widget's module cannot import another file."""
    return "".join((STATIC / each).read_text(encoding="utf-8") for each in ("shared.js", *names))


class Status(anywidget.AnyWidget):
    """A polite live region: a sentence shown once and spoken once, without moving the focus."""

    _esm = script("status.js")
    text = traitlets.Unicode().tag(sync=True)
    seen = traitlets.Bool(True).tag(sync=True)
    turn = traitlets.Int().tag(sync=True)  # so that the same sentence twice is spoken twice

    def say(self, text: str, *, seen: bool = True) -> None:
        """Speak a sentence, and show it unless it stands elsewhere already; an empty one clears the region."""
        with self.hold_sync():
            self.text = text
            self.seen = seen
            self.turn += 1


class Prompt(anywidget.AnyWidget):
    """A control that is heard at once. A widget's change waits until the kernel has answered the change before it, and
    a press of a core button does not wait: without this, «Se svar» can come before the choice it is about."""

    def __init__(self, **keywords: object) -> None:
        super().__init__(**keywords)
        self.on_msg(self._hear)

    def _hear(self, _: object, content: dict, buffers: object) -> None:
        changed = content.get("changed", {})
        with self._lock_property(**changed):  # what the page knows already is not sent back: it may have gone on
            for name, value in self.heard(changed, content).items():
                setattr(self, name, value)

    def heard(self, changed: dict, content: dict) -> dict:
        """What is true now, when the page says that this has changed."""
        return changed


class ChoiceGroup(Prompt):
    """A native group of radio buttons, or of check boxes when `many`, each with room for a reply under it.

    `options`: dicts with `id` and `text`. `chosen`: ids. `replies`: by id, dicts with `text` and `tone`, which is
    "expected", "other" or "missed" and is also said in words by `mark`. `row` lays the options side by side (0-10).
    `focus` counts up to move the focus to the legend. `part` is spoken before the legend and not seen.
    """

    _esm = script("choice_group.js")
    part = traitlets.Unicode().tag(sync=True)
    legend = traitlets.Unicode().tag(sync=True)
    help = traitlets.Unicode().tag(sync=True)
    options = traitlets.List(traitlets.Dict()).tag(sync=True)
    many = traitlets.Bool(False).tag(sync=True)
    row = traitlets.Bool(False).tag(sync=True)
    low = traitlets.Unicode().tag(sync=True)
    high = traitlets.Unicode().tag(sync=True)
    chosen = traitlets.List(traitlets.Unicode()).tag(sync=True)
    replies = traitlets.Dict().tag(sync=True)
    locked = traitlets.Bool(False).tag(sync=True)
    focus = traitlets.Int().tag(sync=True)

    def heard(self, changed: dict, content: dict) -> dict:
        """Among check boxes, only the one that was pressed: an option may have come that the page has not shown yet."""
        toggled = content.get("toggled")
        if not self.many or not toggled:
            return changed
        chosen = {*self.chosen, toggled["id"]} if toggled["on"] else {*self.chosen} - {toggled["id"]}
        return {"chosen": [option["id"] for option in self.options if option["id"] in chosen]}


class StepList(Prompt):
    """A list whose items are moved with up and down buttons; the focus follows the moved item.

    `items`: dicts with `id` and `text`, in the order shown. `words`: up, down, moved (with {text}, {place}, {count}).
    """

    _esm = script("step_list.js")
    legend = traitlets.Unicode().tag(sync=True)
    help = traitlets.Unicode().tag(sync=True)
    items = traitlets.List(traitlets.Dict()).tag(sync=True)
    replies = traitlets.Dict().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    locked = traitlets.Bool(False).tag(sync=True)
    focus = traitlets.Int().tag(sync=True)


class Entry(anywidget.AnyWidget):
    """A text field with a button; a press sends {"text": ...}, and so does Enter. `draft` is what is half typed."""

    _esm = script("entry.js")
    label = traitlets.Unicode().tag(sync=True)
    button = traitlets.Unicode().tag(sync=True)
    draft = traitlets.Unicode().tag(sync=True)

    def clear(self) -> None:
        """Empty the field."""
        self.draft = ""
        self.send({"clear": True})


class CardColumns(anywidget.AnyWidget):
    """Columns with cards. `columns`: dicts with `id` and `text`, the tray first, with the id "". `cards`: dicts with
    `text` and `column`, and `id` where it is not the text. What is pressed comes as messages with `act`."""

    help = traitlets.Unicode().tag(sync=True)
    columns = traitlets.List(traitlets.Dict()).tag(sync=True)
    cards = traitlets.List(traitlets.Dict()).tag(sync=True)
    words = traitlets.Dict().tag(sync=True)


class Clock(anywidget.AnyWidget):
    """A clock that counts from `started` and is hidden until its button is pressed. Nothing waits for it."""

    _esm = script("clock.js")
    show = traitlets.Unicode().tag(sync=True)
    hide = traitlets.Unicode().tag(sync=True)
    started = traitlets.Int().tag(sync=True)


def html(markup: str) -> ipywidgets.HTML:
    """A piece of ready, escaped markup."""
    return ipywidgets.HTML(markup)


def live_heading(exercise: Exercise) -> ipywidgets.HTML:
    """An exercise's title and introduction."""
    introduction = f"<p>{escape(exercise.introduction)}</p>" if exercise.introduction else ""
    return html(f'<h3 class="nykurs-title">{escape(exercise.title)}</h3>{introduction}')


def visible(widget: ipywidgets.Widget, shown: bool) -> None:
    """Show or hide a widget, also for a screen reader."""
    widget.layout.display = None if shown else "none"


def button(label: str) -> ipywidgets.Button:
    """A core button in the course's look."""
    return ipywidgets.Button(description=label).add_class("nykurs-button")


def primary(made: ipywidgets.Button, is_primary: bool) -> None:
    """Mark the one button of a card that most people want next."""
    (made.add_class if is_primary else made.remove_class)("nykurs-primary")
