"""Hosted Open Badges 2.0: what its own address serves is the award, and every change has its own answer."""

import pytest

from badgesite.errors import FetchError
from badgesite.served import Served
from badgesite.standards.baking import bake_png, bake_svg
from badgesite.verify.report import Answer, Step
from tests.verify.badges import ASSERTION, HOST, PNG, SVG, World, written
from tests.verify.ob2.worlds import BADGE, EMAIL, ISSUER, KEY, LIST, PICTURE, assertion, files, outcome, reported, told

STUB = {"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": ASSERTION, "revoked": True}
NAMED = {"revokedAssertions": [{"id": ASSERTION, "revocationReason": "A mistake"}]}


def test_a_sound_award_is_valid_in_every_step() -> None:
    report = reported(assertion(), World(files()), email=" Ada@Example.org ")
    assert report.answer == "valid"
    assert [check.step for check in report.checks if check.outcome != "passed"] == ["endorsements"]
    assert told(report, "issuer").words.startswith("badges.example.org publishes it; the issuer calls itself “Example")
    assert "badges.example.org is a name below example.org" in told(report, "issuer").words
    assert {read.address for read in report.read} >= {ASSERTION, BADGE, ISSUER, LIST}


@pytest.mark.parametrize(
    "data",
    [
        bake_png(PNG, {"openbadges": written(assertion()).decode()}),
        bake_png(PNG, {"openbadges": ASSERTION}),
        bake_svg(SVG, "ob2", ASSERTION, written(assertion()).decode()),
        bake_svg(SVG, "ob2", ASSERTION, ""),
    ],
    ids=["png", "old png", "svg", "svg with an address"],
)
def test_pictures_lead_to_the_award_that_is_hosted(data: bytes) -> None:
    assert reported(data, World(files())).answer == "valid"


