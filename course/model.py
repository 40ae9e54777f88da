"""The course as frozen data: modules, exercises, and one typed answer for every kind of exercise.

Everything here is plain data without behaviour. `course.content` makes it from YAML, `widgets` shows it
and `course.journal` keeps the answers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Layer = Literal["core", "more"]
About = Literal["knowledge", "opinion"]
QuestionKind = Literal["single", "many", "claim", "order", "match"]
FieldKind = Literal["text", "long", "choice", "many", "scale", "table"]


def frozen(mapping: Mapping) -> Mapping:
    """A read-only copy of a mapping."""
    return MappingProxyType(dict(mapping))


NOTHING: Mapping = frozen({})


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """What every exercise has: a permanent id, a title, a place in the module and the sources it rests on.

    `answers` is the name under which the participant's answer is kept. Two exercises of one kind that give the
    same name share one answer; without a name the answer belongs to this exercise alone.
    """

    id: str
    title: str
    introduction: str = ""
    layer: Layer = "core"
    minutes: float = 0
    answers: str = ""
    sources: tuple[str, ...] = ()
    private: bool = False  # reflection: the words of S-20 stand beside its fields


# Quiz: knowledge. It explains instead of marking.


@dataclass(frozen=True, kw_only=True)
class Option:
    """One possible answer, with its own reply; `missed` is said when it was not chosen but should have been."""

    id: str
    text: str
    reply: str
    correct: bool = False
    missed: str = ""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of an order question; the steps stand in their right order in `Question.steps`."""

    id: str
    text: str
    reply: str


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One pair of a match question: `left` is shown, `right` is chosen from a list."""

    id: str
    left: str
    right: str
    reply: str


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question. `options` for single, many and claim; `steps` for order; `pairs` for match.

    A claim («Stemmer det?») has exactly the options `holds`, `fails` and `depends`.
    """

    id: str
    kind: QuestionKind
    text: str
    layer: Layer = "core"
    options: tuple[Option, ...] = ()
    steps: tuple[Step, ...] = ()
    pairs: tuple[Pair, ...] = ()
    explanation: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Closing:
    """What is said at the end of a quiz when at least `least` (0 to 1) of the answers were expected ones."""

    least: float
    text: str


@dataclass(frozen=True, kw_only=True)
class Quiz(Exercise):
    """Questions with replies. `pool` draws that many of them, `shuffle` mixes options; both from `seed`."""

    questions: tuple[Question, ...]
    closings: tuple[Closing, ...]
    pool: int = 0
    shuffle: bool = True
    seed: int = 1


@dataclass(frozen=True, kw_only=True)
class QuestionAnswer:
    """What was chosen for one question.

    single, many and claim: ids of options; order: ids of steps in the chosen order; match: ids of the pairs whose
    `right` was chosen, in the order of `Question.pairs`, with "" where nothing is chosen.
    """

    chosen: tuple[str, ...] = ()
    checked: bool = False


@dataclass(frozen=True, kw_only=True)
class QuizAnswer:
    """Answers by question id, and the number (from 0) of the question that is shown."""

    questions: Mapping[str, QuestionAnswer] = field(default_factory=lambda: NOTHING)
    at: int = 0


