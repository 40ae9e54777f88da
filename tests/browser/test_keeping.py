"""«Svarene mine»: kept when asked, encrypted; fetched, locked, downloaded and deleted by the one they belong to."""

import os
import re
import shutil

import pytest
from test_lab_access import violations
from test_lab_entries import NOTE, SECRET, write

NICKNAME = "Fjellrev"
PASSWORD = "sju grønne sykler i regn"
MODULE = "01_avhengighet"


@pytest.fixture(scope="module")
def one_lab(start_lab):
    """A server of its own, whose kept answers no other file of tests meets."""
    return start_lab()


@pytest.fixture
def keeping_lab(one_lab):
    """The same server with nothing entered and nothing kept."""
    one_lab.empty()
    shutil.rmtree(one_lab.data, ignore_errors=True)
    return one_lab


@pytest.fixture
def say(words):
    """A word of the JupyterLab side."""
    return lambda key, **values: words[f"lab.{key}"].format(**values)


def press(page, say, key, **values):
    """A button of the dialog."""
    page.get_by_role("dialog").get_by_role("button", name=say(key, **values), exact=True).click()


def begin(page, say):
    """Open «Svarene mine»."""
    page.locator(".nykurs-keep").click()


def fill(page, say, key, text):
    """A field of the dialog."""
    page.get_by_role("dialog").get_by_label(say(key), exact=True).fill(text)


def keep(page, say, nickname=NICKNAME, password=PASSWORD):
    """Ask for the answers to be kept."""
    begin(page, say)
    press(page, say, "keep_new")
    fill(page, say, "nickname", nickname)
    fill(page, say, "password", password)
    fill(page, say, "password_again", password)
    press(page, say, "keep_do")
    page.get_by_text(say("kept_now")).wait_for()
    press(page, say, "close")


def fetch(page, say, nickname=NICKNAME, password=PASSWORD):
    """Ask for the answers back."""
    fill(page, say, "nickname", nickname)
    fill(page, say, "password", password)
    press(page, say, "fetch_do")


def header(page):
    """What the header says about what is kept."""
    return page.locator("#nykurs-header .nykurs-privacy")


def test_nothing_is_kept_until_it_is_asked_for(keeping_lab, open_module, say):
    from playwright.sync_api import expect

    page = open_module(server=keeping_lab)
    write(page)
    expect(header(page)).to_have_text(say("privacy"))
    assert not keeping_lab.data.exists()


def test_what_was_kept_comes_back_after_the_course_was_emptied(keeping_lab, open_module, say, ready):
    from playwright.sync_api import expect

    page = open_module(server=keeping_lab)
    write(page)
    keep(page, say)
    expect(header(page)).to_have_text(say("kept"))
    write(page, SECRET + " igjen")
    page.get_by_role("button", name=say("end"), exact=True).click()
    page.get_by_text(say("end_text_kept")).wait_for()
    press(page, say, "end")
    page.get_by_text(say("locked")).wait_for()
    begin(page, say)
    press(page, say, "keep_open")
    fetch(page, say, password="noe helt annet")
    page.get_by_text(say("refused_wrong")).wait_for()
    fetch(page, say)
    page.get_by_text(say("fetched")).wait_for()
    press(page, say, "close")
    expect(header(page)).to_have_text(say("kept"))
    page.locator(f".nykurs-cards a[href$='{MODULE}.ipynb']").click()
    ready(page)
    assert page.locator(NOTE).first.input_value() == SECRET + " igjen"


def test_fetching_on_an_open_module_shows_the_answers_there(keeping_lab, open_module, say):
    from playwright.sync_api import expect

    page = open_module(server=keeping_lab)
    write(page)
    keep(page, say)
    keeping_lab.empty()
    page = open_module(server=keeping_lab)
    begin(page, say)
    press(page, say, "keep_open")
    fetch(page, say)
    press(page, say, "close")
    expect(page.locator(NOTE).first).to_have_value(SECRET)


