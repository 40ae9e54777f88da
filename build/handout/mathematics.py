"""Formulas written in LaTeX become MathML, which browsers draw and screen readers read without any help from outside.

The converter guesses where it does not understand. A formula it has guessed at could say something wrong, so what is
not whole and well known afterwards counts as not converted.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from handout.guard import MATH

if TYPE_CHECKING:
    import mistune

LONGEST = 10_000  # signs; the converter takes a second for as many
_PARTS = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3}
_PARTS |= dict.fromkeys(["mi", "mn", "mo", "mtext", "mspace"], 0)
_LOOKS = frozenset(["xmlns", "rowspacing", "columnspacing", "columnlines", "rowlines", "mathcolor", "mathsize"])
# What the converter does not know by name, and what is about numbers and references that a sheet has none of.
_SAME = {"aligned": "align*", "split": "align*", "gather": "matrix", "gather*": "matrix", "gathered": "matrix"}
_ENVIRONMENT = re.compile(r"(\\(?:begin|end)\{)(" + "|".join(map(re.escape, _SAME)) + r")\}")
_REFERENCES = re.compile(r"\\label\{[^{}]*\}|\\(?:nonumber|notag)\b")
_DOLLARS = re.compile(r"\s*(\$\$?|\\\[|\\\()(.*?)(\$\$?|\\\]|\\\))\s*", re.S)

# Text between dollar signs is a formula when no blank stands inside them and no digit after them: «$5 og $6» is money.
_INLINE = (
    r"\$\$(?P<display_tex>(?:[^$\\]|\\.)+?)\$\$"
    r"|\$(?![\s$])(?P<tex>(?:[^$\\\n]|\\.|\n(?!\s*\n))*?)(?<!\s)\$(?![\d$])"
    r"|\\\\\((?P<round_tex>.+?)\\\\\)"
)
_WORDS = re.compile(r"(?<![\\\w])[^\W\d_]{2,}[,.]? +[^\W\d_]{2,}")
_BLOCK = (
    r"^ {0,3}\$\$(?P<block_tex>(?:[^$\\\n]|\\[^\n]|\n(?!\s*\n)|\\\n)+?)\$\$[ \t]*(?:\n|$)"
    r"|^ {0,3}(?P<opened>\\begin\{(?P<kind>[a-zA-Z]+\*?)\}|\\\\\[)"
)


def plugin(markdown: "mistune.Markdown") -> None:
    """Let Markdown hold formulas; the renderer has `formula` for those in a line and `block_formula`."""
    markdown.inline.register("formula", _INLINE, _inline, before="codespan")
    markdown.block.register("block_formula", _BLOCK, _block, before="list")
    for rules in (markdown.block.block_quote_rules, markdown.block.list_rules):
        markdown.block.insert_rule(rules, "block_formula", before="list")


def _inline(inline: object, found: re.Match, state: "mistune.InlineState") -> int | None:
    if _WORDS.search(re.sub(r"\{[^{}]*\}", "", found["tex"] or "")):
        return None  # a sentence between two prices
    display = found["display_tex"]
    text = display if display is not None else found["tex"] or found["round_tex"]
    state.append_token({"type": "formula" if display is None else "block_formula", "raw": text})
    return found.end()


def _block(block: object, found: re.Match, state: "mistune.BlockState") -> int | None:
    text, end = found["block_tex"], found.end()
    if text is None:
        closed = _closed(found, state)
        if closed is None:
            return None
        inside, end = state.src[found.end() : closed.start()], closed.end()
        text = f"{found['opened']}{inside}{closed['closing']}" if found["kind"] else inside
    state.append_token({"type": "block_formula", "raw": text})
    return end


def _closed(found: re.Match, state: "mistune.BlockState") -> re.Match | None:
    """Where what begins here ends. What has no end is sought once, or a page of beginnings would take for ever."""
    closing = rf"\\end\{{{re.escape(found['kind'])}\}}" if found["kind"] else r"\\\\\]"
    endless = state.__dict__.setdefault("endless", set())
    if closing in endless:
        return None
    closed = _sought(closing, state.src, found.end())
    if closed is None:
        endless.add(closing)
    return closed


def _sought(closing: str, text: str, start: int) -> re.Match | None:
    return re.compile(rf"(?P<closing>{closing})[ \t]*(?:\n|$)").search(text, start)


def undressed(latex: str) -> tuple[str, bool]:
    """A formula as an output holds it, without its dollar signs; and whether it stands by itself."""
    found = _DOLLARS.fullmatch(latex)
    return (found[2], found[1] in ("$$", r"\[")) if found else (latex, True)


def mathml(latex: str, block: bool) -> str:
    """The formula as MathML; "" when it cannot be converted whole."""
    from latex2mathml.converter import convert  # here, because hardly any notebook has a formula

    text = _REFERENCES.sub("", _ENVIRONMENT.sub(lambda found: f"{found[1]}{_SAME[found[2]]}}}", latex))
    if len(text) > LONGEST:
        return ""
    try:
        formula = ElementTree.fromstring(convert(text, xmlns="", display="block" if block else "inline"))
        whole = all(_whole(element) for element in formula.iter())
    except Exception:  # whatever it stumbles over, the author's own text is shown
        return ""
    return ElementTree.tostring(formula, "unicode", short_empty_elements=False) if whole and _said(formula) else ""


def _said(formula: ElementTree.Element) -> bool:
    """Whether anything is left of the formula, and no command was taken for a name."""
    text = "".join(formula.itertext())
    return bool(text.strip()) and "\\" not in text


def _whole(element: ElementTree.Element) -> bool:
    """Whether an element has all its parts, and is one we know; how it is laid out is told in a class."""
    side = element.attrib.pop("columnalign", "")
    if side in ("left", "right"):
        element.set("class", f"to-{side}")
    element.attrib = {name: value for name, value in element.attrib.items() if name not in _LOOKS}
    return len(element) == _PARTS.get(element.tag, len(element)) and all(_known(element))


def _known(element: ElementTree.Element) -> Iterator[bool]:
    known = MATH.get(element.tag)
    yield known is not None
    yield from (name in (known or ()) for name in element.attrib)
