"""Answers to any exercise of any module, as somebody could give them: strategies for hypothesis, and full examples."""

from collections.abc import Mapping
from dataclasses import replace

from hypothesis import strategies as st

from course.model import (
    Answer,
    Category,
    CheckIn,
    CheckInAnswer,
    CheckInEntry,
    Choice,
    Closing,
    Column,
    Exercise,
    Explore,
    ExploreAnswer,
    Field,
    Label,
    Landing,
    LandingAnswer,
    LoopMap,
    LoopMapAnswer,
    Module,
    NetworkMap,
    NetworkMapAnswer,
    Option,
    Pair,
    Parameter,
    Person,
    Question,
    QuestionAnswer,
    Quiz,
    QuizAnswer,
    Scene,
    SortingBoard,
    SortingBoardAnswer,
    Step,
    Trigger,
    TriggerMap,
    TriggerMapAnswer,
    Worksheet,
    WorksheetAnswer,
    frozen,
)

# What people write, what a phone puts in, and what somebody hostile or a broken browser could send.
TEXTS: Mapping[str, str] = frozen(
    {
        "norwegian": "Blåbærsyltetøy på øya, så går jeg hjem til Åse",
        "sami": "Čáhci, ŋuorra ja đáđđat",
        "emoji": "👩🏽‍⚕️ 🇳🇴 ❤️‍🩹 😀",
        "right_to_left": "أشعر بالرغبة مساءً \u202eשלום\u202c",
        "combining": "å e\u0301 Z͑ͫ̓ͪ̂ͫ",
        "long": "Dette er langt. " * 625,
        "lines": 'en linje\n\n  en til\r\nog en\rmed «sitat»\tog \\ "tegn"',
        "script": "</textarea><script>alert('x')</script><img src=x onerror=alert(1)>",
        "braces": "{text} {0} %s ${x} {",
        "json": '"], "answers": {}, "format": 2, "',
        "half_characters": "\ud800 og \udfff",
        "two_halves": "\ud83d" + "\ude00",
        "unseen": "null\x00 slett\x7f \x1b[31m \ufeff \u2028",
        "blank": " ",
    }
)
texts = st.sampled_from(list(TEXTS.values())) | st.text(st.characters(exclude_categories=()), min_size=1, max_size=12)
maybe_texts = st.just("") | texts
ratings = st.integers(0, 10)


def to(exercise: Exercise) -> st.SearchStrategy[Answer]:
    """Answers to this exercise, the empty one among them."""
    return _STRATEGIES[type(exercise)](exercise)


def _some(values: Mapping[str, st.SearchStrategy]) -> st.SearchStrategy[Mapping]:
    return st.fixed_dictionaries({}, optional=dict(values)).map(frozen)


def _ids(items: tuple, **sizes: int) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from([item.id for item in items]), unique=True, **sizes).map(tuple)


def _quiz(quiz: Quiz) -> st.SearchStrategy[QuizAnswer]:
    questions = _some({question.id: _question(question) for question in quiz.questions})
    return st.builds(QuizAnswer, questions=questions, at=st.integers(0, len(quiz.questions)))


def _question(question: Question) -> st.SearchStrategy[QuestionAnswer]:
    names = [item.id for item in (*question.options, *question.steps, *question.pairs)]
    if question.kind == "order":
        chosen = st.permutations(names).map(tuple)
    elif question.kind == "match":
        chosen = st.tuples(*[st.sampled_from(["", *names])] * len(names))
    else:
        chosen = _ids(question.options, max_size=len(names) if question.kind == "many" else 1)
    return st.builds(QuestionAnswer, chosen=st.just(()) | chosen, checked=st.booleans())


def _worksheet(worksheet: Worksheet) -> st.SearchStrategy[WorksheetAnswer]:
    return st.builds(WorksheetAnswer, values=_some({field.id: _field(field) for field in worksheet.fields}))


def _field(field: Field) -> st.SearchStrategy:
    return {
        "text": lambda: texts,
        "long": lambda: texts,
        "choice": lambda: st.sampled_from([choice.id for choice in field.choices]),
        "many": lambda: _ids(field.choices, min_size=1),
        "scale": lambda: ratings,
        "table": lambda: st.lists(st.tuples(*[maybe_texts] * len(field.columns)), min_size=1, max_size=4).map(tuple),
    }[field.kind]()


