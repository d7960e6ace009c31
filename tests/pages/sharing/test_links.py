"""Links to other sites say what the award says, to the month, and hold the address as it is."""

from datetime import date, timedelta
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from badgesite.pages.sharing.links import NETWORKS, complaint, letter, linkedin_profile

AWARD = "3f0c7a52-6f2e-4c1b-9a57-0d5a2b8f6e11"
PAGE = f"https://badges.example.edu/en/awards/{AWARD}/"
DAYS = [date(2023, 1, 1) + timedelta(number) for number in range(366)] + [date(2024, 2, 29)]


def _fields(first: date, last: date | None) -> dict[str, str]:
    link = linkedin_profile("English B2", "Example University", first, last, PAGE, AWARD)
    return dict(parse_qsl(urlsplit(link).query, strict_parsing=True))


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_linkedin_is_told_the_month_and_year_of_every_day(day: date) -> None:
    last = day.replace(year=day.year + 4)
    fields = _fields(day, last)
    assert (fields["issueYear"], fields["issueMonth"]) == (str(day.year), str(day.month))
    assert (fields["expirationYear"], fields["expirationMonth"]) == (str(last.year), str(last.month))


def test_linkedin_is_told_everything_else_that_its_form_asks_for() -> None:
    fields = _fields(date(2023, 12, 31), None)
    assert fields == {
        "startTask": "CERTIFICATION_NAME",
        "name": "English B2",
        "organizationName": "Example University",
        "issueYear": "2023",
        "issueMonth": "12",
        "certUrl": PAGE,
        "certId": AWARD,
    }


@pytest.mark.parametrize("name", ["C++ & C# = 100 %", "Città «é»", 'a"b<c>', "x?y=z#w", "漢字"])
def test_no_character_of_a_name_breaks_a_link(name: str) -> None:
    link = linkedin_profile(name, name, date(2023, 1, 1), None, PAGE, AWARD)
    fields = parse_qs(urlsplit(link).query, strict_parsing=True)
    assert (fields["name"], fields["organizationName"], fields["certUrl"]) == ([name], [name], [PAGE])
    assert not set('"<> ') & set(link + letter(name, PAGE))
    assert parse_qs(urlsplit(letter(name, PAGE)).query) == {"subject": [name], "body": [PAGE]}


def test_every_network_gets_the_address_and_no_more() -> None:
    for name, start in NETWORKS:
        parts = urlsplit(start + PAGE)
        values = parse_qs(parts.query or parts.fragment)
        assert list(values.values()) == [[PAGE]], name
        assert parts.scheme == "https"


def test_a_complaint_names_the_award() -> None:
    link = urlsplit(complaint("badges+office@example.edu", PAGE))
    assert (link.path, parse_qs(link.query)) == ("badges%2Boffice@example.edu", {"subject": [PAGE]})
