"""How the pages of a PDF are laid out: what stands at their beginnings and ends, and how much is empty below it."""

from pypdf import PageObject

MILLIMETRE = 72 / 25.4
TOP, FOOT = 275 * MILLIMETRE, 23 * MILLIMETRE  # from the lower edge of the paper; outside is the margin
BEGINNING = 30 * MILLIMETRE


class Laid:
    """One page: its lines of text by their height, and how low the lowest of all its ink is."""

    def __init__(self, page: PageObject) -> None:
        self.lines: dict[int, str] = {}
        self.lowest = TOP
        self._drawn: list[float] = []
        page.extract_text(visitor_operand_before=self._draw, visitor_text=self._write)

    @property
    def empty(self) -> float:
        """The share of the page that is empty at its foot."""
        return (self.lowest - FOOT) / (TOP - FOOT)

    @property
    def begins(self) -> str:
        """The first lines."""
        return " ".join(text for height, text in self.lines.items() if height > TOP - BEGINNING)

    @property
    def ends(self) -> str:
        """The last line, unless something is drawn below it."""
        last = min(self.lines, default=0)
        return self.lines[last] if self.lowest > last - 3 * MILLIMETRE else ""

    def _write(self, text: str, matrix: list, place: list, font: object, size: float) -> None:
        height = place[4] * matrix[1] + place[5] * matrix[3] + matrix[5]
        if text.strip() and FOOT < height < TOP:
            self.lines[round(height)] = f"{self.lines.get(round(height), '')} {' '.join(text.split())}".strip()
            self.lowest = min(self.lowest, height)

    def _draw(self, operator: bytes, values: list, matrix: list, place: list) -> None:
        """Rules and boxes. In a picture the axis points upwards, and what only clips is not seen."""
        if operator in (b"re", b"l") and matrix[3] < 0:
            ends = {float(values[1]), float(values[1]) + float(values[3])} if operator == b"re" else {float(values[1])}
            if max(ends) - min(ends) < (TOP - FOOT) / 2 / -matrix[3]:
                self._drawn += [end * matrix[3] + matrix[5] for end in ends]
        elif operator in (b"f", b"S", b"n"):
            seen = [height for height in self._drawn if operator != b"n" and height > FOOT + MILLIMETRE]
            self.lowest, self._drawn = min([self.lowest, *seen]), []
