"""The live network map: who is around me, how near they are and what the contact does, as a list and as circles."""

from collections.abc import Sequence
from html import escape

import ipywidgets

from course.model import Label, NetworkMap, NetworkMapAnswer, Person
from widgets import network_edits, network_figure
from widgets.columns import MOST_SIGNS
from widgets.controls import ChoiceGroup, html
from widgets.edits import Change, tidy
from widgets.list_card import ListCard
from widgets.sheets import network_map as sheet
from widgets.sheets.common import landing, paragraph, private_note

MOST_PEOPLE = 60


class NetworkMapCard(ListCard):
    """A network map as a participant meets it: two choices and a field, the list, and the map of the same."""

    answer_type = NetworkMapAnswer
    exercise: NetworkMap
    part, edits = "network_map", network_edits

    def build(self) -> tuple[ipywidgets.Widget, ...]:
        self.circle = self._choice("circle", network_figure.in_order(self.exercise))
        self.effect = self._choice("effect", self.exercise.effects)
        self.list = self.make_list()
        self.list.level = 4  # the next below the title of the exercise
        self.list.suggestions = list(self.exercise.suggestions)
        self.list.suggestions_label = self.word("suggestions")
        self.figure = html("")
        notes = html(private_note(self.boxes) + sheet.safety(self.exercise))
        after = html(landing(self.exercise.landing) + paragraph(self.exercise.ending, "ending"))
        return (notes, self.circle, self.effect, self.list, self.figure, after)

    def _choice(self, name: str, labels: Sequence[Label]) -> ChoiceGroup:
        group = ChoiceGroup(
            legend=self.word(name), options=[{"id": label.id, "text": self._explained(label)} for label in labels]
        )
        group.observe(self.guard(lambda change: self._chosen(name, change["new"])), "chosen")
        return group

    def _explained(self, label: Label) -> str:
        return self.word("choice", title=label.title, help=label.help) if label.help else label.title

    def _chosen(self, name: str, chosen: Sequence[str]) -> None:
        """Keep what is chosen, which is what the next person gets, so that a reload does not lose it."""
        if chosen and self.aside.get(name) != chosen[0]:
            self.remember(**{name: chosen[0]})

    def _now(self) -> dict[str, str]:
        """The circle and the effect that are chosen now."""
        groups = {"circle": self.circle, "effect": self.effect}
        return {name: "".join(group.chosen[:1]) for name, group in groups.items()}

    # What is done to the list.

    def already(self, text: str) -> Person | None:
        return network_edits.same(self.answer, text, self._now()["circle"])

    def adding(self, text: str) -> Change[Person]:
        return network_edits.add(self.answer, text, **self._now())

    def saving(self, identifier: str, text: str) -> Change[Person]:
        return network_edits.edit(self.answer, identifier, text, **self._now())

    def choose(self, item: Person) -> None:
        self.circle.chosen, self.effect.chosen = [item.circle], [item.effect]

    def refused(self, text: str, editing: str = "") -> str:
        if len(tidy(text)) > MOST_SIGNS:
            return self.word("long", most=MOST_SIGNS)
        if len(self.answer.people) >= MOST_PEOPLE and not editing:
            return self.word("full", most=MOST_PEOPLE)
        missing = next((name for name, chosen in self._now().items() if not chosen), "") if text.strip() else ""
        return self.word(f"choose_{missing}") if missing else super().refused(text, editing)

    def spoken(self, item: Person) -> str:
        return self.word("person", text=item.text, detail=sheet.detail(self.exercise, item, self.words))

    # How it is shown.

    def refresh(self) -> None:
        aside = self.aside
        for name, group in (("circle", self.circle), ("effect", self.effect)):
            known = [option["id"] for option in group.options]
            group.chosen = [aside[name]] if aside.get(name) in known else []
        super().refresh()

    def show(self) -> None:
        people = self.answer.people
        with self.list.hold_sync():
            self.list.title = self.word("list", count=len(people))
            self.list.items = [self._item(person) for person in people]
        self.figure.value = self._map(people)

    def _item(self, person: Person) -> dict[str, str]:
        detail = sheet.detail(self.exercise, person, self.words)
        return {"id": person.id, "text": person.text, "detail": detail}

    def _map(self, people: Sequence[Person]) -> str:
        """The map with words where they can be read, and with numbers on a telephone; the page shows one of them."""
        region = f'role="region" tabindex="0" aria-label="{escape(self.word("map_region"))}"'
        drawn = ((network_figure.PAGE, "nykurs-wide"), (network_figure.TELEPHONE, "nykurs-narrow"))
        figures = "".join(
            (paragraph(self.word("numbers_key"), kind) if network_figure.numbered(people, paper) else "")
            + network_figure.draw(self.exercise, people, self.words, paper).html(f"figure-network {kind}")
            for paper, kind in drawn
        )
        return f'{paragraph(self.word("map_help"))}<div class="nykurs-map-figure" {region}>{figures}</div>'
