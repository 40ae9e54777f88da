"""A clinic's name, logo and numbers on the sheets: where they stand, where they never do, and what is refused."""

import os
import struct
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import handout
import html5lib
import pytest
from handout import letterhead, logo, making, page_guard, writing
from markupsafe import escape
from messages import words
from test_commands import run

from course import clinic, content
from course.content import ContentError
from widgets.paper import quoted

TODAY = date(2026, 11, 22)
MODULE, POCKET = "08_min_plan", "pocket-card"
EVERYONE = (*handout.AUDIENCES, making.GROUP)
TEXT = """journal: on
name: "Ruspoliklinikken på Åsen"
logo: "logo.svg"
numbers:
  - service: "Vakttelefonen vår"
    number: "22 00 00 07"
    note: "Hverdager 8–15"
    checked: "2026-11-01"
footer: "Storgata 1, inngang B"
"""
NS = "xmlns='http://www.w3.org/2000/svg'"
DRAWING = f"<svg {NS} viewBox='0 0 40 10'><rect width='40' height='10' fill='#123456'/></svg>"


@pytest.fixture
def file(tmp_path) -> Path:
    """A clinic file with a drawing beside it."""
    return in_folder(tmp_path / "klinikk")


def in_folder(folder: Path) -> Path:
    folder.mkdir()
    (folder / "logo.svg").write_text(DRAWING, encoding="utf-8")
    path = folder / "clinic.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def pages(out: Path, head: letterhead.Letterhead | None, **ways) -> dict[str, str]:
    """Every page of a module, and what is made for the whole course, by name."""
    with letterhead.used(head):
        paths = handout.make([MODULE], EVERYONE, out=out, **ways)
    return {path.name: path.read_text(encoding="utf-8") for path in paths}


@pytest.fixture(scope="module")
def plain(tmp_path_factory) -> dict[str, str]:
    """The pages of a course without a clinic."""
    return pages(tmp_path_factory.mktemp("plain"), None)


@pytest.fixture(scope="module")
def head(tmp_path_factory) -> letterhead.Letterhead:
    """A clinic's letterhead."""
    return letterhead.read(in_folder(tmp_path_factory.mktemp("clinic") / "klinikk"), TODAY)


@pytest.fixture(scope="module")
def made(tmp_path_factory, head) -> dict[str, str]:
    """The same pages with the letterhead."""
    return pages(tmp_path_factory.mktemp("made"), head)


# Where it stands.


def test_name_logo_and_footer_are_on_every_page_on_screen_and_in_the_margins_of_paper(made, plain, head):
    assert set(made) == set(plain)
    assert len(made) == 3 + 4
    for name, page in made.items():
        told = html5lib.parse(page, namespaceHTMLElements=False)
        assert told.find(".//header/p[@class='clinic']").text == "Ruspoliklinikken på Åsen", name
        assert "Storgata 1, inngang B" in [line.text for line in told.findall(".//footer/p")], name
        assert '@top-left{content:url("data:image/svg+xml,' in page, name
        assert ' "Ruspoliklinikken på Åsen · Ny kurs · ' in page, name
        assert '\\a Storgata 1, inngang B"' in page, name
        assert page.count(head.logo) == 2, name


def section(page: str, kind: str, name: str):
    return html5lib.parse(page, namespaceHTMLElements=False).find(f".//*[@{kind}='{name}']")


def test_local_numbers_stand_with_the_national_ones_with_the_day_they_were_checked(made):
    leaders = {f"{MODULE}.leder.html", making.GUIDE, making.EMERGENCY}
    shown = {name for name, page in made.items() if "22 00 00 07" in page}
    assert shown == leaders | {f"{MODULE}.html"}
    for name in shown:
        line = section(made[name], "class", "local").find("li")
        said = " ".join("".join(line.itertext()).split())
        assert said == "Vakttelefonen vår 22 00 00 07 Hverdager 8–15 (sjekket 01.11.2026)", name
    unit = made[f"{MODULE}.html"].partition('<section class="box box-help">')[2]
    assert unit.partition("</section>")[2].lstrip().startswith('<section class="box box-local">')


def test_nothing_of_the_clinic_is_on_the_pocket_card(made):
    card = "".join(section(made[f"{MODULE}.html"], "id", f"sheet-{POCKET}").itertext())
    assert "116 117" in card
    assert not any(each in card for each in ("Ruspoliklinikken", "Åsen", "22 00 00 07", "Vakttelefonen", "Storgata"))


