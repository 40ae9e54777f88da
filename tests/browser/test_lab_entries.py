"""What a participant enters: it follows from page to page, and it is gone when they say so."""

import re

import pytest
from playwright.sync_api import expect

from course import content

SECRET = "jeg øver på å si det høyt"
NOTE = ".nykurs-page textarea.widget-input:visible"
RADIO = ".nykurs-page input[type=radio]:visible"
OTHER = [name for name in content.names("nb") if name != "01_avhengighet"]

needs_two_modules = pytest.mark.skipif(not OTHER, reason="the course has one module only")


def follow(page, name):
    """Go to a module by a link in the page."""
    page.locator(f"#nykurs-header a[href$='{name}.ipynb']").click()
    page.wait_for_url(f"**/{name}.ipynb")


def write(page, text=SECRET):
    """Write a note and leave the field."""
    page.locator(NOTE).first.fill(text)
    page.locator(NOTE).first.blur()


def test_a_reload_shows_what_was_entered(open_module, ready):
    page = open_module()
    page.locator(RADIO).nth(1).check()
    write(page)
    page.reload()
    ready(page)
    assert page.locator(NOTE).first.input_value() == SECRET
    assert page.locator(RADIO).nth(1).is_checked()


def test_half_typed_text_survives_a_reload(open_module, ready):
    page = open_module()
    page.locator(NOTE).first.focus()
    page.keyboard.type("midt i en se")
    page.reload()
    ready(page)
    assert page.locator(NOTE).first.input_value() == "midt i en se"


@needs_two_modules
def test_the_next_page_and_back_show_what_was_entered(open_module, ready):
    page = open_module()
    write(page)
    follow(page, OTHER[0])
    ready(page)
    assert page.locator(".nykurs-page").count() == 1
    follow(page, "01_avhengighet")
    ready(page)
    assert page.locator(NOTE).first.input_value() == SECRET


@needs_two_modules
def test_hurrying_back_and_forth_loses_nothing(open_module, ready):
    page = open_module()
    follow(page, OTHER[0])
    page.go_back()
    page.go_forward()
    page.go_back()
    expect(page.locator(".nykurs-where")).to_have_text(content.load("01_avhengighet").title)
    ready(page)
    write(page)
    follow(page, OTHER[0])
    page.go_back()
    expect(page.locator(NOTE).first).to_have_value(SECRET)
    ready(page)
    assert page.locator(".nykurs-page").count() == 1


def test_two_tabs_do_not_harm_each_other(open_module, ready, words):
    first = open_module()
    write(first)
    second = open_module(fresh=False)
    assert second.locator(NOTE).first.input_value() == SECRET
    first.bring_to_front()
    first.locator(RADIO).first.check()
    first.locator(".nykurs-primary:visible").first.click()
    second.bring_to_front()
    second.wait_for_selector(".nykurs-reply:visible")
    second.get_by_role("button", name=words["quiz.again"]).first.click()
    first.bring_to_front()
    first.wait_for_selector(".nykurs-reply:visible", state="detached")
    second.close()
    write(first, "fortsatt her")
    first.reload()
    ready(first)
    assert first.locator(NOTE).first.input_value() == "fortsatt her"


def test_a_page_from_before_an_emptying_takes_nothing_from_a_live_one(open_module, lab):
    left = open_module()
    lab.empty()
    live = open_module(fresh=False)
    left.close()
    open_module(fresh=False).close()
    live.bring_to_front()
    live.locator(RADIO).first.check()
    live.locator(".nykurs-primary:visible").first.click()
    live.wait_for_selector(".nykurs-reply:visible")


def test_end_and_empty_asks_once_and_forgets_everything(open_module, words, lab):
    page = open_module()
    write(page)
    before = lab.kernel_process()
    page.get_by_role("button", name=words["lab.end"]).click()
    dialog = page.get_by_role("dialog", name=words["lab.end_title"])
    dialog.get_by_role("button", name=words["lab.stay"]).click()
    assert page.locator(NOTE).first.input_value() == SECRET
    page.get_by_role("button", name=words["lab.end"]).click()
    dialog.get_by_role("button", name=words["lab.end"]).click()
    page.get_by_text(words["lab.emptied"]).wait_for()
    assert page.url.endswith("/lab")
    assert lab.kernel_process() != before
    open_module(page=page, fresh=False)
    assert page.locator(NOTE).first.input_value() == ""


