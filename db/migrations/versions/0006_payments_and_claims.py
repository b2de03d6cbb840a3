"""Transfers, slips, receipts, refunds; claims with every figure said about them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    _create_payment()
    _create_bank_slip()
    _create_refund()
    _create_dues_receipt()
    _create_payment_allocation()
    _create_claim()
    _create_business_number()
    _create_claim_amount()
    _create_claim_paper()
    _create_claim_step()


def _create_payment() -> None:
    op.create_table(
        "payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("payer_name", sa.String(length=120), nullable=False),
        sa.Column("payer_account", sa.String(length=40), nullable=True),
        sa.Column("payer_is_person", sa.Boolean(), nullable=False),
        sa.Column("state_code", sa.String(length=24), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["app_user.id"], name=op.f("fk_payment_confirmed_by_app_user")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["app_user.id"], name=op.f("fk_payment_recorded_by_app_user")
        ),
        sa.ForeignKeyConstraint(
            ["state_code"],
            ["code_payment_state.code"],
            name=op.f("fk_payment_state_code_code_payment_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint("uid", name=op.f("uq_payment_uid")),
    )
    op.create_index(op.f("ix_payment_payer_account"), "payment", ["payer_account"], unique=False)


def _create_bank_slip() -> None:
    op.create_table(
        "bank_slip",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=True),
        sa.Column("slip_no", sa.String(length=40), nullable=True),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_bank_slip_attachment_id_attachment")
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_bank_slip_payment_id_payment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_slip")),
        sa.UniqueConstraint("uid", name=op.f("uq_bank_slip_uid")),
    )
    op.create_index(op.f("ix_bank_slip_payment_id"), "bank_slip", ["payment_id"], unique=False)


def _create_refund() -> None:
    op.create_table(
        "refund",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=False),
        sa.Column("fen", sa.BigInteger(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("arrived_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_refund_payment_id_payment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund")),
    )
    op.create_index(op.f("ix_refund_payment_id"), "refund", ["payment_id"], unique=False)


def _create_dues_receipt() -> None:
    op.create_table(
        "dues_receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=True),
        sa.Column("state_code", sa.String(length=24), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"],
            ["attachment.id"],
            name=op.f("fk_dues_receipt_attachment_id_attachment"),
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_dues_receipt_enrolment_id_enrolment")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"],
            ["dues_receipt.id"],
            name=op.f("fk_dues_receipt_replaces_id_dues_receipt"),
        ),
        sa.ForeignKeyConstraint(
            ["state_code"],
            ["code_issue_state.code"],
            name=op.f("fk_dues_receipt_state_code_code_issue_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dues_receipt")),
        sa.UniqueConstraint("number", name=op.f("uq_dues_receipt_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_dues_receipt_uid")),
    )
    op.create_index(
        op.f("ix_dues_receipt_enrolment_id"), "dues_receipt", ["enrolment_id"], unique=False
    )


def _create_payment_allocation() -> None:
    op.create_table(
        "payment_allocation",
        sa.Column("payment_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("fen", sa.BigInteger(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolment.id"],
            name=op.f("fk_payment_allocation_enrolment_id_enrolment"),
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_payment_allocation_payment_id_payment")
        ),
        sa.PrimaryKeyConstraint("payment_id", "enrolment_id", name=op.f("pk_payment_allocation")),
    )
    op.create_index(
        op.f("ix_payment_allocation_enrolment_id"),
        "payment_allocation",
        ["enrolment_id"],
        unique=False,
    )


def _create_claim() -> None:
    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("person_name", sa.String(length=60), nullable=False),
        sa.Column("person_identity_no", sa.String(length=40), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("cover_id", sa.Integer(), nullable=True),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("scheme_version_id", sa.Integer(), nullable=False),
        sa.Column("event_on", sa.Date(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("claimed_fen", sa.BigInteger(), nullable=True),
        sa.Column("papers_on_paper", sa.Boolean(), nullable=False),
        sa.Column("decided_fen", sa.BigInteger(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("state_code", sa.String(length=24), nullable=False),
        sa.Column("step_key", sa.String(length=40), nullable=False),
        sa.Column("business_no", sa.String(length=40), nullable=True),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("registered_by", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cover_id"], ["cover.id"], name=op.f("fk_claim_cover_id_cover")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_claim_member_id_member")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_claim_plan_id_plan")),
        sa.ForeignKeyConstraint(
            ["registered_by"], ["app_user.id"], name=op.f("fk_claim_registered_by_app_user")
        ),
        sa.ForeignKeyConstraint(
            ["scheme_version_id"],
            ["scheme_version.id"],
            name=op.f("fk_claim_scheme_version_id_scheme_version"),
        ),
        sa.ForeignKeyConstraint(
            ["state_code"],
            ["code_case_state.code"],
            name=op.f("fk_claim_state_code_code_case_state"),
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_claim_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sa.UniqueConstraint("number", name=op.f("uq_claim_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_claim_uid")),
    )
    op.create_index(op.f("ix_claim_business_no"), "claim", ["business_no"], unique=False)
    op.create_index(op.f("ix_claim_member_id"), "claim", ["member_id"], unique=False)
    op.create_index(op.f("ix_claim_step_key"), "claim", ["step_key"], unique=False)
    op.create_index(op.f("ix_claim_unit_id"), "claim", ["unit_id"], unique=False)


def _create_business_number() -> None:
    op.create_table(
        "business_number",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=True),
        sa.Column("claim_id", sa.Integer(), nullable=True),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_business_number_claim_id_claim")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolment.id"],
            name=op.f("fk_business_number_enrolment_id_enrolment"),
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["app_user.id"], name=op.f("fk_business_number_entered_by_app_user")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_business_number_plan_id_plan")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_business_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_business_number_uid")),
    )
    op.create_index(
        op.f("ix_business_number_claim_id"), "business_number", ["claim_id"], unique=False
    )
    op.create_index(
        op.f("ix_business_number_enrolment_id"), "business_number", ["enrolment_id"], unique=False
    )
    op.create_index(op.f("ix_business_number_number"), "business_number", ["number"], unique=False)


def _create_claim_amount() -> None:
    op.create_table(
        "claim_amount",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("kind_code", sa.String(length=24), nullable=False),
        sa.Column("fen", sa.BigInteger(), nullable=True),
        sa.Column("worksheet", sa.JSON(), nullable=False),
        sa.Column("scheme_version_id", sa.Integer(), nullable=False),
        sa.Column("said_by", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=True),
        sa.Column("reason", sa.String(length=400), nullable=True),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_claim_amount_claim_id_claim")
        ),
        sa.ForeignKeyConstraint(
            ["kind_code"],
            ["code_claim_figure.code"],
            name=op.f("fk_claim_amount_kind_code_code_claim_figure"),
        ),
        sa.ForeignKeyConstraint(
            ["said_by"], ["app_user.id"], name=op.f("fk_claim_amount_said_by_app_user")
        ),
        sa.ForeignKeyConstraint(
            ["scheme_version_id"],
            ["scheme_version.id"],
            name=op.f("fk_claim_amount_scheme_version_id_scheme_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_amount")),
        sa.UniqueConstraint("uid", name=op.f("uq_claim_amount_uid")),
    )
    op.create_index(op.f("ix_claim_amount_claim_id"), "claim_amount", ["claim_id"], unique=False)


def _create_claim_paper() -> None:
    op.create_table(
        "claim_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("paper_key", sa.String(length=40), nullable=False),
        sa.Column("state_code", sa.String(length=24), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=400), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"],
            ["attachment.id"],
            name=op.f("fk_claim_paper_attachment_id_attachment"),
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_claim_paper_claim_id_claim")
        ),
        sa.ForeignKeyConstraint(
            ["state_code"],
            ["code_paper_state.code"],
            name=op.f("fk_claim_paper_state_code_code_paper_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_paper")),
    )
    op.create_index("ix_claim_paper", "claim_paper", ["claim_id", "paper_key"], unique=False)


def _create_claim_step() -> None:
    op.create_table(
        "claim_step",
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("from_key", sa.String(length=40), nullable=True),
        sa.Column("to_key", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("operation_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=True),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_claim_step_claim_id_claim")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["app_user.id"], name=op.f("fk_claim_step_user_id_app_user")
        ),
        sa.PrimaryKeyConstraint("claim_id", "seq", name=op.f("pk_claim_step")),
    )