def _trigger_map(exercise: TriggerMap) -> st.SearchStrategy[TriggerMapAnswer]:
    triggers = st.builds(
        Trigger,
        id=st.just("t"),
        text=texts,
        category=st.sampled_from([category.id for category in exercise.categories]),
        strength=st.none() | ratings,
        often=st.sampled_from(["", *(choice.id for choice in exercise.often)]),
        if_text=maybe_texts,
        then_text=maybe_texts,
    )
    return st.lists(triggers, max_size=5).map(_numbered)


def _numbered(triggers: list[Trigger]) -> TriggerMapAnswer:
    named = (Trigger(**{**vars(trigger), "id": f"t{at}"}) for at, trigger in enumerate(triggers, start=1))
    return TriggerMapAnswer(triggers=tuple(named))


def _explore(exercise: Explore) -> st.SearchStrategy[ExploreAnswer]:
    inside = {parameter.id: st.floats(parameter.minimum, parameter.maximum) for parameter in exercise.parameters}
    return st.builds(ExploreAnswer, values=_some(inside))


def _loop_map(loop: LoopMap) -> st.SearchStrategy[LoopMapAnswer]:
    own = st.integers(1, 9).flatmap(lambda number: st.builds(Choice, id=st.just(f"own-{number}"), text=texts))
    items = st.lists(st.sampled_from(loop.suggestions) | own, unique_by=lambda item: item.id, max_size=loop.most)

    def circle(items: list[Choice]) -> st.SearchStrategy[LoopMapAnswer]:
        broken = st.sampled_from(["", *(item.id for item in items)])
        return st.builds(LoopMapAnswer, items=st.just(tuple(items)), broken=broken, plan=maybe_texts)

    return items.flatmap(circle)


def _sorting_board(board: SortingBoard) -> st.SearchStrategy[SortingBoardAnswer]:
    own = st.lists(texts, max_size=board.own_cards).map(
        lambda found: tuple(Choice(id=f"own-{at}", text=text) for at, text in enumerate(found, start=1))
    )

    def sort(own: tuple[Choice, ...]) -> st.SearchStrategy[SortingBoardAnswer]:
        places = st.sampled_from(["", *(column.id for column in board.columns)])
        cards = {card.id: places for card in (*board.cards, *own)}
        return st.fixed_dictionaries({}, optional=cards).map(lambda standing: _sorted(standing, own))

    return own.flatmap(sort)


def _sorted(standing: Mapping[str, str], own: tuple[Choice, ...]) -> SortingBoardAnswer:
    columns = {column: tuple(c for c, at in standing.items() if at == column) for column in standing.values() if column}
    return SortingBoardAnswer(columns=frozen(columns), own=own)


def _network_map(exercise: NetworkMap) -> st.SearchStrategy[NetworkMapAnswer]:
    people = st.builds(
        Person,
        id=st.just(""),
        text=texts,
        circle=st.sampled_from([circle.id for circle in exercise.circles]),
        effect=st.sampled_from([effect.id for effect in exercise.effects]),
    )
    return st.lists(people, max_size=5).map(_on_map)


def _on_map(people: list[Person]) -> NetworkMapAnswer:
    named = (replace(person, id=f"p{at}") for at, person in enumerate(people, start=1))
    return NetworkMapAnswer(people=tuple(named))


def _check_in(exercise: CheckIn) -> st.SearchStrategy[CheckInAnswer]:
    values = st.fixed_dictionaries({}, optional={scale.id: ratings for scale in exercise.scales})
    days = st.dictionaries(st.dates().map(str), values.filter(bool).map(frozen), max_size=5)
    return days.map(lambda found: CheckInAnswer(entries=tuple(_entry(day, found[day]) for day in sorted(found))))


def _entry(day: str, values: Mapping[str, int]) -> CheckInEntry:
    return CheckInEntry(date=day, values=values)


_STRATEGIES = {
    Quiz: _quiz,
    Worksheet: _worksheet,
    TriggerMap: _trigger_map,
    Explore: _explore,
    LoopMap: _loop_map,
    SortingBoard: _sorting_board,
    NetworkMap: _network_map,
    CheckIn: _check_in,
    Landing: lambda landing: st.just(LandingAnswer()),
}


