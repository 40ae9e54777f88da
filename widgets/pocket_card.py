"""The live pocket card: a preview of what will be printed, and where its words come from. Nothing is written here."""

import ipywidgets

from course import gathering
from course.model import Gathered, PocketCard
from widgets.card import Card
from widgets.controls import html
from widgets.sheets.common import paragraph
from widgets.sheets.pocket_card import face, people, plans


class PocketCardCard(Card):
    """A pocket card as a participant meets it. It follows the answers it shows and keeps none of its own."""

    answer_type = Gathered
    exercise: PocketCard

    def build(self) -> tuple[ipywidgets.Widget, ...]:
        self.state, self.preview = html(""), html("")
        for section in gathering.sections(self.exercise):
            self.journal.listen(section.answers, self, self.guard(self.refresh))
        titles = {name: getattr(self.exercise, name).source.title for name in ("plans", "people")}
        said = " ".join((self.words["pocket_card.sources"].format(**titles), self.words["pocket_card.shortened"]))
        return self.state, self.preview, html(paragraph(said))

    def refresh(self) -> None:
        written = plans(self.exercise, self.answer, self.words) or people(self.exercise, self.answer)
        self.state.value = paragraph(self.words["pocket_card.preview" if written else "pocket_card.empty"])
        self.preview.value = face(self.exercise, self.answer, self.words, self.boxes)

    @property
    def answer(self) -> Gathered:
        """What the exercises' answers are now."""
        return gathering.gather(self.exercise, self.journal)

    def keep(self, answer: Gathered) -> None:
        """Keep every answer where it belongs."""
        for name, each in answer.answers.items():
            self.journal.put(name, each)
