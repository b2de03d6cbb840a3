"""What is wrong with a layout: the whole sentence, and the part that is said beside its text."""

from __future__ import annotations

from desktop_app.errors import FileError

HEAD = "表单版式有误:"


class FaultyLayoutError(FileError):
    """A layout is refused.

    Args:
        said: what is wrong; enough where the layout itself is in view.
        remedy: what to do about it.
        where: the layout's name, and the key behind a colon.
        head: what stands before it elsewhere: that a layout is meant, and what of it.
    """

    def __init__(self, said: str, remedy: str, where: str | None = None, head: str = HEAD) -> None:
        super().__init__("layout-invalid", f"{head}{said}", remedy, where)
        self.said = said
