"""The code lists, one table each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

CODES = {
    "code_role": ("clerk", "reviewer", "head", "admin"),
    "code_unit_kind": (
        "government",
        "institution",
        "state-firm",
        "firm",
        "social",
        "non-profit",
        "other",
    ),
    "code_unit_state": ("registered", "open", "returned", "ended"),
    "code_lineage_kind": ("renamed", "merged", "split", "ended"),
    "code_identity_kind": (
        "resident",
        "resident-15",
        "hmt-residence",
        "foreign-permanent",
        "unknown",
    ),
    "code_sex": ("male", "female"),
    "code_post_category": ("male", "female-55", "female-50"),
    "code_member_state": ("active", "left", "retired", "deceased", "merged"),
    "code_version_state": ("draft", "active", "retired"),
    "code_figure_state": ("to-confirm", "confirmed", "demo"),
    "code_handling": ("on-behalf", "by-unit"),
    "code_enrolment_kind": ("first", "renewal", "addition"),
    "code_case_state": ("open", "returned", "finished", "void"),
    "code_enrollee_state": ("listed", "covered", "refused", "withdrawn"),
    "code_cover_state": ("active", "void"),
    "code_payer": (
        "upper-union",
        "city-union",
        "town-union",
        "unit",
        "member",
        "unit-and-member",
        "donation",
        "budget",
    ),
    "code_channel": ("member", "union-funds", "welfare", "budget", "unit", "donation", "unstated"),
    "code_payment_state": ("recorded", "agrees", "differs", "returned", "void"),
    "code_paper_state": ("missing", "kept", "seen", "printed", "stamped"),
    "code_issue_state": ("valid", "void", "replaced"),
    "code_print_reason": ("first", "spoilt", "lost", "extra", "jam"),
    "code_claim_figure": ("estimate", "typed", "review", "decision"),
    "code_submission_state": ("exported", "acknowledged", "refused", "replaced"),
    "code_answer_kind": ("acknowledgement", "failures"),
    "code_batch_state": ("planned", "stored", "dropped"),
    "code_row_state": ("accepted", "parked", "skipped", "stored", "dropped"),
}


def upgrade() -> None:
    for name, codes in CODES.items():
        table = op.create_table(
            name,
            sa.Column("code", sa.String(24), nullable=False),
            sa.PrimaryKeyConstraint("code", name=op.f(f"pk_{name}")),
        )
        op.bulk_insert(table, [{"code": code} for code in codes])
