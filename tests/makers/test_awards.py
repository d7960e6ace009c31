"""Per award: documents of what there is, and pictures that carry them."""

from dataclasses import replace
from pathlib import Path

import pytest

from badgesite.artifact import Artifact
from badgesite.crypto.jwt import jwt_of
from badgesite.makers.awards import award_documents
from badgesite.makers.context import Context
from badgesite.standards.baking import unbake
from tests.makers.sites import SIGNED, UNSIGNED, context_in


@pytest.fixture
def context(tmp_path: Path) -> Context:
    return context_in(tmp_path)


def made(context: Context, award: str) -> dict[str, Artifact]:
    """What is made for an award, by the name below its page."""
    recorded = [pair for pair in context.catalogue.each_award() if pair[1].id == award]
    return {artifact.path.rpartition("/")[2]: artifact for artifact in award_documents(context, recorded)}


def test_a_signed_award_has_its_credential_to_the_letter(context: Context) -> None:
    found = made(context, SIGNED)
    signed = context.catalogue.credentials[SIGNED]
    assert found.keys() == {"assertion.json", "credential.json", "credential.jwt", "badge.png", "badge.svg"}
    assert found["credential.json"].data == signed.text + b"\n"
    assert found["credential.jwt"].data == jwt_of(signed.text, signed.kid, signed.signature)


def test_pictures_of_a_signed_award_carry_both_standards_or_the_newest(context: Context) -> None:
    found = made(context, SIGNED)
    text = context.catalogue.credentials[SIGNED].text.decode()
    assertion = found["assertion.json"].data.decode().removesuffix("\n")
    assert sorted(one.text for one in unbake(found["badge.png"].data)) == sorted([assertion, text])
    assert [one.text for one in unbake(found["badge.svg"].data)] == [text]


def test_an_award_without_a_credential_has_its_assertion_alone(context: Context) -> None:
    found = made(context, UNSIGNED)
    assert found.keys() == {"assertion.json", "badge.png", "badge.svg"}
    assertion = found["assertion.json"].data.decode().removesuffix("\n")
    for name in ("badge.png", "badge.svg"):
        assert [one.text for one in unbake(found[name].data)] == [assertion]


def test_an_award_that_is_not_issued_has_nothing(context: Context) -> None:
    assert made(replace(context, not_issued=frozenset([SIGNED])), SIGNED) == {}
