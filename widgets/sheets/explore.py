"""The printed faces of an explore exercise: its scenes as small figures, with the captions that must follow them."""

from html import escape

from course.model import Explore, ExploreAnswer
from widgets import drawings
from widgets.sheet import Boxes, Words
from widgets.sheets.common import paragraph, rich, section


def blank(explore: Explore, words: Words, boxes: Boxes) -> str:
    """Three small figures side by side."""
    draw = drawings.EXPLORE[explore.figure].draw
    shown = "".join(
        draw(scene.values, words, scene.alt, True).html("scene", caption=scene.title) for scene in explore.scenes
    )
    return section("explore", explore, f'<div class="scenes">{shown}</div>', captions(explore, boxes))


def filled(explore: Explore, answer: ExploreAnswer, words: Words, boxes: Boxes) -> str:
    """The same: where somebody left the sliders says nothing about them."""
    return blank(explore, words, boxes)


def key(explore: Explore, words: Words, boxes: Boxes) -> str:
    """For the leader: what each figure shows, to be read aloud."""
    items = "".join(f"<li><strong>{escape(scene.title)}</strong>: {rich(scene.alt)}</li>" for scene in explore.scenes)
    title = escape(words["explore.key_title"].format(title=explore.title))
    return f'<section class="key"><h4>{title}</h4><ul class="replies">{items}</ul></section>'


def captions(explore: Explore, boxes: Boxes) -> str:
    """What stands under the figure. A caption that is the id of a fixed box gives that box's words."""
    texts = []
    for caption in explore.captions:
        texts += boxes[caption].paragraphs if caption in boxes else [caption]
    return f'<div class="captions">{"".join(paragraph(text, "caption") for text in texts)}</div>'
