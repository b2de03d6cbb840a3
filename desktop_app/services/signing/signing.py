"""What the office signs with: a certificate file or an outside program, chosen, on or off."""

from __future__ import annotations

import secrets
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.drafts import KeyDraft
from desktop_app.services.permissions import GRANTS, Permission
from desktop_app.services.signing.office_signing import (
    FILE,
    PROGRAM,
    OfficeSigning,
    file_signer,
    keep_signing,
    program_signer,
    read_small,
    signing_of,
    stale,
)
from desktop_app.services.views.signing import SigningView

if TYPE_CHECKING:
    from desktop_app.documents.certificates import Signer


class SigningService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @act("signing.use-file", Permission.MANAGE, Area.OFFICE)
    def use_file(self, tx: Transaction, file: Path, key: KeyDraft) -> str:
        """Sign with a PKCS#12 file from now on; what is stored is its place and its certificate.

        Gives the certificate's SHA-256.

        Raises:
            FileError: `certificate-missing`.
            UserError: wrong password, no key, not fit to sign, damaged.
        """
        signer = file_signer(file, key.password, tx.now)
        return _keep(tx, signer, FILE, str(file))

    @act("signing.use-program", Permission.MANAGE, Area.OFFICE)
    def use_program(
        self, tx: Transaction, program: Path, arguments: tuple[str, ...], certificate: Path
    ) -> str:
        """Sign through an outside program from now on, once it has signed some random bytes.

        Gives the certificate's SHA-256.

        Args:
            tx: the transaction.
            program: what is started, without a shell.
            arguments: what it is started with.
            certificate: its certificate, PEM or DER, and those above it.

        Raises:
            FileError: `certificate-missing`.
            UserError: the certificate is not fit, the program fails, or signs by another key.
        """
        from desktop_app.documents.certificates import signature_of  # noqa: PLC0415 - loads X.509

        pem = read_small(certificate)
        signer = program_signer((str(program), *arguments), pem, tx.now, certificate.name)
        signature_of(signer, secrets.token_bytes(32))
        return _keep(tx, signer, PROGRAM, str(program), arguments)

    @act("signing.switch", Permission.MANAGE, Area.OFFICE)
    def switch(self, tx: Transaction, on: bool) -> None:
        """Let issued forms be signed, or no more; what was signed stays.

        Raises:
            UserError: `signing-not-chosen`.
        """
        signing = signing_of(tx.session)
        if signing is None:
            raise UserError(
                "signing-not-chosen", "还没有选证书,不能启用签名。", "请先选证书文件或签名程序。"
            )
        keep_signing(tx, replace(signing, on=on))
        tx.audit("office", signing=int(on))

    @look()
    def view(self) -> SigningView:
        granted = GRANTS[self.desk.actor.role]
        may = Permission.SIGN in granted, Permission.MANAGE in granted
        with self.desk.database.reading() as uow:
            signing = signing_of(uow.session)
        if signing is None:
            return SigningView(False, "", "", (), None, "", *may)
        return SigningView(
            signing.on,
            signing.way,
            signing.place,
            signing.arguments,
            signing.certificate,
            stale(signing.certificate, self.desk.now()),
            *may,
        )


def _keep(
    tx: Transaction, signer: Signer, way: str, place: str, arguments: tuple[str, ...] = ()
) -> str:
    from desktop_app.documents.certificates import as_der, seen  # noqa: PLC0415 - loads X.509

    certificate = seen(signer.certificate)
    chain = as_der((signer.certificate, *signer.others))
    keep_signing(tx, OfficeSigning(True, way, place, arguments, certificate, chain))
    tx.audit("office", signing=1, way=way, certificate=certificate.fingerprint)
    return certificate.fingerprint
