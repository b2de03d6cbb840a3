"""Chinese labels of every code list, and of weekdays; the only place where they stand."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from enum import StrEnum

from db import codes

LABELS: Mapping[type[StrEnum], Mapping[str, str]] = {
    codes.Role: {
        "clerk": "经办员",
        "reviewer": "复核员",
        "head": "负责人",
        "admin": "系统管理员",
    },
    codes.UnitKind: {
        "government": "机关",
        "institution": "事业单位",
        "state-firm": "国有企业",
        "firm": "企业",
        "social": "社会团体",
        "non-profit": "民办非企业单位",
        "other": "其他",
    },
    codes.UnitState: {
        "registered": "待核对",
        "open": "正常",
        "returned": "已退回",
        "ended": "已终止",
        "void": "已撤回",
    },
    codes.LineageKind: {
        "renamed": "更名",
        "merged": "合并",
        "split": "分立",
        "ended": "终止",
    },
    codes.IdentityKind: {
        "resident": "居民身份证",
        "resident-15": "居民身份证(15位)",
        "hmt-residence": "港澳台居民居住证",
        "foreign-permanent": "外国人永久居留身份证",
        "unknown": "未识别的证件",
    },
    codes.Sex: {"male": "男", "female": "女"},
    codes.PostCategory: {
        "male": "男职工",
        "female-55": "女职工(原55周岁退休)",
        "female-50": "女职工(原50周岁退休)",
    },
    codes.MemberState: {
        "active": "在职",
        "left": "已离开",
        "retired": "已退休",
        "deceased": "已故",
        "merged": "已合并",
    },
    codes.VersionState: {"draft": "草稿", "active": "执行中", "retired": "已停用"},
    codes.FigureState: {"to-confirm": "待核对", "confirmed": "已核对", "demo": "演示"},
    codes.Handling: {"on-behalf": "代单位办理", "by-unit": "单位自办"},
    codes.EnrolmentKind: {"first": "首次", "renewal": "续保", "addition": "中途增员"},
    codes.CaseState: {
        "open": "办理中",
        "returned": "已退回",
        "finished": "已办结",
        "void": "已作废",
    },
    codes.EnrolleeState: {
        "listed": "在名单内",
        "covered": "保障中",
        "refused": "上级退回",
        "returned": "审核退回",
        "withdrawn": "已撤出",
    },
    codes.CoverState: {"active": "有效", "void": "已作废"},
    codes.Payer: {
        "upper-union": "上级工会",
        "city-union": "市总工会",
        "town-union": "镇街工会",
        "unit": "单位",
        "member": "职工个人",
        "unit-and-member": "单位和职工",
        "donation": "社会赞助",
        "budget": "公用经费",
    },
    codes.Channel: {
        "member": "职工个人",
        "union-funds": "工会经费",
        "welfare": "福利费",
        "budget": "公用经费",
        "unit": "单位资助",
        "donation": "社会赞助",
        "unstated": "未说明",
    },
    codes.PaymentState: {
        "recorded": "已登记",
        "agrees": "相符",
        "differs": "不符",
        "returned": "已退回",
        "void": "已作废",
    },
    codes.PaperState: {
        "missing": "待补",
        "kept": "复印件已收",
        "seen": "原件核对退回",
        "printed": "已打印",
        "stamped": "盖章件已收回",
    },
    codes.IssueState: {
        "valid": "有效",
        "void": "已作废",
        "replaced": "已换发",
        "provisional": "暂用",
    },
    codes.BankMark: {
        "interest": "利息",
        "fee": "手续费",
        "own-transfer": "自有资金划转",
        "other": "其他",
    },
    codes.PrintReason: {
        "first": "首次打印",
        "spoilt": "打坏",
        "lost": "遗失",
        "extra": "加印",
        "jam": "卡纸",
    },
    codes.PrintPartState: {"waits": "待打印", "sent": "没有印完", "printed": "已打印"},
    codes.ClaimFigure: {
        "estimate": "估算",
        "computed": "核算",
        "typed": "录入",
        "review": "复核",
        "decision": "核定",
    },
    codes.SubmissionState: {
        "exported": "已导出",
        "acknowledged": "已回执",
        "refused": "被退回",
        "replaced": "已重报",
    },
    codes.AnswerKind: {"acknowledgement": "回执", "failures": "失败人员名单"},
    codes.BatchState: {"planned": "待存入", "stored": "已存入", "dropped": "已放弃"},
    codes.RowState: {
        "accepted": "可用",
        "parked": "待补正",
        "skipped": "已跳过",
        "stored": "已存入",
        "dropped": "已放弃",
    },
}
_WEEKDAYS = "一二三四五六日"


def label(code: StrEnum) -> str:
    return LABELS[type(code)][code.value]


def weekday(day: datetime.date) -> str:
    return f"星期{_WEEKDAYS[day.weekday()]}"