@pytest.mark.parametrize(
    ("changed", "answer", "step", "code"),
    [
        ({"assertion": STUB}, "revoked", "revocation", "revoked"),
        ({"assertion": {**assertion(), "revoked": True}}, "revoked", "revocation", "revoked"),
        ({"assertion": FetchError(ASSERTION, "gone", "the server says 410")}, "revoked", "revocation", "revoked"),
        ({"revocations": NAMED}, "revoked", "revocation", "revoked"),
        ({"revocations": {"revokedAssertions": [ASSERTION]}}, "revoked", "revocation", "revoked"),
        ({"revocations": {"issuer": f"{HOST}/other.json"}}, "invalid", "revocation", "status"),
        ({"revocations": FetchError(LIST, "missing", "no such file")}, "invalid", "revocation", "status"),
        ({"revocations": FetchError(LIST, "unreachable", "timeout")}, "unknown", "revocation", "status"),
        ({"revocations": b"{"}, "invalid", "revocation", "status"),
        ({"assertion": {"expires": "2025-06-01T00:00:00Z"}}, "expired", "dates", "expired"),
        ({"assertion": {"issuedOn": "2027-06-01T00:00:00Z"}}, "early", "dates", "early"),
        ({"assertion": {"expires": "2024-06-01T00:00:00Z"}}, "invalid", "dates", "dates"),
        ({"assertion": FetchError(ASSERTION, "missing", "no such file")}, "invalid", "hosted", "hosted"),
        ({"assertion": FetchError(ASSERTION, "unreachable", "timeout")}, "unknown", "hosted", "hosted"),
        ({"assertion": FetchError(ASSERTION, "offline", "no network")}, "unknown", "hosted", "offline"),
        ({"assertion": b"<html>"}, "invalid", "hosted", "hosted"),
        ({"assertion": b'{"id": 1, "id": 2}'}, "invalid", "hosted", "hosted"),
        ({"assertion": {"id": f"{HOST}/other.json"}}, "invalid", "hosted", "id"),
        ({"assertion": {**STUB, "id": f"{HOST}/other.json"}}, "invalid", "hosted", "id"),
        ({"assertion": {"@context": "https://example.org/context"}}, "invalid", "schema", "context"),
        ({"assertion": {"type": "OtherAssertion"}}, "invalid", "schema", "schema"),
        ({"assertion": {"image": "data:image/png;base64,AAAA"}}, "invalid", "schema", "schema"),
        ({"assertion": {"recipient": "ada"}}, "invalid", "schema", "schema"),
        ({"assertion": {"badge": None}}, "invalid", "issuer", "issuer"),
        ({"badge": FetchError(BADGE, "missing", "no such file")}, "invalid", "issuer", "issuer"),
        ({"badge": FetchError(BADGE, "unreachable", "timeout")}, "unknown", "issuer", "issuer"),
        ({"badge": {"issuer": None}}, "invalid", "issuer", "issuer"),
        ({"badge": {"name": 7}}, "invalid", "schema", "schema"),
        ({"issuer": FetchError(ISSUER, "gone", "410")}, "invalid", "issuer", "issuer"),
        ({"issuer": {"verification": {"startsWith": "https://elsewhere.example/"}}}, "invalid", "issuer", "scope"),
        ({"issuer": {"verification": {"allowedOrigins": "elsewhere.example"}}}, "invalid", "issuer", "scope"),
        ({"issuer": {"email": "nobody"}}, "invalid", "schema", "schema"),
        ({"assertion": {"verification": {"type": "SignedBadge", "creator": KEY}}}, "invalid", "genuine", "proof"),
        ({"assertion": {"verification": {"type": ["HostedBadge", "signed"]}}}, "invalid", "schema", "schema"),
        ({"assertion": {"verification": None}}, "invalid", "schema", "schema"),
        ({"assertion": {"verification": [{"type": ["hosted"]}]}}, "valid", "genuine", ""),
        (
            {"revocations": {"revokedAssertions": [{"uid": "7"}]}, "assertion": {"uid": "7"}},
            "revoked",
            "revocation",
            "revoked",
        ),
        ({"revocations": {"revokedAssertions": [{"uid": "8"}]}, "assertion": {"uid": "7"}}, "valid", "revocation", ""),
        (
            {"issuer": {"id": "urn:uuid:5c3ee3ac-4d4b-4c84-a7a4-4f6f3d2b9f11", "publicKey": None}},
            "invalid",
            "revocation",
            "status",
        ),
        ({"issuer": {"revocationList": None}}, "valid", "revocation", ""),
    ],
)
def test_what_the_host_serves_decides(changed: dict[str, object], answer: Answer, step: Step, code: str) -> None:
    world = World(files(**changed))
    served = world.files[ASSERTION]
    report = reported(served if isinstance(served, dict) and served["id"] == ASSERTION else assertion(), world)
    assert report.answer == answer
    assert told(report, step).code == code
    assert (outcome(report, step)[0] == "passed") == (answer == "valid")


@pytest.mark.parametrize("kind", ["SignedBadge", "HostedBadge"])
@pytest.mark.parametrize(
    "issuer",
    [
        {},
        {"verification": {"startsWith": f"{HOST}/"}},
        {"id": "urn:uuid:5c3ee3ac-4d4b-4c84-a7a4-4f6f3d2b9f11", "publicKey": None},
    ],
)
def test_no_other_host_awards_in_the_issuers_name_whatever_it_says_of_a_signature(
    kind: str, issuer: dict[str, object]
) -> None:
    elsewhere = "https://evil.example.net/assertion.json"
    world = World(files(issuer=issuer))
    world.files[elsewhere] = assertion(id=elsewhere, verification={"type": kind, "creator": KEY})
    report = reported(assertion(id=elsewhere), world)
    assert (report.answer, outcome(report, "issuer")) == ("invalid", ("failed", "scope"))


@pytest.mark.parametrize(
    "path",
    [
        "awards/../upload/a.json",
        "awards/%2e%2E/a.json",
        "awards/x%2F..%5Ca.json",
        "awards/%252e%252e/a.json",
        "awards/..;/a.json",
    ],
)
def test_a_path_that_goes_back_by_dots_is_nobodys(path: str) -> None:
    address = f"{HOST}/{path}"
    world = World(files(issuer={"verification": {"startsWith": f"{HOST}/awards/"}}))
    world.files[address] = assertion(id=address)
    report = reported(assertion(id=address), world)
    assert (report.answer, outcome(report, "hosted")) == ("invalid", ("failed", "hosted"))
    assert address not in world.asked


