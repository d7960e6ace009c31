"""Make altered copies of one award of a built site, to see which software notices: alter.py SITE FOLDER.

Run by the Python of .interop/openbadgeslib, which has what it takes to sign. Each alteration gets a folder in FOLDER
with what is to stand in front of the site's files: the award's four documents and, where they change, its status list
and the DID document of its issuer. No private key of the issuer is needed, and none is used.
"""

import base64
import gzip
import io
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import png
from published import base_of, now, published
from signing import Document, Forms, Methods, Stranger, signed

Files = dict[str, bytes]
CHUNK = b"openbadgecredential\0\0\0\0\0"


class Alterations:
    """What can be done to one valid award by somebody who has everything but the issuer's keys."""

    def __init__(self, site: Path) -> None:
        awards = published(site)
        valid = [award.folder for award in awards if award.state(now()) == "valid"]
        self.site, self.folder, self.other = site, valid[0], signed(valid[1] / "credential.json")
        self.credential = signed(self.folder / "credential.json")
        self.entry = self.credential.document["credentialStatus"]
        self.list_path = str(self.entry["statusListCredential"]).removeprefix(base_of(site, awards))
        self.list = signed(site / self.list_path)
        self.did = str(self.credential.document["issuer"]["id"])
        self.stranger = Stranger()
        self.named = (f"{self.did}#{self.stranger.multikeys[0]}", f"{self.did}#{self.stranger.multikeys[1]}")
        self.announced = (f"{self.did}#{self.stranger.multikeys[0]}", f"{self.did}#stranger")

    def all(self) -> Iterator[tuple[str, Files]]:
        """The name and the files of each; expected.py says who notices."""
        issuers = self.credential.methods
        own = tuple(f"did:key:{multikey}#{multikey}" for multikey in self.stranger.multikeys)
        yield "anew", self._announced()
        yield "letter", self._award(self.credential.reworded(_another_letter))
        yield "id", self._award(self.credential.reworded(self._another_id))
        yield "place", self._award(self.other.forms)
        yield "did.json", self._award(self.credential.forms) | self._did_document(issuers)
        yield "key", self._award(self.credential.signed_by(self.stranger, issuers))
        yield "name", self._award(self.credential.signed_by(self.stranger, (own[0], own[1])))
        yield "revoked", self._award(self.credential.signed_by(self.stranger, self.named))
        yield "bit", self._announced(of_list={"credentialSubject": self._with_bit()})
        yield "list", self._award(self.credential.forms) | self._list(issuers)
        yield "criteria", self._announced(of_credential={"credentialSubject": self._without_criteria()})

    def _announced(self, of_credential: Document = {}, of_list: Document = {}) -> Files:  # noqa: B006
        """Credential and list signed by the stranger, whose keys are in the DID document: as good as the original."""
        forms = self.credential.signed_by(self.stranger, self.announced, **of_credential)
        return self._award(forms) | self._list(self.announced, **of_list) | self._did_document(self.announced)

    def _award(self, forms: Forms) -> Files:
        """The four documents of the award."""
        text, token = forms
        files = {"credential.json": text + b"\n", "credential.jwt": token}
        files["badge.png"] = _baked_png((self.folder / "badge.png").read_bytes(), text)
        if (self.folder / "badge.svg").is_file():
            files["badge.svg"] = (self.folder / "badge.svg").read_bytes().replace(self.credential.text, text)
        return {f"awards/{self.folder.name}/{name}": data for name, data in files.items()}

    def _list(self, methods: Methods, **changes: Any) -> Files:
        text, token = self.list.signed_by(self.stranger, methods, **changes)
        return {self.list_path: text + b"\n", self.list_path.removesuffix("json") + "jwt": token}

    def _did_document(self, methods: Methods) -> Files:
        """The issuer's DID document with the stranger's keys in it, under these names."""
        path = "/".join([*self.did.split(":")[3:], "did.json"])
        document = json.loads((self.site / path).read_bytes())
        keys = [
            ("Multikey", "publicKeyMultibase", self.stranger.multikeys[0]),
            ("JsonWebKey", "publicKeyJwk", self.stranger.jwk),
        ]
        document["verificationMethod"] = [
            {"id": method, "type": kind, "controller": self.did, member: key}
            for method, (kind, member, key) in zip(methods, keys, strict=True)
        ]
        document["assertionMethod"] = list(methods)
        return {path: json.dumps(document).encode()}

    def _another_id(self, text: str) -> str:
        return text.replace(f'"{self.credential.document["id"]}"', f'"{self.other.document["id"]}"')

    def _with_bit(self) -> Document:
        """The list's subject with the award's own bit set (Bitstring Status List 1.0: the highest bit is the first)."""
        subject, index = self.list.document["credentialSubject"], int(self.entry["statusListIndex"])
        bits = bytearray(gzip.decompress(base64.urlsafe_b64decode(subject["encodedList"][1:] + "==")))
        bits[index // 8] |= 0x80 >> index % 8
        encoded = base64.urlsafe_b64encode(gzip.compress(bytes(bits))).rstrip(b"=").decode()
        return {**subject, "encodedList": f"u{encoded}"}

    def _without_criteria(self) -> Document:
        subject = self.credential.document["credentialSubject"]
        achievement = {name: value for name, value in subject["achievement"].items() if name != "criteria"}
        return {**subject, "achievement": achievement}


def _another_letter(text: str) -> str:
    """The first letter of the first name is another; everything else stays."""
    return re.sub(r'(?<="name":").', lambda found: "Q" if found[0] != "Q" else "R", text, count=1)


def _baked_png(picture: bytes, text: bytes) -> bytes:
    """The picture with another credential in its chunk, whose checksum is right again."""
    chunks = [
        (kind, CHUNK + text if kind == b"iTXt" and data.startswith(CHUNK) else data)
        for kind, data in png.Reader(bytes=picture).chunks()
    ]
    baked = io.BytesIO()
    png.write_chunks(baked, chunks)
    return baked.getvalue()


def main(site: Path, folder: Path) -> None:
    """Write the files of every alteration."""
    for name, files in Alterations(site).all():
        for path, data in files.items():
            (folder / name / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / name / path).write_bytes(data)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