def test_locking_shows_nothing_readable_and_the_way_back(keeping_lab, open_module, say):
    page = open_module(server=keeping_lab)
    write(page)
    keep(page, say)
    begin(page, say)
    press(page, say, "lock")
    page.get_by_text(say("locked")).wait_for()
    assert SECRET not in page.content()
    page.locator(".nykurs-emptied").get_by_role("button", name=say("keep_open")).click()
    fetch(page, say)
    page.get_by_text(say("fetched")).wait_for()


def test_after_twenty_minutes_it_is_saved_and_locked_and_a_minute_before_it_asks(clock, keeping_lab, open_module, say):
    clock.install()
    page = open_module(server=keeping_lab)
    keep(page, say)
    write(page)
    clock.fast_forward("19:01")
    page.get_by_text(say("idle_soon_kept")).wait_for()
    page.get_by_role("alertdialog").get_by_role("button", name=say("go_on")).click()
    clock.fast_forward("18:00")
    assert page.get_by_role("alertdialog").count() == 0
    clock.fast_forward("01:30")
    page.get_by_text(say("idle_soon_kept")).wait_for()


def test_the_answers_of_a_page_nobody_touches_are_locked(clock, keeping_lab, open_module, say):
    clock.install()
    page = open_module(server=keeping_lab)
    write(page)
    keep(page, say)
    clock.fast_forward("20:10")
    page.get_by_text(say("locked")).wait_for()
    assert SECRET not in page.content()


def test_another_time_before_locking_can_be_chosen(keeping_lab, open_module, say):
    page = open_module(server=keeping_lab)
    keep(page, say)
    begin(page, say)
    page.get_by_label(say("lock_after")).select_option(label=say("lock_minutes", minutes=60))
    page.get_by_text(say("lock_set", time=say("lock_minutes", minutes=60))).wait_for()
    press(page, say, "lock")
    page.locator(".nykurs-emptied").get_by_role("button", name=say("keep_open")).click()
    fetch(page, say)
    page.get_by_text(say("fetched")).wait_for()
    assert page.get_by_label(say("lock_after")).input_value() == "60"


def test_a_downloaded_file_is_readable_and_warned_of(keeping_lab, open_module, say):
    page = open_module(server=keeping_lab)
    write(page)
    begin(page, say)
    press(page, say, "download")
    page.get_by_text(say("readable")).wait_for()
    with page.expect_download() as waiting:
        press(page, say, "download_do")
    text = waiting.value.path().read_bytes().decode("utf-8-sig")
    assert SECRET in text
    assert "\r\n" in text
    assert waiting.value.suggested_filename == say("download_name")


def test_erasing_takes_one_question_and_leaves_no_file(keeping_lab, open_module, say):
    from playwright.sync_api import expect

    page = open_module(server=keeping_lab)
    write(page)
    keep(page, say)
    assert list(keeping_lab.data.rglob("*.nykurs"))
    begin(page, say)
    press(page, say, "erase")
    page.get_by_text(say("erase_text")).wait_for()
    press(page, say, "erase_do")
    page.get_by_text(say("erased")).wait_for()
    assert [path for path in keeping_lab.data.rglob("*") if path.is_file()] == []
    press(page, say, "close")
    expect(header(page)).to_have_text(say("privacy"))
    assert page.locator(NOTE).first.input_value() == SECRET


def test_passwords_that_are_short_or_differ_are_not_taken(keeping_lab, open_module, say):
    page = open_module(server=keeping_lab)
    begin(page, say)
    press(page, say, "keep_new")
    press(page, say, "keep_do")
    page.get_by_text(say("nickname_missing")).wait_for()
    fill(page, say, "nickname", NICKNAME)
    fill(page, say, "password", "kort")
    press(page, say, "keep_do")
    page.get_by_text(say("refused_short")).wait_for()
    fill(page, say, "password", PASSWORD)
    fill(page, say, "password_again", PASSWORD + "x")
    press(page, say, "keep_do")
    page.get_by_text(say("password_differs")).wait_for()
    assert not keeping_lab.data.exists()