def test_posters_and_the_overview_have_the_name_and_no_more_numbers(made):
    for name in (f"{MODULE}.gruppe.html", making.INDEX, making.FEEDBACK):
        assert "Vakttelefonen" not in made[name]


def test_a_letterhead_is_gone_when_the_clinic_is(head, tmp_path, plain):
    with_one = pages(tmp_path, head)
    assert pages(tmp_path, None) == plain
    assert not any(with_one[name] == plain[name] for name in plain)


def test_a_clinic_costs_a_page_its_logo_twice_and_little_more(tmp_path, file, plain):
    (file.parent / "logo.svg").write_text(DRAWING.replace("/>", "/>" + " " * 15_000), encoding="utf-8")
    head = letterhead.read(file, TODAY)
    made = pages(tmp_path / "out", head)
    for name, page in made.items():
        assert len(page.encode()) - len(plain[name].encode()) < 2 * len(head.logo) + 2500, name


def test_half_a_clinic_is_enough(file, tmp_path):
    file.write_text('journal: on\nfooter: "Storgata 1"', encoding="utf-8")
    made = pages(tmp_path / "out", letterhead.read(file, TODAY))
    assert all("class=clinic" not in page and "Storgata 1" in page for page in made.values())
    assert all("Numre hos oss" not in page for page in made.values())


# What has changed is made again.


def changed(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def quick(monkeypatch):
    """Pages that say nothing but what a letterhead gives to their value, made in no time."""
    monkeypatch.setattr(
        writing, "module", lambda name, audiences, *_: [(each, letterhead.value()) for each in audiences]
    )
    monkeypatch.setattr(writing, "shared", lambda *_: letterhead.value())


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("clinic.yaml", "Åsen", "Haugen"),
        ("clinic.yaml", "00 07", "00 08"),
        ("clinic.yaml", "2026-11-01", "2026-11-02"),
        ("clinic.yaml", "8–15", "8–16"),
        ("clinic.yaml", "inngang B", "inngang C"),
        ("clinic.yaml", 'logo: "logo.svg"', ""),
        ("logo.svg", "#123456", "#123457"),
    ],
)
def test_another_clinic_file_or_logo_makes_every_page_again(name, old, new, file, tmp_path):
    before = pages(tmp_path / "out", letterhead.read(file, TODAY))
    changed(file.parent / name, old, new)
    after = pages(tmp_path / "out", letterhead.read(file, TODAY))
    assert not any(after[name] == before[name] for name in before)


@pytest.mark.usefixtures("quick")
def test_what_no_page_shows_makes_nothing_again(file, tmp_path, monkeypatch):
    pages(tmp_path / "out", letterhead.read(file, TODAY))
    changed(file, "journal: on", "journal: off  # fra i dag")
    (file.parent / "logo.svg").rename(file.parent / "annet.svg")
    changed(file, "logo.svg", "annet.svg")
    monkeypatch.setattr(handout.folder.Folder, "add", lambda *what: pytest.fail("made again"))
    pages(tmp_path / "out", letterhead.read(file, TODAY))


# The command.


def test_the_command_follows_the_option_or_the_environment_and_says_so(file, tmp_path, monkeypatch):
    for arguments, variable in ((("--clinic", file), ""), ((), str(file))):
        monkeypatch.setenv(clinic.VARIABLE, variable)
        out = tmp_path / f"out{len(arguments)}"
        done = run("handouts", MODULE, "--for", "participant", "--out", out, *arguments)
        assert (done.returncode, done.stderr) == (0, "")
        assert words("clinic.prints", path=file) in done.stdout
        assert "Ruspoliklinikken" in (out / "nb" / f"{MODULE}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["journal: on\nnavn: x", "", 'journal: on\nname: "x"\nlogo: "borte.png"'])
def test_a_clinic_file_that_is_wrong_makes_nothing_and_gives_its_letter(text, file, tmp_path):
    file.write_text(text, encoding="utf-8")
    done = run("handouts", MODULE, "--out", tmp_path / "out", "--clinic", file)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"Ingen ark ble laget, for klinikkfila kan ikke brukes: {file}")
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


# Logos.


