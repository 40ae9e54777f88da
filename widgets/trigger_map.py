"""The live trigger map: find, rate, see the map, land, and then the plan. One thing at a time, and nothing is lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import ipywidgets

from course.model import Trigger, TriggerMap, TriggerMapAnswer
from widgets import map_figure, trigger_edits
from widgets.controls import ChoiceGroup, button, html, primary, visible
from widgets.edits import Change
from widgets.list_card import ListCard
from widgets.sheets import trigger_map as sheet
from widgets.sheets.common import landing, paragraph, private_note
from widgets.trigger_list import PlanFields, StepTitle

STEPS = ("find", "rate", "map", "land", "plan", "done")
WRITING = ("find", "rate", "plan")  # the words of S-20 stand beside their fields
TOO_MUCH = ("find", "rate", "plan")  # here the landing is one press away; after the map it comes by itself


@dataclass(frozen=True)
class Place:
    """Where someone is: a step, and in «rate» and «plan» the trigger it is about."""

    step: str
    trigger: str = ""


def walk(triggers: Sequence[Trigger]) -> list[Place]:
    """Every place in order. After the map always comes the landing, and after the landing the plan."""
    rate = [Place("rate", trigger.id) for trigger in triggers]
    plan = [Place("plan", trigger.id) for trigger in triggers]
    return [Place("find"), *rate, Place("map"), Place("land"), *plan, Place("done")]


class TriggerMapCard(ListCard):
    """A trigger map as a participant meets it."""

    answer_type = TriggerMapAnswer
    part, edits = "trigger_map", trigger_edits
    exercise: TriggerMap

    def build(self) -> tuple[ipywidgets.Widget, ...]:
        self.filling = False
        self.heading = StepTitle()
        self.private = html(private_note(self.boxes))
        self.boxes_by_step = {
            "find": ipywidgets.VBox(self._build_find()),
            "rate": ipywidgets.VBox(self._build_rate()),
            "map": html(""),
            "land": html(landing(self.exercise.landing)),
            "plan": ipywidgets.VBox(self._build_plan()),
            "done": html(""),
        }
        return (self.heading, *self.boxes_by_step.values(), self.private, self._build_buttons())

    def _build_find(self) -> tuple[ipywidgets.Widget, ...]:
        options = [{"id": category.id, "text": category.label} for category in self.exercise.categories]
        self.category = ChoiceGroup(legend=self.word("category"), options=options)
        self.category.add_class("nykurs-side-by-side")
        self.category.observe(self.guard(lambda _: self._choose_category()), "chosen")
        self.list = self.make_list()
        return html(paragraph(self.word("find_help"))), self.category, self.list

    def _build_rate(self) -> tuple[ipywidgets.Widget, ...]:
        self.strength = ChoiceGroup(row=True, low=self.exercise.low, high=self.exercise.high)
        self.often = ChoiceGroup()
        self.often.add_class("nykurs-side-by-side")
        self.clear = button(self.word("clear"))
        self.rate_choice = self._trigger_choice()
        self.strength.observe(self.guard(lambda change: self._rate("strength", change["new"])), "chosen")
        self.often.observe(self.guard(lambda change: self._rate("often", change["new"])), "chosen")
        self.clear.on_click(self.guard(lambda _: self._clear()))
        return self.rate_choice, self.strength, self.often, self.clear

    def _build_plan(self) -> tuple[ipywidgets.Widget, ...]:
        names = ("if_label", "if_hint", "then_label", "then_hint")
        self.fields = PlanFields(words={name: self.word(name) for name in names})
        self.fields.on_msg(self.guard(lambda _, content, buffers: self._write_plan(content)))
        self.plan_choice = self._trigger_choice()
        return html(paragraph(self.word("plan_help"))), self.plan_choice, self.fields

    def _trigger_choice(self) -> ipywidgets.Dropdown:
        choice = ipywidgets.Dropdown(description=self.word("choose"))
        choice.add_class("nykurs-field")
        choice.observe(self.guard(lambda change: self._choose_trigger(change["new"])), "value")
        return choice

    def _build_buttons(self) -> ipywidgets.HBox:
        self.back, self.next = button(self.word("back")), button(self.word("next"))
        self.skip, self.enough = button(""), button(self.word("enough"))
        primary(self.next, True)
        self.back.on_click(self.guard(lambda _: self._step(-1)))
        self.next.on_click(self.guard(lambda _: self._step(1)))
        self.skip.on_click(self.guard(lambda _: self._go(Place({"rate": "map"}.get(self.place.step, "done")))))
        self.enough.on_click(self.guard(lambda _: self._go(Place("land"))))
        buttons = ipywidgets.HBox((self.back, self.next, self.skip, self.enough))
        buttons.add_class("nykurs-buttons")
        return buttons

    # Where someone is. It is kept beside the answer, so that a reload does not lose it.

    @property
    def place(self) -> Place:
        """Where someone is now; the nearest place when the trigger it was about is gone."""
        kept = Place(self.aside.get("step", "find"), self.aside.get("trigger", ""))
        places = walk(self.answer.triggers)
        if kept in places:
            return kept
        later = [one for one in places if STEPS.index(one.step) >= STEPS.index(kept.step)]
        return later[0]

    def _step(self, by: int) -> None:
        places = walk(self.answer.triggers)
        at = places.index(self.place) + by
        self._go(places[max(0, min(at, len(places) - 1))])

    def _go(self, place: Place) -> None:
        self.remember(step=place.step, trigger=place.trigger)
        self.say("")
        self.show()
        self.heading.focus += 1

    def _choose_trigger(self, identifier: str | None) -> None:
        if not self.filling and identifier and identifier != self.place.trigger:
            self.remember(trigger=identifier)
            self.show()

    def _choose_category(self) -> None:
        if self._category != self._kept_category():
            self.remember(category=self._category)
        self._show_suggestions()

    @property
    def _category(self) -> str:
        return self.category.chosen[0] if self.category.chosen else self.exercise.categories[0].id

    def _kept_category(self) -> str:
        known = [category.id for category in self.exercise.categories]
        kept = self.aside.get("category")
        return kept if kept in known else known[0]

    # What is done to the list.

    def already(self, text: str) -> Trigger | None:
        return trigger_edits.same(self.answer, text, self._category)

    def adding(self, text: str) -> Change[Trigger]:
        return trigger_edits.add(self.answer, text, self._category)

    def saving(self, identifier: str, text: str) -> Change[Trigger]:
        return trigger_edits.edit(self.answer, identifier, text, self._category)

    def choose(self, item: Trigger) -> None:
        if any(category.id == item.category for category in self.exercise.categories):
            self.category.chosen = [item.category]

    # What is said about one trigger.

    def _rate(self, field: str, chosen: Sequence[str]) -> None:
        if not chosen:
            return
        # The option names its trigger, so one that arrives when the next is shown still lands where it belongs.
        identifier, value = chosen[0].split(":", 1)
        value = int(value) if field == "strength" else value
        self.keep(trigger_edits.update(self.answer, identifier, **{field: value}))

    def _clear(self) -> None:
        self.keep(trigger_edits.update(self.answer, self.place.trigger, strength=None, often=""))
        self.show()
        self.say(self.word("cleared"))

    def _write_plan(self, written: dict) -> None:
        plan = {part: written[part] for part in ("if_text", "then_text")}
        self.keep(trigger_edits.update(self.answer, written["id"], **plan))

    # How it is shown.

    def refresh(self) -> None:
        self.category.chosen = [self._kept_category()]
        super().refresh()

    def show(self) -> None:
        """Show the place someone is at, and only that."""
        place = self.place
        for step, box in self.boxes_by_step.items():
            visible(box, step == place.step)
        visible(self.private, place.step in WRITING)
        getattr(self, f"_show_{place.step}")()
        self._show_heading(place)
        self._show_buttons(place)

    def _show_heading(self, place: Place) -> None:
        number = min(STEPS.index(place.step) + 1, len(STEPS) - 1)
        title = self.word("step_of", number=number, count=len(STEPS) - 1, title=self.word(f"steps.{place.step}"))
        ids = [trigger.id for trigger in self.answer.triggers]
        if place.trigger:
            one = self.word("one_of", number=ids.index(place.trigger) + 1, count=len(ids))
            title = f"{title}. {one}"
        self.heading.text = title

    def _show_buttons(self, place: Place) -> None:
        places = walk(self.answer.triggers)
        at = places.index(place)
        following = places[at + 1].step if at + 1 < len(places) else ""
        visible(self.back, at > 0)
        visible(self.next, bool(following))
        visible(self.enough, place.step in TOO_MUCH)
        visible(self.skip, following == place.step)
        if following == place.step:
            self.next.description = self.word("next_trigger")
        elif following:
            self.next.description = self.word("next_step", title=self.word(f"steps.{following}"))
        self.skip.description = (
            self.word("skip", title=self.word("steps.map")) if place.step == "rate" else self.word("finish")
        )

    def _show_find(self) -> None:
        triggers = self.answer.triggers
        with self.list.hold_sync():
            self.list.title = self.word("list", count=len(triggers))
            self.list.items = [self._item(trigger) for trigger in triggers]
        self._show_suggestions()

    def _item(self, trigger: Trigger) -> dict[str, str]:
        return {"id": trigger.id, "text": trigger.text, "detail": sheet.detail(self.exercise, trigger, self.words)}

    def _show_suggestions(self) -> None:
        category = next(one for one in self.exercise.categories if one.id == self._category)
        with self.list.hold_sync():
            self.list.suggestions = list(category.suggestions)
            self.list.suggestions_label = self.word("suggestions", category=category.label)

    def _show_rate(self) -> None:
        trigger = trigger_edits.find(self.answer, self.place.trigger)
        self._show_choice(self.rate_choice, trigger)
        strengths = [(str(number), str(number)) for number in range(11)]
        often = [(choice.id, choice.text) for choice in self.exercise.often]
        chosen = "" if trigger.strength is None else str(trigger.strength)
        _ask(self.strength, trigger, self.word("strength", text=trigger.text), strengths, chosen)
        _ask(self.often, trigger, self.word("often", text=trigger.text), often, trigger.often)
        self.strength.help = self.word("strength_help")
        visible(self.often, bool(often))

    def _show_plan(self) -> None:
        trigger = trigger_edits.find(self.answer, self.place.trigger)
        self._show_choice(self.plan_choice, trigger)
        title = self.word("plan_for", text=trigger.text)
        plan = {"if_text": trigger.if_text, "then_text": trigger.then_text}
        self.fields.shown = {"id": trigger.id, "title": title, **plan}

    def _show_choice(self, choice: ipywidgets.Dropdown, trigger: Trigger) -> None:
        triggers = self.answer.triggers
        options = tuple((f"{number}. {one.text}", one.id) for number, one in enumerate(triggers, start=1))
        self.filling = True  # new options choose the first of them, which nobody did
        if choice.options != options:
            choice.options = options
        choice.value = trigger.id
        self.filling = False
        visible(choice, len(triggers) > 1)

    def _show_map(self) -> None:
        triggers = self.answer.triggers
        figure = map_figure.draw(self.exercise, triggers, self.words).html("figure-map")
        region = f'role="region" tabindex="0" aria-label="{escape(self.word("map_region"))}"'
        notes = [self.word("map_help"), *self._keys(triggers)]
        self.boxes_by_step["map"].value = (
            "".join(paragraph(note) for note in notes)
            + f'<div class="nykurs-map"><div class="nykurs-map-figure" {region}>{figure}</div>'
            + f"{sheet.listing(self.exercise, triggers, self.words)}</div>"
        )

    def _keys(self, triggers: Sequence[Trigger]) -> list[str]:
        """What the signs on the map mean, when they are there."""
        names = []
        if not triggers:
            names.append("nothing_yet")
        if map_figure.numbered(triggers):
            names.append("numbers_key")
        if any(trigger.strength is None for trigger in triggers):
            names.append("unrated_key")
        return [self.word(name) for name in names]

    def _show_land(self) -> None:
        """The landing is the same for everyone and was filled in when the card was made."""

    def _show_done(self) -> None:
        listed = sheet.plans(self.answer.triggers, self.words) or paragraph(self.word("plans_empty"))
        self.boxes_by_step["done"].value = listed + paragraph(self.exercise.ending)


def _ask(group: ChoiceGroup, trigger: Trigger, legend: str, options: list[tuple[str, str]], chosen: str) -> None:
    with group.hold_sync():
        group.chosen = [f"{trigger.id}:{chosen}"] if chosen else []
        group.legend = legend
        group.options = [{"id": f"{trigger.id}:{name}", "text": text} for name, text in options]
