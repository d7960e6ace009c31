"""The page of an award, for people: the documents of the award that it names for software.

A page proves nothing; it only says where the documents are, which are then read and verified as if they had been named.
"""

from contextlib import suppress
from html.parser import HTMLParser
from urllib.parse import urljoin

from badgesite.verify.badge import Badge, UnreadableError, is_page, read_badges
from badgesite.verify.case import Remembered

MOST = 4  # documents that are read of one page
_HEAD = 64 * 1024  # bytes of a page in which its head is looked for
_LINKED_DATA = "application/ld+json"


class _Links(HTMLParser):
    """The addresses of `<link rel="alternate" type="application/ld+json">` in the head, as they are written."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.in_head = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_head = self.in_head and tag != "body"
        if tag != "link" or not self.in_head:
            return
        given = {name: value or "" for name, value in reversed(attrs)}  # of two, HTML takes the first
        rel = given.get("rel", "").lower().split()
        if "alternate" in rel and given.get("type") == _LINKED_DATA and given.get("href"):
            self.found.append(given["href"])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.in_head = self.in_head and tag != "head"


def documents_of(page: bytes, address: str) -> tuple[str, ...]:
    """The addresses of the documents that a page at `address` names in its head, at most `MOST`, none twice."""
    links = _Links()
    with suppress(AssertionError):  # how the parser of Python 3.11 ends at `<![`; what stood before it counts
        links.feed(page[:_HEAD].decode("utf-8", "replace"))
    found = list[str]()
    for link in links.found:
        try:
            found.append(urljoin(address, link))
        except ValueError:  # no address at all
            continue
    return tuple(dict.fromkeys(found))[:MOST]


def badges_at(address: str, fetch: Remembered) -> tuple[Badge, ...]:
    """The badges in the file at an address, or in the documents that the page there names.

    Which host gives a file does not matter, since each is only a copy of what is then verified. UnreadableError for
    what is no badge, FetchError for what is not served.
    """
    served = fetch.anywhere(address)
    if not is_page(served.data):
        return read_badges(served.data, served.address)
    documents = documents_of(served.data, served.address)
    if not documents:
        raise UnreadableError("this is a web page that names no badge; name the file of the badge to which it links")
    copies = [fetch.anywhere(each) for each in documents]
    return tuple(badge for copy in copies for badge in read_badges(copy.data, copy.address))
