"""Open Badges 3.0 in a token (VC-JWT): those that were altered, or signed with another key than the issuer's."""

import hmac
import json
from collections.abc import Iterator
from hashlib import sha256

from badgesite.crypto.encoding import base64url
from tests.testkit import keys
from tests.testkit.case import GONE, Case, expect
from tests.testkit.cases.ob3_tokens import of
from tests.testkit.cases.school import EVIL, claims, credential
from tests.testkit.signing import DID, signing_input, token


def cases() -> Iterator[Case]:
    document = claims(credential("forged"))
    head, body, mark = token(document).split(".")
    broken, algorithm = expect("ob3-jwt", genuine="signature"), expect("ob3-jwt", genuine="algorithm")
    key, other = expect("ob3-jwt", genuine="key"), expect("ob3-jwt", issuer="issuer")
    changed = base64url(json.dumps({**document, "name": "Knows trees"}).encode())
    yield of(
        "altered-payload", "A name was changed after the token was signed", broken, text=f"{head}.{changed}.{mark}"
    )
    turned = ("A" if mark[0] != "A" else "B") + mark[1:]
    yield of("altered-signature", "A letter of the signature was changed", broken, text=f"{head}.{body}.{turned}")
    another = base64url(json.dumps({"alg": "ES256", "kid": f"{DID}#p256"}).encode())
    yield of("altered-header", "The header was written anew without typ", broken, text=f"{another}.{body}.{mark}")
    none = signing_input({"alg": "none", "kid": f"{DID}#p256", "typ": "JWT"}, document)
    yield of("unsigned", "The header says that there is no signature", algorithm, text=f"{none}.")
    yield of(
        "unsigned-in-capitals",
        "The same, with the word none in capitals",
        algorithm,
        text=signing_input({"alg": "None", "kid": f"{DID}#p256"}, document) + ".",
    )
    shared = signing_input({"alg": "HS256", "kid": f"{DID}#rsa"}, document)
    mac = hmac.new(keys.pem(keys.rsa_key()).encode(), shared.encode(), sha256).digest()
    yield of(
        "hs256-with-the-public-key",
        "The public key was used as a shared secret, which everybody has",
        algorithm,
        text=f"{shared}.{base64url(mac)}",
    )
    yield of("empty-signature", "The signature is empty, and the header says ES256", broken, text=f"{head}.{body}.")
    yield of(
        "zero-signature", "The signature is nothing but zeros", broken, text=f"{head}.{body}.{base64url(bytes(64))}"
    )
    yield of("another-key-signed", "Another key signed it than the one that it names", broken, key=keys.STRANGER_P256)
    yield of(
        "kid-elsewhere",
        "The key is published by another than the issuer",
        other,
        key=keys.STRANGER_P256,
        header={"kid": f"{EVIL}#p256"},
    )
    yield of(
        "jwk-of-a-stranger",
        "The key of whoever forged it came along in the header",
        key,
        key=keys.rsa_key(1),
        header={"alg": "RS256", "kid": GONE, "jwk": keys.jwk(keys.rsa_key(1))},
    )
    yield of(
        "jwk-beside-kid",
        "The header names the issuer's key, and brings another",
        key,
        key=keys.STRANGER_P256,
        header={"jwk": keys.jwk(keys.STRANGER_P256)},
    )
    yield of("kid-not-published", "The issuer publishes no key by this name", key, header={"kid": f"{DID}#nothing"})
    yield of("kid-missing", "The header has neither the name of a key nor a key", key, header={"kid": GONE})
    yield of(
        "key-of-another-controller",
        "The issuer's document has the key, which another controls",
        other,
        key=keys.STRANGER_P256,
        header={"kid": f"{DID}#of-another"},
    )
    yield of(
        "key-of-1024-bits",
        "The issuer's key of RSA has 1024 bits",
        key,
        key=keys.rsa_key(2),
        header={"alg": "RS256", "kid": f"{DID}#short"},
    )
    yield of(
        "es256-for-a-key-of-rsa",
        "The algorithm does not go with the key that the header names",
        algorithm,
        header={"kid": f"{DID}#rsa"},
    )
    yield of(
        "rs512",
        "The algorithm is RS512",
        algorithm,
        header={"alg": "RS512", "kid": f"{DID}#rsa"},
        key=keys.rsa_key(),
        why="Sound, but not one that Open Badges names; the signature here is that of RS256.",
    )
