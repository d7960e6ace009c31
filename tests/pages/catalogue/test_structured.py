"""What search engines read of a badge (schema.org/EducationalOccupationalCredential)."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tests import sites
from tests.pages.samples import BADGE_MORE, BASE, IDS, Sample, drawn

_KNOWN = {
    "EducationalOccupationalCredential": {
        *("@context", "@type", "@id", "url", "name", "description", "image", "inLanguage", "credentialCategory"),
        *("educationalLevel", "competencyRequired", "validFor", "recognizedBy", "publisher", "identifier"),
    },
    "Organization": {"@type", "@id", "name", "url", "logo"},
    "DefinedTerm": {"@type", "name", "url", "termCode", "inDefinedTermSet"},
    "DefinedTermSet": {"@type", "name"},
}  # the properties that schema.org gives these types, and we use


class _Scripts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag == "script" and dict(attrs).get("type") == "application/ld+json"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.texts.append(data)

    def handle_endtag(self, tag: str) -> None:
        self.inside = False


def _read(html: str) -> dict[str, Any]:
    reader = _Scripts()
    reader.feed(html)
    assert len(reader.texts) == 1
    found: dict[str, Any] = json.loads(reader.texts[0])
    return found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return drawn(tmp_path_factory.mktemp("site"))


def test_a_badge_says_what_it_is(site: Sample) -> None:
    issuer = {
        "@type": "Organization",
        "@id": f"{BASE}issuers/example/issuer.json",
        "name": "Example University",
        "url": "https://www.example.edu",
    }
    assert _read(site.text("en/badges/english-b2/index.html")) == {
        "@context": "https://schema.org",
        "@type": "EducationalOccupationalCredential",
        "@id": f"{BASE}en/badges/english-b2/#credential",
        "url": f"{BASE}en/badges/english-b2/",
        "name": "English B2",
        "description": "Understands and speaks English at level B2.",
        "image": f"{BASE}badges/english-b2/image.png",
        "inLanguage": "en",
        "credentialCategory": "Certificate",
        "educationalLevel": {
            "@type": "DefinedTerm",
            "name": "EQF 6",
            "termCode": "6",
            "inDefinedTermSet": {"@type": "DefinedTermSet", "name": "European Qualifications Framework"},
        },
        "competencyRequired": [
            {
                "@type": "DefinedTerm",
                "name": "English",
                "url": "https://skills.example.org/english",
                "termCode": "S1.1",
                "inDefinedTermSet": {"@type": "DefinedTermSet", "name": "ESCO"},
            }
        ],
        "validFor": "P3Y",
        "recognizedBy": issuer,
        "publisher": {"@id": issuer["@id"]},
        "identifier": f"{BASE}badges/english-b2/badge.json",
    }


def test_what_is_not_given_is_left_out(site: Sample) -> None:
    found = _read(site.text("en/badges/english-b2-2019/index.html"))
    assert not found.keys() & {"educationalLevel", "competencyRequired", "validFor"}
    assert found["inLanguage"] == "it"
    assert _read(site.text("badges/minor/index.html"))["validFor"] == "P18M"


def _types(value: object) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [found for each in value for found in _types(each)]
    if not isinstance(value, dict):
        return []
    return [value, *(found for each in value.values() for found in _types(each))]


def test_only_properties_of_schema_org_are_used(site: Sample) -> None:
    for slug in site.catalogue.badges:
        for found in _types(_read(site.text(f"badges/{slug}/index.html"))):
            if found.keys() != {"@id"}:
                assert found.keys() <= _KNOWN[found["@type"]]


@pytest.mark.parametrize("words", ["</script><script>alert(1)</script>", "<!--<script>", "&lt;/script&gt; & ]]>"])
def test_no_text_can_end_the_element(tmp_path: Path, words: str) -> None:
    badge = sites.BADGE.replace("{it: Inglese B2, en: English B2}", json.dumps({"it": words, "en": words}), 1)
    html = drawn(tmp_path, {sites.BADGE_PATH: badge + BADGE_MORE}).text("en/badges/english-b2/index.html")
    assert _read(html)["name"] == words
    assert len(re.findall("<script", html)) == 1
    assert "alert(1)</script>" not in html


def test_pages_of_awards_and_of_the_catalogue_say_nothing_to_collectors(site: Sample) -> None:
    for path in ("index.html", "catalogue/unit/cla/index.html", f"awards/{IDS['public']}/index.html"):
        assert "ld+json" not in site.text(path).replace('<link rel="alternate" type="application/ld+json"', "")