# Worksheet: reflection. Never scored.


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Something to choose, by id; no reply, because nothing about one's own life is wrong."""

    id: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field of a worksheet.

    text: one line; long: several (`lines` on paper); choice and many: `choices`; scale: 0-10 between the words `low`
    and `high`; table: `columns` with `rows` empty rows to begin with. `example` is the fictional person's answer.
    """

    id: str
    kind: FieldKind
    label: str
    hint: str = ""
    lines: int = 3
    choices: tuple[Choice, ...] = ()
    low: str = ""
    high: str = ""
    columns: tuple[Choice, ...] = ()
    rows: int = 3
    example: object = ""


@dataclass(frozen=True, kw_only=True)
class Worksheet(Exercise):
    """A sheet of fields to think with. `ending` is what is said below it (landing, sharing, what to take along)."""

    fields: tuple[Field, ...]
    ending: str = ""


# A table is a tuple of rows, a row a tuple of cell texts in the order of the columns.
FieldValue = str | int | tuple[str, ...] | tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class WorksheetAnswer:
    """Values by field id: str (text, long, choice), int (scale), ids (many), rows of texts (table)."""

    values: Mapping[str, FieldValue] = field(default_factory=lambda: NOTHING)


# Trigger map: reflection.


@dataclass(frozen=True, kw_only=True)
class Category:
    """A kind of trigger (people, places, ...) with suggestions to choose from."""

    id: str
    label: str
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Trigger:
    """One trigger: its words, category id, how strong the urge gets (0-10 or not rated), how often, and a plan."""

    id: str
    text: str
    category: str
    strength: int | None = None
    often: str = ""
    if_text: str = ""
    then_text: str = ""

    @property
    def planned(self) -> bool:
        """Whether there is something to do when it comes."""
        return bool(self.then_text.strip())


@dataclass(frozen=True, kw_only=True)
class TriggerMap(Exercise):
    """What wakes the urge, how strong it gets and what to do."""

    categories: tuple[Category, ...]
    often: tuple[Choice, ...] = ()
    low: str = ""
    high: str = ""
    landing: str = ""
    ending: str = ""
    example: tuple[Trigger, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TriggerMapAnswer:
    """The participant's triggers in the order they were written."""

    triggers: tuple[Trigger, ...] = ()


# Explore: sliders and a figure.


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One slider: range, step and start in the model's own units, and plain words for both ends."""

    id: str
    label: str
    minimum: float
    maximum: float
    step: float
    start: float
    low: str
    high: str


@dataclass(frozen=True, kw_only=True)
class Scene:
    """One setting of the sliders worth printing, with a title and a text alternative for its figure."""

    title: str
    values: Mapping[str, float]
    alt: str


@dataclass(frozen=True, kw_only=True)
class Explore(Exercise):
    """Sliders that move a figure. `figure` names a function of `widgets.figures`; `captions` stand under it."""

    figure: str
    parameters: tuple[Parameter, ...]
    scenes: tuple[Scene, ...]
    captions: tuple[str, ...]
    readings: tuple[str, ...] = ()  # sentences the figure says aloud, by index, chosen by the figure's model


@dataclass(frozen=True, kw_only=True)
class ExploreAnswer:
    """Where the sliders stand, by parameter id."""

    values: Mapping[str, float] = field(default_factory=lambda: NOTHING)


# Loop map: reflection. What feeds what, in a circle, and which arrow to break first.


@dataclass(frozen=True, kw_only=True)
class LoopMap(Exercise):
    """A circle of things that feed each other. `suggestions` to choose from; at most `most` fit on the circle.

    `example` is the fictional person's circle, as ids of suggestions in order; `captions` stand under the drawing
    (ids of fixed boxes, or words).
    """

    suggestions: tuple[Choice, ...]
    most: int = 6
    captions: tuple[str, ...] = ()
    ending: str = ""
    example: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LoopMapAnswer:
    """The circle in order, each item with its own words; the id of the item whose arrow is broken first; and a plan."""

    items: tuple[Choice, ...] = ()
    broken: str = ""
    plan: str = ""


# Sorting board: reflection. Cards are put where they belong for this one person.


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column that cards are put in."""

    id: str
    title: str


@dataclass(frozen=True, kw_only=True)
class SortingBoard(Exercise):
    """Cards to put in columns, and room for at most `own_cards` with own words.

    `example` is the fictional person's board: ids of cards by the id of their column.
    """

    columns: tuple[Column, ...]
    cards: tuple[Choice, ...]
    own_cards: int = 0
    ending: str = ""
    example: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True, kw_only=True)
class SortingBoardAnswer:
    """Ids of cards by the id of their column, in the order they were put there; the rest is not sorted. `own` are the
    cards with own words, wherever they stand."""

    columns: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NOTHING)
    own: tuple[Choice, ...] = ()


# Network map: people around somebody, drawn in circles.


@dataclass(frozen=True, kw_only=True)
class Label:
    """A circle, or what the contact with somebody does: a few words, and a sentence that explains them."""

    id: str
    title: str
    help: str = ""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody on the map: a role or a nickname, the id of the circle, and the id of what the contact does."""

    id: str
    text: str
    circle: str
    effect: str


