"""Questions about faulty scheme files: keys that are spoilt, parts that do not agree."""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from desktop_app.domain.schemes.scheme_faults import SchemeError
from desktop_app.domain.schemes.schemes import scheme_from
from desktop_app.domain.toml import toml_edit
from tests.domain.benefit_texts import BRACKETS, PERIOD, benefits_of
from tests.domain.schemes import FOLDER

Case = tuple[str, Callable[[], Any]]
NAMES = ("xianfeng-2024", "anyang-2023", "pinghu", "beijing", "yongding")

RATE = 'source = "演示"\n[[parts]]\nid = "aid"\nkind = "rate"\nsource = "演示"\nshare = "1/2"\n'
WAITING = '[waiting]\nsource = "演示"\nrenewal = "{}"\nbands = [{}]\n'
DAYS = '{ from_day = 1, to_day = 30, share = "0" }'
CEILING = '[[ceilings]]\nper = "{}"\nsource = "演示"\n{}\n'
STACKING = '[[stacking]]\nmode = "{}"\nsource = "演示"\n{}\n'
DEDUCTIBLE = '[deductible]\nsource = "演示"\n{}\n'
CLASSES = '[classes.model]\nlabel = "劳模"\nsource = "演示"\n{}\n'

# A plan's rules, each after the other whole; what follows is added to it or stands in its place.
BENEFITS = (
    "", 'source = "演示"', "to_confirm = true", 'source = ""', RATE.replace('"演示"\n[[', '""\n[['),
    'known_from = 2024-01-01\nknown_until = 2023-01-01\n' + RATE,
    'known_from = 2024-01-01\nknown_until = 2024-01-01\n' + RATE,
    'combine = "highest"\n' + RATE, 'combine = "most"\n' + RATE, 'counts = "own_fen"\n' + RATE,
    'counts = "fund_paid_fen"\n' + RATE, "or_own = true\nends_plan = true\n" + RATE,
    RATE + 'optional = true\n', RATE + RATE.partition("\n")[2], RATE.replace('"aid"', '"waiting"'),
    RATE.replace('"aid"', '"known_from"'), RATE.replace('"aid"', '"a.b"'),
    RATE.replace('"aid"', '"A b"'), RATE.replace('share = "1/2"\n', ""),
    RATE.replace('share = "1/2"', "to_confirm = true"), RATE.replace('"rate"', '"rates"'),
    RATE + WAITING.format("again", DAYS), PERIOD + WAITING.format("again", DAYS),
    RATE + WAITING.format("exempt", ""), RATE + WAITING.format("later", DAYS),
    RATE + WAITING.format("counts-on", DAYS + ', { from_day = 30, share = "1/2" }'),
    RATE + WAITING.format("exempt", DAYS + ', { from_day = 31, share = "1" }') + "gap_days = 30\n",
    RATE + WAITING.format("again", '{ from_day = 1, share = "0" }, { from_day = 9, fen = 100 }'),
    RATE + WAITING.format("again", "{ from_day = 1, to_day = 9 }"),
    RATE + WAITING.format("again", '{ from_day = 1, to_day = 9, fen = 5, share = "1" }'),
    RATE + WAITING.format("again", "{ from_day = 5, to_day = 4, fen = 5, per_share = true }"),
    RATE + WAITING.format("again", "{ from_day = 1, to_day = 36601, fen = 5 }"),
    RATE + WAITING.format("again", DAYS) + "gap_days = 36601\nplans = 5\n",
    RATE + '[waiting]\nto_confirm = true\n', RATE + "[waiting]\n",
    *(RATE + CEILING.format(per, "fen = 500") for per in ("case", "period", "lifetime", "year")),
    RATE + CEILING.format("case", ""), RATE + CEILING.format("case", "to_confirm = true"),
    RATE + CEILING.format("period", "fen = 5\nfrom = 2024-01-01\nuntil = 2023-12-31"),
    RATE + CEILING.format("period", "fen = 5\nfrom = 2024-01-01\nuntil = 2024-01-01"),
    RATE + CEILING.format("period", "fen = 5\nfrom = 2024-01-01\nper_share = true"),
    RATE + CEILING.format("period", 'fen = 5\nuntil = 2024-01-01\nplans = ["other"]'),
    RATE + CEILING.format("case", "fen = 5") * 3, RATE + CEILING.format("case", "fen = -5"),
    *(RATE + STACKING.format(mode, 'plans = ["other"]')
      for mode in ("net-of", "tops-up", "excludes", "beside")),
    RATE + STACKING.format("net-of", ""), RATE + STACKING.format("net-of", 'plans = ["a"]') * 2,
    RATE + DEDUCTIBLE.format(""), RATE + DEDUCTIBLE.format("to_confirm = true"),
    RATE + DEDUCTIBLE.format("fen = 500"), RATE + DEDUCTIBLE.format("fen = 500\nlater_fen = 400"),
    RATE + DEDUCTIBLE.format("fen = 500\nlater_fen = 500"),
    RATE + DEDUCTIBLE.format("fen = 500\nlater_fen = 501"),
    RATE + DEDUCTIBLE.format("to_confirm = true\nlater_fen = 1"),
    RATE + DEDUCTIBLE.format('fen = 500\nper = "period"'),
    PERIOD + DEDUCTIBLE.format('fen = 500\nper = "period"'),
    PERIOD + DEDUCTIBLE.format('fen = 500\nper = "period"\nlater_fen = 400'),
    PERIOD + DEDUCTIBLE.format('fen = 500\nper = "year"'),
    RATE + '[minimum]\nsource = "演示"\n', RATE + '[minimum]\nsource = "演示"\nfen = 300\n',
    RATE + "[minimum]\nfen = 300\n", RATE + '[accumulation]\nover = "case"\nsource = "演示"\n',
    RATE + '[accumulation]\nover = "year"\nsource = "演示"\n', RATE + '[accumulation]\n',
    RATE + CLASSES.format(""),
    RATE + CLASSES.format("deductible_fen = 5\nlater_deductible_fen = 4"),
    RATE + CLASSES.format('bands = [{ share = "1" }]'), RATE + "[classes.model]\n",
    BRACKETS + CLASSES.format('bands = [{ share = "1" }]'),
    BRACKETS + CLASSES.format('bands = [{ share = "1" }, { share = "1" }, { share = "3/4" }]'),
    BRACKETS + CLASSES.format('bands = [{ share = "1" }, { share = "1" }, { rate = "3/4" }]'),
    BRACKETS.replace("60000", "500000"), BRACKETS.replace('"20/100"', '"120/100"'),
    BRACKETS.replace("above_fen = 60000, ", ""), "unknown = 5\n" + RATE, RATE + "extra = 5\n",
)  # fmt: skip

