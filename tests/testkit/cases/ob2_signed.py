"""Open Badges 2.0, signed: a token whose key the issuer publishes, and which the key names as its owner."""

import hmac
import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from badgesite.crypto.encoding import base64url
from tests.testkit import keys
from tests.testkit.case import GONE, Case, Document, Expected, expect, written
from tests.testkit.cases.school import EVIL_HOST, HOST, ISSUER, KEY, assertion, badge_class, document, profile
from tests.testkit.signing import signing_input, token

GROUP = "ob2-signed"


def award(name: str, **members: Any) -> Document:
    """A signed award; `creator` is the key that it names."""
    creator = members.pop("creator", KEY)
    verification = {"type": "SignedBadge"} if creator is GONE else {"type": "SignedBadge", "creator": creator}
    return assertion(f"urn:uuid:{uuid5(NAMESPACE_URL, name)}", **{"verification": verification, **members})


def signed(name: str, title: str, expected: Expected | None = None, **more: Any) -> Case:
    """A badge by the issuer's key of RSA; `text` in place of the usual token, `header` and `key` otherwise."""
    known = {each: more.pop(each) for each in ("why", "moment", "email", "world") if each in more}
    key, header, text = more.pop("key", keys.rsa_key()), more.pop("header", {"alg": "RS256"}), more.pop("text", None)
    text = text or token(award(name, **more), key, header)
    return Case(f"{GROUP}/{name}.jwt", title, text.encode(), (expected or expect("ob2-jws"),), **known)


def issued_by(name: str, key: Document, **members: Any) -> dict[str, Any]:
    """An issuer of its own with this key, as members of the award and what is served."""
    folder = f"{HOST}/ob2s/{name}"
    own = {"id": f"{folder}/key.json", "type": "CryptographicKey", "owner": f"{folder}/issuer.json", **key}
    issuer = profile(f"{folder}/issuer.json", **{"publicKey": own["id"], "revocationList": GONE, **members})
    badge = badge_class(f"{folder}/badge.json", issuer=issuer["id"])
    documents = (document("CryptographicKey", own["id"], **own), issuer, badge)
    world = {each["id"]: written(each) for each in documents}
    return {"badge": badge["id"], "creator": own["id"], "world": world}


def cases() -> Iterator[Case]:
    yield signed("valid", "A badge that is signed by RS256, with a UUID as its id")
    yield signed("valid-without-creator", "The badge names no key; the issuer has one alone", creator=GONE)
    yield signed(
        "valid-with-line-end",
        "A line ends after the token",
        text=token(award("line"), keys.rsa_key(), {"alg": "RS256"}) + "\r\n",
    )
    es256 = issued_by("es256", {"publicKeyPem": keys.pem(keys.P256)})
    yield signed(
        "valid-es256",
        "A badge that is signed by ES256",
        key=keys.P256,
        header={"alg": "ES256"},
        **es256,
        why="The specification recommends RS256 and allows others; some validators know no other.",
    )
    inside = {
        "id": f"{HOST}/ob2s/inside/key.json",
        "type": "CryptographicKey",
        "publicKeyPem": keys.pem(keys.rsa_key()),
    }
    whole = issued_by(
        "inside",
        {"publicKeyPem": keys.pem(keys.rsa_key())},
        publicKey={**inside, "owner": f"{HOST}/ob2s/inside/issuer.json"},
    )
    yield signed(
        "valid-key-in-the-issuer", "The key stands whole in the issuer's document, and is served as well", **whole
    )
    yield from _forged()
    yield from _of_the_key()
    yield signed(
        "revoked-by-list",
        "The issuer's list of revocations names the badge",
        expect("ob2-jws", revocation="revoked"),
        text=token(award("revoked-by-list"), keys.rsa_key(), {"alg": "RS256"}),
    )
    yield signed(
        "expired", "A signed badge that has ended", expect("ob2-jws", dates="expired"), expires="2026-02-01T00:00:00Z"
    )


