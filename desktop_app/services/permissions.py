"""Who may do what: one table of roles and permissions, read by every act."""

from __future__ import annotations

from enum import StrEnum

from db.codes import Role


class Permission(StrEnum):
    LOOK = "look"
    REGISTER = "register"  # units, rosters, applications, papers
    REVIEW = "review"  # open units, approve or return applications
    PAY = "pay"  # record slips, confirm money
    PRINT = "print"
    SIGN = "sign"  # put the office's electronic signature under an issued form
    SUBMIT = "submit"  # what goes to the province, and its answers
    ARCHIVE = "archive"
    CLAIM = "claim"
    FIGURES = "figures"  # confirm a scheme's figures by their document
    BACK_UP = "back-up"
    MANAGE = "manage"  # users, office particulars, restore


_CLERK = frozenset(
    {
        Permission.LOOK,
        Permission.REGISTER,
        Permission.PAY,
        Permission.PRINT,
        Permission.SUBMIT,
        Permission.ARCHIVE,
        Permission.CLAIM,
        Permission.BACK_UP,
    }
)
GRANTS: dict[Role, frozenset[Permission]] = {
    Role.CLERK: _CLERK,
    Role.REVIEWER: _CLERK | {Permission.REVIEW, Permission.SIGN},
    Role.HEAD: _CLERK | {Permission.REVIEW, Permission.SIGN, Permission.FIGURES, Permission.MANAGE},
    Role.ADMIN: frozenset({Permission.LOOK, Permission.BACK_UP, Permission.MANAGE}),
}
