"""What went to the province and what it answered; plans that wait."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    _create_import_batch()
    _create_import_row()
    _create_submission()
    _create_answer()
    _create_submission_record()
    _create_answer_line()


def _create_import_batch() -> None:
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("file_name", sa.String(length=400), nullable=False),
        sa.Column("file_sha256", sa.String(length=120), nullable=False),
        sa.Column("state_code", sa.String(length=24), nullable=False),
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Integer(), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_import_batch_enrolment_id_enrolment")
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["app_user.id"], name=op.f("fk_import_batch_made_by_app_user")
        ),
        sa.ForeignKeyConstraint(
            ["state_code"],
            ["code_batch_state.code"],
            name=op.f("fk_import_batch_state_code_code_batch_state"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_import_batch_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
        sa.UniqueConstraint("uid", name=op.f("uq_import_batch_uid")),
    )
    op.create_index(
        op.f("ix_import_batch_enrolment_id"), "import_batch", ["enrolment_id"], unique=False
    )
    op.create_index(
        op.f("ix_import_batch_file_sha256"), "import_batch", ["file_sha256"], unique=False
    )
    op.create_index(op.f("ix_import_batch_unit_id"), "import_batch", ["unit_id"], unique=False)


def _create_import_row() -> None:
    op.create_table(
        "import_row",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sheet", sa.String(length=120), nullable=True),
        sa.Column("row_no", sa.Integer(), nullable=False),
        sa.Column("state_code", sa.String(length=24), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_import_row_batch_id_import_batch")
        ),
        sa.ForeignKeyConstraint(
            ["state_code"],
            ["code_row_state.code"],
            name=op.f("fk_import_row_state_code_code_row_state"),
        ),
        sa.PrimaryKeyConstraint("batch_id", "seq", name=op.f("pk_import_row")),
    )
    op.create_index("ix_import_row_state", "import_row", ["batch_id", "state_code"], unique=False)


def _create_submission() -> None:
    op.create_table(
        "submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=True),
        sa.Column("claim_id", sa.Integer(), nullable=True),
        sa.Column("profile", sa.String(length=40), nullable=False),
        sa.Column("folder_name", sa.String(length=400), nullable=False),
        sa.Column("manifest", sa.JSON(), nullable=False),
        sa.Column("package_sha256", sa.String(length=120), nullable=True),
        sa.Column("state_code", sa.String(length=24), nullable=False),
        sa.Column("exported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("exported_by", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_submission_claim_id_claim")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_submission_enrolment_id_enrolment")
        ),
        sa.ForeignKeyConstraint(
            ["exported_by"], ["app_user.id"], name=op.f("fk_submission_exported_by_app_user")
        ),
        sa.ForeignKeyConstraint(
            ["state_code"],
            ["code_submission_state.code"],
            name=op.f("fk_submission_state_code_code_submission_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sa.UniqueConstraint("number", name=op.f("uq_submission_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_submission_uid")),
    )
    op.create_index(op.f("ix_submission_claim_id"), "submission", ["claim_id"], unique=False)
    op.create_index(
        op.f("ix_submission_enrolment_id"), "submission", ["enrolment_id"], unique=False
    )
    op.create_index(
        op.f("ix_submission_package_sha256"), "submission", ["package_sha256"], unique=False
    )


def _create_answer() -> None:
    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("kind_code", sa.String(length=24), nullable=False),
        sa.Column("file_name", sa.String(length=400), nullable=False),
        sa.Column("file_sha256", sa.String(length=120), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kind_code"],
            ["code_answer_kind.code"],
            name=op.f("fk_answer_kind_code_code_answer_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["read_by"], ["app_user.id"], name=op.f("fk_answer_read_by_app_user")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_answer_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("uid", name=op.f("uq_answer_uid")),
    )
    op.create_index(op.f("ix_answer_submission_id"), "answer", ["submission_id"], unique=False)


def _create_submission_record() -> None:
    op.create_table(
        "submission_record",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("line_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("state_code", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_submission_record_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_submission_record_plan_id_plan")
        ),
        sa.ForeignKeyConstraint(
            ["state_code"],
            ["code_submission_state.code"],
            name=op.f("fk_submission_record_state_code_code_submission_state"),
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
            name=op.f("fk_submission_record_submission_id_submission"),
        ),
        sa.PrimaryKeyConstraint(
            "submission_id", "plan_id", "line_no", name=op.f("pk_submission_record")
        ),
    )
    op.create_index("ix_submission_record_member", "submission_record", ["member_id"], unique=False)


def _create_answer_line() -> None:
    op.create_table(
        "answer_line",
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("line_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("identity_no", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answer.id"], name=op.f("fk_answer_line_answer_id_answer")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_answer_line_member_id_member")
        ),
        sa.PrimaryKeyConstraint("answer_id", "line_no", name=op.f("pk_answer_line")),
    )
