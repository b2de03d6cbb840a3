"""A clause of a benefit as the head sees it before and after confirming."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.scheme_editor.clause_words import ClauseField


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """A clause that is open in the file.

    Args:
        key: its key path, as `to_confirm` names it.
        label: 住院医疗 · 起付线.
        reading: as the file reads it; empty where it has no reading.
        state: db.codes.FigureState.
        state_label: as shown.
        said: what was confirmed, in words; empty while it is open.
        document_no: the document it stands in, or what the file says of its source.
        may_read: it may be confirmed as it is read.
        may_be_absent: the document may give no such rule.
        by_draft: there is nothing to confirm: the benefit is written in a draft of the scheme.
        fields: the document's own values that may be typed.
    """

    key: str
    label: str
    reading: str
    state: str
    state_label: str
    said: str
    document_no: str
    may_read: bool
    may_be_absent: bool
    by_draft: bool
    fields: tuple[ClauseField, ...]
