"""The print register, scans, checklists and the archive."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    _create_archive_file()
    _create_archive_item()
    _create_issued_form()
    _create_enrolment_paper()
    _create_print_copy()
    _create_scanned_page()


def _create_archive_file() -> None:
    op.create_table(
        "archive_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("box_no", sa.String(length=40), nullable=True),
        sa.Column("shelf", sa.String(length=40), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["app_user.id"], name=op.f("fk_archive_file_closed_by_app_user")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_archive_file_enrolment_id_enrolment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archive_file")),
        sa.UniqueConstraint("enrolment_id", name=op.f("uq_archive_file_enrolment_id")),
        sa.UniqueConstraint("number", name=op.f("uq_archive_file_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_archive_file_uid")),
    )


def _create_archive_item() -> None:
    op.create_table(
        "archive_item",
        sa.Column("archive_file_id", sa.Integer(), nullable=False),
        sa.Column("line_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("paper_key", sa.String(length=40), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("number", sa.String(length=40), nullable=True),
        sa.Column("note", sa.String(length=400), nullable=True),
        sa.ForeignKeyConstraint(
            ["archive_file_id"],
            ["archive_file.id"],
            name=op.f("fk_archive_item_archive_file_id_archive_file"),
        ),
        sa.PrimaryKeyConstraint("archive_file_id", "line_no", name=op.f("pk_archive_item")),
    )


def _create_issued_form() -> None:
    op.create_table(
        "issued_form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("form_key", sa.String(length=40), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=True),
        sa.Column("claim_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_sha256", sa.String(length=120), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=False),
        sa.Column("state_code", sa.String(length=24), nullable=False),
        sa.Column("replaced_by_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=400), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"],
            ["attachment.id"],
            name=op.f("fk_issued_form_attachment_id_attachment"),
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_issued_form_claim_id_claim")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_issued_form_enrolment_id_enrolment")
        ),
        sa.ForeignKeyConstraint(
            ["issued_by"], ["app_user.id"], name=op.f("fk_issued_form_issued_by_app_user")
        ),
        sa.ForeignKeyConstraint(
            ["replaced_by_id"],
            ["issued_form.id"],
            name=op.f("fk_issued_form_replaced_by_id_issued_form"),
        ),
        sa.ForeignKeyConstraint(
            ["state_code"],
            ["code_issue_state.code"],
            name=op.f("fk_issued_form_state_code_code_issue_state"),
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_issued_form_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued_form")),
        sa.UniqueConstraint("number", name=op.f("uq_issued_form_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_issued_form_uid")),
    )
    op.create_index(
        "ix_issued_form_case", "issued_form", ["enrolment_id", "form_key"], unique=False
    )
    op.create_index(op.f("ix_issued_form_claim_id"), "issued_form", ["claim_id"], unique=False)
    op.create_index(op.f("ix_issued_form_unit_id"), "issued_form", ["unit_id"], unique=False)


def _create_enrolment_paper() -> None:
    op.create_table(
        "enrolment_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("paper_key", sa.String(length=40), nullable=False),
        sa.Column("state_code", sa.String(length=24), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=True),
        sa.Column("issued_form_id", sa.Integer(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=400), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"],
            ["attachment.id"],
            name=op.f("fk_enrolment_paper_attachment_id_attachment"),
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolment.id"],
            name=op.f("fk_enrolment_paper_enrolment_id_enrolment"),
        ),
        sa.ForeignKeyConstraint(
            ["issued_form_id"],
            ["issued_form.id"],
            name=op.f("fk_enrolment_paper_issued_form_id_issued_form"),
        ),
        sa.ForeignKeyConstraint(
            ["state_code"],
            ["code_paper_state.code"],
            name=op.f("fk_enrolment_paper_state_code_code_paper_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment_paper")),
    )
    op.create_index(
        "uq_enrolment_paper", "enrolment_paper", ["enrolment_id", "paper_key"], unique=True
    )


def _create_print_copy() -> None:
    op.create_table(
        "print_copy",
        sa.Column("issued_form_id", sa.Integer(), nullable=False),
        sa.Column("copy_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("reason_code", sa.String(length=24), nullable=False),
        sa.Column("printer", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(
            ["issued_form_id"],
            ["issued_form.id"],
            name=op.f("fk_print_copy_issued_form_id_issued_form"),
        ),
        sa.ForeignKeyConstraint(
            ["reason_code"],
            ["code_print_reason.code"],
            name=op.f("fk_print_copy_reason_code_code_print_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["app_user.id"], name=op.f("fk_print_copy_user_id_app_user")
        ),
        sa.PrimaryKeyConstraint("issued_form_id", "copy_no", name=op.f("pk_print_copy")),
    )


def _create_scanned_page() -> None:
    op.create_table(
        "scanned_page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("page_no", sa.Integer(), nullable=False),
        sa.Column("issued_form_id", sa.Integer(), nullable=True),
        sa.Column("enrolment_id", sa.Integer(), nullable=True),
        sa.Column("claim_id", sa.Integer(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"],
            ["attachment.id"],
            name=op.f("fk_scanned_page_attachment_id_attachment"),
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_scanned_page_claim_id_claim")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_scanned_page_enrolment_id_enrolment")
        ),
        sa.ForeignKeyConstraint(
            ["issued_form_id"],
            ["issued_form.id"],
            name=op.f("fk_scanned_page_issued_form_id_issued_form"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scanned_page")),
        sa.UniqueConstraint("uid", name=op.f("uq_scanned_page_uid")),
    )
    op.create_index(
        op.f("ix_scanned_page_attachment_id"), "scanned_page", ["attachment_id"], unique=False
    )
    op.create_index(op.f("ix_scanned_page_claim_id"), "scanned_page", ["claim_id"], unique=False)
    op.create_index(
        op.f("ix_scanned_page_enrolment_id"), "scanned_page", ["enrolment_id"], unique=False
    )
    op.create_index(
        op.f("ix_scanned_page_issued_form_id"), "scanned_page", ["issued_form_id"], unique=False
    )
