"""Open Badges 3.0: what a credential says and how: contexts, words, texts, numbers and types."""

from collections.abc import Iterator
from typing import Any

from tests.testkit.case import GONE, Case, Document, Expected, expect, written
from tests.testkit.cases.school import (
    HOST,
    OB,
    VC,
    achievement,
    claims,
    credential,
    embedded,
    identity,
    in_token,
    issuer,
)
from tests.testkit.signing import proved, token

GROUP = "ob3-document"
OWN = f"{HOST}/contexts/own.json"
SCHEMA = expect("ob3-jwt", schema="schema")


def cases() -> Iterator[Case]:
    yield from _contexts()
    yield from _json()
    yield from _sound()
    yield from _faults()


def of(name: str, title: str, expected: Expected | None = None, /, **more: Any) -> Case:
    """A credential in a token, which a browser can check; `members` change it, and all else is of a Case."""
    document = credential(name, **more.pop("members", {}))
    return in_token(f"{GROUP}/{name}", title, expected, text=token(claims(document, **more.pop("claims", {}))), **more)


def _about(**members: Any) -> Document:
    return {"subject": {"achievement": achievement(**members)}}


def _contexts() -> Iterator[Case]:
    unknown = expect("ob3", "invalid", "invalid", genuine="context")
    yield embedded(
        f"{GROUP}/context-unknown",
        "A context that nobody knows but its maker",
        unknown,
        signed=proved(credential("context-unknown", **{"@context": [VC, OB, OWN], "moss": "yes"})),
        why="Contexts are never fetched: whoever serves one could change what is signed.",
    )
    yield of(
        "context-unknown-in-token",
        "The same in a token, whose signature is over the text itself",
        expect("ob3-jwt", schema="context"),
        members={"@context": [VC, OB, OWN], "moss": "yes"},
    )
    inline = {"@context": [VC, OB, {"moss": f"{HOST}/terms#moss"}], "moss": "yes"}
    yield embedded(
        f"{GROUP}/context-inside",
        "A context is written out in the credential",
        unknown,
        signed=proved(credential("context-inside", **inline)),
        why="What a context makes of the document is signed, and not itself: a forger could rename what is signed.",
    )
    renamed = proved(credential("context-renames"))
    renamed["@context"] = [*renamed["@context"], {"label": "https://schema.org/name"}]
    yield embedded(
        f"{GROUP}/context-renames", "A context within gives the name of the badge another name", unknown, signed=renamed
    )
    dropped = expect("ob3", "invalid", "unknown", genuine="dropped")
    yield embedded(
        f"{GROUP}/dropped-word",
        "A word that no context defines: it is not signed",
        dropped,
        signed=proved(credential("dropped-word", weather="Light rain")),
        why="The proof holds, and everybody could write another word there.",
    )
    added = {**proved(credential("added-word")), "gradePointAverage": "5.0"}
    yield embedded(
        f"{GROUP}/added-word", "A word that no context defines was added after it was signed", dropped, signed=added
    )
    yield of(
        "dropped-word-in-token",
        "A word that no context defines, in a token",
        expect("ob3-jwt", "invalid", "unknown", schema="dropped"),
        members={"weather": "Light rain"},
        why="The token signs it, but nobody can say what it means.",
    )
    relative = {"subject": {"id": "holder"}}
    yield embedded(
        f"{GROUP}/relative-id",
        "The subject has an id that is no whole address: it is not signed",
        expect("ob3", "invalid", "invalid", genuine="dropped", schema="schema"),
        signed=proved(credential("relative-id", **relative)),
    )
    tags = {**_about(), "name": {"en": "Knows mosses", "it": "Conosce i muschi"}}
    yield embedded(
        f"{GROUP}/language-map",
        "The name is a map of languages, whose texts are not signed",
        dropped,
        signed=proved(credential("language-map", **tags)),
        why="The JSON Schema lets it pass; JSON-LD drops the texts, so that everyone could change them.",
    )
    yield of(
        "contexts-turned-round",
        "The two contexts stand in the wrong order",
        expect("ob3-jwt", schema="schema"),
        members={"@context": [OB, VC]},
    )
    yield of(
        "context-missing",
        "The context of Open Badges is missing",
        expect("ob3-jwt", schema="dropped"),
        members={"@context": [VC]},
    )
    hidden = proved(credential("hidden-end", validUntil="2026-02-01T00:00:00Z"))
    value = {"@type": "http://www.w3.org/2001/XMLSchema#dateTime", "@value": hidden.pop("validUntil")}
    hidden["https://www.w3.org/2018/credentials#validUntil"] = value
    yield embedded(
        f"{GROUP}/hidden-end",
        "The end is written as the whole address that the word stands for",
        expect("ob3", "invalid", "unknown", genuine="proof"),
        signed=hidden,
        why="Who reads JSON overlooks it. The holder of an expired badge could write it so, and the proof would hold.",
    )