@dataclass(frozen=True, kw_only=True)
class NetworkMap(Exercise):
    """The people around a participant. There are always the same three circles and the same three effects, because
    each has its place or its sign in the drawing; an author gives them their words."""

    circles: tuple[Label, ...]
    effects: tuple[Label, ...]
    safety: str
    suggestions: tuple[str, ...] = ()
    landing: str = ""
    ending: str = ""
    example: tuple[Person, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NetworkMapAnswer:
    """The people on the map in the order they were written."""

    people: tuple[Person, ...] = ()


# Landing: a guide. Nothing is entered.


@dataclass(frozen=True, kw_only=True)
class Way:
    """One way to land, as short steps that are taken one at a time."""

    id: str
    title: str
    steps: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Landing(Exercise):
    """«Pust eller landing»: equal ways to choose between, and what to do when it is over or does not help."""

    ways: tuple[Way, ...]
    ending: str = ""


@dataclass(frozen=True, kw_only=True)
class LandingAnswer:
    """Nothing: how somebody lands is not kept."""


# Check-in over time: reflection. The participant's own ratings, day by day.


@dataclass(frozen=True, kw_only=True)
class CheckInEntry:
    """What was rated on one day (an ISO date): numbers 0-10 by the id of their scale."""

    date: str
    values: Mapping[str, int] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True, kw_only=True)
class CheckIn(Exercise):
    """Own ratings over time as a picture, for those who want it. `scales` are fields of the kind scale."""

    scales: tuple[Field, ...]
    caption: str
    ending: str = ""
    example: tuple[CheckInEntry, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CheckInAnswer:
    """The days that were rated, in the order of their dates."""

    entries: tuple[CheckInEntry, ...] = ()


# Plan and pocket card: gathered from answers that other exercises hold, so they keep none of their own.


@dataclass(frozen=True, kw_only=True)
class Section:
    """One part of a plan: fields of a worksheet, the if-then plans of a trigger map, or columns of a sorting board.

    `exercise` says which (`07_tilbakefall/first-hour`) and `fields` which of its fields or columns, all when empty. Of
    a network map, those who help are shown. `source` and `answers` (the exercise itself, with those fields only, and
    the name of its answer) are filled in by `course.content`, never by an author.
    """

    id: str
    title: str
    exercise: str
    fields: tuple[str, ...] = ()
    help: str = ""
    source: Worksheet | TriggerMap | SortingBoard | NetworkMap | None = None
    answers: str = ""


@dataclass(frozen=True, kw_only=True)
class Plan(Exercise):
    """«Min plan»: what the participant has written through the course, in one place, and editable there."""

    sections: tuple[Section, ...]
    ending: str = ""


@dataclass(frozen=True, kw_only=True)
class PocketCard(Exercise):
    """A card of 85 x 54 mm: three if-then plans, three people and help numbers.

    `plans` and `people` are sections; the first gives if-then plans, the second a table of names and numbers. The help
    `numbers` that its fixed text lacks are filled in by `course.content`, never by an author.
    """

    plans: Section
    people: Section
    numbers: tuple["HelpNumber", ...] = ()


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """Other exercises' answers by name, as they are now: what a plan or a pocket card shows. It is never stored."""

    answers: Mapping[str, "Answer"] = field(default_factory=lambda: NOTHING)


# Tally and group board: the whole room answers on the wall, about knowledge or opinion only, and nothing is kept.


@dataclass(frozen=True, kw_only=True)
class TallyOption:
    """Something to raise a hand for; `reply` and whether it is `fitting` are shown when the leader asks for it."""

    id: str
    text: str
    reply: str = ""
    fitting: bool = False


@dataclass(frozen=True, kw_only=True)
class Tally(Exercise):
    """A show of hands. `about` is the author's word for that it asks about nobody's own life (S-21)."""

    about: About
    question: str
    options: tuple[TallyOption, ...]
    explanation: str


@dataclass(frozen=True, kw_only=True)
class TallyAnswer:
    """Hands by option id, without whose they are, and whether the explanation is shown."""

    counts: Mapping[str, int] = field(default_factory=lambda: NOTHING)
    revealed: bool = False


@dataclass(frozen=True, kw_only=True)
class GroupBoard(Exercise):
    """Cards from the room, typed by the leader and sorted into columns. `example` by column id and `explanation` are
    for the leader; the second can be shown when the group is done."""

    about: About
    question: str
    columns: tuple[Choice, ...]
    explanation: str
    example: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True, kw_only=True)
