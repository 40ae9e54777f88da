"""What the live regions of a card say, in order, however short a time it stands there."""

LISTEN = """card => {
    window.spoken = [];
    card.querySelectorAll('[role=status]').forEach((region) => {
        const note = () => region.textContent && window.spoken.push(region.textContent);
        new MutationObserver(note).observe(region, { childList: true, characterData: true, subtree: true });
    });
}"""


def listen(card) -> None:
    """Hear what a card says from now on."""
    card.evaluate(LISTEN)


def wait_spoken(card, sentence: str) -> None:
    """Wait until a sentence has been said, and see that nothing else was said since the last one."""
    card.page.wait_for_function("sentence => window.spoken.includes(sentence)", arg=sentence)
    assert card.page.evaluate("window.spoken.splice(0)") == [sentence]
