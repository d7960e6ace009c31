"""Open Badges 3.0: who issues, and where it publishes its keys: did:web in all its forms, did:key, did:jwk, https."""

import json
from collections.abc import Iterator
from typing import Any

from badgesite.crypto.encoding import base64url
from tests.testkit import keys
from tests.testkit.case import GONE, Case, Document, Expected, expect, written
from tests.testkit.cases.school import (
    EVIL,
    HOST,
    claims,
    credential,
    did_document,
    embedded,
    in_token,
    issuer,
    key_entry,
)
from tests.testkit.signing import method_of, proved, token

GROUP = "ob3-issuer"


def cases() -> Iterator[Case]:
    yield from _webs()
    yield from _documents()
    yield from _keys_alone()
    yield from _addresses()


def of(
    name: str,
    title: str,
    did: str,
    expected: Expected | None = None,
    world: dict[str, Any] | None = None,
    why: str = "",
    method: str | None = None,
) -> Case:
    """A credential of the issuer `did`, signed with the key that its name ends in."""
    document = credential(name, issuer=issuer(id=did))
    made = proved(document, verificationMethod=method or method_of(keys.ISSUER, did))
    served = {address: written(each) for address, each in (world or {}).items()}
    return embedded(f"{GROUP}/{name}", title, expected, signed=made, world=served, why=why)


def published(did: str, **members: Any) -> Document:
    return did_document(did, [key_entry(method_of(keys.ISSUER, did), keys.ISSUER, did)], **members)


def _webs() -> Iterator[Case]:
    path = "did:web:badges.example:schools:botany"
    yield of("valid-path", "The DID has a path", path, world={f"{HOST}/schools/botany/did.json": published(path)})
    port = "did:web:badges.example%3A8443"
    yield of(
        "valid-port",
        "The DID has a port, with its colon written %3A",
        port,
        world={
            "https://badges.example:8443/.well-known/did.json": published(port),
        },
    )
    hosts = expect("ob3", "invalid", "invalid", genuine="key")
    for name, title, did in (
        (
            "port-with-a-colon",
            "The colon before the port is not written %3A, so that it parts a path",
            "did:web:badges.example:8443",
        ),
        ("path-upwards", "The path of the DID leads upwards", "did:web:badges.example:schools:..:botany"),
        ("not-published", "Nothing is published at the DID's address", "did:web:nowhere.example"),
    ):
        yield of(name, title, did, hosts)
    case = of(
        "host-in-capitals",
        "The host of the DID is written in capitals",
        "did:web:Badges.Example",
        hosts,
        why="did:web has no capitals in a host; two spellings of one issuer would be two issuers.",
    )
    yield case


def _documents() -> Iterator[Case]:
    key, other = (
        expect("ob3", "invalid", "invalid", **{step: code}) for step, code in (("genuine", "key"), ("issuer", "issuer"))
    )

    def case(name: str, title: str, expected: Expected | None, make: Any, why: str = "") -> Case:
        did = f"did:web:badges.example:dids:{name}"
        return of(name, title, did, expected, {f"{HOST}/dids/{name}/did.json": make(did)}, why)

    def entry(did: str, **members: Any) -> Document:
        return key_entry(method_of(keys.ISSUER, did), keys.ISSUER, did, **members)

    yield case(
        "valid-short-names",
        "The DID document writes names from its own id on",
        None,
        lambda did: {
            **published(did, assertionMethod=["#" + keys.multibase(keys.ISSUER)]),
            "verificationMethod": [entry(did, id="#" + keys.multibase(keys.ISSUER))],
        },
    )
    yield case(
        "valid-key-in-assertion-method",
        "The key stands whole in assertionMethod",
        None,
        lambda did: {**published(did), "verificationMethod": [], "assertionMethod": [entry(did)]},
    )
    yield case(
        "document-of-another",
        "The DID document says that it is another's",
        other,
        lambda did: {**published(did), "id": EVIL},
    )
    yield case(
        "controller-another",
        "The key in the DID document is controlled by another",
        other,
        lambda did: did_document(did, [entry(did, controller=EVIL)]),
    )
    yield case(
        "controller-missing",
        "The key in the DID document has no controller",
        other,
        lambda did: did_document(did, [entry(did, controller=GONE)]),
    )
    yield case(
        "no-assertion-method",
        "The DID document lets no key sign badges",
        key,
        lambda did: published(did, assertionMethod=[]),
    )
    yield case(
        "another-key-by-the-name",
        "By the name of the key, another key is published",
        key,
        lambda did: did_document(did, [entry(did, publicKeyMultibase=keys.multibase(keys.STRANGER))]),
    )
    yield case(
        "private-half-published",
        "The key is published with its private half",
        key,
        lambda did: did_document(
            did,
            [
                entry(
                    did,
                    publicKeyMultibase=GONE,
                    type="JsonWebKey",
                    publicKeyJwk={**keys.jwk(keys.ISSUER), "d": "A" * 43},
                ),
            ],
        ),
        "Whoever read it can sign: the key proves nothing any more.",
    )
    yield case(
        "key-expired",
        "The key counted until March",
        key,
        lambda did: did_document(did, [entry(did, expires="2026-03-01T00:00:00Z")]),
        "The proof says that it was made before; so could whoever found the key later.",
    )
    yield case("document-a-list", "A list is published in place of the DID document", key, lambda did: [published(did)])