def _json() -> Iterator[Case]:
    unreadable = expect("none", readable="unreadable")
    text = written(proved(credential("json"))).decode()
    for name, title, data in (
        (
            "member-twice",
            "A member stands twice, once as it was signed",
            text.replace('"name": "Knows', '"name": "Knows trees",\n "name": "Knows', 1).encode(),
        ),
        (
            "number-not-one",
            "A number is NaN, which JSON does not have",
            text.replace('"name"', '"score": NaN,\n "name"', 1).encode(),
        ),
        (
            "half-a-character",
            "A text has half of a character",
            text.replace("Knows mosses", "Knows \\ud83c", 1).encode(),
        ),
        ("latin-1", "The text is in Latin-1", text.replace("Knows mosses", "M\u00fcschen", 1).encode("latin-1")),
        ("cut", "The file ends too early", text[: len(text) // 2].encode()),
        (
            "deep",
            "A hundred lists stand in one another",
            text.replace('"name"', f'"moss": {"[" * 100}{"]" * 100},\n "name"', 1).encode(),
        ),
        ("two-documents", "Two credentials stand in a list", f"[{text},{text}]".encode()),
    ):
        yield Case(f"{GROUP}/{name}.json", title, data, (unreadable,))
    marked = b"\xef\xbb\xbf" + text.encode()
    yield Case(
        f"{GROUP}/valid-byte-order-mark.json",
        "A byte order mark stands in front",
        marked,
        (expect("ob3"),),
        "RFC 8259 lets a reader pass over it.",
    )
    big = {"subject": {"creditsEarned": 2**60}}
    yield embedded(
        f"{GROUP}/number-too-large",
        "A number is so large that software reads it differently",
        expect("ob3", "invalid", "invalid", schema="schema"),
        signed=proved(credential("number-too-large", **big)),
    )
    yield embedded(
        f"{GROUP}/valid-number",
        "Credits are a number with a fraction",
        signed=proved(credential("valid-number", subject={"creditsEarned": 2.5})),
    )


def _sound() -> Iterator[Case]:
    yield of(
        "valid-awarded-before",
        "It was awarded long before it was signed",
        members={"awardedDate": "2020-01-10T00:00:00Z"},
    )
    yield of(
        "valid-full",
        "An award with alignment, evidence, results and an address",
        members={
            "evidence": [
                {"id": f"{HOST}/evidence/1", "type": ["Evidence"], "name": "A walk", "narrative": "Thirty mosses."}
            ],
            "issuer": issuer(
                address={"type": ["Address"], "addressCountryCode": "IT", "addressLocality": "Siena"},
                email="badges@badges.example",
            ),
            "subject": {
                "narrative": "Found one that nobody knew.",
                "result": [{"type": ["Result"], "resultDescription": f"{HOST}/results/mosses", "value": "31"}],
                "achievement": achievement(
                    achievementType="MicroCredential",
                    alignment=[
                        {"type": ["Alignment"], "targetName": "Taxonomy", "targetUrl": f"{HOST}/skills/taxonomy"}
                    ],
                    resultDescription=[
                        {
                            "id": f"{HOST}/results/mosses",
                            "type": ["ResultDescription"],
                            "name": "Mosses",
                            "resultType": "RawScore",
                        }
                    ],
                    tag=["moss", "botany"],
                    inLanguage="en",
                    humanCode="M-1",
                ),
            },
        },
    )
    yield of(
        "valid-achievement-credential",
        "The type is AchievementCredential, the other word for the same",
        members={"type": ["VerifiableCredential", "AchievementCredential"]},
    )
    yield of("valid-subject-without-identifier", "The holder is an id alone", members={"subject": {"identifier": GONE}})
    yield of(
        "valid-older-context",
        "The context of Open Badges 3.0.2",
        members={"@context": [VC, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"]},
    )
    yield of(
        "valid-own-type",
        "The achievement is of a type of its own, with ext:",
        members=_about(achievementType="ext:Walk"),
    )


def _faults() -> Iterator[Case]:
    for name, title, members in (
        ("achievement-without-name", "The achievement has no name", _about(name=GONE)),
        ("achievement-without-description", "The achievement has no description", _about(description=GONE)),
        ("achievement-without-id", "The achievement has no id", _about(id=GONE)),
        ("criteria-missing", "The achievement says nothing of what it takes", _about(criteria=GONE)),
        ("criteria-empty", "The criteria say nothing", _about(criteria={"type": "Criteria"})),
        (
            "criteria-a-text",
            "The criteria are a web address, where an object is meant",
            _about(criteria=f"{HOST}/criteria.html"),
        ),
        (
            "image-a-text",
            "The picture is a web address, where an object is meant",
            _about(image=f"{HOST}/ob2/badge.png"),
        ),
        ("achievement-type-unknown", "The achievement is of a type that nobody knows", _about(achievementType="Walk")),
        ("subject-two", "There are two subjects", {"credentialSubject": [credential("a")["credentialSubject"]] * 2}),
        (
            "subject-of-nobody",
            "The subject has neither an id nor an identifier",
            {"subject": {"id": GONE, "identifier": GONE}},
        ),
        ("subject-type-missing", "The subject has no type", {"subject": {"type": GONE}}),
        ("issuer-without-type", "The issuer has no type", {"issuer": issuer(type=GONE)}),
        (
            "identity-type-unknown",
            "The holder is named by `email`, where emailAddress is meant",
            {"subject": {"identifier": [{**identity(), "identityType": "email"}]}},
        ),
        (
            "identity-said-not-hashed",
            "The holder's address is hashed, and said not to be",
            {"subject": {"identifier": [{**identity(), "hashed": False}]}},
        ),
        ("type-missing", "The credential is no OpenBadgeCredential", {"type": ["VerifiableCredential"]}),
        ("clr", "A collection of credentials, and no badge", {"type": ["VerifiableCredential", "ClrCredential"]}),
        ("id-missing", "The credential has no id", {"id": GONE}),
    ):
        changed = {"claims": {"sub": GONE}} if name in ("subject-two", "subject-of-nobody") else {}
        changed |= {"claims": {"jti": GONE}} if name == "id-missing" else {}
        lost = name in ("clr", "subject-type-missing")
        expected = expect("ob3-jwt", schema="dropped") if lost else SCHEMA
        if name == "subject-two":
            document = credential(name)
            document |= members
            usual = {"iss": "did:web:badges.example", "jti": document["id"], "nbf": 1768035600}
            yield in_token(f"{GROUP}/{name}", title, SCHEMA, text=token({**document, **usual}))
        else:
            yield of(name, title, expected, members=members, **changed)
