"""Enters something in every field of every exercise of a page, as somebody with a lot of time would."""

from collections.abc import Iterator

from playwright.sync_api import TimeoutError

ROUNDS = 40  # steps of the longest exercise, with a margin
FIELDS = "input[type=text]:visible, textarea:visible"
WRITE = """
(field, text) => {
  const kind = field.tagName === 'TEXTAREA' ? HTMLTextAreaElement : HTMLInputElement;
  field.focus();
  Object.getOwnPropertyDescriptor(kind.prototype, 'value').set.call(field, text);
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
}
"""
CHOOSE = """
card => {
  const shown = field => field.offsetParent && !field.disabled;
  const groups = new Set();
  for (const field of card.querySelectorAll('input[type=radio], input[type=checkbox]')) {
    const group = field.closest('fieldset') ?? field.parentNode;
    if (groups.has(group) || !shown(field)) continue;
    groups.add(group);
    if (!field.checked) field.click();
  }
  card.querySelector('.nykurs-story-way')?.click();
  for (const list of card.querySelectorAll('select')) {
    if (!shown(list) || list.options.length < 2 || list.closest('.nykurs-page-choice')) continue;
    list.selectedIndex = 1;
    list.dispatchEvent(new Event('change', { bubbles: true }));
  }
}
"""


def enter_everything(page, text: str) -> None:
    """Write the text in every text field and choose something in every group, through all steps of every card."""
    for button in page.locator(".nykurs-more[aria-expanded=false]").element_handles():
        button.click()
    for card in page.locator(".nykurs-card").all():
        for _ in _steps(page, card):
            for field in card.locator(FIELDS).element_handles():
                if field.input_value() != text:
                    field.evaluate(WRITE, text)
            card.evaluate(CHOOSE)
            for field in card.locator("input[type=text]:visible").element_handles():
                field.press("Enter")


def _steps(page, card) -> Iterator[None]:
    """Each step of a card, until its main button is gone or changes nothing any more."""
    for _ in range(ROUNDS):
        yield
        before = card.inner_text()
        # Taken hold of once: it may go away between looking and pressing, and a locator would wait for it to come back.
        onward = card.locator("button.nykurs-primary:visible:enabled").element_handles()
        if not onward:
            return
        onward[0].evaluate("button => button.click()")
        try:
            page.wait_for_function(
                "([card, before]) => card.innerText !== before", arg=[card.element_handle(), before], timeout=3000
            )
        except TimeoutError:  # the last step: the button has said what it had to say
            return