def _keys_alone() -> Iterator[Case]:
    known = expect("ob3", "unknown")
    me = f"did:key:{keys.multibase(keys.ISSUER)}"
    fragment = f"{me}#{keys.multibase(keys.ISSUER)}"
    yield of(
        "did-key",
        "The issuer is its key, and nobody says whose",
        me,
        known,
        method=fragment,
        why="The signature holds, and proves only that the key made it: no domain stands behind the name.",
    )
    other = f"did:key:{keys.multibase(keys.STRANGER)}"
    yield of(
        "did-key-of-another",
        "The proof names another did:key than the issuer",
        other,
        expect("ob3", "invalid", "invalid", issuer="issuer"),
        method=fragment,
    )
    packed = base64url(json.dumps(keys.jwk(keys.P256)).encode())
    jwk = f"did:jwk:{packed}"
    document = credential("did-jwk", issuer=issuer(id=jwk))
    yield in_token(
        f"{GROUP}/did-jwk",
        "The issuer is its key, as a JWK in its DID",
        expect("ob3-jwt", "unknown"),
        text=token(claims(document, iss=jwk), kid=f"{jwk}#0"),
    )
    key = expect("ob3-jwt", "invalid", genuine="key")
    yield in_token(
        f"{GROUP}/did-jwk-fragment",
        "The key of a did:jwk is called 0, and not 1",
        key,
        text=token(claims(credential("did-jwk-fragment", issuer=issuer(id=jwk)), iss=jwk), kid=f"{jwk}#1"),
    )
    yield of(
        "did-unknown-method",
        "The issuer's DID is of a method that is not looked up",
        "did:moss:badges",
        expect("ob3", "unknown"),
        why="Its key may well be right; who cannot look it up cannot say.",
        method="did:moss:badges#key",
    )


def _addresses() -> Iterator[Case]:
    did = f"{HOST}/schools/https"
    method = f"{did}#key"
    document = {"id": did, "verificationMethod": [key_entry(method, keys.ISSUER, did)], "assertionMethod": [method]}
    yield of(
        "valid-https",
        "The issuer is a web address, where its keys are published",
        did,
        world={did: document},
        method=method,
    )
    lone, key = f"{HOST}/schools/lone", f"{HOST}/keys/lone.json"
    alone = {"@context": "https://w3id.org/security/multikey/v1", **key_entry(key, keys.ISSUER, lone)}
    alone |= {"type": "Multikey", "publicKeyMultibase": keys.multibase(keys.ISSUER)}
    alone.pop("publicKeyJwk")
    yield of(
        "valid-https-key-alone",
        "The key is a document of its own on the issuer's host, and the issuer's document names it",
        lone,
        world={key: alone, lone: {"id": lone, "assertionMethod": [key]}},
        method=key,
    )
    guest, laid = f"{HOST}/schools/guest", f"{HOST}/pupils/eve.json"
    yield of(
        "https-key-beside",
        "The key lies on the issuer's host and says to be the issuer's, whose own document does not name it",
        guest,
        expect("ob3", "unknown"),
        {laid: {**alone, "id": laid, "controller": guest}, guest: {"id": guest, "assertionMethod": []}},
        why="Whoever may put a file onto the host could have laid it there.",
        method=laid,
    )
    away, theirs = f"{HOST}/schools/away", "https://evil.example/keys/away.json"
    yield of(
        "https-key-elsewhere",
        "The key lies on another host than the issuer, and says to be the issuer's",
        away,
        expect("ob3", "invalid", "invalid", issuer="issuer"),
        {theirs: {**alone, "id": theirs, "controller": away}},
        method=theirs,
    )
    string = credential("issuer-a-text", issuer="did:web:badges.example")
    yield embedded(
        f"{GROUP}/issuer-a-text",
        "The issuer is its id alone, without a profile",
        signed=proved(string),
        why="The JSON Schema lets it pass; some validators want a profile.",
    )
    none = credential("issuer-missing", issuer=GONE)
    yield embedded(
        f"{GROUP}/issuer-missing",
        "The credential names no issuer",
        expect("ob3", "invalid", "invalid", issuer="issuer", schema="schema"),
        signed=proved(none),
    )