def _forged() -> Iterator[Case]:
    right = token(award("forged"), keys.rsa_key(), {"alg": "RS256"})
    head, body, mark = right.split(".")
    other = base64url(json.dumps(award("forged", issuedOn="2025-01-01T00:00:00Z")).encode())
    broken = expect("ob2-jws", genuine="signature")
    yield signed("altered", "A day in the badge was changed after it was signed", broken, text=f"{head}.{other}.{mark}")
    turned = ("A" if mark[0] != "A" else "B") + mark[1:]
    yield signed("altered-signature", "A letter of the signature was changed", broken, text=f"{head}.{body}.{turned}")
    algorithm = expect("ob2-jws", genuine="algorithm")
    none = signing_input({"alg": "none"}, award("none"))
    yield signed("unsigned", "The header says that there is no signature", algorithm, text=f"{none}.")
    shared = signing_input({"alg": "HS256"}, award("hs256"))
    mac = hmac.new(keys.pem(keys.rsa_key()).encode(), shared.encode(), sha256).digest()
    yield signed(
        "hs256-with-the-public-key",
        "The public key was used as a shared secret, which everybody has",
        algorithm,
        text=f"{shared}.{base64url(mac)}",
    )
    yield signed("of-a-stranger", "Another key signed it than the one that it names", broken, key=keys.rsa_key(1))
    yield signed(
        "es256-for-a-key-of-rsa",
        "The header names an algorithm that does not go with the key",
        algorithm,
        key=keys.P256,
        header={"alg": "ES256"},
    )
    critical = {"alg": "RS256", "crit": ["exp"], "exp": 1}
    yield signed("critical-header", "The header asks for an extension that nobody knows", algorithm, header=critical)
    attacker = {"alg": "RS256", "jwk": keys.jwk(keys.rsa_key(1))}
    yield signed(
        "key-in-the-header",
        "The key of whoever forged it came along in the header",
        broken,
        key=keys.rsa_key(1),
        header=attacker,
    )
    document = json.dumps(award("json"), indent=1)
    yield Case(
        f"{GROUP}/signature-left-out.json",
        "The badge says that it is signed, and comes as JSON without a signature",
        document.encode() + b"\n",
        (expect("ob2", genuine="proof"),),
    )


def _of_the_key() -> Iterator[Case]:
    key = expect("ob2-jws", genuine="key")
    listed_nowhere = f"{EVIL_HOST}/ob2s/key.json"
    stray = document("CryptographicKey", listed_nowhere, owner=ISSUER, publicKeyPem=keys.pem(keys.rsa_key(1)))
    yield signed(
        "creator-not-listed",
        "The badge names a key that its issuer does not publish",
        key,
        key=keys.rsa_key(1),
        creator=listed_nowhere,
        world={listed_nowhere: written(stray)},
        why="The key says that the issuer owns it. Only the issuer can say so.",
    )
    of_another = issued_by("of-another", {"publicKeyPem": keys.pem(keys.rsa_key()), "owner": ISSUER})
    yield signed(
        "key-of-another-owner",
        "The key that the issuer lists says that it belongs to another",
        expect("ob2-jws", genuine="key", issuer="key"),
        **of_another,
    )
    short = issued_by("short", {"publicKeyPem": keys.pem(keys.rsa_key(2))})
    yield signed(
        "short-key",
        "The issuer's key has 1024 bits",
        key,
        key=keys.rsa_key(2),
        **short,
        why="A key of that size can be broken by those who care to. RFC 7518 asks for 2048 bits at least.",
    )
    missing = issued_by("missing", {"publicKeyPem": keys.pem(keys.rsa_key())})
    missing["world"].pop(f"{HOST}/ob2s/missing/key.json")
    yield signed(
        "key-not-there", "The issuer's key is not served", expect("ob2-jws", genuine="key", schema="schema"), **missing
    )
