"""Every URL and path, decided once (docs/formats.md, Published files)."""

import pytest

from badgesite.plan import STATISTICS_CSV, STATISTICS_JSON, Plan, is_passing, owner_of

PLAN = Plan("https://badges.example.edu/open/", ("it", "en"))
AWARD = "3f0c7a52-6f2e-4c1b-9a57-0d5a2b8f6e11"


@pytest.mark.parametrize(
    ("path", "url"),
    [
        (PLAN.home("it"), ""),
        (PLAN.home("en"), "en/"),
        (PLAN.badge_page("b2", "it"), "badges/b2/"),
        (PLAN.badge_page("b2", "en"), "en/badges/b2/"),
        (PLAN.badge_document("b2"), "badges/b2/badge.json"),
        (PLAN.issuer_document("example"), "issuers/example/issuer.json"),
        (PLAN.revocations("example"), "issuers/example/revocations.json"),
        (PLAN.award_page(AWARD, "en"), f"en/awards/{AWARD}/"),
        (PLAN.assertion(AWARD), f"awards/{AWARD}/assertion.json"),
        (PLAN.award_image(AWARD, "svg"), f"awards/{AWARD}/badge.svg"),
        (PLAN.free_page("privacy", "en"), "en/pages/privacy/"),
        (PLAN.statistics_page("en"), "en/statistics/"),
        (STATISTICS_CSV, "statistics/statistics.csv"),
        (STATISTICS_JSON, "statistics/statistics.json"),
        (PLAN.facet_page("unit", "cla", "en"), "en/catalogue/unit/cla/"),
        (PLAN.facet_index("unit", "it"), "catalogue/unit/"),
        (PLAN.did_document("example"), "issuers/example/did.json"),
        (PLAN.profile("example"), "issuers/example/profile.json"),
        (PLAN.achievement("b2", "it"), "badges/b2/achievement.json"),
        (PLAN.achievement("b2", "en"), "en/badges/b2/achievement.json"),
        (PLAN.credential(AWARD), f"awards/{AWARD}/credential.json"),
        (PLAN.credential_jwt(AWARD), f"awards/{AWARD}/credential.jwt"),
        (PLAN.status_list("example", "0f1e2d3c"), "status/example/0f1e2d3c.json"),
        (PLAN.status_jwt("example", "0f1e2d3c"), "status/example/0f1e2d3c.jwt"),
    ],
)
def test_published_urls_are_those_of_the_contract(path: str, url: str) -> None:
    assert PLAN.url(path) == f"https://badges.example.edu/open/{url}"


@pytest.mark.parametrize(
    ("source", "target", "link"),
    [
        (PLAN.home("it"), PLAN.badge_page("b2", "it"), "badges/b2/"),
        (PLAN.badge_page("b2", "it"), PLAN.home("it"), "../../"),
        (PLAN.badge_page("b2", "en"), PLAN.badge_document("b2"), "../../../badges/b2/badge.json"),
        (PLAN.home("it"), PLAN.home("it"), "./"),
        (PLAN.badge_page("b2", "it"), PLAN.badge_page("b2", "it"), "./"),
        (PLAN.badge_page("b2", "it"), PLAN.badge_image("b2", "png"), "image.png"),
        (PLAN.badge_page("b2", "it"), PLAN.badge_page("b", "it"), "../b/"),
        (PLAN.badge_page("b2", "en"), PLAN.home("en"), "../../"),
        (PLAN.badge_page("b2", "en"), PLAN.home("it"), "../../../"),
        (PLAN.home("en"), PLAN.asset("Logo é.svg", "0" * 64), "../assets/Logo%20%C3%A9.00000000.svg"),
    ],
)
def test_links_between_pages_are_relative(source: str, target: str, link: str) -> None:
    assert PLAN.link(source, target) == link


@pytest.mark.parametrize(
    ("base", "did"),
    [
        ("https://badges.example.edu/", "did:web:badges.example.edu:issuers:example"),
        ("https://example.edu/open/badges/", "did:web:example.edu:open:badges:issuers:example"),
    ],
)
def test_an_issuer_is_named_where_its_keys_are_found(base: str, did: str) -> None:
    assert Plan(base, ("it",)).did("example") == did


def test_a_holder_is_named_by_the_page_of_the_award() -> None:
    assert PLAN.holder(AWARD) == f"https://badges.example.edu/open/awards/{AWARD}/#holder"


def test_an_asset_is_named_by_its_content() -> None:
    assert PLAN.asset("style.css", "0123456789abcdef0123") == "assets/style.01234567.css"


@pytest.mark.parametrize(
    ("path", "owner"),
    [
        ("awards/3f0c/index.html", "award:3f0c"),
        ("en/badges/b2/index.html", "badge:b2"),
        ("issuers/example/issuer.json", "issuer:example"),
        ("en/pages/privacy/index.html", "page:privacy"),
        ("index.html", None),
        ("en/index.html", None),
        ("assets/site.0123.css", None),
        ("feed.xml", None),
    ],
)
def test_a_file_is_somebodys_or_the_sites_own(path: str, owner: str | None) -> None:
    assert owner_of(path) == owner


@pytest.mark.parametrize(
    ("path", "passing"),
    [
        (PLAN.facet_page("unit", "cla", "it"), True),
        (PLAN.facet_page("unit", "cla", "en"), True),
        (PLAN.asset("site.css", "0" * 64), True),
        ("sitemap-2.xml", True),
        ("sitemap.xml", False),
        ("catalogue.json", False),
        (PLAN.badge_page("catalogue", "it"), False),
        (PLAN.badge_page("catalogue", "en"), False),
        (PLAN.badge_document("catalogue"), False),
        (PLAN.badge_card("catalogue", "it"), False),
        (PLAN.issuer_document("catalogue"), False),
        (PLAN.status_list("catalogue", "0f1e2d3c"), False),
        (PLAN.free_page("catalogue", "it"), False),
        (PLAN.free_page("catalogue", "en"), False),
        (Plan(PLAN.base, ("it", "pt-br")).facet_index("unit", "pt-br"), True),
    ],
)
def test_only_what_nobody_was_promised_may_vanish(path: str, passing: bool) -> None:
    assert is_passing(path) is passing
