"""The sample county: invented, complete, the same every time, and it knows what it holds."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import openpyxl
import pytest
import xlrd
from PIL import Image, ImageFont

from db.codes import Handling, Sex
from desktop_app.domain.bank import check_bank_card
from desktop_app.domain.contacts import check_phone
from desktop_app.domain.dates import age
from desktop_app.domain.identity import SAMPLE_PLACE, check_identity
from desktop_app.domain.money import capitals
from desktop_app.domain.rosters.rosters import read_roster
from desktop_app.domain.uscc import check_uscc
from desktop_app.intake.answers import read_answers
from desktop_app.intake.workbooks import WorkbookReader
from desktop_app.paths import resource_path
from desktop_app.services.samples import County, SampleUnit, make_county
from desktop_app.services.samples.answers import failure_list_bytes
from desktop_app.services.samples.names import DOTTED, RARE
from desktop_app.services.samples.numbers import Numbers
from desktop_app.services.samples.pictures import Account, draw_slip
from desktop_app.services.samples.workshop import open_workshop
from tests.made_once import county_once

Rows = list[tuple[object, ...]]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> County:
    return county_once(tmp_path_factory)


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> County:
    """Of another seed and another day."""
    return make_county(tmp_path_factory.mktemp("other"), seed=7, on=date(2027, 3, 15))


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def sheets_of(path: Path) -> dict[str, Rows]:
    """Read with readers that the product does not use."""
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
    if path.suffix == ".xls":
        old = xlrd.open_workbook(path)
        return {
            sheet.name: [tuple(sheet.row_values(row)) for row in range(sheet.nrows)]
            for sheet in old.sheets()
        }
    text = path.read_bytes().decode("gb18030")
    return {"": [tuple(row) for row in csv.reader(io.StringIO(text, newline=""))]}


def rosters(county: County) -> list[SampleUnit]:
    return [unit for unit in county.units if unit.roster]


def unit_named(county: County, part: str) -> SampleUnit:
    (unit,) = (unit for unit in county.units if part in unit.name)
    return unit


def test_same_seed_gives_the_same_bytes_of_every_file(county: County, tmp_path: Path) -> None:
    make_county(tmp_path)
    assert digests(tmp_path) == digests(county.folder)


def test_another_seed_gives_other_people(county: County, other: County) -> None:
    first = {person.identity for unit in county.units for person in unit.workers}
    second = {person.identity for unit in other.units for person in unit.workers}
    assert len(first & second) < 5


def test_twelve_units_and_about_nine_hundred_people_join(county: County) -> None:
    assert len(county.units) == 12
    assert 850 <= sum(len(unit.accepted) for unit in county.units) <= 950
    assert {unit.area for unit in county.units} == {area for area, _ in county.areas}
    assert len({unit.kind for unit in county.units}) == 6


def test_units_stand_on_both_sides_of_every_border(county: County) -> None:
    sizes = {unit.at_work for unit in county.units}
    assert {100, 101} <= sizes
    below = [unit for unit in county.units if len(unit.accepted) * 100 < unit.at_work * 80]
    assert [unit.name for unit in below] == ["明山县青石茶业有限公司(演示)"]
    by_unit = [unit for unit in county.units if unit.handling is Handling.BY_UNIT]
    assert [unit.roster for unit in by_unit] == [None]


def test_men_over_sixty_are_on_one_payroll_with_their_proof(county: County) -> None:
    over = {
        unit.name: [age(each.born, county.on) for each in unit.workers if each.sex is Sex.MALE]
        for unit in county.units
    }
    old = {name: [years for years in ages if years > 60] for name, ages in over.items()}
    assert {name: ages for name, ages in old.items() if ages} == {
        "明山县云台山景区管理有限公司(演示)": [61, 61, 62]
    }
    assert [unit.name for unit in county.units if unit.over_age_proof] == [
        "明山县云台山景区管理有限公司(演示)"
    ]


def test_payrolls_have_the_stated_numbers_of_workers_and_women(county: County) -> None:
    for unit in county.units:
        assert len(unit.workers) == unit.at_work
        assert sum(person.sex is Sex.FEMALE for person in unit.workers) == unit.women


def test_every_number_passes_its_check_and_belongs_to_nobody(county: County) -> None:
    people = [person for unit in county.units for person in unit.workers]
    for person in people:
        identity = check_identity(person.identity, county.on)
        assert person.identity.startswith(SAMPLE_PLACE)
        assert (identity.problems, identity.born, identity.sex) == ((), person.born, person.sex)
        assert person.phone.startswith("1990000")
        assert (check_phone(person.phone), check_bank_card(person.card)) == ((), ())
    for numbers in ("identity", "phone", "card"):
        assert len({getattr(person, numbers) for person in people}) == len(people)


def test_no_number_is_drawn_twice_for_people_of_one_birthday() -> None:
    numbers = Numbers(Random(1))
    drawn = [numbers.identity(date(1990, 1, 1), Sex.FEMALE) for _ in range(300)]
    assert len(set(drawn)) == 300


def test_every_unit_has_two_valid_codes_of_its_own(county: County) -> None:
    codes = [code for unit in county.units for code in (unit.employer_code, unit.union_code)]
    assert len(set(codes)) == 24
    for unit in county.units:
        assert unit.union_code.startswith("81")
    for code in codes:
        assert check_uscc(code).problems == ()
        assert code[2:8] == SAMPLE_PLACE


def test_units_of_one_payer_pay_from_one_account(county: County) -> None:
    accounts: dict[str, set[str]] = {}
    for unit in county.units:
        accounts.setdefault(unit.payer_name, set()).add(unit.payer_account)
    assert all(len(numbers) == 1 for numbers in accounts.values())
    assert Counter(unit.payer_name for unit in county.units)["明山县教育局核算中心(演示)"] == 2


def test_rare_characters_and_middle_dots_join_in_every_kind_of_file(county: County) -> None:
    special = {name for names in (*RARE.values(), *DOTTED.values()) for name in names}
    joined = {person.name for unit in county.units for person in unit.workers[: unit.joining]}
    assert special <= joined
    assert {char for name in special for char in name} >= set("䶮㛃𬭎堃·")
    kinds = {
        unit.roster.suffix
        for unit in rosters(county)
        if unit.roster and special & {person.name for person in unit.accepted}
    }
    assert kinds == {".xlsx", ".xls", ".csv"}


def test_everything_is_labelled_as_a_demonstration(county: County) -> None:
    assert "演示" in county.office_name
    assert all("演示" in unit.name and "演示" in unit.payer_name for unit in county.units)
    for path in (county.ledger, *(unit.roster for unit in rosters(county))):
        assert path is not None
        cells = [cell for rows in sheets_of(path).values() for row in rows for cell in row]
        assert any("演示" in str(cell) for cell in cells), path


def test_every_accepted_person_stands_in_his_units_file(county: County) -> None:
    for unit in rosters(county):
        assert unit.roster
        assert unit.expected
        assert len(unit.accepted) == unit.expected.accepted
        cells = {
            "".join(str(cell).split()).replace("'", "").upper()
            for rows in sheets_of(unit.roster).values()
            for row in rows
            for cell in row
        }
        damaged = [person for person in unit.accepted if person.identity not in cells]
        narrow = {
            cell.translate({0xFEE0 + code: code for code in range(33, 127)}) for cell in cells
        }
        missing = [person for person in damaged if person.identity not in narrow]
        # One number is typed in its old form of 15 digits.
        assert all(person.identity[:6] + person.identity[8:17] in cells for person in missing)
        assert len(missing) == ("中医医院" in unit.name)
        assert {person.name.replace(" ", "") for person in unit.accepted} <= cells


def test_rosters_are_written_the_way_units_write_them(county: County) -> None:
    power = unit_named(county, "供电")
    assert power.roster
    book = openpyxl.load_workbook(power.roster)
    assert book["花名册"].column_dimensions["B"].hidden
    hospital = unit_named(county, "人民医院")
    assert hospital.roster
    book = openpyxl.load_workbook(hospital.roster)
    assert [(sheet.title, sheet.sheet_state) for sheet in book.worksheets] == [
        ("编内", "visible"),
        ("编外", "visible"),
        ("2025年", "hidden"),
    ]
    town = unit_named(county, "清溪镇")
    assert town.roster
    sheet = openpyxl.load_workbook(town.roster).worksheets[0]
    assert {"A1:G1", "C3:E3", "A3:A4"} <= {str(area) for area in sheet.merged_cells.ranges}
    assert isinstance(sheet["F5"].value, int | float)
    school = unit_named(county, "小学")
    assert school.roster
    column = [row[2] for row in sheets_of(school.roster)["名单"]]
    assert sum(isinstance(cell, int | float) for cell in column) == 2
    assert "#N/A" in column


def test_expected_findings_cover_the_bad_rows_that_units_send(county: County) -> None:
    codes = {
        code
        for unit in rosters(county)
        if unit.expected
        for found in unit.expected.codes.values()
        for code in found
    }
    assert codes == {
        "age-above", "age-below", "bank-card", "birth-mismatch", "blank-row", "cleaned",
        "duplicate-in-file", "formula-error", "identity-15-digits", "identity-birth-date",
        "hidden-sheet", "identity-characters", "identity-check-digit", "identity-damaged",
        "identity-length", "identity-missing", "name-characters", "name-missing",
        "name-unencodable", "phone", "sex-mismatch", "title-row", "total-row",
    }  # fmt: skip


def test_pictures_open_and_are_small(county: County) -> None:
    pictures = list(county.folder.rglob("*.png"))
    assert len(pictures) > 40
    for path in pictures:
        assert path.stat().st_size < 60_000
        with Image.open(path) as picture:
            picture.load()
            assert min(picture.size) >= 300


def test_the_font_of_the_pictures_draws_every_name(county: County) -> None:
    font = ImageFont.truetype(resource_path("fonts", "NotoSansSC_400Regular.ttf"), 40)
    blank = bytes(font.getmask("\U0010fffe"))
    names = {person.name for unit in county.units for person in unit.workers}
    assert [char for char in set("".join(names)) if bytes(font.getmask(char)) == blank] == []


def test_a_slip_shows_its_amount(county: County) -> None:
    unit = unit_named(county, "清溪镇")
    payee = open_workshop(1, county.on).scheme.payee
    assert unit.slip
    assert unit.slip_facts
    assert payee
    payer = Account(unit.payer_name, unit.payer_account, unit.payer_bank)
    facts = unit.slip_facts
    assert unit.slip.read_bytes() == draw_slip(facts, payer, payee, unit.name)
    other = replace(facts, amount_fen=facts.amount_fen + 1)
    assert unit.slip.read_bytes() != draw_slip(other, payer, payee, unit.name)


def test_bank_slips_agree_with_the_accepted_people_but_one(county: County) -> None:
    wrong = []
    for unit in county.units:
        if unit.slip_facts is None:
            assert unit.slip is None
            continue
        due = sum(
            county.fees_fen[plan]
            for person in unit.accepted
            for plan in unit.plans
            if plan != "women" or person.sex is Sex.FEMALE
        )
        assert capitals(unit.slip_facts.amount_fen).startswith("人民币")
        if (due, len(unit.accepted)) != (unit.slip_facts.amount_fen, unit.slip_facts.people):
            wrong.append(unit.name)
            assert unit.slip_facts.people == len(unit.accepted) - 2
            assert due - unit.slip_facts.amount_fen == 20_000
    assert wrong == ["清溪镇人民政府(演示)"]


def test_last_years_ledger_adds_up_and_most_of_its_people_renew(county: County) -> None:
    sheets = sheets_of(county.ledger)
    units, people = sheets["单位"][2:], sheets["人员"][2:]
    assert [row[1] for row in units] == [unit.name for unit in county.units]
    for row, unit in zip(units, county.units, strict=True):
        members = [person for person in people if person[1] == unit.name]
        assert row[8] == len(members)
        assert row[9] == pytest.approx(sum(float(str(person[7])) for person in members))
        now = {person.identity for person in unit.workers}
        renewing = sum(person[3] in now for person in members)
        assert 0.8 < renewing / len(members) < 1


def test_claims_bring_each_paper_the_scheme_asks_for(county: County) -> None:
    scheme = open_workshop(1, county.on).scheme
    assert [claim.plan for claim in county.claims] == ["accident", "hospital"]
    threshold = scheme.claims.paper_threshold_fen.value
    assert threshold is not None
    assert [claim.claimed_fen >= threshold for claim in county.claims] == [False, True]
    for claim in county.claims:
        wanted = {
            paper.id
            for paper in scheme.claims.papers
            if paper.required and (not paper.plans or claim.plan in paper.plans)
        }
        assert set(claim.papers) == wanted
        assert all(path.is_file() for path in claim.papers.values())
        unit = unit_named(county, claim.unit_name)
        assert claim.person in unit.accepted


def test_ages_follow_the_day_that_is_asked_for(other: County) -> None:
    ages = {age(person.born, other.on) for unit in other.units for person in unit.workers}
    assert (min(ages), max(ages)) == (20, 62)


def test_the_provinces_failure_list_holds_those_with_a_reason(
    county: County, tmp_path: Path
) -> None:
    people = county.units[0].accepted
    reasons = {people[2].identity: "人员信息未通过核验", people[5].identity: "重复参保"}
    path = tmp_path / "失败人员名单.xlsx"
    path.write_bytes(failure_list_bytes(people, reasons))
    assert "演示" in str(sheets_of(path)["失败人员名单"][0][0])
    assert [(each.name, each.identity, each.reason) for each in read_answers(path)] == [
        (people[2].name, people[2].identity, "人员信息未通过核验"),
        (people[5].name, people[5].identity, "重复参保"),
    ]


def test_each_roster_read_by_the_product_gives_exactly_the_expected_findings(
    county: County, other: County
) -> None:
    with WorkbookReader() as reader:
        for made in (county, other):
            scheme = open_workshop(1, made.on).scheme
            for unit in rosters(made):
                assert unit.roster
                assert unit.expected
                report = read_roster(reader.read(unit.roster), scheme=scheme, on=made.on)
                found: dict[tuple[str | None, int | None], set[str]] = {}
                for finding in report.findings:
                    found.setdefault((finding.sheet, finding.row), set()).add(finding.code)
                assert found == unit.expected.codes
                assert (
                    report.rows_read,
                    len(report.accepted),
                    report.rejected,
                    report.skipped,
                ) == (
                    unit.expected.rows_read,
                    unit.expected.accepted,
                    unit.expected.rejected,
                    unit.expected.skipped,
                )
                assert [row.name for row in report.accepted] == [
                    person.name for person in unit.accepted
                ]
