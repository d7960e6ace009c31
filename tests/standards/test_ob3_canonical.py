"""Whatever content says in Open Badges 3.0 is signed whole, in the form that other software gives it."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, event, given, settings

from badgesite.content.reading import read_or_raise
from badgesite.crypto.json_ld.documents import read_document
from badgesite.crypto.proofs import hashed, sign_document
from badgesite.model.award import Award, Batch
from badgesite.model.catalogue import Catalogue
from badgesite.plan import plan_of
from badgesite.standards import ob3, status
from badgesite.standards.baking import KEYWORDS, Payload, png_mould, svg_mould, unbake
from badgesite.standards.ob3_checks import check_achievement, check_credential, check_profile
from tests.any_site import PICTURES, Files, sites
from tests.crypto.credentials import Ed25519Key
from tests.crypto.oxigraph import canonical_by_oxigraph

KEY = Ed25519Key()
PNG, SVG = png_mould(PICTURES["png"]), svg_mould(PICTURES["svg"], "ob3")
Document = dict[str, object]


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(site=sites())
def test_whatever_content_says_is_signed_as_others_read_it(site: tuple[Files, dict[str, bool]]) -> None:
    catalogue = _catalogue(site[0])
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
    credentials = list(_credentials(catalogue))
    event(f"{len(credentials) // 10}0 to {len(credentials) // 10}9 credentials")
    for document in credentials:
        assert check_credential(document) == ()
        signed = sign_document(document, KEY, KEY.method, "2023-07-20T09:30:00Z", _hash(document))
        _carry(ob3.compact(signed).decode(), signed)


def _catalogue(files: Files) -> Catalogue:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        for path, content in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content if isinstance(content, bytes) else content.encode())
        catalogue = read_or_raise(root).catalogue
    assert catalogue
    return catalogue


def _credentials(catalogue: Catalogue) -> Iterator[Document]:
    """Each award as it is, and as it would be in each language, with and without a name."""
    plan = plan_of(catalogue.site)
    for index, (batch, award) in enumerate(catalogue.each_award()):
        entry = status.entry(plan, catalogue.badges[batch.badge].issuer, "0a1b2c3d", index)
        for each in _variants(award, plan.languages):
            start = f"{batch.date}T00:00:00Z"
            yield ob3.credential(catalogue, plan, _batch(batch, each), each, status=entry, valid_from=start)


def _variants(award: Award, languages: tuple[str, ...]) -> Iterator[Award]:
    yield award
    for language in languages:
        yield replace(award, language=language, visibility="unnamed")
        yield replace(award, language=language, visibility="public")


def _batch(batch: Batch, award: Award) -> Batch:
    return replace(batch, awards=tuple(award if each.id == award.id else each for each in batch.awards))


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
