"""A booklet: A5 pages laid two and two on A4 sheets, in the order they must have when the stack is folded."""

from io import BytesIO

WIDTH, HEIGHT = 841.89, 595.28  # points: A4 on its side


def order(count: int) -> list[tuple[int, int]]:
    """The pages on each side of each sheet, left and right, from 0; what is `count` or more is empty."""
    whole = -(-count // 4) * 4
    sides = []
    for first in range(0, whole // 2, 2):
        sides += [(whole - 1 - first, first), (first + 1, whole - 2 - first)]
    return sides


def imposed(pdf: bytes) -> bytes:
    """The same pages, to be printed on both sides and folded. For paper only: the tags for screen readers are lost."""
    from pypdf import PageObject, PdfReader, PdfWriter, Transformation

    pages = PdfReader(BytesIO(pdf)).pages
    writer = PdfWriter()
    for side in order(len(pages)):
        sheet = PageObject.create_blank_page(width=WIDTH, height=HEIGHT)
        for place, number in enumerate(side):
            if number < len(pages):
                sheet.merge_transformed_page(pages[number], Transformation().translate(place * WIDTH / 2, 0))
        writer.add_page(sheet)
    for sheet in writer.pages:
        sheet.compress_content_streams()
    writer.compress_identical_objects()
    made = BytesIO()
    writer.write(made)
    return made.getvalue()
