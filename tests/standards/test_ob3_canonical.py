"""Whatever content says in Open Badges 3.0 is signed whole, in the form that other software gives it."""

from hashlib import sha256

from hypothesis import HealthCheck, event, given, settings

from badgesite.crypto.json_ld.documents import read_document
from badgesite.crypto.proofs import hashed, sign_document
from badgesite.plan import plan_of
from badgesite.standards import ob3
from badgesite.standards.baking import KEYWORDS, Payload, png_mould, svg_mould, unbake
from badgesite.standards.ob3_checks import check_achievement, check_credential, check_profile
from tests.any_documents import Document, catalogue_of, credentials
from tests.any_site import PICTURES, Files, sites
from tests.crypto.credentials import Ed25519Key
from tests.crypto.oxigraph import canonical_by_oxigraph

KEY = Ed25519Key()
PNG, SVG = png_mould(PICTURES["png"]), svg_mould(PICTURES["svg"], "ob3")


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(site=sites())
def test_whatever_content_says_is_signed_as_others_read_it(site: tuple[Files, dict[str, bool]]) -> None:
    catalogue = catalogue_of(site[0])
    plan = plan_of(catalogue.site)
    for slug in catalogue.issuers:
        profile = ob3.profile(catalogue, plan, slug)
        assert check_profile(profile) == ()
        _hash(profile)
    for slug, badge in catalogue.badges.items():
        for language in filter(badge.has_language, plan.languages):
            achievement = ob3.achievement(catalogue, plan, slug, language)
            assert check_achievement(achievement) == ()
            _hash(achievement)
    made = list(credentials(catalogue))
    event(f"{len(made) // 10}0 to {len(made) // 10}9 credentials")
    for document in made:
        assert check_credential(document) == ()
        signed = sign_document(document, KEY, KEY.method, "2023-07-20T09:30:00Z", _hash(document))
        _carry(ob3.compact(signed).decode(), signed)


def _hash(document: Document) -> bytes:
    digest = hashed(document)
    assert digest == sha256(canonical_by_oxigraph(document)).digest()
    return digest


def _carry(text: str, signed: Document) -> None:
    """Through the text that is kept, and both kinds of pictures."""
    assert read_document(text.encode()) == signed
    carried = (Payload("ob3", "document", text),)
    assert unbake(PNG.bake({KEYWORDS["ob3"]: text})) == carried
    assert unbake(SVG.bake(None, text)) == carried
