"""The site's own fields."""

import pytest
from pydantic import ValidationError

from badgesite.model.site import REHEARSAL_BASE, Site


def read(**fields: object) -> Site:
    return Site.model_validate({"title": "Badges", **fields}, context={"languages": ("en",)})


@pytest.mark.parametrize("address", ["https://badges.example.edu/", "https://a-b.example.edu/open/badges_1.0/"])
def test_an_https_address_with_a_final_slash_can_be_the_base(address: str) -> None:
    site = read(base_url=address)
    assert (site.base, site.rehearsal) == (address, False)


@pytest.mark.parametrize(
    "address",
    [
        "http://badges.example.edu/",
        "https://Badges.example.edu/",
        "https://badges.example.edu",
        "https://badges.example.edu:8443/",
        "https://192.0.2.1/",
        "https://[2001:db8::1]/",
        "https://localhost/",
        "https://badges.example.edu/a//b/",
        "https://badges.example.edu/a b/",
        "https://badges.example.edu/../",
        "https://badges.example.edu/?a/",
        "https://badges.example.edu/#a/",
        "https://università.example.edu/",
        "https://user@badges.example.edu/",
    ],
)
def test_other_addresses_cannot(address: str) -> None:
    with pytest.raises(ValidationError):
        read(base_url=address)


def test_a_site_without_an_address_is_a_rehearsal() -> None:
    assert read().base == REHEARSAL_BASE
    assert read().rehearsal


@pytest.mark.parametrize(
    "fields",
    [
        {"publish": ["ob2", "ob3"]},
        {"publish": []},
        {"languages": ["en", "en"]},
        {"languages": []},
        {"languages": ["EN"]},
        {"visibility": "secret"},
    ],
)
def test_what_cannot_be_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        read(**fields)