def full(exercise: Exercise, text: str) -> Answer:
    """An answer with this text wherever one can write, and with everything chosen that can be."""
    return _FULL[type(exercise)](exercise, text)


def _full_quiz(quiz: Quiz, text: str) -> QuizAnswer:
    chosen = {
        question.id: tuple(item.id for item in (*question.steps, *question.pairs))
        or tuple(option.id for option in question.options)[: None if question.kind == "many" else 1]
        for question in quiz.questions
    }
    given = {name: QuestionAnswer(chosen=names, checked=True) for name, names in chosen.items()}
    return QuizAnswer(questions=frozen(given), at=len(given))


def _full_field(field: Field, text: str) -> object:
    return {
        "text": text,
        "long": text,
        "choice": field.choices[0].id if field.choices else "",
        "many": tuple(choice.id for choice in field.choices),
        "scale": 0,
        "table": ((text,) * len(field.columns),) * 2,
    }[field.kind]


def _full_trigger_map(exercise: TriggerMap, text: str) -> TriggerMapAnswer:
    often = exercise.often[0].id if exercise.often else ""
    plan = {"strength": 10, "often": often, "if_text": text, "then_text": text}
    found = (Trigger(id="", text=text, category=category.id, **plan) for category in exercise.categories)
    return _numbered(list(found))


def _full_loop_map(loop: LoopMap, text: str) -> LoopMapAnswer:
    own = Choice(id="own-1", text=text)
    return LoopMapAnswer(items=(*loop.suggestions[: loop.most - 1], own), broken=own.id, plan=text)


def _full_sorting_board(board: SortingBoard, text: str) -> SortingBoardAnswer:
    own = tuple(Choice(id=f"own-{number}", text=text) for number in range(1, 3))
    cards = tuple(card.id for card in board.cards)
    return SortingBoardAnswer(columns=frozen({board.columns[0].id: (*cards, own[0].id)}), own=own)


def _full_network_map(exercise: NetworkMap, text: str) -> NetworkMapAnswer:
    places = ((circle.id, effect.id) for circle in exercise.circles for effect in exercise.effects)
    people = (Person(id=f"p{n}", text=text, circle=c, effect=e) for n, (c, e) in enumerate(places, start=1))
    return NetworkMapAnswer(people=tuple(people))


_FULL = {
    Quiz: _full_quiz,
    Worksheet: lambda sheet, text: WorksheetAnswer(
        values=frozen({field.id: _full_field(field, text) for field in sheet.fields})
    ),
    TriggerMap: _full_trigger_map,
    Explore: lambda explore, text: ExploreAnswer(values=frozen({one.id: one.maximum for one in explore.parameters})),
    LoopMap: _full_loop_map,
    SortingBoard: _full_sorting_board,
    NetworkMap: _full_network_map,
    CheckIn: lambda check_in, text: CheckInAnswer(
        entries=(_entry("2026-11-22", frozen({scale.id: 7 for scale in check_in.scales})),)
    ),
    Landing: lambda landing, text: LandingAnswer(),
}


def written(exercise: Exercise, answer: Answer) -> list[str]:
    """What somebody wrote in an answer with their own words, without what they chose among ours."""
    match answer:
        case WorksheetAnswer():
            chosen = {field.id for field in exercise.fields if field.kind in ("choice", "many")}
            return [text for name, value in answer.values.items() if name not in chosen for text in _cells(value)]
        case TriggerMapAnswer():
            return [text for one in answer.triggers for text in (one.text, one.if_text, one.then_text)]
        case LoopMapAnswer():
            return [*(item.text for item in answer.items if item.id.startswith("own-")), answer.plan]
        case SortingBoardAnswer():
            return [card.text for card in answer.own]
        case NetworkMapAnswer():
            return [person.text for person in answer.people]
    return []


def _cells(value: object) -> list[str]:
    if isinstance(value, tuple):
        return [text for item in value for text in _cells(item)]
    return [value] if isinstance(value, str) else []


# One exercise of every kind, with every kind of field and question.

