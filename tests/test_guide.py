"""The leader's guide: what stands around each meeting, the guide of the course, and the anonymous feedback sheet."""

import re
import shutil
from io import BytesIO
from pathlib import Path

import handout
import html5lib
import pytest
import tools
import yaml
from handout import making, pdf
from pdf_tags import Tagged

from course import content, language, notebooks, plans, session
from course.agenda import agenda
from course.model import GuideSection
from widgets.box import source_ids

NAMES = content.names("nb")
HTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The folder with the leader's documents."""
    out = tmp_path_factory.mktemp("guide")
    handout.make(audiences=["leader"], out=out)
    return out


@pytest.fixture
def guide():
    return content.guide("nb")


def tree(path):
    return html5lib.parse(path.read_text(encoding="utf-8"))


def text_of(path) -> str:
    return " ".join("".join(tree(path).find(f"{HTML}body").itertext()).split())


def text_of_element(element) -> str:
    return " ".join("".join(element.itertext()).split())


def plain(text: str) -> str:
    return " ".join(text.replace("**", "").split())


def said(section: GuideSection) -> list[str]:
    return [plain(text) for text in (section.title, *section.paragraphs, *section.items)]


@pytest.mark.parametrize("name", NAMES)
def test_a_modules_leader_document_has_all_that_stands_before_and_after_a_meeting(name, made, guide):
    text = text_of(made / "nb" / f"{name}.leder.html")
    wanted = [line for page in ("before", "after") for section in guide.on(page) for line in said(section)]
    wanted += [alert.title for alert in content.support("nb").alerts] + list(guide.extra(name))
    assert wanted
    assert [line for line in wanted if line not in text] == []
    assert text.index(content.words("nb")["guide.before"]) < text.index(content.words("nb")["guide.after"])


def test_the_guide_of_the_course_has_every_section_and_every_module_with_its_minutes(made, guide):
    text = text_of(made / "nb" / making.GUIDE)
    wanted = [line for section in guide.on("course") for line in said(section)]
    wanted += [part.title for name in NAMES for part in content.load(name).parts]
    wanted += [alert.do for alert in content.support("nb").alerts] + [item.text for item in guide.feedback.questions]
    plain_text = text.replace("\N{NO-BREAK SPACE}", " ")
    assert [line for line in wanted if " ".join(line.split()) not in plain_text] == []


def reading_of(place) -> list[str]:
    """The items of each reading list on a page."""
    lists = [each for each in place.iter(f"{HTML}section") if each.get("class") == "reading"]
    return [text_of_element(item) for each in lists for item in each.iter(f"{HTML}li")]


def test_the_guide_has_a_reading_list_for_each_module_with_how_far_each_fact_is_confirmed(made, words):
    found = tree(made / "nb" / making.GUIDE)
    lists = [each for each in found.iter(f"{HTML}section") if each.get("class") == "reading"]
    rules = {source.reference for source in content.sources("nb").values() if source.id.startswith("S-")}
    assert [rule for rule in rules if rule not in text_of(made / "nb" / making.GUIDE)] == []
    titles = [text_of_element(each.find(f"{HTML}h3")) for each in lists]
    assert titles == [content.load(name).title for name in NAMES]
    for name, place in zip(NAMES, lists, strict=True):
        text = text_of_element(place)
        assert [fact for fact in source_ids(content.load(name)) if fact not in text] == []
        assert words["guide.reading_checked"].format(date="21.11.2026") in text
    assert any(f"· {words['guide.confirmed.no']}: F-DUTY-03" in item for item in reading_of(found))


@pytest.mark.parametrize("name", NAMES)
def test_a_modules_leader_document_tells_where_each_work_is_used(name, made, words):
    found = tree(made / "nb" / f"{name}.leder.html")
    assert "box-sources" not in (made / "nb" / f"{name}.leder.html").read_text(encoding="utf-8").split("</style>")[1]
    items = [item for item in reading_of(found) if not re.search(r"· S-\d+$", item)]
    titles = [part.title for part in content.load(name).parts]
    assert items
    begins, many = words["guide.reading_parts"].split("{")[0], words["guide.reading_many"].split("{")[0]
    few = [item for item in items if not re.search(rf"{many}\d+ deler\.$", item)]
    assert len(few) > len(items) / 2
    assert [item for item in few if not any(title in item.partition(begins)[2] for title in titles)] == []


def test_the_meeting_for_next_of_kin_is_no_line_among_the_modules(made, words):
    main = tree(made / "nb" / making.GUIDE).find(f"{HTML}body/{HTML}main")
    (place,) = (each for each in main.findall(f"{HTML}section") if each.get("id") == "guide-modules")
    tables = [
        [text_of_element(row.find(f"{HTML}th")) for row in each.iter(f"{HTML}tr")][1:]
        for each in place.iter(f"{HTML}table")
    ]
    kin = [content.load(name).title for name in NAMES if content.load(name).next_of_kin]
    assert kin
    assert tables == [[content.load(name).title for name in NAMES if not content.load(name).next_of_kin], kin]
    assert text_of_element(place.find(f"{HTML}h3")) == words["lab.next_of_kin"]


