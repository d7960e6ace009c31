"""Open Badges 3.0: from when until when a credential is valid, and whose it is."""

from collections.abc import Iterator

from tests.testkit.case import GONE, Case, expect
from tests.testkit.cases.ob3_documents import GROUP, SCHEMA, of
from tests.testkit.cases.school import EMAIL, credential, embedded, identity
from tests.testkit.signing import proved


def cases() -> Iterator[Case]:
    yield from _dates()
    yield from _people()


def _dates() -> Iterator[Case]:
    expired, early = expect("ob3-jwt", dates="expired"), expect("ob3-jwt", dates="early")
    for name, title, expected, until in (
        ("until-later", "It ends next year", None, "2027-01-10T09:00:00Z"),
        ("until-this-second", "It ends at this very second", None, "2026-06-01T12:00:00Z"),
        ("until-a-second-ago", "It ended a second ago", expired, "2026-06-01T11:59:59Z"),
        (
            "until-in-another-zone",
            "It ended an hour ago, though its clock shows a later hour",
            expired,
            "2026-06-01T13:00:00+02:00",
        ),
        (
            "until-in-a-zone-behind",
            "It ends in four hours, though its clock shows an earlier one",
            None,
            "2026-06-01T11:00:00-05:00",
        ),
        (
            "until-leap-second",
            "It ended in a leap second that never was",
            expect("ob3-jwt", dates="dates", schema="schema"),
            "2026-05-31T23:59:60Z",
        ),
        (
            "until-without-zone",
            "Its end has no zone",
            expect("ob3-jwt", dates="dates", schema="schema"),
            "2027-01-10T09:00:00",
        ),
        (
            "until-a-day",
            "Its end is a day without an hour",
            expect("ob3-jwt", dates="dates", schema="schema"),
            "2027-01-10",
        ),
        (
            "until-no-day",
            "It ends on the 30th of February",
            expect("ob3-jwt", dates="dates", schema="schema"),
            "2027-02-30T00:00:00Z",
        ),
        (
            "until-24-hours",
            "It ends at 24 o'clock",
            expect("ob3-jwt", dates="dates", schema="schema"),
            "2026-12-31T24:00:00Z",
        ),
        (
            "until-before-from",
            "It ends before it begins",
            expect("ob3-jwt", dates="expired", schema="schema"),
            "2025-01-10T09:00:00Z",
        ),
        ("until-far-away", "It ends in the last second of the year 9999", None, "9999-12-31T23:59:59Z"),
    ):
        yield of(f"dates-{name}", title, expected, members={"validUntil": until})
    tomorrow, second = {"validFrom": "2026-06-02T12:00:00Z"}, {"validFrom": "2026-06-01T12:00:00Z"}
    yield of("dates-from-tomorrow", "It begins tomorrow", early, members=tomorrow, claims={"nbf": 1_780_401_600})
    yield of("dates-from-this-second", "It begins at this very second", members=second, claims={"nbf": 1_780_315_200})
    yield of(
        "dates-from-a-fraction",
        "It began with a fraction of a second",
        members={"validFrom": "2026-01-10T09:00:00.250Z"},
    )
    yield of("dates-from-in-a-zone", "It began in another zone", members={"validFrom": "2026-01-10T10:00:00+01:00"})
    yield of(
        "dates-from-missing",
        "It does not say when it begins",
        SCHEMA,
        members={"validFrom": GONE},
    )
    yield embedded(
        f"{GROUP}/dates-proof-expired-award",
        "Expired, with an embedded proof",
        expect("ob3", dates="expired"),
        signed=proved(credential("dates-proof", validUntil="2026-02-01T00:00:00Z")),
    )
    yield embedded(
        f"{GROUP}/dates-proof-early-award",
        "Not valid yet, with an embedded proof",
        expect("ob3", dates="early"),
        signed=proved(credential("dates-proof-early", validFrom="2026-07-01T00:00:00Z")),
    )


def _people() -> Iterator[Case]:
    other = expect("ob3-jwt", recipient="recipient")
    yield of("recipient-right", "The address is that of the holder", email=EMAIL)
    yield of("recipient-in-capitals", "The same address in capitals, with a blank", email=f"{EMAIL.upper()} ")
    yield of("recipient-of-another", "It is somebody else's", other, email="eve@student.example")
    plain = {**identity(), "hashed": False, "identityHash": EMAIL, "salt": GONE}
    plain.pop("salt")
    yield of(
        "recipient-in-plain",
        "The address stands in plain in the credential",
        email=EMAIL,
        members={"subject": {"identifier": [plain]}},
    )
    second = {**identity(), "identityHash": "sha256$" + "0" * 64}
    yield of(
        "recipient-second",
        "The holder is named twice, and the second is meant",
        email=EMAIL,
        members={"subject": {"identifier": [second, identity()]}},
    )
    yield of(
        "recipient-single",
        "The identifier is an object, where a list is meant",
        email=EMAIL,
        members={"subject": {"identifier": identity()}},
    )
    yield of(
        "recipient-not-named",
        "The credential names its holder by an id alone",
        expect("ob3-jwt", "unknown"),
        email=EMAIL,
        members={"subject": {"identifier": GONE}},
        why="Whose it is stays open, which is no fault of the badge.",
    )
