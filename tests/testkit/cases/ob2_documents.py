"""Open Badges 2.0, hosted: documents with one thing wrong in them, their dates, and what others say for them."""

from collections.abc import Iterator
from typing import Any

from tests.testkit.case import GONE, Case, Document, expect, written
from tests.testkit.cases.hosting import hosted
from tests.testkit.cases.school import ENDORSER_HOST, EVIL_HOST, HOST, SINCE, document, profile

_FAULTS_OF_THE_ISSUER: tuple[tuple[str, str, Document], ...] = (
    ("issuer-without-email", "The issuer has no e-mail address", {"email": GONE}),
    ("issuer-without-url", "The issuer has no web site", {"url": GONE}),
    ("issuer-without-name", "The issuer has no name", {"name": GONE}),
    ("issuer-telephone-in-words", "The issuer's telephone number is no number", {"telephone": "ask at the door"}),
)
_FAULTS_OF_THE_BADGE: tuple[tuple[str, str, Document], ...] = (
    ("badge-without-criteria", "The badge says nothing of what it takes", {"criteria": GONE}),
    ("badge-with-empty-criteria", "The criteria are an object that says nothing", {"criteria": {"type": "Criteria"}}),
    ("badge-without-image", "The badge has no picture", {"image": GONE}),
    ("badge-without-description", "The badge has no description", {"description": GONE}),
    ("badge-image-not-there", "The picture of the badge is not served", {"image": f"{HOST}/ob2/none.png"}),
    ("badge-alignment-without-target", "A skill of the badge has no address", {"alignment": {"targetName": "Moss"}}),
    ("badge-tag-a-number", "A tag of the badge is a number", {"tags": ["moss", 7]}),
    ("badge-language-not-one", "The language of the badge is no tag of a language", {"@language": "in English"}),
)
_FAULTS_OF_THE_AWARD: tuple[tuple[str, str, Document], ...] = (
    ("award-without-day", "The award does not say when it was given", {"issuedOn": GONE}),
    ("award-without-verification", "The award does not say how to verify it", {"verification": GONE}),
    (
        "award-image-inline",
        "The picture of the award stands in it, as data",
        {"image": "data:image/png;base64,iVBORw0K"},
    ),
    ("award-evidence-a-number", "A narrative of the evidence is a number", {"evidence": {"narrative": 30}}),
    ("award-type-unknown", "The award has another type that nobody knows", {"type": ["Assertion", "Diploma"]}),
    (
        "award-extension-without-context",
        "An extension has no context of its own",
        {
            "extensions:walk": {"type": ["Extension", "extensions:Walk"], "kilometres": 7},
        },
    ),
)


def cases() -> Iterator[Case]:
    schema = expect("ob2", schema="schema")
    for name, title, members in _FAULTS_OF_THE_ISSUER:
        yield hosted(name, title, schema, its_issuer=members)
    for name, title, members in _FAULTS_OF_THE_BADGE:
        yield hosted(name, title, schema, its_badge=members)
    for name, title, members in _FAULTS_OF_THE_AWARD:
        yield hosted(name, title, schema, members=members)
    yield from _links()
    yield from _dates()
    yield from _endorsed()


def _links() -> Iterator[Case]:
    issuer = expect("ob2", issuer="issuer")
    yield hosted(
        "badge-not-there",
        "The badge is not served",
        expect("ob2", "invalid", issuer="issuer"),
        badge=f"{HOST}/ob2/none.json",
        why="Who the issuer is, only the badge says.",
    )
    yield hosted("issuer-not-there", "The issuer is not served", issuer, its_badge={"issuer": f"{HOST}/ob2/none.json"})
    yield hosted(
        "badge-of-nobody",
        "The badge names no issuer",
        expect("ob2", issuer="issuer", schema="schema"),
        its_badge={"issuer": GONE},
    )
    yield hosted(
        "id-of-http",
        "The award's id is an address without TLS, where nothing is served",
        expect("ob2", genuine="hosted", hosted="hosted"),
        members={"id": "http://badges.example/ob2/id-of-http/assertion.json"},
        why="badgesite asks by https alone. A verifier that asks by http finds nothing there either.",
    )
    yield hosted(
        "id-no-address",
        "The award says that it is hosted, and its id is a UUID",
        expect("ob2", genuine="hosted", hosted="id"),
        members={"id": "urn:uuid:5f0c4d1c-6a54-4c0e-8c43-8f6f6f0d7a10"},
    )
    yield hosted(
        "another-context",
        "The first context of the award is another than that of Open Badges 2.0",
        expect("ob2", schema="context"),
        members={"@context": ["https://badges.example/contexts/own.json", "https://w3id.org/openbadges/v2"]},
    )
    yield hosted(
        "language-in-the-context",
        "The language stands in the context, where it turns texts into objects",
        expect("ob2", schema="context"),
        members={"@context": ["https://w3id.org/openbadges/v2", {"@language": "en"}]},
        why="JSON-LD then reads every text as a text of a language, and validators find no text.",
    )


