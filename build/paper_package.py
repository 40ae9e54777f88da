"""The paper package: every page as HTML and PDF in one ZIP file, the same bytes from the same pages."""

import re
from collections.abc import Iterable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from messages import Stop

LONGEST = 100  # Windows stops at 260 with all folders above
_DATE = (1980, 1, 1, 0, 0, 0)  # the oldest that a ZIP file can tell
_FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ](/|$)|(^|/)(con|prn|aux|nul|com\d|lpt\d)(\.|/|$)', re.I)


def packed(files: Mapping[str, bytes]) -> bytes:
    """These files as a ZIP file."""
    refuse_unsafe(files)
    made = BytesIO()
    with ZipFile(made, "w") as package:
        for name in sorted(files):
            package.writestr(_entry(name), files[name], ZIP_DEFLATED, 9)
    return made.getvalue()


def refuse_unsafe(names: Iterable[str]) -> None:
    """Stop at a name that Windows cannot have, or that is another one there."""
    lying: dict[str, str] = {}
    for name in sorted(names):
        if _FORBIDDEN.search(name) or name.startswith("/") or ".." in name.split("/") or len(name) > LONGEST:
            raise Stop("bundle.name", name=name)
        if (other := lying.setdefault(name.casefold(), name)) != name:
            raise Stop("bundle.names", name=name, other=other)


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _DATE)
    entry.create_system, entry.external_attr = 3, 0o644 << 16  # not the system that it happens to be made on
    return entry
