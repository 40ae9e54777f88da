"""The live plan: what was written through the course, in one place. Every field is its own exercise's field."""

import functools

import ipywidgets

from course import gathering
from course.model import (
    Gathered,
    NetworkMap,
    Plan,
    Section,
    SortingBoard,
    TriggerMap,
    TriggerMapAnswer,
    Worksheet,
    WorksheetAnswer,
)
from widgets import pages
from widgets.card import Card
from widgets.controls import html
from widgets.fields import TABLE_WORDS, Fields, Kept
from widgets.plan_rows import COLUMNS, PlanRows
from widgets.row_table import KeyedTable
from widgets.sheets.common import paragraph, private_note
from widgets.sheets.plan import heading, helpers, sorted_cards, with_notes


class PlanCard(Card):
    """A plan as a participant meets it. It keeps nothing: each part writes to the answer it shows."""

    answer_type = Gathered
    exercise: Plan

    def build(self) -> tuple[ipywidgets.Widget, ...]:
        self.parts = {section.id: self._part(section) for section in self.exercise.sections}
        parts = [(self._heading(each.section), each.widgets) for each in self.parts.values()]
        body = with_notes(self.exercise, parts, lambda: html(private_note(self.boxes)))
        ending = (html(paragraph(self.exercise.ending, "ending")),) if self.exercise.ending else ()
        return (html(paragraph(self.words["plan.both_ways"], "nykurs-help")), *body, *ending)

    def _part(self, section: Section) -> "FieldsPart | PlansPart | CardsPart":
        """A part of its own: the others hear of what is written in it, also when they show the same answer."""
        part = PARTS[type(section.source)](self, section)
        self.journal.listen(section.answers, part, self.guard(part.refresh))
        pages.on_close(functools.partial(self.journal.forget, part))
        return part

    def _heading(self, section: Section) -> ipywidgets.HTML:
        return html(heading(section) + paragraph(section.help, "nykurs-help"))

    def refresh(self) -> None:
        for part in self.parts.values():
            part.refresh()

    @property
    def answer(self) -> Gathered:
        """What the exercises' answers are now."""
        return gathering.gather(self.exercise, self.journal)

    def keep(self, answer: Gathered) -> None:
        """Keep every answer where it belongs."""
        for name, each in answer.answers.items():
            self.journal.put(name, each, writer=self)


class FieldsPart:
    """Fields of a worksheet in another module."""

    def __init__(self, card: PlanCard, section: Section) -> None:
        self.section = section
        kept = Kept(
            read=lambda: card.journal.get(section.answers, WorksheetAnswer),
            keep=lambda answer: card.journal.put(section.answers, answer, writer=self),
            guard=card.guard,
            say=card.say,
        )
        self.fields = Fields(section.source.fields, kept, card.words, section.title)
        self.controls = self.fields.controls
        self.widgets = list(self.controls.values())

    def refresh(self) -> None:
        """Show what is kept."""
        self.fields.refresh()


class PlansPart:
    """The if-then plans of a trigger map in another module, as a table."""

    def __init__(self, card: PlanCard, section: Section) -> None:
        self.card, self.section = card, section
        self.rows = PlanRows(section.source, card.words)
        self.turn = 0
        labels = ("if_label", "then_label")
        columns = [
            {"id": name, "text": card.words[f"trigger_map.{label}"]}
            for name, label in zip(COLUMNS, labels, strict=True)
        ]
        self.table = KeyedTable(
            part=section.title,
            legend=card.words["plan.plans"],
            help=card.words["plan.plans_help"].format(title=section.source.title),
            columns=columns,
            words={name: card.words[f"worksheet.{name}"] for name in TABLE_WORDS},
        )
        self.table.add_class("nykurs-part")
        self.table.on_msg(card.guard(lambda _, content, buffers: self._act(content)))
        self.widgets = [self.table]

    @property
    def answer(self) -> TriggerMapAnswer:
        """The triggers as they are now."""
        return self.card.journal.get(self.section.answers, TriggerMapAnswer)

    def _act(self, content: dict) -> None:
        self.turn = content["turn"]
        acts = {
            "write": lambda: self._write(content["id"], content["column"], content["text"]),
            "remove": lambda: self._remove(content["id"]),
            "add": self._add,
            "undo": self._undo,
        }
        acts[content["action"]]()

    def _keep(self, answer: TriggerMapAnswer) -> None:
        if answer != self.answer:
            self.card.journal.put(self.section.answers, answer, writer=self)
        self._show()

    def _write(self, identifier: str, column: str, text: str) -> None:
        self._keep(self.rows.write(self.answer, identifier, column, text))

    def _remove(self, identifier: str) -> None:
        order, before = list(self.rows.order), self.answer
        after = self.rows.remove(before, identifier)
        self._keep(after)
        if identifier in order:
            self.table.go_to(self.rows.order[min(order.index(identifier), len(self.rows.order) - 1)])
            said = "plan.removed_empty" if after is before else "plan.removed"
            self.card.say(self.card.words[said].format(title=self.section.source.title))

    def _add(self) -> None:
        added = self.rows.add()
        self._show()
        self.table.go_to(added)
        self.card.say(self.card.words["worksheet.added"].format(count=len(self.rows.order)))

    def _undo(self) -> None:
        removed = self.rows.removed
        self._keep(self.rows.undo(self.answer))
        if removed:
            self.table.go_to(removed.trigger.id)
            self.card.say(self.card.words["plan.undone"])

    def refresh(self) -> None:
        """Show what is kept. After a change from elsewhere, such as another person's turn, there is nothing to undo."""
        self.rows.removed = None
        self._show()

    def _show(self) -> None:
        rows = [{"id": name, "cells": list(cells)} for name, cells in self.rows.shown(self.answer)]
        self.table.shown = {"rows": rows, "undo": self.rows.removed is not None, "turn": self.turn}


class CardsPart:
    """The cards that were put in columns of a sorting board in another module. They are moved there."""

    def __init__(self, card: PlanCard, section: Section) -> None:
        self.card, self.section = card, section
        self.list = html("")
        self.widgets = [self.list]

    def refresh(self) -> None:
        """Show what is kept."""
        words, none = self.card.words, paragraph(self.card.words["plan.no_cards"])
        where = paragraph(words["plan.cards"].format(title=self.section.source.title), "nykurs-help")
        self.list.value = sorted_cards(self.section, self.card.answer, none) + where


class PeoplePart(CardsPart):
    """Those who help on a network map in another module. The map is changed there."""

    def refresh(self) -> None:
        """Show who helps now."""
        words, none = self.card.words, paragraph(self.card.words["plan.no_people"])
        where = paragraph(words["plan.people"].format(title=self.section.source.title), "nykurs-help")
        self.list.value = helpers(self.section, self.card.answer, none) + where


PARTS = {Worksheet: FieldsPart, TriggerMap: PlansPart, SortingBoard: CardsPart, NetworkMap: PeoplePart}
