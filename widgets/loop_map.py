"""The live loop map: choose what is in the circle, order it, see it drawn, and choose the arrow to break first."""

from dataclasses import replace

import ipywidgets

from course.model import Choice, LoopMap, LoopMapAnswer
from widgets.card import Card
from widgets.controls import ChoiceGroup, Entry, Status, StepList, html, visible
from widgets.sheets.common import paragraph, private_note
from widgets.sheets.explore import captions
from widgets.sheets.loop_map import arrows, drawing, in_words

LEAST = 2  # fewer things make no circle


class LoopMapCard(Card):
    """A circle in four small steps. Each step stays where it is, so one can always go back and change it."""

    answer_type = LoopMapAnswer
    exercise: LoopMap

    def build(self) -> tuple[ipywidgets.Widget, ...]:
        self.showing = False  # true while the card itself changes the controls
        self.choices = ChoiceGroup(many=True, legend=self.words["loop_map.choose"], help=self._help())
        self.choices.add_class("nykurs-side-by-side")
        self.own = Entry(label=self.words["loop_map.own"], button=self.words["loop_map.add"])
        self.near = Status()
        self.order = StepList(
            legend=self.words["loop_map.order"],
            help=self.words["loop_map.order_help"],
            words={name: self.words[f"quiz.{name}"] for name in ("up", "down", "moved")},
        )
        self.figure, self.text = html(""), html("")
        self.broken = ChoiceGroup(legend=self.words["loop_map.broken"], help=self.words["loop_map.broken_help"])
        self.plan = ipywidgets.Textarea(description=self.words["loop_map.plan"], rows=2).add_class("nykurs-field")
        self._listen()
        self.later = (self.order, self.figure, self.text, self._captions(), self.broken, self.plan, self._ending())
        return (html(private_note(self.boxes)), self.choices, self.near, self.own, *self.later)

    def say(self, text: str, *, seen: bool = True) -> None:
        """Speak beside the choices: the card is long, and at its end nobody sees why a choice was not taken."""
        self.near.say(text, seen=seen)

    def _help(self) -> str:
        return self.words["loop_map.choose_help"].format(least=LEAST, most=self.exercise.most)

    def _captions(self) -> ipywidgets.HTML:
        return html(captions(self.exercise, self.boxes))

    def _ending(self) -> ipywidgets.HTML:
        return html(paragraph(self.exercise.ending, "ending"))

    def _listen(self) -> None:
        self.choices.observe(self.guard(lambda change: self._chosen(tuple(change["new"]))), "chosen")
        self.own.on_msg(self.guard(lambda _, content, buffers: self._add(content["text"])))
        self.order.observe(self.guard(lambda change: self._ordered(change["new"])), "items")
        self.broken.observe(self.guard(lambda change: self._changed(broken="".join(change["new"][:1]))), "chosen")
        self.plan.observe(self.guard(lambda change: self._changed(plan=change["new"])), "value")

    # What the journal holds, and how it changes.

    def _changed(self, **parts: object) -> None:
        if self.showing:
            return
        self.keep(replace(self.answer, **parts))
        self.refresh()

    def _chosen(self, chosen: tuple[str, ...]) -> None:
        if self.showing:
            return
        texts = {choice.id: choice for choice in self._possible()}
        kept = tuple(item for item in self.answer.items if item.id in chosen)
        new = tuple(texts[name] for name in chosen if name not in {item.id for item in kept})
        gone = [item.text for item in self._own_items() if item not in kept]
        if len(kept) + len(new) > self.exercise.most:
            self.say(self.words["loop_map.full"].format(most=self.exercise.most))
            self.refresh()
            return
        self._put(kept + new)
        self.say(self.words["loop_map.removed"].format(text=gone[0]) if gone else "")

    def _add(self, written: str) -> None:
        text = " ".join(written.split())
        if not text:
            self.say(self.words["loop_map.write_first"])
        elif len(self.answer.items) >= self.exercise.most:
            self.say(self.words["loop_map.full"].format(most=self.exercise.most))
        else:
            number = 1 + max((int(item.id[4:]) for item in self._own_items()), default=0)
            self._put((*self.answer.items, Choice(id=f"own-{number}", text=text)))
            self.own.clear()
            self.say(self.words["loop_map.added"].format(text=text))

    def _own_items(self) -> tuple[Choice, ...]:
        return tuple(item for item in self.answer.items if item.id.startswith("own-"))

    def _put(self, items: tuple[Choice, ...]) -> None:
        broken = self.answer.broken if self.answer.broken in {item.id for item in items} else ""
        self._changed(items=items, broken=broken)

    def _ordered(self, rows: list[dict]) -> None:
        if not self.showing:
            items = {item.id: item for item in self.answer.items}
            self._put(tuple(items[row["id"]] for row in rows if row["id"] in items))

    def _possible(self) -> tuple[Choice, ...]:
        """Suggestions, and one's own words after them."""
        return self.exercise.suggestions + self._own_items()

    # How it is shown.

    def refresh(self) -> None:
        self.showing = True
        try:
            self._show()
        finally:
            self.showing = False

    def _show(self) -> None:
        answer = self.answer
        with self.choices.hold_sync():
            _offer(self.choices, [{"id": choice.id, "text": choice.text} for choice in self._possible()])
            # In the order of the options, as the page sends it: nothing goes back that could overtake the next click.
            self.choices.chosen = [choice.id for choice in self._possible() if choice in answer.items]
        self.order.items = [{"id": item.id, "text": item.text} for item in answer.items]
        with self.broken.hold_sync():
            _offer(self.broken, [{"id": name, "text": text} for name, text in arrows(answer.items, self.words)])
            self.broken.chosen = [answer.broken] if answer.broken else []
        if self.plan.value != answer.plan:
            self.plan.value = answer.plan
        self._draw(answer)

    def _draw(self, answer: LoopMapAnswer) -> None:
        is_circle = len(answer.items) >= LEAST
        for widget in self.later:
            visible(widget, is_circle)
        self.figure.value = drawing(answer, self.words).html() if is_circle else ""
        self.text.value = in_words(answer, self.words) if is_circle else ""


def _offer(group: ChoiceGroup, options: list[dict]) -> None:
    """Change the options only when they differ, so that a control in use is not made again."""
    if group.options != options:
        group.options = options
