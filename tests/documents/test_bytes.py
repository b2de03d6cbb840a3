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
    "PaymentNotice": "3bf05464788e5bb0357a9cb1c3cd07d50067a89d12e9fd85cb895bfaf1dd0dae",
    "ApplicationForm": "1dd2ddd7717a230cc55f043ac30bcafeba5a63e46af52a309cc960d1570f07e2",
    "MemberList": "58572b9f378a63ecf0fffc155fffaab019086b96c608b2780b7230f3ddbe5634",
    "Confirmation": "541b24940afab130247033f3f81cfc30f6f38d086b87fa9cffa62b47d1aa18a9",
    "ArchiveHandover": "d10f6b7fc11868f17164c6ee23ace0bf9f1cb233fc7038aebe55370abcbc654e",
    "BenefitWorksheet": "efae657dda5d8e1ec3409769aa7e29a223b04f92f497dd58b13cc383cd9e3244",
    "ClaimReceipt": "9f2c284d10b5eec960fa7aa52e065e4f9caa8ca514e005397cb4c2634ccbae56",
    "FieldSheet": "f75ca69234ef5b50bdcb5ed0b794daee91b46024fa39710d533e456f80228a10",
    "UnitRegistration": "e9b76340c4c34041f3d875697e8d36f59cfaa6355359e652c0c9ae634336c3b8",
    "OfficerChange": "1405cd6fa21072fd2433b02b3e16c9edd75591471cf996f550f70265913a3ef1",
    "FileIndex": "42f2d4feeb9568347b33b51758f0a3e2c9babdf3e9da17f959787422c24a35bb",
    "RefundRequest": "5fa0d3eed1774c032c25dc2093635baaa80ce8131e406e9d6ed53780b53cce00",
    "RenewalNotice": "1ce35fe1485543e0a043a5f6873ef0307aba825208b496d69de067c041263548",
    "CorrectionRequest": "0be8f65f4668ca57c8ad3fcfb4dc03affd637323666f81c9a72f57dea143a623",
    "CoverProof": "fd5a447cd3ef3348bf3067604ea6133137788619ac62056a7e12191a83d91fab",
    "ClaimApplication": "4177385f52e5601496549ec3da3077a4d7ae93fc3ec39a0f6f92468649c6b1a9",
    "SupplementNotice": "7344261541a197dfa887cf39228dc1017430de3de5d9dd86013e395ac8835e49",
    "RefusalNotice": "8cc83c4dcfa7b8dad11144eba1f35d39fed82a2302589598374e06b6a2ae8f21",
    "FeedbackSlip": "a7792507fcc092601563ab06ecd22b42a11c0afcbeaea7d0736446ecf0fd898d",
    "PublicList": "d7a02cf016d5c6f71465b347467a58ffa2f139c70b5dbb46382af57f969b10c5",
    "PayoutSheet": "88f835ffd422e289de5e4953d23dfbbf0ed4f169b9a59e0a8c892b76d9dbca76",
    "CondolenceSheet": "a8855c00aebcadca7d910d33d9f1fbcb7b866fe9fa5fac589610890853d60521",
    "WorkHandover": "fad74e796b1d768cf46de9d9e6346831fe79104352ed77c4c6a3d5e745cd5fde",
}


def test_every_form_has_the_bytes_it_had() -> None:
    """Where a layout or a text was meant to change, look at the paper, then keep the new digest."""
    forms = samples.every_form()
    made = {type(form).__name__: hashlib.sha256(render(form)).hexdigest() for form in forms}
    assert made == KEPT