def test_the_contents_and_the_links_of_the_guide_lead_somewhere(made):
    found = tree(made / "nb" / making.GUIDE)
    ids = {element.get("id") for element in found.iter() if element.get("id")}
    links = [element.get("href") for element in found.iter(f"{HTML}a")]
    assert {f"{name}.leder.html" for name in NAMES} <= set(links)
    for link in links:
        assert link[1:] in ids if link.startswith("#") else (made / "nb" / link).is_file()


def test_the_contents_name_every_section_in_its_order_and_the_last_one_is_the_feedback_sheet(made, guide, words):
    main = tree(made / "nb" / making.GUIDE).find(f"{HTML}body/{HTML}main")
    contents = [text_of_element(each) for each in next(each for each in main.iter(f"{HTML}ol"))]
    sections = [text_of_element(next(each.iter(f"{HTML}h2"))) for each in main.findall(f"{HTML}section")]
    assert contents == sections
    assert sections[-2:] == [words["handout.emergency.title"], guide.feedback.title]
    ticks = [each for each in main.findall(f"{HTML}section")[-1].iter() if each.get("class") == "tick"]
    assert len(ticks) == 2 * sum(len(question.options) for question in guide.feedback.questions)


def test_the_contents_of_the_pdf_have_the_numbers_of_the_pages(made, words):
    tools.require("Pango")
    drawn = Tagged(BytesIO(pdf.drawn((made / "nb" / making.GUIDE).read_text(encoding="utf-8"))))
    pages = [" ".join(page.extract_text().split()) for page in drawn.reader.pages]
    told = "|".join(tag.text.strip() for tag in drawn.tags())
    main = tree(made / "nb" / making.GUIDE).find(f"{HTML}body/{HTML}main")
    titles = [text_of_element(each) for each in next(each for each in main.iter(f"{HTML}ol"))]
    for number, title in enumerate(titles[:-1], start=1):  # the last one is handed out, without a number
        page = int(re.search(rf"{re.escape(title)}\|+(\d+)\|", told)[1])
        assert f"{number}. {title}" in pages[page - 1], title
    assert words["handout.leader_only"] not in pages[-1]
    assert all(words["handout.leader_only"] in page for page in pages[:-1])


def test_the_overview_has_the_meeting_for_next_of_kin_under_a_heading_of_its_own(made, tmp_path, words):
    headings = [each for each in tree(made / "index.html").iter() if each.tag in (f"{HTML}h2", f"{HTML}h3")]
    texts = [text_of_element(each) for each in headings]
    here, modules = texts.index(words["lab.next_of_kin"]), sorted(map(content.load, NAMES), key=lambda m: m.next_of_kin)
    others = [module.title for module in modules if not module.next_of_kin]
    assert texts[:here] == others
    assert texts[here + 1] == modules[-1].title
    handout.make([modules[-1].name], ["participant"], out=tmp_path)
    assert len(list(tree(tmp_path / "index.html").iter(f"{HTML}table"))) == 1


def test_a_module_that_was_not_printed_is_named_and_not_linked(tmp_path):
    handout.make(NAMES[:1], ["leader"], out=tmp_path)
    links = {element.get("href") for element in tree(tmp_path / "nb" / making.GUIDE).iter(f"{HTML}a")}
    assert f"{NAMES[0]}.leder.html" in links
    assert f"{NAMES[1]}.leder.html" not in links
    assert content.load(NAMES[1]).title in text_of(tmp_path / "nb" / making.GUIDE)


def test_the_overview_leads_to_the_guide_only_where_it_was_made(made, tmp_path):
    handout.make(NAMES[:1], ["participant"], out=tmp_path)
    linked = {out: {a.get("href") for a in tree(out / "index.html").iter(f"{HTML}a")} for out in (made, tmp_path)}
    assert {f"nb/{making.GUIDE}", f"nb/{making.FEEDBACK}"} <= linked[made]
    assert not [link for link in linked[tmp_path] if making.GUIDE in link or making.FEEDBACK in link]


def test_nothing_of_the_guide_stands_in_a_participants_handout(tmp_path, guide):
    handout.make(NAMES[:1], ["participant"], out=tmp_path)
    source = (tmp_path / "nb" / f"{NAMES[0]}.html").read_text(encoding="utf-8")
    assert "guide-" not in source
    lines = [line for section in guide.sections for line in said(section) if len(line) > 20]
    assert [line for line in lines if line in text_of(tmp_path / "nb" / f"{NAMES[0]}.html")] == []