def picture(kind: str, size: tuple[int, int] = (60, 20)) -> bytes:
    from PIL import Image

    data = BytesIO()
    Image.new("RGB", size, "navy").save(data, kind)
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "size"),
    [
        ("logo.png", picture("PNG"), "width='102.0' height='34.0'"),
        ("logo.JPG", picture("JPEG", (20, 40)), "width='17.0' height='34.0'"),
        ("et bilde/Logo (ny).jpeg", picture("JPEG", (900, 90)), "width='170.0' height='17.0'"),
        ("logo.svg", f"\ufeff<?xml version='1.0'?>\n{DRAWING}".encode(), "width='136.0' height='34.0'"),
        (
            "logo.svg",
            DRAWING.replace(
                "<rect", "<clipPath id='a'><path d='M0 0h9v9'/></clipPath><g clip-path='url(#a)'/><rect"
            ).encode(),
            "width='136.0' height='34.0'",
        ),
        ("logo.svg", f"<svg {NS} width='10mm' height='20mm'><g/></svg>".encode(), "width='17.0' height='34.0'"),
    ],
)
def test_a_png_a_jpeg_or_a_drawing_becomes_a_picture_of_the_height_there_is_room_for(name, data, size, file):
    (file.parent / name).parent.mkdir(exist_ok=True)
    (file.parent / name).write_bytes(data)
    style = logo.style(file, name)
    assert size in style
    assert page_guard.harmless(f".clinic::before{{content:{style}}}")


def refused(file: Path, name: str, data: bytes | str = b"") -> str:
    """The letter about a logo with this name and these bytes."""
    if data:
        (file.parent / name).write_bytes(data.encode() if isinstance(data, str) else data)
    changed(file, "logo.svg", name)
    with pytest.raises(ContentError) as fault:
        letterhead.read(file, TODAY)
    assert str(fault.value).startswith("clinic.yaml linje 3: ")
    return str(fault.value)


ACTIVE = [
    "<script>alert(1)</script>",
    "<script href='data:text/javascript,alert(1)'/>",
    "<foreignObject width='9' height='9'><p>x</p></foreignObject>",
    "<image href='https://example.org/a.png'/>",
    "<image href='data:image/png;base64,AAAA'/>",
    "<use href='#a'/>",
    "<use href='https://example.org/a.svg#a'/>",
    "<pattern id='a'><rect fill='url(#b)'/><rect fill='url(#b)'/></pattern>",
    "<marker id='a'><path d='M0 0L1 1' marker-end='url(#b)'/></marker>",
    "<clipPath id='a'><rect clip-path='url(#b)'/><rect clip-path='url(#b)'/></clipPath>",
    "<clipPath id='a'><g><rect style='clip-path:url(#b)'/></g></clipPath>",
    "<style>.a{clip-path:url(#b)}</style>",
    "<a href='javascript:alert(1)'><text>x</text></a>",
    "<rect onload='alert(1)'/>",
    "<rect OnLoad='alert(1)'/>",
    "<animate attributeName='href' to='javascript:alert(1)'/>",
    "<set attributeName='onload' to='alert(1)'/>",
    "<style>@import 'https://example.org/a.css';</style>",
    "<style>rect{fill:url(https://example.org/a.svg)}</style>",
    "<style>rect{fill:\\75rl(x)}</style>",
    "<rect style='fill:url(https://example.org/a.svg)'/>",
    "<rect fill='url(https://example.org/a.svg#b)'/>",
    "<metadata><x/></metadata>",
    "<!-- x -->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml-stylesheet href='https://example.org/a.css'?>",
    "<x:script xmlns:x='http://www.w3.org/2000/svg'>alert(1)</x:script>",
    "<g><rect></g></rect>",
    "<g>",
]


@pytest.mark.parametrize("active", ACTIVE)
def test_a_drawing_with_anything_but_drawing_in_it_is_refused(active, file):
    drawing = DRAWING.replace("</svg>", f"{active}</svg>")
    said = refused(file, "x.svg", drawing)
    assert "som ikke hører til en tegning" in said
    assert "alert(1)" not in said


