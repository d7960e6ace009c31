"""Per issuer and badge: documents of both standards where the site signs, and of the older one where it does not."""

import json
from datetime import date
from pathlib import Path

import pytest

from badgesite.content.reading import read_or_raise
from badgesite.crypto.jwt import jwt_of
from badgesite.makers import classes
from badgesite.makers.context import Context, context_of
from tests.makers.sites import context_in
from tests.signing import BASE
from tests.sites import write_site


@pytest.fixture
def context(tmp_path: Path) -> Context:
    return context_in(tmp_path / "signed")


@pytest.fixture
def unsigned(tmp_path: Path) -> Context:
    """The same, of a site that does not sign."""
    catalogue = read_or_raise(write_site(tmp_path / "unsigned", base_url=BASE)).catalogue
    assert catalogue
    return context_of(catalogue, tmp_path / "unsigned", date(2024, 3, 1))


def test_both_kinds_of_site_have_the_documents_of_the_older_standard(context: Context, unsigned: Context) -> None:
    for maker, names in (
        (classes.issuer_documents, ["issuers/example/issuer.json", "issuers/example/revocations.json"]),
        (classes.badge_documents, ["badges/english-b2/badge.json"]),
        (classes.pictures, ["badges/english-b2/image.png", "badges/english-b2/image.svg"]),
    ):
        assert [artifact.path for artifact in maker(context)] == names
        assert [artifact.data for artifact in maker(context)] == [artifact.data for artifact in maker(unsigned)]


def test_an_issuer_that_signs_shows_who_it_is_and_its_keys(context: Context) -> None:
    profile, keys = (json.loads(artifact.data) for artifact in classes.profiles(context))
    assert profile["id"] == keys["id"] == context.plan.did("example")
    assert [method["id"] for method in keys["verificationMethod"]] == [
        key.method(keys["id"]) for key in context.keys.of("example")
    ]


def test_an_achievement_is_there_in_each_language(context: Context) -> None:
    found = {artifact.path: json.loads(artifact.data) for artifact in classes.achievements(context)}
    assert {path: document["name"] for path, document in found.items()} == {
        "badges/english-b2/achievement.json": "Inglese B2",
        "en/badges/english-b2/achievement.json": "English B2",
    }


def test_a_status_list_is_there_to_the_letter_and_as_a_jwt(context: Context) -> None:
    ((_, signed),) = context.catalogue.status_lists.items()
    text, jwt = classes.status_lists(context)
    assert text.data == signed.text + b"\n"
    assert jwt.data == jwt_of(signed.text, signed.kid, signed.signature)


def test_a_site_that_does_not_sign_has_nothing_of_the_newer_standard(unsigned: Context) -> None:
    for maker in (classes.profiles, classes.achievements, classes.status_lists):
        assert list(maker(unsigned)) == []
