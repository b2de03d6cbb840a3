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
    "PaymentNotice": "c48bd990897d8f933b4dd2812f2a97577c3cf5d0634a13aef9f2475f51304a6c",
    "ApplicationForm": "7b947ceb11cce15d989c52cbaf7075195a3ef19df3b26728ce1714c50e058ba4",
    "MemberList": "83fa3fcc73420198b00124bfb79a1405d9c919baef0524d2158097ab89710633",
    "Confirmation": "db5004f778865bb048f0197c501379b25bba65caaf408174c7cf08471197db24",
    "ArchiveHandover": "3a542dd6ef366e2237917d9fb98ea45c66c284f0a1b17d9b6597b4f02c342c68",
    "BenefitWorksheet": "ea304e1aec3521ac71ca81994252a3ee6839782e90b00e6be0458e0a90c1fbc6",
    "ClaimReceipt": "9d162332e27c50b6826d89af7785d6c8de68622919809c7944d27db75d7113d3",
    "FieldSheet": "8ec7fa7c3723dd29d7c919477e9c844f258db8bbecd886e365a5c254b66518af",
    "UnitRegistration": "97f02410bd8d6874c43c6364ea23969c8fc8877f70e001968236fb20b50ea292",
    "OfficerChange": "c61838efe6fa045e531caf8b77e3c3ae7add807cc4e65d7309ec0963f64a903c",
    "FileIndex": "ad58a9d844c4821d92218061c645909b34beb71aabcd6528fd1aa1b3d23331c5",
    "RefundRequest": "8d33d603063d4db5ada028a2a2b47cbccb83c7a3b2d36870a22c368339334f49",
    "RenewalNotice": "9a7477bde3d170bf0db3ad0e959fd7e5a061f3ff2abbe3980230cbedc27b8ff0",
    "CorrectionRequest": "76ca93e04bdfc36902f463d06a7d1699b8a1652843557d8440671d28a001485d",
    "CoverProof": "c84827d198f04c6ad74435cab31eea6b3bd9727e873af8e51fbf22fb7b933bc9",
    "ClaimApplication": "5bc1eafd13df7e1be620e8495668bce6143a7995939d518ffe7edb5ee2b65cff",
    "SupplementNotice": "a6c08f265e26046dc1aeb9c4cc711d57069edfd972a9d2b52fa39fac28079b0c",
    "RefusalNotice": "4a23b54f8a432ed8db627d642ae1203e95c498d9611099ad4b8d6d40eb6aa192",
    "FeedbackSlip": "87a61013dd67a1190fc3545f2c43e86672f82338a76134bf5c9b7b7ee10ff726",
    "PublicList": "0fcf56123456d535c6d9190af80fc6a0ba07ef3137836446d6706737e892b3d1",
    "PayoutSheet": "694f9f3d724273fb1108fc2005b2252f5be2a170f61da99272e6d01cc6771a44",
    "CondolenceSheet": "fe84f222d46183041dd02d988009f163525c3f769d382f35c6c9ce583da29256",
    "WorkHandover": "8ee9bd03c9f2a68a0c5c9d3a99b7623ec09c9fece52e70b4a60ff9cbeaef100c",
}


def test_every_form_has_the_bytes_it_had() -> None:
    """Where a layout or a text was meant to change, look at the paper, then keep the new digest."""
    forms = samples.every_form()
    made = {type(form).__name__: hashlib.sha256(render(form)).hexdigest() for form in forms}
    assert made == KEPT
