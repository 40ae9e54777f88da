"""What is said when a notebook cannot become a handout."""

from course.content import ContentError


class NotebookError(ContentError):
    """A notebook that cannot become a handout; its text names every cell that must be mended."""
