"""Answers as readable pieces: what the exercise asked and what was answered, both as words.

Each piece has a key that says what it is about, down to the columns of a table and the option that was ticked. A key
that is gone therefore means that the exercise has changed there. A key that begins with `?` belongs to something that
the exercise, as it is now, does not have. Keys are kept in people's files: make them another way, and all that people
have kept no longer fits.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import is_dataclass
from datetime import date

from course import content
from course.model import (
    ANSWER_TYPES,
    Answer,
    CheckIn,
    CheckInAnswer,
    Excerpt,
    Exercise,
    Explore,
    ExploreAnswer,
    Field,
    FieldValue,
    LoopMap,
    LoopMapAnswer,
    NetworkMap,
    NetworkMapAnswer,
    Question,
    QuestionAnswer,
    Quiz,
    QuizAnswer,
    SortingBoard,
    SortingBoardAnswer,
    Trigger,
    TriggerMap,
    TriggerMapAnswer,
    Worksheet,
    WorksheetAnswer,
)

Words = Mapping[str, str]
Pieces = Iterator[tuple[str, Excerpt]]
UNKNOWN = "?"


def parts(exercise: Exercise, answer: Answer, words: Words | None = None) -> Mapping[str, Excerpt]:
    """What is answered, piece by piece, in the order of the exercise."""
    return {key: excerpt for key, excerpt in pieces(exercise, answer, words or content.words()) if excerpt.text}


def pieces(exercise: Exercise, answer: Answer, words: Words) -> Pieces:
    """The same with what is empty or has another shape than the exercise asks for."""
    if not isinstance(answer, ANSWER_TYPES[type(exercise)]):
        raise TypeError(f"{type(answer).__name__} does not answer {type(exercise).__name__}")
    return PIECES[type(exercise)](exercise, answer, words) if type(exercise) in PIECES else iter(())


def unknown(label: str, data: object, key: str = UNKNOWN) -> Pieces:
    """Every text and number in something without a form we know."""
    if isinstance(data, Mapping) or is_dataclass(data):
        for name, item in (vars(data) if is_dataclass(data) else data).items():
            yield from unknown(label, item, f"{key}/{name}")
    elif isinstance(data, list | tuple):
        for number, item in enumerate(data):
            yield from unknown(label, item, f"{key}/{number}")
    else:
        yield key, Excerpt(label=label, text="" if data is None else str(data))


def _quiz(quiz: Quiz, answer: QuizAnswer, words: Words) -> Pieces:
    rest = dict(answer.questions)
    for question in quiz.questions:
        given = rest.get(question.id)
        if given and _answers(question, given):
            del rest[question.id]
            text = "; ".join(_chosen(question, given, words))
            yield _question_key(question), Excerpt(label=question.text, text=text)
    for name, given in rest.items():
        yield f"{UNKNOWN}/{name}", Excerpt(label=quiz.title, text="; ".join(filter(None, given.chosen)))


def _answers(question: Question, given: QuestionAnswer) -> bool:
    """Whether this can have been chosen for the question as it is now."""
    chosen, count = given.chosen, len(given.chosen)
    ids = {item.id for item in (*question.options, *question.steps, *question.pairs)}
    if question.kind == "match":
        return {*chosen} <= {*ids, ""} and count in (0, len(ids))
    if question.kind == "order":
        return {*chosen} == ids and count == len(ids) or not chosen
    return {*chosen} <= ids and (question.kind == "many" or count <= 1)


def _question_key(question: Question) -> str:
    # What is chosen for a pair is known by its place only.
    pairs = ",".join(pair.id for pair in question.pairs)
    return f"{question.id}/{question.kind}" + (f":{pairs}" if pairs else "")


def _chosen(question: Question, given: QuestionAnswer, words: Words) -> Iterator[str]:
    texts = {item.id: item.text for item in (*question.options, *question.steps)}
    rights = {pair.id: pair.right for pair in question.pairs}
    if question.kind != "match":
        yield from (texts[name] for name in given.chosen)
        return
    for pair, name in zip(question.pairs, given.chosen, strict=False):
        if name:
            yield words["journal.cell"].format(column=pair.left, text=rights[name])


def _worksheet(worksheet: Worksheet, answer: WorksheetAnswer, words: Words) -> Pieces:
    fields = {field.id: field for field in worksheet.fields}
    for name, field in fields.items():
        if name in answer.values:
            yield from _field(field, answer.values[name], words)
    for name, value in answer.values.items():
        if name not in fields:
            yield from unknown(worksheet.title, value, f"{UNKNOWN}/{name}")


def _field(field: Field, value: FieldValue, words: Words) -> Pieces:
    choices = {choice.id: choice.text for choice in field.choices}
    match field.kind, value:
        case (("text" | "long"), str()):
            yield field.id, Excerpt(label=field.label, text=value)
        case "choice", str() if value in choices:
            yield f"{field.id}={value}", Excerpt(label=field.label, text=choices[value])
        case "many", tuple() if {*value} <= {*choices}:
            yield from ((f"{field.id}/{name}", Excerpt(label=field.label, text=choices[name])) for name in value)
        case "scale", int() if 0 <= value <= 10:
            yield f"{field.id}#", Excerpt(label=field.label, text=_scale(field, value, words))
        case "table", tuple() if all(_is_row(field, row) for row in value):
            yield from _rows(field, value, words)
        case _:
            yield from unknown(field.label, value, f"{UNKNOWN}/{field.id}")


def _scale(field: Field, value: int, words: Words) -> str:
    form = words["journal.scale" if field.low and field.high else "journal.scale_bare"]
    return form.format(number=value, low=field.low, high=field.high)


def _is_row(field: Field, row: object) -> bool:
    return isinstance(row, tuple) and len(row) == len(field.columns)


def _rows(field: Field, rows: Sequence[Sequence[str]], words: Words) -> Pieces:
    columns = ",".join(column.id for column in field.columns)
    for number, row in enumerate(rows):
        cells = zip(field.columns, row, strict=True)
        texts = (words["journal.cell"].format(column=column.text, text=cell) for column, cell in cells if cell)
        yield f"{field.id}:{columns}/{number}", Excerpt(label=field.label, text="; ".join(texts))


def _trigger_map(exercise: TriggerMap, answer: TriggerMapAnswer, words: Words) -> Pieces:
    labels = {category.id: category.label for category in exercise.categories}
    often = {choice.id: choice.text for choice in exercise.often}
    for trigger in answer.triggers:
        known = trigger.category if trigger.category in labels else ""
        label = labels.get(known, words["journal.other_group"])
        key = f"{trigger.id}|{known}|{trigger.often if trigger.often in often else ''}"
        yield key, Excerpt(label=label, text=_trigger(trigger, often.get(trigger.often, ""), words))


def _trigger(trigger: Trigger, often: str, words: Words) -> str:
    """A trigger in one line: «Fredag kveld (sug 7 av 10, ofte) – hvis telefonen ringer, så går jeg en tur»."""
    strength = "" if trigger.strength is None else words["journal.strength"].format(strength=trigger.strength)
    rated = ", ".join(filter(None, (strength, often)))
    plan = (("when", trigger.if_text), ("then", trigger.then_text))
    planned = ", ".join(words[f"journal.{name}"].format(text=text) for name, text in plan if text)
    return trigger.text + (f" ({rated})" if rated else "") + (f" – {planned}" if planned else "")


def _explore(exercise: Explore, answer: ExploreAnswer, words: Words) -> Pieces:
    parameters = {parameter.id: parameter for parameter in exercise.parameters}
    for name, value in answer.values.items():
        parameter = parameters.get(name)
        if parameter and parameter.minimum <= value <= parameter.maximum:
            numbers = {"number": value, "minimum": parameter.minimum, "maximum": parameter.maximum}
            said = {key: f"{number:g}".replace(".", ",") for key, number in numbers.items()}
            text = words["journal.slider"].format(**said, low=parameter.low, high=parameter.high)
            key = f"{name}:{parameter.minimum:g}-{parameter.maximum:g}"
            yield key, Excerpt(label=parameter.label, text=text)
        else:
            yield from unknown(exercise.title, value, f"{UNKNOWN}/{name}")


def _loop_map(exercise: LoopMap, answer: LoopMapAnswer, words: Words) -> Pieces:
    after = dict(zip(answer.items, answer.items[1:] + answer.items[:1], strict=True))
    for item in answer.items:
        yield f"item/{item.id}", Excerpt(label=words["journal.circle"], text=item.text)
    for item in answer.items:
        if item.id == answer.broken:
            arrow = words["journal.arrow"].format(before=item.text, after=after[item].text)
            yield f"broken/{item.id}", Excerpt(label=words["journal.circle_broken"], text=arrow)
    yield "plan", Excerpt(label=words["journal.circle_plan"], text=answer.plan)


def _sorting_board(exercise: SortingBoard, answer: SortingBoardAnswer, words: Words) -> Pieces:
    titles = {column.id: column.title for column in exercise.columns}
    texts = {card.id: card.text for card in (*exercise.cards, *answer.own)}
    placed = {name for names in answer.columns.values() for name in names}
    for column in (*titles, *(name for name in answer.columns if name not in titles)):
        for name in answer.columns.get(column, ()):
            known = column in titles and name in texts
            label = titles.get(column, exercise.title)
            key = f"{column}/{name}" if known else f"{UNKNOWN}/{column}/{name}"
            yield key, Excerpt(label=label, text=texts.get(name, name))
    for card in answer.own:
        if card.id not in placed:
            yield f"/{card.id}", Excerpt(label=words["journal.unsorted"], text=card.text)


def _network_map(exercise: NetworkMap, answer: NetworkMapAnswer, words: Words) -> Pieces:
    circles = {circle.id: circle.title for circle in exercise.circles}
    effects = {effect.id: effect.title for effect in exercise.effects}
    for person in answer.people:
        known = person.circle in circles and person.effect in effects
        key = f"{person.id}|{person.circle}|{person.effect}"
        text = words["journal.person"].format(text=person.text, effect=effects.get(person.effect, person.effect))
        label = circles.get(person.circle, exercise.title)
        yield key if known else f"{UNKNOWN}/{key}", Excerpt(label=label, text=text)


def _check_in(exercise: CheckIn, answer: CheckInAnswer, words: Words) -> Pieces:
    scales = {scale.id: scale for scale in exercise.scales}
    for entry in answer.entries:
        label = _day(entry.date, words)
        for name, value in entry.values.items():
            if name in scales and 0 <= value <= 10:
                values = {"question": scales[name].label, "rating": _scale(scales[name], value, words)}
                yield f"{entry.date}/{name}", Excerpt(label=label, text=words["journal.rated"].format(**values))
            else:
                yield from unknown(label, value, f"{UNKNOWN}/{entry.date}/{name}")


def _day(text: str, words: Words) -> str:
    try:
        return date.fromisoformat(text).strftime(words["journal.date"])
    except ValueError:
        return text


PIECES: Mapping[type[Exercise], Callable[[Exercise, Answer, Words], Pieces]] = {
    Quiz: _quiz,
    Worksheet: _worksheet,
    TriggerMap: _trigger_map,
    Explore: _explore,
    LoopMap: _loop_map,
    SortingBoard: _sorting_board,
    NetworkMap: _network_map,
    CheckIn: _check_in,
}