# A carried file with one piece of its text put in another's place.
TOGETHER = (
    ("xianfeng-2024", 'over_age_paper = "over-age-proof"', 'over_age_paper = "proof"'),
    ("xianfeng-2024", 'attachments = ["insurance-proof", ', 'attachments = ["proof", "slip", '),
    ("xianfeng-2024", 'plans = ["hospital"]', 'plans = ["hospitals", "women"]'),
    ("xianfeng-2024", "year = 2024\nlist", "year = 2025\nlist"),
    ("xianfeng-2024", "[[drives]]", "[[drives]]\nyear = 2024\ncloses_on = 2024-12-31\n"
     'source = "演示"\n\n[[drives]]'),
    ("xianfeng-2024", 'returns_to = "complete"', 'returns_to = "completed"'),
    ("xianfeng-2024", 'refuses_to = "refused"', 'refuses_to = "refusd"'),
    ("xianfeng-2024", 'then = "reported"', 'then = "report"'),
    ("xianfeng-2024", 'then = "told"\n', ""),
    ("xianfeng-2024", "optional = true\n", 'optional = true\nthen = "told"\n'),
    ("xianfeng-2024", 'key = "told"\nlabel = "已告知"', 'key = "told"\nlabel = "已告知"\n'
     'act = "claim.move-on"'),
    ("xianfeng-2024", 'action = "复核"\n', ""),
    ("xianfeng-2024", 'returns_to = "complete"', 'refuses_to = "refused"'),
    ("xianfeng-2024", 'decides = "province"', 'decides = "office"'),
    ("xianfeng-2024", 'other_than = "enrolment.submit"', 'other_than = "payment.record"'),
    ("xianfeng-2024", 'other_than = "enrolment.submit"', 'other_than = "nobody"'),
    ("xianfeng-2024", 'act = "enrolment.submit"\n',
     'act = "enrolment.submit"\nother_than = "enrolment.submit"\n'),
    ("xianfeng-2024", '"paper:insurance-proof"', '"paper:proof"'),
    ("xianfeng-2024", 'requires = ["printed:application"', 'requires = ["printd:application"'),
    ("xianfeng-2024", 'source = "等待期没有公开来源,待核对"\n',
     'source = "等待期没有公开来源,待核对"\nplans = ["surgery"]\n'),
    ("xianfeng-2024", 'per = "period"\n', 'per = "period"\nplans = ["surgery", "women"]\n'),
    ("anyang-2023", 'move = { effect = "to-confirm" }', 'move = { effect = "ends", text = "甲" }'),
    ("anyang-2023", 'move = { effect = "to-confirm" }',
     'move = { effect = "ends", text = "调出即止", source = "演示" }\nbirth = { effect = "ends" }'),
    ("anyang-2023", "working_days_before = { value = 15,", "working_days_before = { value = 0,"),
    ("anyang-2023", "working_days_before = { value = 15,", "working_days_before = { value = 2001,"),
    ("anyang-2023", "working_days_before = { value = 15,", "working_days_before = { "
     "to_confirm = true,"),
    ("anyang-2023", "year_months = { value = 12,", "year_months = { value = 0,"),
    ("anyang-2023", "year_months = { value = 12,", "year_months = { value = 13,"),
    ("anyang-2023", "last = 2023-12-31", "last = 2022-12-31"),
    ("anyang-2023", "last = 2023-12-31", "last = 2023-01-01"),
    ("anyang-2023", 'kind = "fixed"\n', 'kind = "from-plan-document"\n'),
    ("anyang-2023", 'kinds = ["new-unit"]', "kinds = []"),
    ("anyang-2023", "first = 2023-01-01\ntext", "text"),
    ("anyang-2023", "months = 12\nfirst", "months = 1\nfirst"),
    ("anyang-2023", "months = 12\nfirst", "months = 121\nfirst"),
    *(("anyang-2023", 'allowed = "windows"', f'allowed = "{allowed}"')
      for allowed in ("any-time", "never")),
    *(("anyang-2023", 'starts = "period"', f'starts = "{starts}"')
      for starts in ("next-month", "next-day", "plan-document")),
    *(("anyang-2023", "[[drives]]\nyear = 2023", f"[[drives]]\nyear = {year}")
      for year in (1999, 2000, 2199, 2200)),
    ("yongding", 'with_plan = "inpatient"', 'with_plan = "outpatient"'),
    ("yongding", 'id = "inpatient"', 'id = "inpatient"\nwith_plan = "serious-illness"'),
    ("pinghu", "[funding]", '[funding]\nparts = [{ payer = "unit", fee_fen = '
     '{ value = 5, source = "演示" }, source = "演示" }]'),
)  # fmt: skip

