"""What a hand scanner or a clerk types about a printed form, and the form that it means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from sqlalchemy.orm import Session

from db.models.enrolments import Enrolment
from db.models.papers import IssuedForm
from db.models.units import Unit
from db.queries import form_codes as queries
from desktop_app.documents.codes import FormCode, read_code
from desktop_app.documents.kinds import BY_CODE, BY_KEY, KINDS
from desktop_app.errors import UserError
from desktop_app.services.cases import cases

FURTHER = frozenset(kind.key for kind in KINDS if kind.further)
TAIL_DIGITS, MOST_TAILS = 5, 9
_NUMBER = re.compile(r"[A-Z]{2}-[A-Z][0-9]*-[0-9]{4}-[0-9]{5}")
_TAIL = re.compile(r"([A-Z]{2})?-?([0-9]{1,5})")
# What a Chinese input method makes of the scanner's keys.
_KEYS = str.maketrans({"、": "/", "。": ".", "—": "-", "－": "-", "／": "/"})


def tidy(typed: str) -> str:
    """What was scanned, whatever the input method or a slip of the hand made of it."""
    return "".join(unicodedata.normalize("NFKC", typed.translate(_KEYS)).split()).upper()


def is_form_text(typed: str) -> bool:
    """Whether it is a form's code or whole number and nothing else."""
    text = tidy(typed)
    return read_code(text) is not None or _NUMBER.fullmatch(text) is not None


def find_form(session: Session, typed: str) -> IssuedForm:
    """The form of a code, a number, or the end of a number that only one waiting form has.

    Raises:
        UserError: it names no form, several, or one that was printed with other content.
    """
    text = tidy(typed)
    if read_code(text) is not None:
        found = find_coded(session, [text])[text]
        if isinstance(found, UserError):
            raise found
        return found
    if _NUMBER.fullmatch(text):
        form = queries.by_number(session, text)
        if form is None:
            raise UserError(
                "form-unknown", f"台账里没有编号{text}的单据。", "请照单据右上角的编号再输一次。"
            )
        return form
    tail = _TAIL.fullmatch(text)
    if tail is None:
        raise UserError(
            "code-unreadable",
            "这不是单据上的码或编号。",
            "请对准单据右上角的二维码再扫一次,或输入下面的编号。",
        )
    return _of_tail(session, *tail.groups(""))


def find_coded(session: Session, codes: Collection[str]) -> dict[str, IssuedForm | UserError]:
    """The form of each code, or why there is none; in as many queries for one as for many."""
    read = {code: found for code in codes if (found := read_code(code)) is not None}
    known = queries.by_codes(session, {one.whole for one in read.values()}, FURTHER)
    others = [one for one in read.values() if one.whole not in known]
    placed = queries.by_places(
        session, [(one.case_code, _key(one), one.print_no) for one in others]
    )
    return {
        code: known.get(one.whole) or _judged(placed.get((one.case_code, _key(one), one.print_no)))
        for code, one in read.items()
    }


def _key(code: FormCode) -> str:
    kind = BY_CODE.get(code.form)
    return kind.key if kind is not None else ""


def _judged(form: IssuedForm | None) -> IssuedForm | UserError:
    """What is at the place that a code names, whose text no form of the register has."""
    if form is None:
        return UserError(
            "code-foreign",
            "这张单据不在本机构的台账里。",
            "请看单据抬头:别的机构或别的台账打印的,请退回原处。",
        )
    if form.code is not None:
        return UserError(
            "code-differs",
            f"纸上的内容与台账里编号{form.number}的这一份不一样。",
            "可能是恢复备份以前打印的:请重新打印,再盖章。",
        )
    return form


def _of_tail(session: Session, series: str, digits: str) -> IssuedForm:
    found = queries.waiting_by_tail(session, series, digits.zfill(TAIL_DIGITS), MOST_TAILS)
    if not found:
        raise UserError(
            "form-unknown",
            f"没有等着收回、编号末尾是{series}{digits}的单据。",
            "请照单据右上角输入整个编号。",
        )
    if len(found) > 1:
        names = "、".join(form.number for form in found[:4])
        raise UserError(
            "form-several", f"编号末尾是{series}{digits}的不止一张:{names}。", "请输入整个编号。"
        )
    return found[0]


def unit_name(session: Session, form: IssuedForm) -> str:
    unit = session.get(Unit, form.unit_id) if form.unit_id else None
    return unit.name if unit else ""


def form_title(session: Session, form: IssuedForm) -> str:
    """The form's name in the words of its scheme."""
    known = form.enrolment_id is None or BY_KEY[form.form_key].further
    return title_in(form, None if known else cases.load(session, form.enrolment_id or 0))


def title_in(form: IssuedForm, case: cases.Case | None) -> str:
    """The same where its case is at hand."""
    if BY_KEY[form.form_key].further:
        return str(form.content["title"])
    if case is None:
        return BY_KEY[form.form_key].name
    papers = {paper.id: paper.label for paper in case.scheme.papers}
    return papers.get(form.form_key) or case.scheme.words.forms.get(
        form.form_key, BY_KEY[form.form_key].name
    )


def printed_title(session: Session, form: IssuedForm) -> str:
    """What stands as its title on the paper of a case; of other forms their name."""
    if form.enrolment_id is None or BY_KEY[form.form_key].further:
        return form_title(session, form)
    words = cases.load(session, form.enrolment_id).scheme.words
    return words.forms.get(form.form_key) or form_title(session, form)


def print_no(session: Session, form: IssuedForm) -> int:
    """The how-many-th print of its kind it is; before codes were kept it has to be counted."""
    code = read_code(form.code) if form.code is not None else None
    return code.print_no if code is not None else queries.place_of(session, form)


def year_of_form(session: Session, form: IssuedForm) -> int | None:
    enrolment = session.get(Enrolment, form.enrolment_id) if form.enrolment_id else None
    return enrolment.year if enrolment else None
