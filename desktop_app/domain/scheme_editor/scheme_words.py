"""A scheme file's keys in Chinese, and what the words mean that a value or a list may hold."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from db.codes import Channel, Handling, Payer, Role, UnitKind
from desktop_app.domain.entry_fields import ENTRY_FIELDS
from desktop_app.domain.labels import LABELS
from desktop_app.domain.schemes.scheme_readers import ROLES

_KEYS = """
id=标识 title=名称 region=地区 version=版本号 effective_from=施行日期 effective_until=停用日期
source=依据 words=用语 join=参加的说法 person=人员的说法 fee=费用的说法 apply=申请的说法
upper=由谁确认到账 system=录入的系统 document=生效日所依据的文件 receipt=票据的说法
benefit=互助金的说法 plan=项目的说法 forms=表单名称 eligibility=资格 age_rule=年龄规则
min_age=最小年龄 max_age=最大年龄 over_age_paper=超龄要的材料 employment=用工形式
temporary_over_months=临时工须满月数 insurance=医保种类 health_declaration=健康声明
areas=地区代码 unit_kinds=单位性质 text=原文说明 must_join=必须参加 union_member=须是工会会员
least_workers=最少人数 participation=参加比例 min_share=最低比例
all_join_limit=全员参加的人数界限 including=界限本数在内 women_base=女职工项目
women_limit=女职工项目的人数界限
plans=项目 name=全称 short_name=简称 holders=谁可参加 fee_fen=每份金额
share_limits=限购份数 default=其他单位 with_plan=随哪个项目 coverage=保障期 kind=种类
months=月数 first_month=起始月 additions=年中新增 allowed=何时可加 starts=何时起保 events=变动
effect=如何处理 move=调动 retirement=退休 death=身故 renewal=续保
working_days_before=提前工作日数 ends_by=到期不晚于 drives=集中办理 year=年度
list_due_on=名单截止 closes_on=截止日期 windows=办理窗口 opens_at=开始时刻 closes_at=结束时刻
kinds=办理种类 closures=停办 funding=分担 channels=列支渠道 payer=谁出 payers=谁出 weight=份额
label=显示名称 note=说明 parts=组成 joint=共同承担 default_payer=没有写明时谁出 payee=收款账户
account=账号 bank=开户行 bank_no=行号 province=上报系统 profiles=入口 site=网址 template=模板
columns=列 field=填什么 attachments=要传的材料 papers=材料 who=谁办 archived=归档 seal=盖章
when=何时要 required=必须 optional=可选 claims=申领 decides=谁审定 pays=谁支付
paper_threshold_fen=须交纸质资料的金额 steps=步骤 key=标识 action=按钮文字 state=状态名 act=动作
requires=条件 other_than=不得与谁同一人 other_person=须另一人 benefits=待遇 counts=按什么金额算
or_own=无则按自付 known_from=标准从哪天起 known_until=标准到哪天为止 combine=合计方法
accumulation=累计 over=累计范围
deductible=起付线 per=按什么算 fen=金额 later_fen=第二次起的金额 once=只扣一次 waiting=等待期
bands=分段 from_day=第几天起 to_day=到第几天 from_fen=从多少起 above_fen=超过 share=比例
per_share=按每份 ceilings=封顶 minimum=最低支付 classes=人员类别 stacking=与其他项目 mode=方式
ends_plan=给付后终止 day_fen=每天金额 waiting_days=免赔天数 limit_days=最多天数 amounts=各级金额
grades=等级 sum_fen=金额 last=最后一级 hardship=困难职工 model-worker=劳动模范
deductible_fen=起付线 later_deductible_fen=第二次起的起付线 gap_days=允许间断天数
year_months=全年月数 notices=提示语 to_confirm=待核对 value=数值 on-behalf=代单位办理
by-unit=单位自办 paid=支付 feedback=反馈 joining=参加 payment-notice=缴费通知单
application=申请书 member-list=名单 confirmation=确认书 archive-list=档案移交清单 first=首次
up_to_fen=不超过 from=从哪天起 until=到哪天止
fee_classes=分类金额 worksheet=核算单 fields=逐项录入的次序
then=之后到哪一步 returns_to=退回到哪一步
refuses_to=不予办理时到哪一步 undo=可撤销
field-sheet=现场登记表 registration=单位注册信息表 officer-change=经办人变更表
condolence-sheet=慰问金发放表 file-index=卷内目录 refund-request=退费申请
renewal-notice=续保通知 correction-request=更正申请 cover-proof=参保证明
claim-application=互助金申领表 supplement=补正告知书 refusal=不符合条件告知书
claim-receipt=收件回执 public-list=公示表 payout-sheet=发放表
work-handover=工作交接单
"""
KEY_WORDS = MappingProxyType(dict(pair.split("=") for pair in _KEYS.split()))
UNIT_KINDS = LABELS[UnitKind]
_ROLES = {role.value: LABELS[Role][role] for role in ROLES}
_STEP_ACTS = {
    "enrolment.submit": "提交审核",
    "enrolment.approve": "审核通过",
    "enrolment.enter-number": "登记业务号",
    "payment.record": "登记缴费",
    "payment.confirm": "登记到账",
    "print.confirmation": "打印确认书",
    "archive.receive": "登记盖章件收回",
    "archive.finish": "核对档案并办结",
}
_STEP_NEEDS = {
    "plans": "已选项目",
    "people": "名单有人",
    "at-work": "填了在职人数",
    "participation": "参加比例够",
    "shares": "份数不超过限购",
    "over-age": "超龄的有材料",
    "invoice": "填了开票代码",
    "figures": "金额都已核对",
    "business-number": "有业务号",
    "payment": "登记了缴费",
    "slip": "有银行回单",
    "corporate": "对公账户缴费",
    "amount": "缴费金额相符",
    "effective-date": "有保障生效日",
    "payment-confirmed": "已确认到账",
    "receipt": "登记了票据",
}
CHOICES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "age_rule": {"years": "按周岁", "statutory": "法定退休年龄", "none": "不判断"},
        "women_base": {"women": "另按女职工人数计", "none": "不另计"},
        "women_limit": {"unit": "按单位人数", "women": "按女职工人数"},
        "holders": {"all": "全体职工", "women": "女职工"},
        "coverage.kind": {
            "from-plan-document": "按计划书生效日",
            "fixed": "固定期间",
            "yearly": "按年度",
        },
        "allowed": {"windows": "窗口期内", "any-time": "随时", "never": "不可"},
        "starts": {
            "next-month": "次月1日",
            "next-day": "次日",
            "plan-document": "计划书生效日",
            "period": "随当期",
        },
        "effect": {
            "continues": "继续有效",
            "ends": "终止",
            "ends-with-month": "当月末终止",
            "transfers": "随人转移",
            "to-confirm": "待核对",
        },
        "payer": LABELS[Payer],
        "default_payer": LABELS[Payer],
        "channels.id": LABELS[Channel],
        "columns.field": {
            "number": "序号",
            "name": "姓名",
            "identity": "证件号码",
            "phone": "手机号",
        },
        "papers.who": {"unit": "单位提供", "office": "本机构打印", "union": "工会开具"},
        "papers.when": {"always": "都要", "over-age": "超龄时要"},
        "steps.who": _ROLES,
        **{f"{way}.who": _ROLES for way in Handling},
        **{f"{way}.act": _STEP_ACTS for way in Handling},
        "claims.steps.act": {
            "claim.move-on": "办下一步",
            "claim.type-amount": "登记申领金额",
            "claim.figure": "核算金额",
            "claim.decide": "登记省办决定",
            "claim.arrive": "登记到账日",
            "claim.pay": "登记拨付或清算",
        },
        "decides": {"province": "省办", "office": "本机构", "insurance": "医保结算时"},
        "pays": {"province": "省办", "office": "本机构", "hospital-bill": "在住院账单上抵减"},
        "parts.kind": {
            "rate": "按一个比例",
            "brackets": "按金额分段的比例",
            "steps": "按金额分档的定额",
            "fixed": "每次定额",
            "daily": "按天补贴",
            "severity": "按轻重定额",
            "grade": "按等级定额",
            "disability": "按伤残等级的比例",
        },
        "counts": {
            "eligible_own_fen": "政策范围内自付",
            "own_fen": "个人自付",
            "total_fen": "总费用",
        },
        "combine": {"sum": "相加", "highest": "取最高"},
        "over": {"case": "逐次", "period": "按保障期累计"},
        "deductible.per": {"admission": "每次住院", "period": "每个保障期一次"},
        "ceilings.per": {"case": "每次", "period": "每个保障期", "lifetime": "终身"},
        "waiting.renewal": {"exempt": "续保免等待", "counts-on": "连续计算", "again": "重新等待"},
        "stacking.mode": {"net-of": "先扣除", "tops-up": "补足", "excludes": "不重复给付"},
    }
)
ITEMS: Mapping[str, Mapping[str, str]] = {
    "employment": {"regular": "正式工", "contract": "合同工", "temporary": "临时工"},
    "insurance": {"employee": "职工医保", "resident": "居民医保"},
    "kinds": {"renewal": "续保", "new-people": "新增人员", "new-unit": "新单位"},
    "unit_kinds": UNIT_KINDS,
    **{f"steps.{way}.requires": _STEP_NEEDS for way in Handling},
    "province.profiles.fields": ENTRY_FIELDS,
    "claims.steps.requires": {
        "papers": "资料齐全",
        "facts": "已核算",
        "amount": "有金额",
        "nothing-to-confirm": "没有待核对的条款",
    },
}