def test_a_suggested_password_is_shown_and_works_with_keys_alone(keeping_lab, open_module, say):
    page = open_module(server=keeping_lab)
    page.locator(".nykurs-keep").focus()
    page.keyboard.press("Enter")
    page.get_by_role("dialog").get_by_role("button", name=say("keep_new"), exact=True).focus()
    page.keyboard.press("Enter")
    page.keyboard.type(NICKNAME)
    page.get_by_role("dialog").get_by_role("button", name=say("suggest"), exact=True).focus()
    page.keyboard.press("Enter")
    shown = page.get_by_text(re.compile(re.escape(say("suggested", phrase="|").split("|")[0]))).text_content()
    phrase = re.search("«(.+)»", shown).group(1)
    assert page.get_by_label(say("password_again"), exact=True).input_value() == phrase
    page.get_by_label(say("nickname"), exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_text(say("kept_now")).wait_for()


def test_a_disk_that_cannot_be_written_is_told_in_the_header_and_nothing_is_lost(keeping_lab, open_module, say):
    from playwright.sync_api import expect

    page = open_module(server=keeping_lab)
    keep(page, say)
    folder = keeping_lab.data / "journal"
    os.rename(folder, folder.with_name("away"))
    write(page)
    expect(header(page)).to_have_text(re.compile("ikke lagret"))
    os.rename(folder.with_name("away"), folder)
    write(page, SECRET + " nå")
    expect(header(page)).to_have_text(say("kept"))


def test_no_view_of_it_has_violations_and_its_heading_or_first_field_has_the_focus(keeping_lab, open_module, say):
    page = open_module(server=keeping_lab)
    begin(page, say)
    assert violations(page) == {}
    for view in ("keep_new", "keep_open", "download"):
        press(page, say, view)
        assert page.evaluate("document.activeElement.closest('dialog') !== null")
        assert violations(page) == {}
        press(page, say, "go_back")
    press(page, say, "close")
    keep(page, say)
    begin(page, say)
    assert violations(page) == {}
    press(page, say, "erase")
    assert page.evaluate("document.activeElement.textContent") == say("go_back")
    assert violations(page) == {}
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 0
    assert page.evaluate("document.activeElement.className") == "nykurs-keep"


def test_what_is_emptied_in_one_tab_is_gone_from_the_other(keeping_lab, open_module, say):
    page, other = open_module(server=keeping_lab), open_module(server=keeping_lab, fresh=False)
    write(other)
    page.get_by_role("button", name=say("end"), exact=True).click()
    press(page, say, "end")
    other.get_by_text(say("emptied")).wait_for()
    assert SECRET not in other.content()


def test_somebody_elses_words_are_pointed_out_before_they_are_kept(keeping_lab, open_module, say):
    page = open_module(server=keeping_lab)
    write(page)
    begin(page, say)
    press(page, say, "keep_open")
    page.get_by_text(say("entered")).wait_for()
    press(page, say, "empty_first")
    page.get_by_text(say("emptied")).wait_for()
    begin(page, say)
    press(page, say, "keep_open")
    assert page.get_by_text(say("entered")).count() == 0


def test_going_on_after_the_warning_gives_the_focus_back(clock, keeping_lab, open_module, say):
    clock.install()
    page = open_module(server=keeping_lab)
    page.locator(NOTE).first.focus()
    page.keyboard.type("en se")
    clock.fast_forward("29:10")
    page.get_by_text(say("idle_soon")).wait_for()
    page.keyboard.press("Enter")
    page.keyboard.type("tning")
    assert page.locator(NOTE).first.input_value() == "en setning"


def test_a_lock_that_cannot_save_is_said_and_another_button_goes_on_all_the_same(keeping_lab, open_module, say):
    page = open_module(server=keeping_lab)
    keep(page, say)
    folder = keeping_lab.data / "journal"
    os.rename(folder, folder.with_name("away"))
    write(page)
    page.get_by_role("button", name=say("end"), exact=True).click()
    press(page, say, "end")
    page.get_by_role("alert").get_by_text(say("end_unsaved")).wait_for()
    assert page.evaluate("document.activeElement.textContent") == say("stay")
    press(page, say, "empty_unsaved")
    page.get_by_text(say("emptied_kept")).wait_for()
