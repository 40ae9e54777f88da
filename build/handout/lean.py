"""A page's style without what the page does not use: comments, blanks, and rules for classes that are not there."""

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# Comments first and texts whole, so that nothing inside them is taken for a rule.
_TOKEN = re.compile(r"""/\*.*?\*/|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[{};]|[^"'{};/]+|/""", re.S)
_CLASSES = re.compile(r"""\bclass=(?:"([^"]*)"|([\w-]+))""")
_TAGS = re.compile(r"<([a-z][a-z0-9]*)")
_NAMED = re.compile(r"\.[a-zA-Z_][\w-]*|(?<![\w.:#-])[a-z][a-z0-9]*")
_INNER = re.compile(r"([\w-]*)\(([^()]*)\)|\[[^\]]*\]")
_TEXT = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')""")
_OWN = "@page {@top-left"  # where the margins of a page with its own title begin
_NESTED = ("@media", "@supports")
_BLANKS = re.compile(r"\s*([;{},])\s*|(:)\s+|(?<=[ :(,-])0(?=\.\d)")


def style(css: str, html: str) -> str:
    """The rules that can mean something to this page, one on a line."""
    present = {f".{name}" for names in _CLASSES.findall(html) for name in " ".join(names).split()}
    present |= {"html", *_TAGS.findall(html)}
    common = css.find(_OWN)  # what every page of a kind has is read once
    parts = (css,) if common < 0 else (css[:common], css[common:])
    return "".join(f"{rule}\n" for part in parts for rule in _written(_read(part), present))


@functools.lru_cache(maxsize=32)
def _read(css: str) -> tuple["Rule", ...]:
    tokens = [token for token in _TOKEN.findall(css) if not token.startswith("/*")]
    return tuple(_rules(iter(tokens)))


@dataclass(frozen=True)
class Rule:
    """One rule: its selectors, what it needs of a page for each of them, and what it says; or rules inside a rule."""

    head: str
    body: str
    selectors: tuple[str, ...] = ()
    inside: tuple["Rule", ...] = ()

    def written(self, present: set[str]) -> str:
        """The rule for a page with these classes and elements; "" when it means nothing there."""
        if self.inside:
            inside = "".join(_written(self.inside, present))
            return f"{self.head}{{{inside}}}" if inside else ""
        if not self.selectors:
            return f"{self.head}{self.body}"
        used = [selector for selector in self.selectors if _needs(selector) <= present]
        return f"{','.join(used)}{self.body}" if used else ""


def _written(rules: Iterable[Rule], present: set[str]) -> Iterator[str]:
    return filter(None, (rule.written(present) for rule in rules))


def _rules(tokens: Iterator[str]) -> Iterator[Rule]:
    """The rules up to the end of this block."""
    head = ""
    for token in tokens:
        if token == "}":
            return
        if token == ";":  # an at-rule without a block
            yield Rule(_closed_up(head), ";")
            head = ""
        elif token == "{":
            yield _rule(head.strip(), tokens)
            head = ""
        else:
            head += token


def _rule(head: str, tokens: Iterator[str]) -> Rule:
    if head.startswith(_NESTED):
        return Rule(_closed_up(head), "", inside=tuple(_rules(tokens)))
    body = f"{{{_block(tokens)}}}"
    return Rule(_closed_up(head), body) if head.startswith("@") else Rule("", body, _selectors(head))


def _block(tokens: Iterator[str]) -> str:
    """The declarations up to the end of this block, with the blocks inside it."""
    text = ""
    for token in tokens:
        if token == "}":
            break
        text += f"{{{_block(tokens)}}}" if token == "{" else token
    return _closed_up(text).removesuffix(";")


def _selectors(head: str) -> tuple[str, ...]:
    """The selectors of a list; a comma inside parentheses parts nothing."""
    found, depth = [""], 0
    for sign in " ".join(head.split()):
        depth += (sign == "(") - (sign == ")")
        if sign == "," and not depth:
            found.append("")
        else:
            found[-1] += sign
    return tuple(re.sub(r" ([>+~]) ", r"\1", selector.strip()) for selector in found)


@functools.cache
def _needs(selector: str) -> frozenset[str]:
    """Classes and elements, wherever they stand; of what stands in parentheses only `:has` is judged."""
    while "(" in selector or "[" in selector:
        selector = _INNER.sub(_needed, selector)
    return frozenset(_NAMED.findall(selector))


def _needed(found: re.Match) -> str:
    """What a parenthesis needs of the page; with a comma it needs one of several, which is not judged."""
    return f" {found[2]}" if found[1] == "has" and "," not in found[2] else ""


def _closed_up(text: str) -> str:
    """The same without blanks that say nothing; texts in quotation marks are left alone."""
    parts = _TEXT.split(text)
    parts[::2] = [_BLANKS.sub(_sign, re.sub(r"\s+", " ", part)) for part in parts[::2]]
    return "".join(parts).strip()


def _sign(found: re.Match) -> str:
    return found[1] or found[2] or ""


# Where HTML itself says that an end tag may be left out, because what comes next can only mean the end. The blanks
# after it go too: WeasyPrint breaks a line after its first word when a blank at the end of the text has no room.
_ENDINGS = re.compile(
    r"</p>\s*(?=<(?:p|div|ul|ol|dl|table|section|figure|blockquote|h[1-6])[ >]|</(?:div|section|li|td|th|main)>)"
    r"|</li>\s*(?=<li[ >]|</[uo]l>)"
    r"|</t[dh]>\s*(?=<t[dh][ >]|</tr>)"
    r"|</thead>(?=\s*<tbody>)|</tbody>(?=\s*</table>)"
    r"|</tr>(?=\s*(?:<tr[ >]|</t(?:head|body|foot)>))"
)


def without_endings(html: str) -> str:
    """The same page without the end tags that it means the same without."""
    return _ENDINGS.sub("", html)


_START = re.compile(r"<[a-z][^<>]*>")
_QUOTED = re.compile(r'(?<= class=)"([\w-]+)"(?=[ >])')  # before "/>" the stroke would become a part of the name


def without_quotes(html: str) -> str:
    """The same page without the quotation marks around a class that stands alone."""
    return _START.sub(lambda tag: _QUOTED.sub(r"\1", tag[0]), html)
