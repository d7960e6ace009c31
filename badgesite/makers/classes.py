"""What there is once per issuer and badge: documents of both standards, keys, status lists, pictures."""

import json
from collections.abc import Iterator, Mapping

from badgesite.artifact import Artifact, text_artifact
from badgesite.crypto.jwt import jwt_of
from badgesite.makers.context import Context
from badgesite.plan import Plan
from badgesite.standards import did, ob2, ob3


def issuer_documents(context: Context) -> Iterator[Artifact]:
    """Per issuer: issuer.json and revocations.json (OB 2.0)."""
    catalogue, plan = context.catalogue, context.plan
    for slug in catalogue.issuers:
        yield text_artifact(plan.issuer_document(slug), ob2.text_of(ob2.issuer(catalogue, plan, slug)))
        yield text_artifact(plan.revocations(slug), ob2.text_of(ob2.revocation_list(catalogue, plan, slug)))


def badge_documents(context: Context) -> Iterator[Artifact]:
    """Per badge: badge.json (OB 2.0), at each name that it has or had."""
    catalogue, plan = context.catalogue, context.plan
    for name, slug in catalogue.badge_names.items():
        yield text_artifact(plan.badge_document(name), ob2.text_of(ob2.badge_class(catalogue, plan, slug, name)))


def profiles(context: Context) -> Iterator[Artifact]:
    """Per issuer of a site that signs: profile.json (OB 3.0), and did.json with its public keys (did:web)."""
    catalogue, plan = context.catalogue, context.plan
    for slug in catalogue.issuers if catalogue.site.signs else ():
        yield text_artifact(plan.profile(slug), _text(ob3.profile(catalogue, plan, slug)))
        also = [Plan(base, plan.languages).did(slug) for base in catalogue.elsewhere]
        keys = did.did_document(plan.did(slug), context.keys.of(slug), also)
        yield text_artifact(plan.did_document(slug), _text(keys))


def achievements(context: Context) -> Iterator[Artifact]:
    """Per badge of a site that signs, and language that it has: achievement.json (OB 3.0), at each of its names."""
    catalogue, plan = context.catalogue, context.plan
    for name, slug in catalogue.badge_names.items() if catalogue.site.signs else ():
        for language in filter(catalogue.badges[slug].has_language, plan.languages):
            document = ob3.achievement(catalogue, plan, slug, language, name)
            yield text_artifact(plan.achievement(name, language), _text(document))


def status_lists(context: Context) -> Iterator[Artifact]:
    """Per status list: the credential with its proof, and the same as a JWT (Bitstring Status List 1.0)."""
    catalogue, plan = context.catalogue, context.plan
    for (issuer, name), signed in catalogue.status_lists.items() if catalogue.site.signs else ():
        if catalogue.base_of(catalogue.batch_of_list(name)) != plan.base:
            continue  # it is where the site was
        yield Artifact(plan.status_list(issuer, name), signed.text + b"\n", words=signed.text)
        yield Artifact(plan.status_jwt(issuer, name), jwt_of(signed.text, signed.kid, signed.signature))


def pictures(context: Context) -> Iterator[Artifact]:
    """Issuers' logos, and badges' pictures at each of their names: image.png for all, image.svg for an SVG."""
    catalogue, plan = context.catalogue, context.plan
    for slug, logo in catalogue.issuer_pictures.items():
        words = logo.data if logo.kind == "svg" else b""
        yield Artifact(plan.issuer_image(slug, logo.kind), logo.data, words=words)
    for name, slug in catalogue.badge_names.items():
        picture = catalogue.badge_pictures[slug]
        yield Artifact(plan.badge_image(name, "png"), context.draw(picture, ""))
        if picture.kind == "svg":
            yield Artifact(plan.badge_image(name, "svg"), picture.data, words=picture.data)


def _text(document: Mapping[str, object]) -> str:
    """A document that is published without a signature, for people to read as well."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
