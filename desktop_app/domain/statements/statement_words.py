"""The words that banks put above the columns of a statement, and the field each stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping

from desktop_app.domain.tables import Cell
from desktop_app.domain.texts import heading
from desktop_app.errors import UserError

FIELD_NAMES: Mapping[str, str] = {
    "day": "交易日期",
    "time": "交易时间",
    "in": "收入金额",
    "out": "支出金额",
    "amount": "金额(带正负号或配借贷标志)",
    "side": "借贷标志",
    "balance": "余额",
    "name": "对方户名",
    "account": "对方账号",
    "payer_name": "付款人户名",
    "payer_account": "付款人账号",
    "payee_name": "收款人户名",
    "payee_account": "收款人账号",
    "memo": "摘要、用途、附言",
    "reference": "流水号",
    "own_account": "本方账号",
}
MEMO = "memo"  # the one field that may have several columns
MONEY = frozenset(("in", "out", "amount"))
# Of two words for one field the one of the earlier line is taken; of one line neither is.
_RANKS: Mapping[str, tuple[str, ...]] = {
    "day": (
        "交易日期 交易日 业务日期 发生日期 交易日期时间",
        "日期",
        "交易时间 时间",
        "记账日期 记账日 入账日期 入账日 会计日期 账务日期 记账时间 入账时间",
    ),
    "time": ("交易时间 交易时刻 时间",),
    "in": ("贷 收入(贷) 贷(收入)",),
    "out": ("借 支出(借) 借(支出)",),
    "amount": (
        "交易金额 发生额 金额 发生金额 交易额 收支金额 本次发生额 交易发生额 变动金额 交易额度",
    ),
    "side": (
        "借贷标志 借贷标识 借/贷 借贷 借贷方向 借贷类型 收支标志 收支标识 收/支 收支 收支方向"
        " 收支类型 收付标志 收付方向 交易方向 资金流向 来往账标志 借贷标记 借贷状态",
    ),
    "balance": (
        "余额 账户余额 当前余额 本次余额 交易后余额 联机余额 账面余额 交易余额 帐户余额 结余",
        "可用余额",
    ),
    "name": (
        "对方户名 对方账户名称 对方账户名 对方账户户名 对方单位名称 对方单位 对方名称 对方姓名"
        " 对手户名 对手名称 交易对手 交易对手名称 交易对手户名 交易对方 交易对方名称 对方客户名称"
        " 收(付)方名称 收付方名称 收付方户名 收/付方名称 对方 对方户名/名称",
    ),
    "account": (
        "对方账号 对方账户 对方卡号 对方账户号 对方账号/卡号 对方卡号/账号 对手账号 交易对手账号"
        " 收(付)方账号 收付方账号 收/付方账号 对方银行账号",
    ),
    "payer_name": (
        "付款人名称 付款人 付款人户名 付款方 付款方户名 付款方名称 付款户名 付款单位 付款单位名称"
        " 付款账户名称",
    ),
    "payer_account": ("付款人账号 付款账号 付款方账号 付款单位账号",),
    "payee_name": (
        "收款人名称 收款人 收款人户名 收款方 收款方户名 收款方名称 收款户名 收款单位 收款单位名称"
        " 收款账户名称",
    ),
    "payee_account": ("收款人账号 收款账号 收款方账号 收款单位账号",),
    MEMO: (
        "摘要 用途 附言 备注 交易摘要 交易用途 交易附言 交易备注 交易说明 摘要说明 备注信息"
        " 转账附言 客户附言 汇款附言 业务摘要 其它摘要 其他摘要 个性化信息 说明 摘要/用途 用途/摘要"
        " 附加信息 资金用途 留言",
    ),
    "reference": (
        "交易流水号 流水号 银行流水号 核心流水号 柜员流水号 账户明细编号-交易流水号 账户明细编号"
        " 交易编号 交易号 日志号 交易序号 全局流水号 业务流水号 业务参考号 流水编号 银行交易流水号",
        "企业流水号 客户流水号 回单编号",
    ),
    "own_account": ("账号 本方账号 本方卡号 我方账号 查询账号 账户 卡号 本方账户",),
}
_FIELDS: dict[str, dict[str, int]] = {}
for _field, _lines in _RANKS.items():
    for _rank, _words in enumerate(_lines):
        for _word in _words.split():
            _FIELDS.setdefault(_word, {}).setdefault(_field, _rank)
_IN = ("贷方", "收入", "转入", "存入", "贷记", "收方", "credit")
_OUT = ("借方", "支出", "转出", "支取", "借记", "付方", "debit")
# What a word with 贷方 or 收入 may be about besides money.
_OTHERS = (
    "笔数",
    "账号",
    "户名",
    "名称",
    "余额",
    "标志",
    "日期",
    "时间",
    "行",
    "类型",
    "摘要",
    "卡号",
)
_HINT = re.compile(r"[(\[](元|单位:元|人民币|人民币元|rmb|cny)[)\]]|[/-](元|人民币)$")
BOTH = ("in", "out")  # of a heading that speaks of both sides


def plain_heading(title: str) -> str:
    """A heading for comparing, such as 帐 written 账, without the currency."""
    return _HINT.sub("", heading(title).replace("帐", "账"))


def fields_of(cell: Cell) -> Mapping[str, int]:
    """The fields that a cell may be the heading of, each with its rank; several where unclear."""
    if not isinstance(cell, str) or len(cell) > 60:
        return {}
    text = plain_heading(cell)
    short = text.split("[")[0].strip("*:")  # 交易日期[ Transaction Date ]
    for word in (text, short):
        if word in _FIELDS:
            return _FIELDS[word]
    sides = _sides(text)
    if sides:
        return dict.fromkeys(sides, 0)
    return _FIELDS.get(short.split("(")[0].strip("*:"), {})


def _sides(text: str) -> list[str]:
    """The sides of the account that a longer word speaks of, such as 贷方发生额(收入)."""
    if len(text) > 24 or any(other in text for other in _OTHERS):
        return []
    sides = (("in", _IN), ("out", _OUT))
    return [field for field, words in sides if any(word in text for word in words)]


def checked_fields(chosen: Mapping[str, str]) -> Mapping[str, str]:
    """What a person said of columns, refused where a field is unknown or stands twice.

    Raises:
        UserError: `column-field`, `column-twice`.
    """
    fields = [field for field in chosen.values() if field]
    unknown = next((one for one in fields if one not in FIELD_NAMES), None)
    if unknown is not None:
        known = "、".join(FIELD_NAMES)
        raise UserError("column-field", f"没有“{unknown}”这种列。", f"可以写:{known}。", unknown)
    twice = next((one for one in fields if one != MEMO and fields.count(one) > 1), None)
    if twice is not None:
        raise UserError(
            "column-twice",
            f"有两列都选了“{FIELD_NAMES[twice]}”。",
            "请只留一列,另一列选“不用”。",
            twice,
        )
    return chosen