@pytest.mark.parametrize(
    "drawing",
    [
        f'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>{DRAWING}',
        '<!DOCTYPE svg SYSTEM "file:///etc/passwd">' + DRAWING,
        f"<?xml-stylesheet href='a.css'?>{DRAWING}",
        f"<html>{DRAWING}</html>",
        f"text {DRAWING}",
        DRAWING.replace("<svg", "<svg onload='alert(1)'"),
        "GIF89a",
    ],
)
def test_what_stands_around_a_drawing_is_looked_at_too(drawing, file):
    assert "som ikke hører til en tegning" in refused(file, "x.svg", drawing)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("x.svg", DRAWING.replace("/>", "/>&nosuch;"), "er ikke en hel SVG-fil"),
        ("x.svg", DRAWING.replace(NS, ""), "er ikke en hel SVG-fil"),
        ("x.svg", DRAWING.replace(NS, "xmlns='http://www.w3.org/1999/xhtml'"), "er ikke en hel SVG-fil"),
        ("x.svg", DRAWING.replace("viewBox='0 0 40 10'", ""), "sier ikke hvor bred og høy den er"),
        ("x.svg", DRAWING.replace("0 0 40 10", "0 0 40 0"), "sier ikke hvor bred og høy den er"),
        ("x.svg", DRAWING.replace("0 0 40 10", "0 0 40 1e9"), "sier ikke hvor bred og høy den er"),
        ("x.svg", b"\xff\xfe" + DRAWING.encode("utf-16-le"), "er ikke en hel SVG-fil"),
        ("x.svg", b" " * 20_001, "Logoen er på 21 kB, og 20 kB er det meste"),
        ("x.png", b"\0" * 1_000_000, "Logoen er på 1000 kB, og 20 kB er det meste"),
        ("x.png", b"x", "er ikke et bilde av det slaget navnet sier"),
        ("x.png", picture("JPEG"), "x.png er ikke et bilde av det slaget navnet sier"),
        ("x.jpg", picture("PNG"), "x.jpg er ikke et bilde av det slaget navnet sier"),
        ("x.jpg", b"\xff\xd8\xff" + b"\xff" * 400, "er ikke et bilde av det slaget navnet sier"),
        ("x.jpg", b"\xff\xd8\xff\xe0\x00\x00" * 40, "er ikke et bilde av det slaget navnet sier"),
        ("x.png", picture("PNG")[:16] + struct.pack(">II", 60_000, 60_000) + b"\0" * 9, "60000 × 60000 piksler"),
        ("x.png", picture("PNG")[:16] + struct.pack(">II", 0, 9) + b"\0" * 9, "er ikke et bilde av det slaget"),
        ("x.png", b"", "Logoen x.png finnes ikke"),
    ],
)
def test_a_picture_that_is_not_what_it_should_be_gives_a_letter(name, data, said, file):
    assert said in refused(file, name, data)


@pytest.mark.skipif(os.name == "nt", reason="no such files there")
def test_no_other_sort_of_file_is_opened(file, tmp_path):
    (tmp_path / "x.svg").write_text(DRAWING, encoding="utf-8")
    (file.parent / "link.svg").symlink_to(tmp_path / "x.svg")
    (file.parent / "loop.svg").symlink_to("loop.svg")
    (file.parent / "out").symlink_to(tmp_path)
    (file.parent / "folder.svg").mkdir()
    os.mkfifo(file.parent / "pipe.svg")
    text = file.read_text(encoding="utf-8")
    for name, said in {
        "link.svg": "Logoen link.svg er en snarvei",
        "loop.svg": "Logoen loop.svg er en snarvei",
        "out/x.svg": "Logoen out/x.svg er en snarvei",
        "folder.svg": "folder.svg er ikke en fil som kan leses",
        "pipe.svg": "pipe.svg er ikke en fil som kan leses",
        "clinic.yaml/x.svg": "Logoen clinic.yaml/x.svg finnes ikke",
    }.items():
        assert said in refused(file, name)
        file.write_text(text, encoding="utf-8")


# Words that would like to be more than words.

HOSTILE = "</title></style></p><script>alert(1)</script><img src=x onerror=alert(2)>&lt;b&gt; &nosuch; \" ' \\ */ }"


def test_hostile_words_are_printed_as_words(head, tmp_path):
    numbers = (clinic.LocalNumber(service=HOSTILE, number=HOSTILE, note=HOSTILE, checked="2026-11-01"),)
    said = replace(head.clinic, name=HOSTILE, footer=HOSTILE, numbers=numbers)
    for name, page in pages(tmp_path / "out", replace(head, clinic=said)).items():
        assert page.count(escape(HOSTILE)) >= 2, name
        assert quoted(HOSTILE)[1:-1] in page, name
        told = html5lib.parse(page, namespaceHTMLElements=False)
        assert told.find(".//header/p[@class='clinic']").text == HOSTILE, name


def test_a_logo_that_got_past_everything_is_stopped_by_the_look_at_the_whole_page(head, tmp_path):
    with pytest.raises(handout.NotebookError):
        pages(tmp_path / "out", replace(head, logo='url("https://example.org/logo.svg")'))
    assert list((tmp_path / "out").rglob("*.html")) == []


def test_every_audience_has_its_own_pages_in_the_language_of_the_course():
    assert set(EVERYONE) == set(making.ENDINGS)
    assert all(content.words("nb")[f"handout.for.{audience}"] for audience in EVERYONE)
