"""The room's door: one frozen form in, the bytes of its PDF out."""

from __future__ import annotations

from desktop_app.documents.codes import code_text
from desktop_app.documents.forms.parts import Form, common_texts, label_text
from desktop_app.documents.kinds import kind_of
from desktop_app.documents.layout import lay_out
from desktop_app.documents.layout_files import carried_template
from desktop_app.documents.placed import Placed
from desktop_app.documents.sheet import Sheet
from desktop_app.documents.template import Template


def render(form: Form, own: Template | None = None, placed: list[Placed] | None = None) -> bytes:
    """The same form gives the same bytes, in any process; by the office's own layout, if any.

    Args:
        form: what it says.
        own: the office's own layout.
        placed: takes up where on the paper each thing came to stand.

    Raises:
        UserError: a character no carried font draws, or a text too long for its place.
    """
    kind, code = kind_of(form), code_text(form)
    content = kind.fill(form)
    sheet = Sheet({**common_texts(form), "code": code, **content.texts}, content.lists, code)
    watermark = label_text(form).replace(" · ", "")
    template = own or carried_template(kind.layout)
    return lay_out(template, sheet, form.marks.issued_on, watermark, placed)
