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
    "PaymentNotice": "7901b6735c3dd2f4e2dadeee343190aaed4b73910ae9a5ecf96c915055c6ffd1",
    "ApplicationForm": "75cf2653203434723a3d9bcabf39e91326f41173ba9a11db3ef975540b025be3",
    "MemberList": "5001bd9bdcf0d269e76c3df6457843ccd4a96fe2f85db95ede8a375f4a895c00",
    "Confirmation": "b3c4e2c10182e03463d4cab3ba70f9c3cfc01d7f2c750a16dc186545276359a9",
    "ArchiveHandover": "d98677f09dc14e321ef4e3439b1682c7814329b6ba4aba46fa18ab275cda0c23",
    "BenefitWorksheet": "407b1ea952c32322e0194b749fde2c5499756da5052d37daa4b96785dd8eb10d",
    "ClaimReceipt": "70d0fdcdf44e9ca52052166a19bd2fa3ffc99fb29b268fbf74adb79ee846cab7",
    "FieldSheet": "271557ba9f72801bae437efacdb8994e938cfd762c1d82fce58289b65fb30909",
    "UnitRegistration": "14e8eb858520029c8abd9d5f40cd3f19cb59082522a46d41f388c2440238c5d5",
    "OfficerChange": "daab841fbcb4a795bd1afff8c7b44549dc44274f6ba2586d19426465d32cfab5",
    "FileIndex": "d65233f2d8ffb639c9f32ddb2fc8151e21f1fc3973b4043dc9ec583de69e245f",
    "RefundRequest": "39f1a79d80de5288125b8e2de32f262d40cc325203b4a4fea46ef263163be8f5",
    "RenewalNotice": "c92339b069a4e8cd4d7b4afe79071a5d6a894c74c315f946b1db00060b62ddf5",
    "CorrectionRequest": "2966def4315e7765b357e1c6692e69155beef3a82b09a50a4d4429a5f28579b2",
    "CoverProof": "2f3f006683f72adcb2e1c13dbef9847975bf1cd3013bb4f21f73116799946108",
    "ClaimApplication": "81a62bdff709912834d72ea05858df4f4079ac0041138639fca851ce9f31d745",
    "SupplementNotice": "e26a87ff1f7b45359451c71c65333b1796050f0c9685e89fefe2f6e0efec86b7",
    "RefusalNotice": "8e6b099b74fcb78b8920e8595cda1411eab02d4d08238acdf81615ecffe82f7d",
    "FeedbackSlip": "76fac63ce3e8b0f8a5428541daac307d90dcfed208682038857683604db21a20",
    "PublicList": "9b12b3dd70ae73ca443dc966b56628244037744ead0296ce8ec8bac5c94bb734",
    "PayoutSheet": "b32929a2f0098ffc7045ef47f92be5d12289873919125e4c8327251bd5953c15",
    "CondolenceSheet": "bc09ba0b3cc39b16ca6ee5e334a8e0bcdab9fd3803d6a062d75bd8487be90cb3",
    "WorkHandover": "5f8b5facc5af02b7c093c68635467d81e2161d73693b21f8404addc9ac58ef72",
}


def test_every_form_has_the_bytes_it_had() -> None:
    """Where a layout or a text was meant to change, look at the paper, then keep the new digest."""
    forms = samples.every_form()
    made = {type(form).__name__: hashlib.sha256(render(form)).hexdigest() for form in forms}
    assert made == KEPT
