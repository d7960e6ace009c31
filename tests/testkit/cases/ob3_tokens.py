"""Open Badges 3.0 in a token (VC-JWT): headers, keys, and claims that say otherwise than the credential."""

import json
from collections.abc import Iterator
from typing import Any

from badgesite.crypto.encoding import base64url
from tests.testkit import keys
from tests.testkit.case import GONE, Case, Expected, expect
from tests.testkit.cases.school import EVIL, claims, credential, in_token, older
from tests.testkit.signing import DID, method_of, proved, token

GROUP = "ob3-token"
NBF = 1768035600


def cases() -> Iterator[Case]:
    yield from _sound()
    yield from _claims()
    yield from _headers()


def of(name: str, title: str, expected: Expected | None = None, /, **more: Any) -> Case:
    """A token of the usual credential; `claims` changes what it says, `header` and `key` how it is signed."""
    document = credential(name, **more.pop("members", {}))
    made = {**claims(document), **more.pop("claims", {})}
    text = more.pop("text", None) or token(made, more.pop("key", keys.P256), **more.pop("header", {}))
    return in_token(f"{GROUP}/{name}", title, expected, text=text, **more)


def _sound() -> Iterator[Case]:
    yield of("valid-es256", "A token by ES256")
    yield of(
        "valid-rs256",
        "A token by RS256, which Open Badges 3.0 wants everybody to read",
        key=keys.rsa_key(),
        header={"alg": "RS256", "kid": f"{DID}#rsa"},
    )
    yield of("valid-eddsa", "A token by EdDSA", key=keys.ISSUER, header={"alg": "EdDSA", "kid": f"{DID}#ed25519"})
    yield of(
        "valid-ed25519",
        "The same, by the newer name of the algorithm",
        key=keys.ISSUER,
        header={"alg": "Ed25519", "kid": method_of(keys.ISSUER)},
    )
    yield of(
        "valid-es384",
        "A token by ES384",
        key=keys.P384,
        header={"alg": "ES384", "kid": f"{DID}#p384"},
        why="Open Badges 3.0 leaves other algorithms than RS256 to whoever makes and reads them.",
    )
    yield of("valid-short-kid", "The key is named from the issuer's id on", header={"kid": "#p256"})
    yield of(
        "valid-bare-kid",
        "The key is named by its bare name",
        header={"kid": "p256"},
        why="The standard wants an address; the name leads to one key of the issuer and to no other.",
    )
    yield of(
        "valid-jwk",
        "The header has the key itself and no name, and the issuer publishes it",
        header={"kid": GONE, "jwk": keys.jwk(keys.P256)},
    )
    yield of("valid-without-typ", "The header does not say what kind of token it is", header={"typ": GONE})
    yield of("valid-vc-jwt", "The header says vc+jwt, as W3C has it", header={"typ": "vc+jwt"})
    text = token(claims(credential("lines")))
    yield of("valid-with-line-end", "A line ends after the token", text=f"{text}\n")
    yield of("valid-with-blanks", "Blanks and a line's end stand around the token", text=f"  {text}\r\n")
    document = older("wrapped")
    wrapped = {
        "iss": DID,
        "jti": document["id"],
        "nbf": NBF,
        "sub": document["credentialSubject"]["id"],
        "vc": document,
    }
    yield of("valid-vc-wrapper", "The credential stands under vc, as in the data model 1.1", text=token(wrapped))
    bare = {name: value for name, value in document.items() if name not in ("id", "issuanceDate")}
    yield of(
        "valid-vc-wrapper-short",
        "Under vc stands no id and no day: the claims say both",
        text=token({**wrapped, "vc": bare}),
    )
    signed = proved(credential("both"))
    yield of(
        "valid-with-proof-inside",
        "The credential in the token has an embedded proof as well",
        expect("ob3-jwt", "valid", "unknown"),
        text=token(claims(signed)),
        why="Both signatures are claims, and both have to hold; a browser sees one of them.",
    )
    broken = {**signed, "proof": proved(credential("other"))["proof"]}
    yield of(
        "proof-inside-broken",
        "The token is sound, and the embedded proof within it is that of another credential",
        expect("ob3-jwt", "invalid", "unknown", genuine="signature"),
        text=token(claims(broken)),
    )
    yield of("valid-nbf-with-fraction", "nbf has a fraction of a second", claims={"nbf": NBF + 0.5})
    yield of(
        "valid-more-claims",
        "The token has claims of its own: iat, aud, nonce",
        claims={"iat": NBF, "aud": "everyone", "nonce": "moss"},
    )


