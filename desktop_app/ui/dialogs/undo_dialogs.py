"""撤销 and 取回提交, each asked about once more before it is done."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_app.services.views.undo import UndoOffer
from desktop_app.ui.dialogs.base import Words
from desktop_app.ui.dialogs.case import Case, case_sentence
from desktop_app.ui.dialogs.confirm_dialogs import ConfirmDialog


def undo_dialog(case: Case, offer: UndoOffer, parent: QWidget | None) -> ConfirmDialog:
    """Of what was offered, and of nothing that was done since."""
    words = Words(
        "撤销上一步",
        f"{case_sentence(case)}\n撤销“{offer.label}”,申请回到办这一步以前的样子;历史里留有记录。",
        "撤销",
    )
    call = partial(case.services.undo.undo, case.view.id, offer.operation)
    return ConfirmDialog(case.tasks, words, call, parent)


def take_back_dialog(case: Case, parent: QWidget | None) -> ConfirmDialog:
    words = Words(
        "取回提交",
        f"{case_sentence(case)}\n还没有人审核,取回后可以接着改,改好再提交;历史里留有记录。",
        "取回提交",
    )
    call = partial(case.services.undo.withdraw_submission, case.view.id)
    return ConfirmDialog(case.tasks, words, call, parent)