class GroupBoardAnswer:
    """Texts of cards by the id of their column, "" for those that are not sorted yet."""

    columns: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NOTHING)
    revealed: bool = False


# Scenario: a fictional person's choices. No choice is the right one, every way can be taken again, and nothing is kept.


@dataclass(frozen=True, kw_only=True)
class ScenarioOption:
    """Something the fictional person can do: what comes of it, and the id of the step or ending it leads to."""

    id: str
    text: str
    reply: str
    next: str


@dataclass(frozen=True, kw_only=True)
class ScenarioStep:
    """A place in the story where something is chosen."""

    id: str
    text: str
    question: str
    options: tuple[ScenarioOption, ...]


@dataclass(frozen=True, kw_only=True)
class ScenarioEnding:
    """A place where a way ends, with what the fictional person does next."""

    id: str
    text: str
    next_step: str


@dataclass(frozen=True, kw_only=True)
class Scenario(Exercise):
    """A story that branches, about a `person` who does not exist. It begins at the first step."""

    person: str
    steps: tuple[ScenarioStep, ...]
    endings: tuple[ScenarioEnding, ...]


@dataclass(frozen=True, kw_only=True)
class ScenarioAnswer:
    """The options that were taken from the first step on, every option that was ever taken (`step/option`), and hands
    by option id for the step where somebody stands, without whose they are."""

    path: tuple[str, ...] = ()
    tried: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=lambda: NOTHING)


Answer = (
    QuizAnswer
    | WorksheetAnswer
    | TriggerMapAnswer
    | ExploreAnswer
    | LoopMapAnswer
    | SortingBoardAnswer
    | NetworkMapAnswer
    | LandingAnswer
    | CheckInAnswer
    | TallyAnswer
    | GroupBoardAnswer
    | ScenarioAnswer
    | Gathered
)

# The typed answer that belongs to each kind of exercise.
ANSWER_TYPES: Mapping[type[Exercise], type] = frozen(
    {
        Quiz: QuizAnswer,
        Worksheet: WorksheetAnswer,
        TriggerMap: TriggerMapAnswer,
        Explore: ExploreAnswer,
        LoopMap: LoopMapAnswer,
        SortingBoard: SortingBoardAnswer,
        NetworkMap: NetworkMapAnswer,
        Landing: LandingAnswer,
        CheckIn: CheckInAnswer,
        Plan: Gathered,
        PocketCard: Gathered,
        Tally: TallyAnswer,
        GroupBoard: GroupBoardAnswer,
        Scenario: ScenarioAnswer,
    }
)


@dataclass(frozen=True, kw_only=True)
class Excerpt:
    """One readable piece of an answer: what the exercise asked, and what the participant answered, both as words."""

    label: str
    text: str


# The module and what surrounds it.


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of a module's rhythm: its step, layer, minutes and the sources its prose rests on."""

    id: str
    step: str
    title: str
    layer: Layer = "core"
    minutes: float = 0
    round: bool = False  # everyone may speak: 1.5 minutes a person is added
    keep: bool = False  # no meeting leaves it out, however short
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Review:
    """Who approved a module, in which role, and when (an ISO date)."""

    name: str
    role: str
    date: str


