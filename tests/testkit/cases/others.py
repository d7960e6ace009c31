"""What others say for a badge of 3.0, what lies at its id, and files that are no badge at all."""

from collections.abc import Iterator
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from tests.testkit import keys
from tests.testkit.case import GONE, Case, Document, Expected, expect, without_gone, written
from tests.testkit.cases.school import (
    ENDORSER,
    HOST,
    OB,
    SINCE,
    VC,
    achievement,
    badge_class,
    claims,
    credential,
    embedded,
    in_token,
    profile,
    status_list,
)
from tests.testkit.signing import method_of, proved, token

ABOUT = f"{HOST}/achievements/moss"


def cases() -> Iterator[Case]:
    yield from _endorsed()
    yield from _endorsements()
    yield from _hosted()
    yield from _no_badges()


def endorsement(name: str, about: object = ABOUT, **members: Any) -> Document:
    """What the Moss Society says for something, without a proof."""
    return without_gone(
        {
            "@context": [VC, OB],
            "id": f"urn:uuid:{uuid5(NAMESPACE_URL, f'endorsement {name}')}",
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "name": "We were on the walk",
            "issuer": {"id": ENDORSER, "type": ["Profile"], "name": "Moss Society", "url": "https://endorser.example"},
            "validFrom": SINCE,
            "credentialSubject": {"id": about, "type": ["EndorsementSubject"], "endorsementComment": "A fine walk."},
            **members,
        }
    )


def _praise(name: str, **members: Any) -> Document:
    return proved(endorsement(name, **members), keys.ENDORSER)


def _endorsed() -> Iterator[Case]:
    wrong = expect("ob3-jwt", "invalid", "invalid", endorsements="endorsement")
    blind = expect("ob3-jwt", "invalid", "unknown", endorsements="endorsement")

    def of(name: str, title: str, expected: Expected, said: Any, **more: Any) -> Case:
        subject = {"achievement": achievement(endorsement=[said])}
        return in_token(
            f"ob3-endorsement/{name}", title, expected, text=token(claims(credential(name, subject=subject))), **more
        )

    yield of(
        "endorsed", "Another institution endorses the badge", expect("ob3-jwt", "valid", "unknown"), _praise("endorsed")
    )
    made = token(
        {**endorsement("token"), "iss": ENDORSER, "jti": endorsement("token")["id"], "nbf": 1768035600},
        keys.ENDORSER,
        {"alg": "EdDSA", "kid": method_of(keys.ENDORSER, ENDORSER)},
    )
    subject = {"achievement": achievement(endorsementJwt=[made])}
    yield in_token(
        "ob3-endorsement/endorsed-by-token",
        "The endorsement is a token",
        text=token(claims(credential("endorsed-by-token", subject=subject))),
    )
    yield of(
        "altered",
        "The endorsement was changed after it was signed",
        blind,
        {**_praise("altered"), "name": "We were not"},
    )
    yield of(
        "of-another",
        "The endorsement is about something else",
        wrong,
        _praise("of-another", about=f"{HOST}/achievements/trees"),
    )
    yield of("unsigned", "Nobody signed the endorsement", wrong, endorsement("unsigned"))
    yield of("expired", "The endorsement has ended", wrong, _praise("expired", validUntil="2026-02-01T00:00:00Z"))
    yield of(
        "by-another-key",
        "The endorsement names the Moss Society, and a stranger signed it",
        blind,
        proved(endorsement("by-another-key"), keys.STRANGER, verificationMethod=method_of(keys.ENDORSER, ENDORSER)),
    )
    yield of("a-text", "The endorsement is a sentence", wrong, "We were on the walk.")


def _endorsements() -> Iterator[Case]:
    yield embedded(
        "ob3-endorsement/alone", "An endorsement by itself, which is a credential too", signed=_praise("alone")
    )
    text = token(
        {
            **endorsement("alone-token"),
            "iss": ENDORSER,
            "jti": endorsement("alone-token")["id"],
            "nbf": 1768035600,
            "sub": ABOUT,
        },
        keys.ENDORSER,
        {"alg": "EdDSA", "kid": method_of(keys.ENDORSER, ENDORSER)},
    )
    yield in_token("ob3-endorsement/alone-token", "An endorsement by itself, in a token", text=text)
    subject = {"id": GONE, "type": ["EndorsementSubject"]}
    yield embedded(
        "ob3-endorsement/alone-about-nothing",
        "An endorsement that does not say of what",
        expect("ob3", "invalid", "invalid", schema="schema"),
        signed=_praise("alone-about-nothing", credentialSubject=without_gone(subject)),
    )


