"""Open Badges 2.0, hosted: sound awards, those that lie in the wrong place, and those that were withdrawn."""

from collections.abc import Iterator

from tests.testkit.case import GONE, Case, expect, written
from tests.testkit.cases import school
from tests.testkit.cases.hosting import GROUP, hosted
from tests.testkit.cases.school import EVIL_HOST, HOST, assertion, badge_class, document, profile


def cases() -> Iterator[Case]:
    yield from _sound()
    yield from _scopes()
    yield from _withdrawn()


def _sound() -> Iterator[Case]:
    yield hosted("valid", "An award with everything that is needed, and nothing else")
    whole = {**badge_class(f"{HOST}/ob2/badge.json"), "issuer": profile()}
    yield hosted(
        "valid-badge-inside",
        "The badge and its issuer stand whole in the assertion, and are served as well",
        badge=whole,
    )
    yield hosted(
        "valid-lists-of-one",
        "Where one value is meant, a list of one stands",
        members={"@context": [school.CONTEXT], "type": ["Assertion"]},
        evidence=[{"narrative": "Thirty photographs."}],
    )
    evidence = [
        f"{HOST}/evidence/walk.html",
        {"type": "Evidence", "id": f"{HOST}/evidence/2", "name": "A walk", "narrative": "Mosses, found and *named*."},
        {"narrative": "A conversation in the library.", "genre": "Interview", "audience": "Examiners"},
    ]
    yield hosted("valid-evidence-of-all-kinds", "Evidence as an address, as an object, and in words", evidence=evidence)
    alignment = {
        "targetName": "Taxonomy",
        "targetUrl": f"{HOST}/skills/taxonomy",
        "targetFramework": "Example skills",
        "targetCode": "T-1",
    }
    yield hosted(
        "valid-alignment", "The badge names two skills of a framework", its_badge={"alignment": [alignment] * 2}
    )
    yield hosted(
        "valid-criteria-an-address",
        "The criteria are a web address and no object",
        its_badge={"criteria": f"{HOST}/criteria.html"},
    )
    yield hosted(
        "valid-image-an-object",
        "The picture of the badge is an object with a caption",
        its_badge={"image": {"type": "Image", "id": school.PICTURE, "caption": "A moss"}},
    )
    yield hosted(
        "valid-language-and-version",
        "The badge names its language and version, and another edition that is related",
        its_badge={
            "@language": "en-GB",
            "version": "2.1",
            "related": [{"id": f"{HOST}/ob2/muschi.json", "@language": "it", "version": "2.1"}],
            "tags": ["moss", "botany"],
        },
    )
    yield hosted(
        "valid-issuer-a-profile",
        "The issuer's type is Profile, as the specification has it",
        its_issuer={"type": "Profile"},
    )
    yield hosted(
        "valid-unknown-member",
        "The assertion has a member that no standard knows; it is ignored",
        weather="Light rain",
    )
    yield hosted(
        "valid-extension",
        "The assertion has an extension with its own context and type",
        members={
            "extensions:walk": {
                "@context": f"{HOST}/ob2/walk-context.json",
                "type": ["Extension", "extensions:Walk"],
                "kilometres": 7,
            }
        },
    )
    yield hosted(
        "valid-old-verify",
        "The verification is called verify, and its type hosted, as in Open Badges 1",
        members={
            "verification": GONE,
            "verify": {"type": "hosted"},
        },
    )
    yield hosted(
        "valid-unicode",
        "Narratives with letters beyond ASCII, one of them composed of two characters",
        narrative="Mu\u0301schio, \u82d4, \U0001f33f and \u202fnarrow spaces.",
    )