def test_a_killed_kernel_is_told_with_what_is_gone_and_a_way_back(open_module, ready, words, lab, troubles):
    page = open_module()
    write(page)
    lab.kill_kernel()
    message = page.get_by_role("alert")
    message.get_by_text(words["lab.stopped"]).wait_for()
    assert page.locator(".jp-Dialog").count() == 0
    message.get_by_role("button", name=words["lab.reconnect"]).click()
    page.wait_for_selector(".nykurs-message", state="detached")
    ready(page)
    assert page.locator(NOTE).first.input_value() == ""
    page.locator(RADIO).first.check()
    page.locator(".nykurs-primary:visible").first.click()
    page.wait_for_selector(".nykurs-reply:visible")


def test_a_lost_connection_is_told_and_so_is_a_course_that_is_gone(start_lab, open_module, words, troubles):
    troubles.allow(r"Failed to load resource|ERR_CONNECTION|WebSocket|fetch|NetworkError|API request failed")
    server = start_lab()
    page = open_module(server=server)
    server.stop()
    message = page.get_by_role("alert")
    message.get_by_text(words["lab.lost"]).wait_for()
    assert page.locator(".jp-Dialog").count() == 0
    message.get_by_role("button", name=words["lab.reconnect"]).click()
    message.get_by_text(words["lab.no_answer"]).wait_for()
    again = message.get_by_role("button", name=words["lab.reconnect"])
    with page.expect_event("requestfailed"):
        again.click()
    expect(again).to_be_focused()  # and can be pressed as often as it takes
    with page.expect_event("requestfailed"):
        again.click()


def test_after_half_an_hour_without_a_touch_the_page_is_covered(clock, open_module, words, ready):
    clock.install()
    page = open_module()
    write(page)
    clock.fast_forward("29:00")
    assert page.locator(".nykurs-cover").count() == 0
    clock.fast_forward("02:00")
    cover = page.get_by_role("dialog", name=words["lab.idle_title"])
    cover.wait_for()
    box = cover.bounding_box()
    assert (box["width"], box["height"]) == (1280, 720)
    # A browser closes a dialog that refuses to be cancelled when Escape is pressed again. This one is back at once.
    page.evaluate("document.querySelector('.nykurs-cover').addEventListener('close', () => (window.wasClosed = true))")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_function("window.wasClosed")
    assert page.evaluate("document.querySelector('.nykurs-cover').open")
    page.reload()
    ready(page)
    cover.get_by_role("button", name=words["lab.go_on"]).click()
    assert page.locator(".nykurs-cover").count() == 0
    assert page.locator(NOTE).first.input_value() == SECRET


def test_the_cover_can_empty_everything(clock, open_module, words):
    clock.install()
    page = open_module()
    write(page)
    clock.fast_forward("31:00")
    page.get_by_role("dialog", name=words["lab.idle_title"]).get_by_role("button", name=words["lab.empty"]).click()
    page.get_by_text(words["lab.emptied"]).wait_for()
    assert page.locator(".nykurs-cover").count() == 0


def test_what_is_entered_reaches_the_kernel_in_one_order(context, open_module):
    sent = []
    page = context.new_page()
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    open_module(page=page)
    for text in ("en", "to", "tre"):
        write(page, text)
        page.locator(RADIO).nth(len(text) - 2).check()
    page.locator(".nykurs-primary:visible").first.click()
    page.wait_for_selector(".nykurs-reply:visible")
    frames = [frame.decode("utf-8", "replace") if isinstance(frame, bytes) else frame for frame in sent]
    assert any("comm_msg" in frame for frame in frames)
    assert not [frame for frame in frames if re.search(r'"subshell_id":\s*"', frame)]