def _hosted() -> Iterator[Case]:
    def of(name: str, title: str, expected: Expected | None, there: Any, why: str = "", host: str = HOST) -> Case:
        address = f"{host}/awards/{name}.json"
        own = credential(name, id=address)
        found = there(own)
        world = {} if found is None else {address: found if isinstance(found, bytes) else written(found)}
        return in_token(f"ob3-hosted/{name}", title, expected, text=token(claims(own)), world=world, why=why)

    yield of("same", "The same credential lies at its id", None, proved)
    yield of("same-token", "The same token lies at its id", None, lambda own: token(claims(own)).encode())
    yield of("nothing", "Nothing lies at its id, which the standard does not ask for", None, lambda own: None)
    yield of("web-page", "A web page lies at its id", None, lambda own: b"<!doctype html><title>An award</title>\n")
    newer = {"validFrom": "2026-04-01T00:00:00Z", "name": "Knows mosses and ferns"}
    yield of(
        "replaced",
        "A newer credential of the same id lies there",
        expect("ob3-jwt", hosted="replaced"),
        lambda own: token(claims({**own, **newer}, nbf=1_775_001_600)).encode(),
        why="Credentials of one issuer with one id are the same, and the one that begins last counts.",
    )
    yield of(
        "older",
        "An older credential of the same id still lies there",
        None,
        lambda own: token(claims({**own, "validFrom": "2025-01-10T09:00:00Z"}, nbf=1_736_499_600)).encode(),
    )
    yield of(
        "another",
        "Another credential lies at its id, on the issuer's own host",
        expect("ob3-jwt", hosted="mismatch"),
        lambda own: proved({**own, "name": "Knows trees"}),
    )
    yield of(
        "another-elsewhere",
        "Another credential lies at its id, on a host that is not the issuer's",
        None,
        lambda own: proved({**own, "name": "Knows trees"}),
        host="https://archive.example",
        why="That host speaks for nobody here.",
    )
    yield of(
        "newer-by-a-stranger",
        "A newer credential lies there, signed by a stranger",
        None,
        lambda own: token(claims({**own, **newer}, nbf=1_775_001_600), keys.STRANGER_P256).encode(),
        host="https://archive.example",
        why="Only its issuer can replace a credential.",
    )


def _no_badges() -> Iterator[Case]:
    unreadable, empty = expect("none", readable="unreadable"), expect("none", readable="empty")
    old = {
        "uid": "1",
        "recipient": {"type": "email", "hashed": False, "identity": "ada@student.example"},
        "badge": f"{HOST}/ob1/badge.json",
        "verify": {"type": "hosted", "url": f"{HOST}/ob1/assertion.json"},
        "issuedOn": 1768035600,
    }
    for name, title, data, expected in (
        ("empty.json", "The file is empty", b"", empty),
        ("blanks.json", "The file holds blanks and lines", b" \r\n\t\n", empty),
        (
            "page.html",
            "A web page",
            b"<!DOCTYPE html>\n<html><head><title>An award</title></head><body>Ada</body></html>\n",
            unreadable,
        ),
        ("words.txt", "A sentence", b"Ada knows thirty mosses.\n", unreadable),
        (
            "address.txt",
            "The address of a badge, and not the badge",
            f"{HOST}/ob2/valid/assertion.json\n".encode(),
            unreadable,
        ),
        ("zeros.bin", "Zeros", bytes(64), unreadable),
        ("number.json", "JSON that is a number", b"42\n", unreadable),
        ("empty-object.json", "JSON that says nothing", b"{}\n", unreadable),
        ("empty-list.json", "JSON that is an empty list", b"[]\n", unreadable),
        ("deep.json", "Twenty thousand lists in one another", b"[" * 20_000 + b"]" * 20_000, unreadable),
        ("badge-class.json", "The badge, and not an award of it", written(badge_class()), unreadable),
        ("issuer.json", "The issuer, and not an award", written(profile()), unreadable),
        (
            "achievement.json",
            "The achievement of 3.0, and not an award",
            written({"@context": [OB], **achievement()}),
            unreadable,
        ),
        ("status-list.json", "A list of what is revoked, and not an award", written(proved(status_list())), unreadable),
        ("open-badges-1.json", "An award of Open Badges 1.0", written(old), expect("none", readable="old")),
        ("jpeg.jpg", "A picture that is no PNG", b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xd9", unreadable),
    ):
        yield Case(f"not-a-badge/{name}", title, data, (expected,))