@pytest.mark.parametrize(
    ("copy", "served", "words"),
    [
        ({"evidence": {"issuer": "x", "narrative": "With honours"}}, {}, "evidence"),
        (
            {"evidence": {"id": "https://example.org/work", "criteria": "x", "narrative": "y"}},
            {"evidence": "https://example.org/work"},
            "evidence",
        ),
        ({"badge": {"id": BADGE, "alignment": [{"targetName": "EQF 8"}]}}, {}, "badge.alignment"),
        ({"badge": {"id": BADGE, "tags": ["doctorate"]}}, {}, "badge.tags"),
        ({"badge": {"id": BADGE, "image": f"{HOST}/other.png"}}, {}, "badge.image"),
        ({"badge": {"id": BADGE, "extensions:level": {"level": 8}}}, {}, "badge.extensions:level"),
        ({"badge": [{"id": BADGE, "name": "English C2"}]}, {}, "badge.name"),
        (
            {"badge": {"id": BADGE, "issuer": [{"id": ISSUER, "description": "A university"}]}},
            {},
            "badge.issuer.description",
        ),
        ({"recipient": {"type": "email", "hashed": True, "salt": "a", "identity": "sha256$00"}}, {}, "recipient"),
        ({"badge": f"{HOST}/other.json"}, {}, "badge"),
        ({"badge": {"id": BADGE, "name": "English C2", "issuer": ISSUER}}, {}, "badge.name"),
        ({"issuedOn": "2020-01-01T00:00:00Z"}, {}, "issuedOn"),
        ({"expires": "2040-01-01T00:00:00Z"}, {"expires": "2030-01-01T00:00:00Z"}, "expires"),
        ({}, {"expires": "2030-01-01T00:00:00Z"}, "expires"),
        ({"narrative": "With honours"}, {}, "narrative"),
        ({"evidence": "https://example.org/work"}, {"evidence": "https://example.org/other"}, "evidence"),
        ({"extensions:marks": {"type": ["Extension", "extensions:Marks"], "@context": "x"}}, {}, "extensions:marks"),
    ],
)
def test_a_copy_that_claims_more_is_not_genuine(copy: dict[str, object], served: dict[str, object], words: str) -> None:
    report = reported(assertion(**copy), World(files(assertion=served)))
    assert (report.answer, outcome(report, "genuine")) == ("invalid", ("failed", "mismatch"))
    assert words in told(report, "genuine").words


@pytest.mark.parametrize(
    ("copy", "served"),
    [
        ({"expires": "2029-01-01T00:00:00Z"}, {"expires": "2030-01-01T00:00:00Z"}),
        ({}, {"narrative": "With honours"}),
        ({"expires": "2030-01-01T00:00:00Z"}, {}),
    ],
)
def test_an_older_or_shorter_copy_is_told_and_genuine(copy: dict[str, object], served: dict[str, object]) -> None:
    report = reported(assertion(**copy), World(files(assertion=served)))
    assert (report.answer, outcome(report, "genuine")) == ("valid", ("passed", "mismatch"))


@pytest.mark.parametrize(
    "copy",
    [
        {"badge": {"id": BADGE, "type": "BadgeClass", "name": "English B2", "issuer": {"id": ISSUER}}},
        {"issuedOn": "2025-01-01T01:00:00+01:00"},
        {"image": {"id": f"{HOST}/another.png"}},
        {"badge": [{"id": BADGE, "image": {"id": PICTURE, "type": "Image"}, "issuer": [ISSUER]}]},
        {"revoked": False},
        {"verification": {"type": "hosted"}},
    ],
)
def test_what_is_only_written_otherwise_is_no_difference(copy: dict[str, object]) -> None:
    report = reported(assertion(**copy), World(files()))
    assert (report.answer, outcome(report, "genuine")) == ("valid", ("passed", ""))


