"""The bytes of every form as they were: a change in the program alone changes none of them."""

from __future__ import annotations

import hashlib
import zlib

import pytest

from desktop_app.documents.printing import render
from tests.documents import samples

# Of packed streams: another packer than zlib packs them otherwise.
pytestmark = pytest.mark.skipif("ng" in zlib.ZLIB_RUNTIME_VERSION, reason="packs with zlib-ng")

KEPT: dict[str, str] = {
    "PaymentNotice": "62845a3685595d3e553de1461dbc342896b436066506ac956c91ef284c20f50f",
    "ApplicationForm": "2d9f18f23dbf1b82c7cec310946cb4f92b504403886171d886f8337233013c43",
    "MemberList": "d8524349cae642e5dc6f0cf434e32a0e39264d8da8c3539d231bae98686a77ad",
    "Confirmation": "d536e2dce484257a25e80680057c501e2753c438f9c4242a504eca4e476bdc65",
    "ArchiveHandover": "ecbc71d8409a2dea2bd881a127cd04d083067c66af9ef98d922e5e5e5a489937",
    "BenefitWorksheet": "4930dfcd87dc63ee4fb3390752b45f9a92e5706f3630fa52d427ccc60272fca6",
    "ClaimReceipt": "ac76212000eeefd4999e61227576c40f73048926775136d946c8dbbc8fedfbba",
    "FieldSheet": "5eeae96c8f1ad815bab897ca54bc18a4aaf56726685b51bbe7a6f345a6467f64",
    "UnitRegistration": "54ab591d7c1dd6fc07fb7f376b20d2d362fd4c314e33f093ba4fe8af2d9a8487",
    "OfficerChange": "3b5ba088d9b7b55d2c92ec30d9ed3561a4e2dea30d9a497ec2acab643c1cf2ba",
    "FileIndex": "6846a8f92c975c57c5446d13b7104837e483a3717af98fdb93551085972a2c55",
    "RefundRequest": "9c601ce89391c7edc64399022db7a13035ac22487e5941852865215495edac59",
    "RenewalNotice": "ed01847c9d8391175cce6c5aa7e4089118679121b754905ba3be36bc53472c28",
    "CorrectionRequest": "a8a3d6246911670cef728772786b9318efff39260d4feb2fca7d50ee80a69692",
    "CoverProof": "56739d48e0126f22751e2458f51c32e86666551932f95dea2fc53b05a1eaf7ae",
    "ClaimApplication": "8807c7f6caf4181a6fe3b75664a40d754d933d7979d5e43dd1419a3f41542f32",
    "SupplementNotice": "8972381bdfafec578582eb7180544efe6541988402065e79d0d7570fcac90b0a",
    "RefusalNotice": "60bc966a67825d65845670119a0e82d4fd448d2faa48e3319d6e386746d35dfd",
    "FeedbackSlip": "87b186129fa79fe161a7674bf5d37d3db004bc486ac2e6c02d286d5c90f1d549",
    "PublicList": "ce70b34154f0d01489fdb5e2face211631ea0017c5e4389aa8dd63a58af8b424",
    "PayoutSheet": "3f6308d1d1aee5f32fea22cd7949f275f8929330fe69b677d50dd964d713f308",
    "CondolenceSheet": "0b24daafca5a765707d3fa99d1b249372c5700c454c821b48181d43137c6aac4",
    "WorkHandover": "dbba2d69c770f16eb7856306a9030c369266abf5a580f2bfc50ef3b36fd70092",
}


def test_every_form_has_the_bytes_it_had() -> None:
    """Where a layout or a text was meant to change, look at the paper, then keep the new digest."""
    forms = samples.every_form()
    made = {type(form).__name__: hashlib.sha256(render(form)).hexdigest() for form in forms}
    assert made == KEPT