def _claims() -> Iterator[Case]:
    proof = expect("ob3-jwt", genuine="proof")
    yield of(
        "jti-another",
        "The token's jti is not the credential's id",
        proof,
        claims={"jti": "urn:uuid:00000000-0000-5000-8000-000000000000"},
    )
    yield of(
        "sub-another",
        "The token's sub is not the credential's subject",
        proof,
        claims={"sub": "urn:uuid:00000000-0000-5000-8000-000000000001"},
    )
    yield of("nbf-another", "The token begins a year before the credential", proof, claims={"nbf": NBF - 31_536_000})
    yield of("nbf-a-text", "nbf is a text", proof, claims={"nbf": "2026-01-10T09:00:00Z"})
    later = {"validUntil": "2027-01-10T09:00:00Z"}
    yield of(
        "exp-another",
        "The token ends ten years after the credential",
        proof,
        members=later,
        claims={"exp": 2_115_190_800},
    )
    yield of("exp-right", "The token ends when the credential does", members=later, claims={"exp": 1_799_571_600})
    yield of(
        "exp-alone",
        "The token ended, and the credential names no end",
        expect("ob3-jwt", dates="expired"),
        claims={"exp": NBF + 86_400},
        why="The token is what was signed; what ends first, ends it.",
    )
    yield of(
        "iss-another",
        "The token's iss is not the credential's issuer",
        expect("ob3-jwt", issuer="issuer"),
        claims={"iss": EVIL},
    )
    for name, word in (("iss-missing", "iss"), ("jti-missing", "jti"), ("nbf-missing", "nbf")):
        yield of(
            name,
            f"The token has no {word}, which Open Badges 3.0 wants",
            expect("ob3-jwt", schema="schema"),
            claims={word: GONE},
        )
    document = older("two")
    two = {**claims(credential("two")), "vc": document, "nbf": NBF}
    yield of(
        "two-credentials",
        "The token carries two credentials, one of them under vc",
        proof,
        text=token(two),
        why="Nobody can say which was meant.",
    )


def _headers() -> Iterator[Case]:
    algorithm, proof = expect("ob3-jwt", genuine="algorithm"), expect("ob3-jwt", genuine="proof")
    yield of(
        "critical-header",
        "The header asks for an extension that nobody knows",
        algorithm,
        header={"crit": ["exp"], "exp": 1},
    )
    yield of(
        "unencoded-payload",
        "The header says that the payload is not encoded",
        algorithm,
        header={"b64": False, "crit": ["b64"]},
    )
    yield of(
        "typ-of-an-access-token",
        "The header says that it is a token for access",
        proof,
        header={"typ": "at+jwt"},
        why="A token made for one purpose must not be taken for another (RFC 8725, section 3.11).",
    )
    private = {**keys.jwk(keys.P256), "d": "A" * 43}
    yield of(
        "jwk-with-private-half",
        "The key in the header has its private half",
        expect("ob3-jwt", genuine="key"),
        header={"kid": GONE, "jwk": private},
    )
    document = claims(credential("encoding"))
    head, body, mark = token(document).split(".")
    unreadable = expect("none", readable="unreadable")
    for name, title, text in (
        (
            "padded",
            "The parts end in the = of padded base64",
            ".".join(part + "=" * (-len(part) % 4) for part in (head, body, mark)),
        ),
        ("two-parts", "The token has two parts", f"{head}.{body}"),
        ("four-parts", "The token has four parts", f"{head}.{body}.{mark}.{mark}"),
        ("encrypted", "The token has five parts: it is encrypted", f"{head}..{body}.{mark}.{mark}"),
        (
            "signature-with-loose-bits",
            "The last letter of the signature has bits that belong to no byte",
            f"{head}.{body}.{_loose(mark)}",
        ),
        ("blank-inside", "A line ends within the token", f"{head}.{body[:40]}\n{body[40:]}.{mark}"),
        (
            "payload-a-list",
            "The payload is a list",
            token({}, keys.P256).split(".")[0] + f".{base64url(b'[1]')}.{mark}",
        ),
    ):
        yield of(name, title, unreadable, text=text)
    twice = base64url(json.dumps(document).replace('"name"', '"name": "Knows trees", "name"', 1).encode())
    data = f"{head}.{twice}"
    resigned = f"{data}.{base64url(keys.sign(keys.P256, data.encode(), ''))}"
    yield of(
        "member-twice",
        "A member stands twice in the payload, and the signature is right",
        unreadable,
        text=resigned,
        why="Of two readers, one takes the first and one the last.",
    )


def _loose(mark: str) -> str:
    """The same bytes in another spelling: 64 bytes leave four bits of the last letter unused."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return mark[:-1] + letters[letters.index(mark[-1]) + 1]
