"""Units with their history, members with theirs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _create_member()
    _create_unit()
    _create_member_identity()
    _create_unit_call()
    _create_unit_contact()
    _create_unit_lineage()
    _create_unit_paper()


def _create_member() -> None:
    op.create_table(
        "member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("name_key", sa.String(length=60), nullable=False),
        sa.Column("initials", sa.String(length=60), nullable=False),
        sa.Column("sort_key", sa.String(length=160), nullable=False),
        sa.Column("identity_kind_code", sa.String(length=24), nullable=False),
        sa.Column("identity_no", sa.String(length=40), nullable=True),
        sa.Column("identity_tail", sa.String(length=40), nullable=True),
        sa.Column("identity_shared", sa.Boolean(), nullable=False),
        sa.Column("sex_code", sa.String(length=24), nullable=True),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("phone_tail", sa.String(length=40), nullable=True),
        sa.Column("bank_card", sa.String(length=40), nullable=True),
        sa.Column("bank_name", sa.String(length=120), nullable=True),
        sa.Column("post_category_code", sa.String(length=24), nullable=True),
        sa.Column("state_code", sa.String(length=24), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["identity_kind_code"],
            ["code_identity_kind.code"],
            name=op.f("fk_member_identity_kind_code_code_identity_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["member.id"], name=op.f("fk_member_merged_into_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["post_category_code"],
            ["code_post_category.code"],
            name=op.f("fk_member_post_category_code_code_post_category"),
        ),
        sa.ForeignKeyConstraint(
            ["sex_code"], ["code_sex.code"], name=op.f("fk_member_sex_code_code_sex")
        ),
        sa.ForeignKeyConstraint(
            ["state_code"],
            ["code_member_state.code"],
            name=op.f("fk_member_state_code_code_member_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("uid", name=op.f("uq_member_uid")),
    )
    op.create_index(op.f("ix_member_identity_no"), "member", ["identity_no"], unique=False)
    op.create_index(op.f("ix_member_identity_tail"), "member", ["identity_tail"], unique=False)
    op.create_index(op.f("ix_member_initials"), "member", ["initials"], unique=False)
    op.create_index(op.f("ix_member_name_key"), "member", ["name_key"], unique=False)
    op.create_index(op.f("ix_member_phone"), "member", ["phone"], unique=False)
    op.create_index(op.f("ix_member_phone_tail"), "member", ["phone_tail"], unique=False)
    op.create_index(
        "uq_member_identity_no",
        "member",
        ["identity_no"],
        unique=True,
        sqlite_where=sa.text(
            "identity_no IS NOT NULL AND merged_into_id IS NULL AND NOT identity_shared"
        ),
        postgresql_where=sa.text(
            "identity_no IS NOT NULL AND merged_into_id IS NULL AND NOT identity_shared"
        ),
    )


def _create_unit() -> None:
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("name_key", sa.String(length=120), nullable=False),
        sa.Column("initials", sa.String(length=120), nullable=False),
        sa.Column("sort_key", sa.String(length=400), nullable=False),
        sa.Column("employer_code", sa.String(length=40), nullable=True),
        sa.Column("union_code", sa.String(length=40), nullable=True),
        sa.Column("kind_code", sa.String(length=24), nullable=False),
        sa.Column("town", sa.String(length=120), nullable=True),
        sa.Column("address", sa.String(length=400), nullable=True),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("at_work", sa.Integer(), nullable=True),
        sa.Column("women", sa.Integer(), nullable=True),
        sa.Column("payer_name", sa.String(length=120), nullable=True),
        sa.Column("payer_account", sa.String(length=40), nullable=True),
        sa.Column("payer_bank", sa.String(length=120), nullable=True),
        sa.Column("payer_bank_no", sa.String(length=40), nullable=True),
        sa.Column("invoice_title", sa.String(length=120), nullable=True),
        sa.Column("invoice_code", sa.String(length=40), nullable=True),
        sa.Column("state_code", sa.String(length=24), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=400), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_unit_area_id_area")),
        sa.ForeignKeyConstraint(
            ["kind_code"], ["code_unit_kind.code"], name=op.f("fk_unit_kind_code_code_unit_kind")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["unit.id"], name=op.f("fk_unit_merged_into_id_unit")
        ),
        sa.ForeignKeyConstraint(
            ["state_code"],
            ["code_unit_state.code"],
            name=op.f("fk_unit_state_code_code_unit_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("uid", name=op.f("uq_unit_uid")),
    )
    op.create_index(op.f("ix_unit_area_id"), "unit", ["area_id"], unique=False)
    op.create_index(op.f("ix_unit_employer_code"), "unit", ["employer_code"], unique=False)
    op.create_index(op.f("ix_unit_initials"), "unit", ["initials"], unique=False)
    op.create_index(op.f("ix_unit_name_key"), "unit", ["name_key"], unique=False)
    op.create_index(op.f("ix_unit_payer_account"), "unit", ["payer_account"], unique=False)
    op.create_index(op.f("ix_unit_union_code"), "unit", ["union_code"], unique=False)


def _create_member_identity() -> None:
    op.create_table(
        "member_identity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("kind_code", sa.String(length=24), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["kind_code"],
            ["code_identity_kind.code"],
            name=op.f("fk_member_identity_kind_code_code_identity_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_member_identity_member_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_identity")),
    )
    op.create_index(
        op.f("ix_member_identity_member_id"), "member_identity", ["member_id"], unique=False
    )
    op.create_index(op.f("ix_member_identity_number"), "member_identity", ["number"], unique=False)


def _create_unit_call() -> None:
    op.create_table(
        "unit_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("spoke_with", sa.String(length=120), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=400), nullable=True),
        sa.Column("again_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_call_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["app_user.id"], name=op.f("fk_unit_call_user_id_app_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_call")),
        sa.UniqueConstraint("uid", name=op.f("uq_unit_call_uid")),
    )
    op.create_index(op.f("ix_unit_call_unit_id"), "unit_call", ["unit_id"], unique=False)


def _create_unit_contact() -> None:
    op.create_table(
        "unit_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("office_phone", sa.String(length=40), nullable=True),
        sa.Column("email", sa.String(length=120), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_unit_contact_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_contact")),
    )
    op.create_index(op.f("ix_unit_contact_unit_id"), "unit_contact", ["unit_id"], unique=False)


def _create_unit_lineage() -> None:
    op.create_table(
        "unit_lineage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("from_unit_id", sa.Integer(), nullable=False),
        sa.Column("kind_code", sa.String(length=24), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=True),
        sa.ForeignKeyConstraint(
            ["from_unit_id"], ["unit.id"], name=op.f("fk_unit_lineage_from_unit_id_unit")
        ),
        sa.ForeignKeyConstraint(
            ["kind_code"],
            ["code_lineage_kind.code"],
            name=op.f("fk_unit_lineage_kind_code_code_lineage_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_unit_lineage_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_lineage")),
    )
    op.create_index(
        op.f("ix_unit_lineage_from_unit_id"), "unit_lineage", ["from_unit_id"], unique=False
    )
    op.create_index(op.f("ix_unit_lineage_unit_id"), "unit_lineage", ["unit_id"], unique=False)


def _create_unit_paper() -> None:
    op.create_table(
        "unit_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("paper_key", sa.String(length=40), nullable=False),
        sa.Column("state_code", sa.String(length=24), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"],
            ["attachment.id"],
            name=op.f("fk_unit_paper_attachment_id_attachment"),
        ),
        sa.ForeignKeyConstraint(
            ["state_code"],
            ["code_paper_state.code"],
            name=op.f("fk_unit_paper_state_code_code_paper_state"),
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_paper_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_paper")),
    )
    op.create_index(op.f("ix_unit_paper_unit_id"), "unit_paper", ["unit_id"], unique=False)
