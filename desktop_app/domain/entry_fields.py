"""What may be typed of a case into the system above, by key, in words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ENTRY_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "unit-name": "单位名称",
        "employer-code": "统一社会信用代码",
        "union-code": "工会统一社会信用代码",
        "address": "单位地址",
        "contact-name": "联系人",
        "contact-phone": "联系电话",
        "year": "年度",
        "at-work": "在职职工人数",
        "women": "女职工人数",
        "plans": "互助项目",
        "shares": "份数",
        "people": "参保人数",
        "due": "金额(元)",
        "invoice-title": "票据抬头",
        "invoice-code": "票据信用代码",
    }
)
