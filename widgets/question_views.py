"""How a question is put on the screen: one view for choices, one for orders, one for pairs.

A view shows a question, tells what the participant chose, and shows replies. It knows no answer and keeps none.
"""

from collections.abc import Callable, Mapping

import ipywidgets

from course.model import Question, Quiz
from widgets import replies, shuffle
from widgets.controls import ChoiceGroup, StepList, html, visible
from widgets.sheets.quiz import option_text

Chosen = tuple[str, ...]
Changed = Callable[[Chosen], None]
Replies = Mapping[str, replies.Reply]


class ChoicesView:
    """Radio buttons, or check boxes for a question with many answers."""

    def __init__(self, words: Mapping[str, str], changed: Changed) -> None:
        self.words = words
        self.widget = ChoiceGroup()
        self.widget.observe(lambda change: changed(tuple(change["new"])), "chosen")

    def ask(self, quiz: Quiz, question: Question, chosen: Chosen) -> None:
        """Show a question with what is chosen so far."""
        options = shuffle.options(quiz, question)
        group = self.widget
        with group.hold_sync():
            group.replies = {}
            group.many = question.kind == "many"
            group.legend = question.text
            group.help = self.words["quiz.choose_many" if group.many else "quiz.choose_one"]
            group.options = [{"id": option.id, "text": option_text(question, option, self.words)} for option in options]
            group.chosen = list(chosen)

    def chosen(self) -> Chosen:
        """What is chosen on the screen."""
        return tuple(self.widget.chosen)

    def show(self, chosen: Chosen, said: Replies, locked: bool) -> None:
        """Show choices and replies; `locked` once the question is answered."""
        with self.widget.hold_sync():
            self.widget.chosen, self.widget.replies, self.widget.locked = list(chosen), dict(said), locked

    def focus(self) -> None:
        """Move the focus to the question, so that a screen reader starts reading there."""
        self.widget.focus += 1


class OrderView:
    """Steps to put in order with buttons."""

    def __init__(self, words: Mapping[str, str], changed: Changed) -> None:
        self.words = words
        self.widget = StepList(words={name: words[f"quiz.{name}"] for name in ("up", "down", "moved")})
        self.widget.observe(lambda _: changed(self.chosen()), "items")

    def ask(self, quiz: Quiz, question: Question, chosen: Chosen) -> None:
        texts = {step.id: step.text for step in question.steps}
        order = chosen or tuple(step.id for step in shuffle.steps(quiz, question))
        with self.widget.hold_sync():
            self.widget.replies = {}
            self.widget.legend = question.text
            self.widget.help = self.words["quiz.choose_order"]
            self.widget.items = [{"id": name, "text": texts[name]} for name in order]

    def chosen(self) -> Chosen:
        return tuple(item["id"] for item in self.widget.items)

    def show(self, chosen: Chosen, said: Replies, locked: bool) -> None:
        texts = {item["id"]: item["text"] for item in self.widget.items}
        with self.widget.hold_sync():
            if chosen:
                self.widget.items = [{"id": name, "text": texts[name]} for name in chosen]
            self.widget.replies, self.widget.locked = dict(said), locked

    def focus(self) -> None:
        self.widget.focus += 1


class PairsView:
    """A list to choose from beside each left side. The legend is a choice group without choices."""

    def __init__(self, words: Mapping[str, str], changed: Changed) -> None:
        self.words = words
        self.changed = changed
        self.legend = ChoiceGroup(help=words["quiz.choose_pairs"])
        self.rows = ipywidgets.VBox()
        self.widget = ipywidgets.VBox((self.legend, self.rows))
        self.lists: dict[str, ipywidgets.Dropdown] = {}
        self.said: dict[str, ipywidgets.HTML] = {}

    def ask(self, quiz: Quiz, question: Question, chosen: Chosen) -> None:
        self.legend.legend = question.text
        rights = [(self.words["quiz.pick"], ""), *((pair.right, pair.id) for pair in shuffle.rights(quiz, question))]
        self.lists = {pair.id: self._list(pair.left, rights) for pair in question.pairs}
        self.said = {pair.id: html("") for pair in question.pairs}
        before = self.rows.children
        self.rows.children = [row for name in self.lists for row in (self.lists[name], self.said[name])]
        for widget in before:
            widget.close()
        self.show(chosen, {}, locked=False)
        for choice in self.lists.values():
            choice.observe(lambda _: self.changed(self.chosen()), "value")

    def _list(self, label: str, rights: list[tuple[str, str]]) -> ipywidgets.Dropdown:
        return ipywidgets.Dropdown(options=rights, value="", description=label).add_class("nykurs-field")

    def chosen(self) -> Chosen:
        return tuple(choice.value for choice in self.lists.values())

    def show(self, chosen: Chosen, said: Replies, locked: bool) -> None:
        for place, (name, choice) in enumerate(self.lists.items()):
            choice.value = chosen[place] if place < len(chosen) else ""
            choice.disabled = locked
            self.said[name].value = replies.markup(said[name]) if name in said else ""

    def focus(self) -> None:
        self.legend.focus += 1


class Views:
    """The three views, of which one is shown."""

    def __init__(self, words: Mapping[str, str], changed: Changed) -> None:
        self.by_kind = {
            "choices": ChoicesView(words, changed),
            "order": OrderView(words, changed),
            "match": PairsView(words, changed),
        }
        self.widgets = tuple(view.widget for view in self.by_kind.values())

    def of(self, question: Question) -> ChoicesView | OrderView | PairsView:
        """The view for this kind of question."""
        return self.by_kind.get(question.kind, self.by_kind["choices"])

    def only(self, shown: ipywidgets.Widget | None) -> None:
        """Show this view's widget and hide the others."""
        for widget in self.widgets:
            visible(widget, widget is shown)
