"""«Planlegg møtet»: the leader's form, by keyboard, and who may ask for a meeting."""

import json

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from course import content, recap
from course.recap import Wish

NAME = "07_tilbakefall"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


def violations(page) -> list[str]:
    """What axe-core finds in the dialog."""
    found = Axe().run(page, context={"include": [["dialog"]]}, options=RULES).response["violations"]
    return [f"{each['id']}: {node['target']}" for each in found for node in each["nodes"]]


def agenda(page) -> list[str]:
    """The lines of the agenda."""
    return [line.replace("\t", " ") for line in page.locator(".nykurs-agenda tbody tr").all_inner_texts()]


def questions(page) -> list[str]:
    """The questions of the recap, as the form shows them."""
    return page.locator(".nykurs-session-questions li").all_inner_texts()


def asked(wish: Wish) -> list[str]:
    """The questions that this choice gives."""
    return [question.text for question in recap.shown(content.load(NAME), wish).values()]


def test_a_leader_plans_a_meeting_by_keyboard_and_takes_it_back(open_module, leader_lab):
    page = open_module(NAME, fresh=False, server=leader_lab)
    opener = page.get_by_role("button", name="Planlegg møtet")
    opener.focus()
    page.keyboard.press("Enter")
    said = page.get_by_role("status").and_(page.locator("dialog *"))
    expect(said).to_have_text("Nå gjelder det vanlige møtet, med hele kjernen.")
    expect(page.get_by_role("heading", name="Planlegg møtet: Tilbakefall og utløsere")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("60 minutter")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(said).to_have_text("45 minutter, fra 10:00 til 10:45. 7 av 18 deler er med.")
    assert agenda(page)[0] == "10:00 Velkommen og innsjekk 8"
    expect(page.get_by_label("45 minutter")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("9.30")  # the old time is marked, so it gives way
    page.keyboard.press("Tab")
    expect(said).to_have_text("45 minutter, fra 09:30 til 10:15. 7 av 18 deler er med.")
    expect(page.get_by_label("Velkommen og innsjekk (alltid med)")).to_be_disabled()
    expect(page.get_by_label("Øvelse: Rett etter en glipp (får ikke plass)")).to_be_checked()
    page.get_by_label("Øvelse: Kart og plan").focus()
    page.keyboard.press("Space")
    expect(said).to_have_text("45 minutter, fra 09:30 til 10:15. 9 av 18 deler er med.")
    assert "09:39 Repetisjon: tre spørsmål 6" in agenda(page)  # which had no room before
    assert questions(page) == asked(Wish(1))
    page.get_by_role("button", name="Trekk andre spørsmål").focus()
    page.keyboard.press("Enter")
    expect(said).to_have_text("Her er tre andre spørsmål. De gjelder når dere velger «Bruk dette møtet».")
    assert questions(page) == asked(Wish(2))
    assert violations(page) == []
    page.evaluate("() => void (new BroadcastChannel('nykurs-wall').onmessage = ({ data }) => (window.told = data))")
    page.get_by_role("button", name="Bruk dette møtet").focus()
    page.keyboard.press("Enter")
    expect(said).to_contain_text("Møtet er valgt.")
    page.wait_for_function("window.told")  # the wall and the leader's window hear of it
    assert page.evaluate("told") == {"is": "meeting", "module": NAME}
    expect(page.locator(".nykurs-quiz legend").first).to_contain_text(asked(Wish(2))[0])  # on the page behind it
    kept = {"minutes": 45, "start": "09:30", "skip": ["my-map"], "recap": {"draw": 2, "questions": []}}
    assert json.loads((leader_lab.data / "sessions.json").read_text(encoding="utf-8")) == {NAME: kept}

    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    expect(said).to_have_text("Dere har valgt et møte på 45 minutter. Her kan du endre det.")
    expect(page.get_by_label("Når begynner dere?")).to_have_value("09:30")
    expect(page.get_by_label("Øvelse: Kart og plan")).not_to_be_checked()
    page.get_by_label("Når begynner dere?").fill("ni")
    page.keyboard.press("Enter")
    expect(said).to_have_text("«ni» er ikke et klokkeslett. Skriv det slik: 10:00.")
    page.set_viewport_size({"width": 390, "height": 800})
    assert violations(page) == []
    assert page.locator("dialog").evaluate("dialog => dialog.scrollWidth <= dialog.clientWidth")
    assert questions(page) == asked(Wish(2))
    page.get_by_role("button", name="Gå tilbake til det vanlige").click()
    expect(said).to_have_text("Det vanlige møtet gjelder igjen, med hele kjernen.")
    assert questions(page) == asked(Wish(1))
    assert json.loads((leader_lab.data / "sessions.json").read_text(encoding="utf-8")) == {}
    expect(page.get_by_label("Øvelse: Kart og plan")).to_be_checked()


def test_a_meeting_is_for_leaders_with_the_token(lab, leader_lab):
    assert lab.request(f"nykurs/session/{NAME}")[0] == 404
    assert lab.request(f"nykurs/session/{NAME}", "POST", {"minutes": 45, "start": "10:00", "skip": []})[0] == 404
    assert leader_lab.request(f"nykurs/session/{NAME}", token="guess")[0] == 403
    assert leader_lab.request(f"nykurs/session/{NAME}", "DELETE", token="guess")[0] == 403
    assert leader_lab.request("nykurs/session/no_such_module")[0] == 404
    assert leader_lab.request(f"nykurs/session/{NAME}?minutes=sixty")[0] == 400
    assert leader_lab.request(f"nykurs/session/{NAME}", "POST", ["45"])[0] == 400
    status, reply = leader_lab.request(f"nykurs/session/{NAME}?minutes=45&start=10:00&skip=my-map")
    assert (status, json.loads(reply)["minutes"]) == (200, 45)
    told = json.loads(leader_lab.request(f"nykurs/session/{NAME}", "POST", {"minutes": 50, "start": "10:00"})[1])
    assert told["refused"] == "Et møte kan ikke være 50 minutter. Velg 45, 60 eller 90 minutter."
    assert not told["chosen"]