_CHOICES = (Choice(id="sleep", text="Sove"), Choice(id="calm", text="Få ro"), Choice(id="talk", text="Prate"))
_OPTIONS = tuple(Option(id=name, text=f"Valg {name}", reply="Ja.", correct=name == "a") for name in "abc")
_CLAIM = tuple(
    Option(id=name, text=name, reply="Ja.", correct=name == "holds") for name in ("holds", "fails", "depends")
)
_STEPS = tuple(Step(id=name, text=f"Trinn {name}", reply="Ja.") for name in "abc")
_PAIRS = tuple(Pair(id=name, left=f"Ord {name}", right=f"Mening {name}", reply="Ja.") for name in "abc")
_COLUMNS = (Choice(id="what", text="Hva"), Choice(id="when", text="Når"))


def _scale_field(name: str) -> Field:
    return Field(id=name, kind="scale", label=f"Hvor {name}", low="lite", high="mye")


QUIZ = Quiz(
    id="quiz",
    title="Spørsmål",
    questions=(
        Question(id="one", kind="single", text="Ett?", options=_OPTIONS),
        Question(id="several", kind="many", text="Flere?", options=_OPTIONS),
        Question(id="claim", kind="claim", text="Stemmer det?", options=_CLAIM),
        Question(id="order", kind="order", text="Rekkefølge?", steps=_STEPS),
        Question(id="match", kind="match", text="Hva hører sammen?", pairs=_PAIRS),
    ),
    closings=(Closing(least=0, text="Ferdig."),),
)
WORKSHEET = Worksheet(
    id="sheet",
    title="Arket mitt",
    private=True,
    fields=(
        Field(id="short", kind="text", label="Ett ord"),
        Field(id="free", kind="long", label="Med egne ord"),
        Field(id="choice", kind="choice", label="Mest", choices=_CHOICES),
        Field(id="many", kind="many", label="Alt som passer", choices=_CHOICES),
        _scale_field("viktig"),
        Field(id="table", kind="table", label="Tabellen", columns=_COLUMNS),
    ),
)
TRIGGER_MAP = TriggerMap(
    id="map",
    title="Utløserne mine",
    private=True,
    categories=(Category(id="people", label="Mennesker"), Category(id="places", label="Steder")),
    often=(Choice(id="seldom", text="sjelden"), Choice(id="daily", text="hver dag")),
)
EXPLORE = Explore(
    id="explore",
    title="Skyv",
    figure="urge_wave",
    parameters=tuple(
        Parameter(id=name, label=name, minimum=0, maximum=10, step=0.5, start=5, low="lite", high="mye")
        for name in ("wait", "company")
    ),
    scenes=(Scene(title="Stille", values=frozen({"wait": 0, "company": 0}), alt="En flat strek."),),
    captions=(),
)
SORTING_BOARD = SortingBoard(
    id="board",
    title="Tavla mi",
    private=True,
    columns=(Column(id="now", title="Hjelper nå"), Column(id="later", title="Hjelper på sikt")),
    cards=_CHOICES,
    own_cards=3,
)


def _labels(**titles: str) -> tuple[Label, ...]:
    return tuple(Label(id=name, title=title) for name, title in titles.items())


NETWORK_MAP = NetworkMap(
    id="network",
    title="Folk rundt meg",
    private=True,
    safety="Er du redd for noen? Snakk med gruppelederen.",
    circles=_labels(near="Nær", middle="Midt imellom", far="Langt unna"),
    effects=_labels(helps="Hjelper", both="Begge deler", harms="Tynger"),
    suggestions=("tante", "nabo"),
    example=(Person(id="p1", text="søster", circle="near", effect="helps"),),
)
LOOP_MAP = LoopMap(id="loop", title="Sirkelen", private=True, suggestions=_CHOICES, most=5)
CHECK_IN = CheckIn(
    id="days", title="Dagene", private=True, scales=tuple(map(_scale_field, ("trist", "sulten"))), caption="Fint."
)
EVERY_KIND = (QUIZ, WORKSHEET, TRIGGER_MAP, EXPLORE, LOOP_MAP, SORTING_BOARD, NETWORK_MAP, CHECK_IN)


def module_of(*exercises: Exercise) -> Module:
    """A module with these exercises and nothing else."""
    return Module(name="01_test", language="nb", title="Prøve", summary="", parts=(), exercises=exercises)