@dataclass(frozen=True, kw_only=True)
class Module:
    """One module: what its YAML file says. The prose stands in the notebook of the same name."""

    name: str
    language: str
    title: str
    summary: str
    parts: tuple[Part, ...]
    exercises: tuple[Exercise, ...]
    reviewed: tuple[Review, ...] = ()
    next_of_kin: bool = False  # a meeting of its own for relatives, never a participant's previous or next module
    explained: tuple[str, ...] = ()  # course words explained in the text, left out when readability is counted

    @property
    def approved(self) -> bool:
        """Whether a clinician and a person with lived experience have both approved it (S-24)."""
        return {"clinician", "lived-experience"} <= {review.role for review in self.reviewed}

    def exercise(self, identifier: str) -> Exercise:
        """The exercise with this id; KeyError when there is none."""
        for exercise in self.exercises:
            if exercise.id == identifier:
                return exercise
        raise KeyError(identifier)

    def answer_name(self, exercise: Exercise) -> str:
        """The name under which the answer to this exercise is kept."""
        return exercise.answers or f"{self.name}/{exercise.id}"


@dataclass(frozen=True, kw_only=True)
class HelpNumber:
    """A service that can be called: what for, its source, the ISO date it was checked, and whether that was enough."""

    id: str
    service: str
    number: str
    purpose: str
    source: str
    checked: str
    status: Literal["confirmed", "confirm-before-print"]
    printed: bool = True


@dataclass(frozen=True, kw_only=True)
class Box:
    """A fixed text (safety, help, captions) that stands unchanged wherever it is used. Each paragraph is plain text
    in which `**bold**` is the only mark-up."""

    id: str
    title: str
    paragraphs: tuple[str, ...]
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Alert:
    """One row of the leader's emergency sheet: what to say, what to do, whom to call."""

    id: str
    title: str
    say: str
    do: str
    call: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Support:
    """Help numbers, fixed boxes and the leader's emergency sheet."""

    numbers: tuple[HelpNumber, ...]
    boxes: Mapping[str, Box]
    alerts: tuple[Alert, ...] = ()
    blanks: tuple[str, ...] = field(default=())


@dataclass(frozen=True, kw_only=True)
class GuideSection:
    """A piece of the leader's guide. `pages` says where it stands: before and after in each module's leader document,
    course in the guide of the course. `**bold**` is the only mark-up; `tick` gives each item a box."""

    id: str
    title: str
    pages: tuple[str, ...]
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    tick: bool = False
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class GuideExtra:
    """What one module needs beside what every meeting needs."""

    module: str
    items: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class GuideMeeting:
    """A meeting of the course plans: a module in so many minutes without some parts, and what it is about."""

    id: str
    module: str
    minutes: int
    about: str = ""
    skip: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CoursePlan:
    """A whole course: the ids of its meetings in order, and whom it is for."""

    id: str
    lead: str
    meetings: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class FeedbackQuestion:
    """A question about the meeting, with boxes to tick and never a line to write on."""

    id: str
    text: str
    options: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Feedback:
    """The anonymous feedback sheet."""

    title: str
    lead: str
    questions: tuple[FeedbackQuestion, ...]
    closing: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Guide:
    """What the leader needs around every meeting."""

    title: str
    lead: str
    sections: tuple[GuideSection, ...]
    feedback: Feedback
    extras: tuple[GuideExtra, ...] = ()
    meetings: tuple[GuideMeeting, ...] = ()
    plans: tuple[CoursePlan, ...] = ()

    def on(self, page: str) -> tuple[GuideSection, ...]:
        """The sections of one page, in their order."""
        return tuple(section for section in self.sections if page in section.pages)

    def extra(self, module: str) -> tuple[str, ...]:
        """What this module needs besides."""
        return tuple(item for extra in self.extras if extra.module == module for item in extra.items)


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a claim comes from: a fact id, the reference, how far it is confirmed, and the ISO date it was checked."""

    id: str
    reference: str
    confirmed: str
    checked: str