def test_the_feedback_sheet_asks_two_questions_and_has_nowhere_to_write(made, guide):
    found = tree(made / "nb" / making.FEEDBACK)
    kinds = {name for element in found.iter() for name in (element.get("class") or "").split()}
    ticks = [element for element in found.iter() if element.get("class") == "tick"]
    assert len(guide.feedback.questions) == 2
    assert len(ticks) == 2 * sum(len(question.options) for question in guide.feedback.questions)  # two to a page
    assert not kinds & {"line", "lines", "write", "blank", "field"}
    text = text_of(made / "nb" / making.FEEDBACK)
    assert content.support("nb").boxes["private"].paragraphs[0].split(".")[0] not in text  # somebody does read it
    assert content.words("nb")["handout.leader_only"] not in text


def test_duties_are_said_with_a_source_and_with_whom_to_check(guide):
    (duties,) = (section for section in guide.sections if section.id == "duties")
    assert any(source.startswith("F-DUTY") for source in duties.sources)
    assert "fagansvarlig" in " ".join(duties.paragraphs)


def test_there_are_courses_of_eight_ten_and_twelve_meetings_that_begin_with_the_welcome(guide):
    modules = {each.id: each.module for each in guide.meetings}
    assert [len(plan.meetings) for plan in guide.plans] == [8, 10, 12]
    for plan in guide.plans:
        names = [modules[each] for each in plan.meetings]
        assert names[0] == "00_velkommen"
        assert names == sorted(names)
    ours = {name for name in NAMES if not content.load(name).next_of_kin}
    assert {modules[each] for each in guide.plans[-1].meetings} == ours  # the longest has something of all


def test_a_second_meeting_has_nothing_of_the_first_but_what_every_meeting_has(guide):
    """Only the round, the aims, the talk and what safety needs come twice."""
    first: dict[str, set[str]] = {}
    for each in guide.meetings:
        module = content.load(each.module)
        cells = notebooks.read(content.MODULES / "nb" / f"{each.module}.ipynb")
        free = {part.part for part in plans.meeting(each, "nb").parts} - session.essential(module, cells)
        if each.module in first:
            assert not free & first[each.module], each.id
        first.setdefault(each.module, free)


def test_the_guide_shows_every_course_with_its_meetings_minutes_and_parts(made, guide):
    text = text_of(made / "nb" / making.GUIDE).replace("\N{NO-BREAK SPACE}", " ")
    assert all(f"{len(plan.meetings)} møter {plan.lead}" in text for plan in guide.plans)
    for each in guide.meetings:
        shown = agenda(content.load(each.module), plans.meeting(each, "nb"))
        about = f" · {each.about}" if each.about else ""
        uses = sum(each.id in plan.meetings for plan in guide.plans)
        assert text.count(f"{content.load(each.module).title}{about} ({each.minutes} minutter)") == uses
        assert " · ".join(f"{line.title} ({line.minutes})" for line in shown.lines) in text


def test_every_extra_belongs_to_a_module(guide):
    assert {extra.module for extra in guide.extras} <= set(NAMES)


def test_the_guide_keeps_the_limits_of_language():
    assert language.guide_problems(content.CONTENT / "nb" / "guide.yaml") == []


def guide_with(tmp_path, change) -> Path:
    """A copy of the course's words in which the guide is changed."""
    folder = tmp_path / "content" / "nb"
    folder.mkdir(parents=True)
    shutil.copytree(content.MODULES / "nb", tmp_path / "modules" / "nb")
    for name in ("sources", "letters", "avoid", "support", "ui", *NAMES):
        (folder / f"{name}.yaml").write_bytes((content.CONTENT / "nb" / f"{name}.yaml").read_bytes())
    data = yaml.safe_load((content.CONTENT / "nb" / "guide.yaml").read_text(encoding="utf-8"))
    change(data)
    path = folder / "guide.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return path


def test_a_long_sentence_in_the_guide_gets_a_letter(tmp_path):
    path = guide_with(tmp_path, lambda data: data.update(lead="Så " + "og så " * 20 + "slutt!"))
    assert len(language.guide_problems(path)) == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data["feedback"]["questions"].pop(),
        lambda data: data["sections"][0].update(pages=["everywhere"]),
        lambda data: data["sections"][0].update(sources=["F-NONE-99"]),
        lambda data: data["feedback"]["questions"][0].update(lines=3),
        lambda data: data["extras"][0].update(module="99_ukjent"),
        lambda data: data["meetings"][-1].update(skip=["check-out"]),
        lambda data: data["plans"][0]["meetings"].append("no-such-meeting"),
    ],
    ids=["one question", "unknown page", "unknown source", "room to write", "extra", "impossible", "unknown meeting"],
)
def test_a_guide_that_breaks_its_agreement_gets_one_letter(change, tmp_path):
    assert len(content.problems(guide_with(tmp_path, change))) == 1