def test_an_altered_copy_of_a_revoked_award_is_revoked() -> None:
    report = reported(
        assertion(narrative="With honours"), World(files(assertion={**STUB, "revocationReason": "Error"}))
    )
    assert report.answer == "revoked"
    assert "Error" in told(report, "revocation").words


def test_a_stub_put_before_us_is_judged_by_its_host() -> None:
    assert reported(STUB, World(files())).answer == "valid"
    assert reported(STUB, World(files(assertion=STUB))).answer == "revoked"


def test_a_stub_is_believed_of_itself_when_its_host_is_not_asked() -> None:
    world = World({ASSERTION: FetchError(ASSERTION, "offline", "no network")})
    report = reported({**STUB, "revocationReason": "Error"}, world)
    assert (report.answer, report.headline) == ("revoked", "revoked: it says of itself that it is revoked: Error")


@pytest.mark.parametrize(
    ("name", "code"), [("urn:uuid:5c3ee3ac-4d4b-4c84-a7a4-4f6f3d2b9f11", "hosted"), (None, "hosted"), (7, "hosted")]
)
def test_a_hosted_badge_needs_a_web_address(name: object, code: str) -> None:
    world = World(files())
    report = reported(assertion(id=name), world)
    assert (report.answer, outcome(report, "genuine")) == ("invalid", ("failed", code))
    assert world.asked == []


def test_a_badge_that_says_it_is_signed_and_is_not_is_told() -> None:
    document = assertion(id="urn:uuid:5c3ee3ac-4d4b-4c84-a7a4-4f6f3d2b9f11", verification={"type": "SignedBadge"})
    assert outcome(reported(document, World({})), "genuine") == ("failed", "proof")


def test_without_a_network_the_document_is_judged_by_itself() -> None:
    report = reported(
        assertion(expires="2025-03-01T00:00:00Z"), World({ASSERTION: FetchError(ASSERTION, "offline", "no network")})
    )
    assert report.answer == "expired"
    assert outcome(report, "genuine")[0] == outcome(report, "revocation")[0] == "unchecked"
    assert not report.out_of_reach


def test_an_address_of_no_https_fails_the_badge_that_names_it() -> None:
    address = "http://badges.example.org/assertion.json"
    report = reported(assertion(id=address), World({address: FetchError(address, "forbidden", "only https is read")}))
    assert (report.answer, outcome(report, "hosted")) == ("invalid", ("failed", "hosted"))


def test_the_holder_is_compared_with_what_is_hosted() -> None:
    world = World(files())
    assert outcome(reported(assertion(), world, email=EMAIL), "recipient") == ("passed", "")
    other = reported(assertion(), world, email="bob@example.org")
    assert (other.answer, outcome(other, "recipient")) == ("invalid", ("failed", "recipient"))
    assert "bob" not in repr(other)


@pytest.mark.parametrize(
    ("name", "step", "code"),
    [
        ("assertion", "genuine", "hosted"),
        ("badge", "issuer", "issuer"),
        ("issuer", "issuer", "issuer"),
        ("revocations", "revocation", "status"),
    ],
)
def test_a_document_for_which_another_host_answers_is_not_the_word_of_the_first(
    name: str, step: Step, code: str
) -> None:
    world = World(files())
    address = f"{HOST}/{name}.json"
    world.files[address] = Served("https://evil.example/x", written(world.files[address]))
    report = reported(assertion(), world)
    assert (report.answer, outcome(report, step)) == ("invalid", ("failed", code))
    assert "badges.example.org sends us to evil.example" in told(report, step).words


def test_a_host_may_send_us_on_to_itself() -> None:
    world = World(files())
    world.files[ASSERTION] = Served(f"{HOST}/2026/assertion.json", written(world.files[ASSERTION]))
    report = reported(assertion(), world)
    assert report.answer == "valid"
    assert f"{HOST}/2026/assertion.json" in {read.address for read in report.read}