BROKEN = (
    ("min_age = 16", "min_age = -1"), ("min_age = 16", 'min_age = "x"'), ("min_age = 16", ""),
    ("max_age = 60", "max_age = 15"), ('min_share = "80/100"', 'min_share = "8/5"'),
    ('min_share = "80/100"', 'min_share = "x"'), ("including = true", 'including = "ja"'),
    ('holders = "women"', 'holders = "men"'), ("months = 12", "months = 0"),
    ("year = 2024", 'year = "2024"'), ("closes_on = 2024-12-31", 'closes_on = "2024-12-31"'),
    ('kind = "from-plan-document"', 'kind = "document"'), ('account = "558686160106"', ""),
    ('fee_fen = { to_confirm = true }', "fee_fen = { value = -5, source = '演示' }"),
    ('fee_fen = { to_confirm = true }', "fee_fen = 5"),
    ('fee_fen = { to_confirm = true }', "fee_fen = { value = 5 }"),
    ('effect = "to-confirm"', 'effect = "stays"'), ('allowed = "any-time"', 'allowed = "maybe"'),
    ('id = "hospital"', 'id = "women"'), ('who = "unit"', 'who = "clerk"'),
    ('act = "enrolment.submit"', 'act = "enrolment.sbmit"'), ("[funding]", "[fundin]"),
    ('default_payer = "unit-and-member"', 'default_payer = "boss"'), ("[words]", "[[words]]"),
    ('requires = ["people", "participation", "figures"]', 'requires = ["peopel"]'),
    ("version = 1", "version = 1\nversion = 2"), ("version = 1", "version = "),
    ("effective_from = 2024-01-01", "effective_from = 2024-01-01\neffective_until = 2023-01-01"),
    ('decides = "province"', 'decides = "nobody"'), ('share = "70/100"', 'share = "170/100"'),
    ('kind = "rate"', 'kind = "rat"'), ("fen = 1000000", "fen = 1.5"),
    ('key = "severe"', 'key = ""'),
)  # fmt: skip

CLASSED = """
[[plans.fee_classes]]
id = "{}"
label = "{}"
unit_kinds = [{}]
fee_fen = {{ value = 100, source = "演示" }}

"""
WRONG: tuple[Any, ...] = (-1, "", 10**13, True, [], datetime.date(1800, 1, 1), "甲 乙", 0, ["甲"])