def _dates() -> Iterator[Case]:
    end = "2026-06-01T12:00:00Z"
    yield hosted("valid-until-later", "The award ends next year", expires="2027-01-10T09:00:00Z")
    yield hosted("valid-in-its-last-second", "The moment is that at which the award ends", expires=end)
    yield hosted(
        "expired-by-a-second",
        "The award ended a second ago",
        expect("ob2", dates="expired"),
        expires="2026-06-01T11:59:59Z",
    )
    yield hosted(
        "expired-in-another-zone",
        "The award ended two hours ago, though its clock shows a later hour",
        expect("ob2", dates="expired"),
        expires="2026-06-01T13:00:00+03:00",
    )
    yield hosted("valid-with-a-zone", "The same hour in another zone has not come", expires="2026-06-01T11:00:00-05:00")
    yield hosted(
        "valid-with-milliseconds",
        "The day of the award has thousandths of seconds",
        issuedOn="2026-01-10T09:00:00.123Z",
    )
    yield hosted("early", "The award is of tomorrow", expect("ob2", dates="early"), issuedOn="2026-06-02T12:00:00Z")
    yield hosted(
        "ends-before-it-begins",
        "The award ended before it was given",
        expect("ob2", dates="dates"),
        expires="2025-01-10T09:00:00Z",
    )
    yield hosted(
        "ends-on-no-day",
        "The award ends on the 30th of February",
        expect("ob2", dates="dates", schema="schema"),
        expires="2027-02-30T00:00:00Z",
        why="An end that nobody can read is no end that one may pass over.",
    )
    unread = expect("ob2", dates="dates", schema="schema")
    yield hosted("award-day-without-zone", "The day of the award has no zone", unread, issuedOn="2026-01-10T09:00:00")
    yield hosted("award-day-a-number", "The day of the award is a number of seconds", unread, issuedOn=1768035600)
    yield hosted(
        "expired-and-revoked",
        "The award has expired, and its host says that it is revoked",
        expect("ob2", revocation="revoked"),
        expires="2026-02-01T00:00:00Z",
        revoked=True,
        why="What was withdrawn is told before what would have ended anyway.",
    )


def _endorsed() -> Iterator[Case]:
    def endorsement(name: str, **members: Any) -> dict[str, Any]:
        there = f"{ENDORSER_HOST}/ob2/{name}.json"
        praise = {"id": f"{HOST}/ob2/{name}/assertion.json", "endorsementComment": "We were on the walk."}
        usual = {"claim": praise, "issuer": f"{ENDORSER_HOST}/ob2/us.json", "issuedOn": SINCE}
        found = document("Endorsement", there, **{**usual, "verification": {"type": "HostedBadge"}, **members})
        return {"endorsement": there, "files": {there: written(found)}}

    wrong = expect("ob2", endorsements="endorsement")
    us = profile(
        f"{ENDORSER_HOST}/ob2/us.json", name="Moss Society", url=ENDORSER_HOST, revocationList=GONE, publicKey=GONE
    )
    good = endorsement("endorsed")
    good["files"][us["id"]] = written(us)
    yield hosted("endorsed", "Another institution endorses the award, at its own address", **good)
    other = {"id": f"{HOST}/ob2/another.json", "endorsementComment": "We were on the walk."}
    yield hosted(
        "endorsed-of-another",
        "The endorsement is about another award",
        wrong,
        **endorsement("endorsed-of-another", claim=other),
    )
    yield hosted(
        "endorsed-and-revoked", "The endorsement is revoked", wrong, **endorsement("endorsed-and-revoked", revoked=True)
    )
    yield hosted(
        "endorsed-at-another-host",
        "The endorsement lies on a host where its issuer does not publish",
        wrong,
        endorsement=f"{EVIL_HOST}/ob2/praise.json",
        files={
            f"{EVIL_HOST}/ob2/praise.json": written(
                {
                    **document("Endorsement", f"{EVIL_HOST}/ob2/praise.json"),
                    "claim": {"id": f"{HOST}/ob2/endorsed-at-another-host/assertion.json"},
                    "issuer": f"{ENDORSER_HOST}/ob2/us.json",
                    "issuedOn": SINCE,
                    "verification": {"type": "HostedBadge"},
                }
            )
        },
    )
    yield hosted(
        "endorsement-not-there",
        "The endorsement is not served",
        wrong,
        endorsement=f"{ENDORSER_HOST}/ob2/none.json",
    )
