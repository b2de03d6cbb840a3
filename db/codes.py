"""Code lists as stored in columns and exports; labels live in desktop_app.domain.labels.

Each list is a table of its own (`code_<list>`), so that a code added later is a row, not a rebuild.
"""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    CLERK = "clerk"
    REVIEWER = "reviewer"
    HEAD = "head"
    ADMIN = "admin"


class UnitKind(StrEnum):
    GOVERNMENT = "government"  # 机关
    INSTITUTION = "institution"  # 事业单位
    STATE_FIRM = "state-firm"
    FIRM = "firm"
    SOCIAL = "social"  # 社会团体
    NON_PROFIT = "non-profit"  # 民办非企业
    OTHER = "other"


class UnitState(StrEnum):
    REGISTERED = "registered"  # waits for the office's check
    OPEN = "open"
    RETURNED = "returned"
    ENDED = "ended"
    VOID = "void"  # came with books that were taken back


class LineageKind(StrEnum):
    RENAMED = "renamed"
    MERGED = "merged"
    SPLIT = "split"
    ENDED = "ended"


class IdentityKind(StrEnum):
    RESIDENT = "resident"
    RESIDENT_15 = "resident-15"
    HMT_RESIDENCE = "hmt-residence"
    FOREIGN_PERMANENT = "foreign-permanent"
    UNKNOWN = "unknown"


class Sex(StrEnum):
    MALE = "male"
    FEMALE = "female"


class PostCategory(StrEnum):
    MALE = "male"
    FEMALE_55 = "female-55"
    FEMALE_50 = "female-50"


class MemberState(StrEnum):
    ACTIVE = "active"
    LEFT = "left"
    RETIRED = "retired"
    DECEASED = "deceased"
    MERGED = "merged"


class VersionState(StrEnum):
    DRAFT = "draft"
    ACTIVE = "active"
    RETIRED = "retired"


class FigureState(StrEnum):
    TO_CONFIRM = "to-confirm"
    CONFIRMED = "confirmed"
    DEMO = "demo"


class Handling(StrEnum):
    ON_BEHALF = "on-behalf"  # 代单位办理
    BY_UNIT = "by-unit"  # 单位自办


class EnrolmentKind(StrEnum):
    FIRST = "first"
    RENEWAL = "renewal"
    ADDITION = "addition"


class CaseState(StrEnum):
    OPEN = "open"
    RETURNED = "returned"
    FINISHED = "finished"
    VOID = "void"


class EnrolleeState(StrEnum):
    LISTED = "listed"
    COVERED = "covered"
    REFUSED = "refused"  # by the province
    RETURNED = "returned"  # by the reviewer, before anything left the office
    WITHDRAWN = "withdrawn"


class CoverState(StrEnum):
    ACTIVE = "active"
    VOID = "void"


class Payer(StrEnum):
    UPPER_UNION = "upper-union"
    CITY_UNION = "city-union"
    TOWN_UNION = "town-union"
    UNIT = "unit"
    MEMBER = "member"
    UNIT_AND_MEMBER = "unit-and-member"
    DONATION = "donation"
    BUDGET = "budget"


class Channel(StrEnum):
    """列支渠道: the account a contribution is charged to."""

    MEMBER = "member"  # 职工个人
    UNION_FUNDS = "union-funds"  # 工会经费
    WELFARE = "welfare"  # 福利费
    BUDGET = "budget"  # 公用经费
    UNIT = "unit"  # 单位资助
    DONATION = "donation"  # 社会赞助
    UNSTATED = "unstated"


class PaymentState(StrEnum):
    RECORDED = "recorded"
    AGREES = "agrees"
    DIFFERS = "differs"
    RETURNED = "returned"
    VOID = "void"


class PaperState(StrEnum):
    MISSING = "missing"
    KEPT = "kept"  # 复印件已收
    SEEN = "seen"  # 原件核对退回
    PRINTED = "printed"
    STAMPED = "stamped"  # 盖章件已收回


class IssueState(StrEnum):
    VALID = "valid"
    VOID = "void"
    REPLACED = "replaced"
    PROVISIONAL = "provisional"  # 暂用: a print until the final one


class BankMark(StrEnum):
    """What a line of a bank statement is that is no contribution, and nobody's to have back."""

    INTEREST = "interest"
    FEE = "fee"
    OWN_TRANSFER = "own-transfer"  # between accounts of the office itself
    OTHER = "other"


class PrintReason(StrEnum):
    FIRST = "first"
    SPOILT = "spoilt"
    LOST = "lost"
    EXTRA = "extra"
    JAM = "jam"


class PrintPartState(StrEnum):
    """`SENT`: given to the printer, and not yet known to have come out."""

    WAITS = "waits"
    SENT = "sent"
    PRINTED = "printed"


class ClaimFigure(StrEnum):
    ESTIMATE = "estimate"
    COMPUTED = "computed"  # by the rules, with nothing to confirm, where the office decides
    TYPED = "typed"
    REVIEW = "review"
    DECISION = "decision"


class SubmissionState(StrEnum):
    EXPORTED = "exported"
    ACKNOWLEDGED = "acknowledged"
    REFUSED = "refused"
    REPLACED = "replaced"


class AnswerKind(StrEnum):
    ACKNOWLEDGEMENT = "acknowledgement"
    FAILURES = "failures"


class BatchState(StrEnum):
    PLANNED = "planned"
    STORED = "stored"
    DROPPED = "dropped"


class RowState(StrEnum):
    ACCEPTED = "accepted"
    PARKED = "parked"
    SKIPPED = "skipped"
    STORED = "stored"
    DROPPED = "dropped"


CODE_LISTS: tuple[type[StrEnum], ...] = (
    Role, UnitKind, UnitState, LineageKind, IdentityKind, Sex, PostCategory, MemberState,
    VersionState, FigureState, Handling, EnrolmentKind, CaseState, EnrolleeState, CoverState,
    Payer, Channel, PaymentState, PaperState, IssueState, PrintReason, ClaimFigure,
    SubmissionState, AnswerKind, BatchState, RowState, PrintPartState, BankMark,
)  # fmt: skip