def of_faults() -> Iterator[Case]:
    text = _file("xianfeng-2024")
    for at, (old, new) in enumerate(BROKEN):
        assert old in text, old
        yield f"fault {at} {new}", partial(_told, text.replace(old, new, 1))
    for word, whole in (("empty", ""), ("no-toml", "方案"), ("only-id", 'id = "x"\n')):
        yield f"fault {word}", partial(_told, whole)


def of_spoilt_keys() -> Iterator[Case]:
    """Each kind of key taken out, and of another kind."""
    for text, leaf, kind in _each_kind_of_key():
        yield f"without {kind}", partial(_told, toml_edit.unset(text, leaf.path))
        wrong = 7 if isinstance(leaf.value, str) else "x"
        yield f"wrong {kind}", partial(_told, toml_edit.set_value(text, leaf.path, wrong))


def of_disagreements() -> Iterator[Case]:
    for at, text in enumerate(BENEFITS):
        yield f"benefits {at}", partial(_benefits, text)
    for at, (name, old, new) in enumerate(TOGETHER):
        text = _file(name)
        assert old in text, old
        yield f"together {at} {name}", partial(_told, text.replace(old, new, 1))
    for word, classes in (
        ("ids", (("a", "甲", '"firm"'), ("a", "乙", '"government"'))),
        ("kinds", (("a", "甲", '"firm", "government"'), ("b", "乙", '"firm"'))),
        ("labels", (("a", "甲", '"firm"'), ("b", "甲", '"government"'))),
        ("kind", (("a", "甲", '"company"'),)),
    ):
        more = "".join(CLASSED.format(*one) for one in classes)
        for name in ("anyang-2023", "xianfeng-2024"):
            text = _file(name).replace("[plans.share_limits]", more + "[plans.share_limits]", 1)
            yield f"classes {word} {name}", partial(_told, text)
    same = CLASSES.format("") + CLASSES.format("").replace("model", "poor")
    same = f"[plans.benefits]\n{RATE}{same}".replace("[parts]", "[plans.benefits.parts]", 1)
    same = same.replace("[classes", "[plans.benefits.classes")
    place = '[plans.benefits]\nsource = "黄石市公开'
    text = _file("xianfeng-2024")
    assert place in text
    start = text.index(place)
    end = text.index("[[plans]]", start)
    yield "same label", partial(_told, text[:start] + same + text[end:])


def of_things_twice() -> Iterator[Case]:
    """Each kind of block once more behind itself, in the shortest file that has it."""
    seen: set[str] = set()
    for text in sorted(map(_file, NAMES), key=len):
        for block in re.findall(r"^\[+[^\n]+\]+\n(?:(?!\[)[^\n]*\n)*", text, re.M):
            head = block.partition("\n")[0]
            if head not in seen:
                seen.add(head)
                yield f"twice {head}", partial(_told, text.replace(block, block * 2, 1))


def of_wrong_values() -> Iterator[Case]:
    """Each kind of key with a value that no file has there, one kind of wrong after another."""
    for (text, leaf, kind), value in zip(_each_kind_of_key(), itertools.cycle(WRONG), strict=False):
        yield f"{kind} = {value}", partial(_told, toml_edit.set_value(text, leaf.path, value))


def _each_kind_of_key() -> Iterator[tuple[str, toml_edit.Leaf, str]]:
    """A file's text, a key of it and its kind: each kind once, in the shortest file that has it."""
    seen: set[str] = set()
    for text in sorted(map(_file, NAMES), key=len):
        for leaf in toml_edit.leaves(text):
            kind = re.sub(r"\[\d+\]", "", leaf.path)
            if kind not in seen:
                seen.add(kind)
                yield text, leaf, kind


def _file(name: str) -> str:
    return (FOLDER / f"{name}.toml").read_text("utf-8")


def _told(text: str) -> Any:
    return _read(lambda: scheme_from(text, "试.toml").id)


def _benefits(text: str) -> Any:
    return _read(partial(benefits_of, text))


def _read(ask: Callable[[], Any]) -> Any:
    """What is read, or every fault with its key, line, words and remedy."""
    try:
        return ask()
    except SchemeError as error:
        return [error.message, [
            [one.key, one.line, one.message, one.remedy] for one in error.faults
        ]]  # fmt: skip


SUBJECTS = (of_faults, of_spoilt_keys, of_disagreements, of_things_twice, of_wrong_values)
