"""The documents that a page names, as strangers may write pages."""

import pytest

from badgesite.verify.award_page import MOST, documents_of

HERE = "https://badges.example.org/awards/one/"
LINK = '<link rel="alternate" type="application/ld+json" href="%s">'
WRONG = ("//", "https://", "https://a b/", "https://a%20b/", "https://a|b/", "https://a:99999/b", "http://[::1")


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        (LINK % "assertion.json", ["assertion.json"]),
        (LINK % "a.json" + LINK % "b.json" + LINK % "a.json", ["a.json", "b.json"]),
        ("".join(LINK % f"{number}.json" for number in range(9)), [f"{number}.json" for number in range(MOST)]),
        ('<link rel="nofollow ALTERNATE" type="application/ld+json" href="a.json"/>', ["a.json"]),
        ('<link rel="alternate" type="application/json" href="a.json">', []),
        ('<link rel="stylesheet" type="application/ld+json" href="a.json">', []),
        ('<link rel="alternate" type="application/ld+json" href="a.json" href="b.json">', ["a.json"]),
        (f"<!-- {LINK % 'hidden.json'} -->", []),
        (" " * 70_000 + LINK % "late.json", []),
        (LINK % "http://[no", []),
        ("<link <link <<>><!doctype" * 50, []),
        (LINK % "a.json" + "<![ foo", ["a.json"]),
        (LINK % "a.json" + "<![foo[" + LINK % "b.json", ["a.json"]),
        (LINK % "a.json" + "</head>" + LINK % "b.json", ["a.json"]),
        (LINK % "a.json" + "<body>" + LINK % "b.json", ["a.json"]),
        ('<link rel="alternate" type="application/ld+json">' + LINK % "" + LINK % "a.json", ["a.json"]),
        ("".join(LINK % wrong for wrong in WRONG) + LINK % " a.json ", ["a.json"]),
        ('<LINK REL="Alternate" TYPE="Application/LD+JSON" HREF="a.json">', ["a.json"]),
    ],
    ids=[
        "one",
        "two",
        "many",
        "words",
        "json",
        "style",
        "twice",
        "comment",
        "late",
        "no address",
        "broken",
        "section",
        "section open",
        "after the head",
        "in the body",
        "no href",
        "wrong hosts",
        "capitals",
    ],
)
def test_a_page_names_documents_in_its_head(markup: str, found: list[str]) -> None:
    page = f"<!doctype html><html><head>{markup}</head><body></body></html>"
    assert documents_of(page.encode(), HERE) == tuple(HERE + each for each in found)


def test_a_link_may_lead_to_another_folder_or_host() -> None:
    links = LINK % "../two/a.json" + LINK % "https://other.example.org/b.json"
    found = documents_of(links.encode(), HERE)
    assert found == ("https://badges.example.org/awards/two/a.json", "https://other.example.org/b.json")
