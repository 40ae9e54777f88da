"""Click's own words, such as "Usage" and "No such option", in bokmål.

Click takes its words from Python's gettext, which wants a compiled catalogue on disk. Ours are few and live in
words.nb.json with the rest, so the two functions that look words up are told to look there.
"""

import gettext

from messages import WORDS


def speak() -> None:
    """Let everything that asks gettext for words in this process get ours where we have them."""
    gettext.dgettext = lambda domain, message: WORDS["click"].get(message, message)
    gettext.dngettext = lambda domain, one, many, count: gettext.dgettext(domain, one if count == 1 else many)
