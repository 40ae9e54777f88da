"""Footnotes in Markdown from elsewhere: a number in the text, and the notes below the cell they belong to."""

from typing import TYPE_CHECKING

from mistune.plugins import footnotes as stock

if TYPE_CHECKING:
    import mistune

_NOTE = stock.REF_FOOTNOTE.replace(r"]:[ \t\n]", r"]:[ \t\n]?", 1)  # without a blank, it would be a link that vanishes


def plugin(markdown: "mistune.Markdown") -> None:
    """Let Markdown hold footnotes wherever they stand, and print those as well that nothing points at."""
    markdown.after_render_hooks.append(_all_of_them)
    stock.footnotes(markdown)
    markdown.block.specification["ref_footnote"] = _NOTE
    for rules in (markdown.block.block_quote_rules, markdown.block.list_rules):
        markdown.block.insert_rule(rules, "ref_footnote", before="ref_link")


def _all_of_them(markdown: "mistune.Markdown", html: str, state: "mistune.BlockState") -> str:
    told = state.env.get("footnotes") or []
    notes = list(dict.fromkeys((*told, *(state.env.get("ref_footnotes") or ()))))
    state.env |= {"footnotes": notes, "footnote_indexes": {key: place for place, key in enumerate(notes)}}
    return html