def _scopes() -> Iterator[Case]:
    folder = f"{HOST}/ob2"
    both = {"type": "VerificationObject", "startsWith": f"{folder}/valid-scope/", "allowedOrigins": "badges.example"}
    yield hosted("valid-scope", "The issuer allows this path and this host", its_issuer={"verification": both})
    lists = {"startsWith": [f"{EVIL_HOST}/", f"{folder}/"], "allowedOrigins": ["evil.example", "badges.example"]}
    yield hosted(
        "valid-scope-of-several", "The issuer allows several paths and hosts", its_issuer={"verification": lists}
    )
    elsewhere = {"startsWith": f"{HOST}/other/"}
    scope = expect("ob2", issuer="scope")
    yield hosted(
        "scope-of-another-path",
        "The issuer's awards start with another path",
        scope,
        its_issuer={"verification": elsewhere},
    )
    yield hosted(
        "scope-of-another-host",
        "The issuer allows another host than the one that serves the award",
        scope,
        its_issuer={"verification": {"allowedOrigins": ["archive.example"]}},
    )
    yield hosted(
        "scope-of-no-rule",
        "The award lies on another host than its issuer, who allows none",
        scope,
        address=f"{EVIL_HOST}/ob2/scope-of-no-rule/assertion.json",
        why="Without allowedOrigins, only the host of the issuer's own id may serve its awards.",
    )
    one = {"startsWith": f"{HOST}/other/", "allowedOrigins": ["badges.example"]}
    yield hosted(
        "scope-half-kept",
        "The host is allowed and the path is not: both rules must allow it",
        scope,
        its_issuer={"verification": one},
    )
    yield hosted(
        "scope-a-host-with-the-same-end",
        "The host that serves the award only begins with the name of the one that is allowed",
        scope,
        address="https://badges.example.evil.example/assertion.json",
        its_issuer={"verification": {"startsWith": "https://badges.example"}},
        why="startsWith alone would let it pass: the host of the issuer is the rule that does not.",
    )


def _withdrawn() -> Iterator[Case]:
    def address(name: str) -> str:
        return f"{HOST}/ob2/{name}/assertion.json"

    revoked = expect("ob2", revocation="revoked")
    stub = {"@context": school.CONTEXT, "type": "Assertion", "revoked": True}
    for name, title, more in (
        ("revoked-stub", "The host serves what is left of a revoked award", {"revocationReason": "Given by mistake."}),
        ("revoked-stub-without-a-reason", "The host says that the award is revoked, and not why", {}),
    ):
        left = {**stub, "id": address(name), **more}
        yield hosted(name, title, revoked, served=written(left))
    yield hosted(
        "revoked-whole",
        "The whole assertion is still served, and says that it is revoked",
        revoked,
        revoked=True,
        why="Some validators call it valid, because nothing is missing. The specification does not.",
    )
    yield hosted("revoked-by-list", "The issuer's list of revocations names the award", revoked)
    yield hosted(
        "not-revoked",
        "The assertion says that it is not revoked, by the word false",
        revoked=False,
    )
    name = "gone"
    yield Case(
        f"{GROUP}/{name}.json",
        "The host answers 410 for the award, which withdraws it",
        written(assertion(address(name))),
        (revoked,),
        gone=(address(name),),
    )
    name = "not-there"
    yield Case(
        f"{GROUP}/{name}.json",
        "The host answers 404 for the award",
        written(assertion(address(name))),
        (expect("ob2", genuine="hosted", hosted="hosted"),),
    )
    name = "silent-host"
    yield Case(
        f"{GROUP}/{name}.json",
        "The host of the award does not answer at all",
        written(assertion("https://silent.example/assertion.json")),
        (expect("ob2", "unknown"),),
        "Nobody can say whether it is genuine: that is no reason to call it invalid.",
        silent=("silent.example",),
    )
    status = expect("ob2", revocation="status")
    there = f"{HOST}/ob2/list-of-another/list.json"
    theirs = document("RevocationList", there, issuer=f"{EVIL_HOST}/issuer.json", revokedAssertions=[])
    yield hosted(
        "list-of-another",
        "The list of revocations says that it is another issuer's",
        status,
        its_issuer={"revocationList": there},
        files={there: written(theirs)},
        why="A list that clears the award, of someone who cannot speak for the issuer, clears nothing.",
    )
    yield hosted(
        "list-not-there",
        "The issuer's list of revocations is not served",
        status,
        its_issuer={"revocationList": f"{HOST}/ob2/list-not-there/list.json"},
    )
