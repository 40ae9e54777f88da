"""Which letters a PDF can be written with on this machine: Pango's version, and every font that it could find."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any


def known() -> Iterator[str]:
    """Pango's version, and each font file with its size and when it came.

    WeasyPrint keeps these to itself, and may move them: then its own version must do.
    """
    with suppress(ImportError, AttributeError):
        from weasyprint.text.ffi import ffi, fontconfig, pango

        yield str(pango.pango_version())
        yield from sorted(map(_told, _files(ffi, fontconfig)))


def _files(ffi: Any, fontconfig: Any) -> set[Path]:
    """Every file, once, though it may hold many fonts."""
    configuration = ffi.gc(fontconfig.FcInitLoadConfigAndFonts(), fontconfig.FcConfigDestroy)
    fonts, name = fontconfig.FcConfigGetFonts(configuration, fontconfig.FcSetSystem), ffi.new("FcChar8 **")
    files = set()
    for font in ffi.unpack(fonts.fonts, fonts.nfont):
        if fontconfig.FcPatternGetString(font, b"file", 0, name) == fontconfig.FcResultMatch:
            files.add(Path(ffi.string(name[0]).decode("utf-8", "surrogateescape")))
    return files


def _told(path: Path) -> str:
    try:
        stamp = path.stat()
    except OSError:
        return str(path)
    return f"{path} {stamp.st_size} {stamp.st_mtime_ns}"
