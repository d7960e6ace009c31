"""The page of an award, for people: the documents of the award that it names for software.

A page proves nothing; it only says where the documents are, which are then read and verified as if they had been named.
"""

import re
from contextlib import suppress
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from badgesite.verify.badge import Badge, UnreadableError, is_page, read_badges
from badgesite.verify.case import Remembered

MOST = 4  # documents that are read of one page
_HEAD = 64 * 1024  # bytes of a page in which its head is looked for
_LINKED_DATA = "application/ld+json"
_NO_HOST = re.compile(r"[\x00-\x20\x7f%<>@\\^|]")  # what stands in the name of none
_EMPTY = ("//", "http://", "https://")


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
        href = given.get("href", "").strip()
        if "alternate" in rel and given.get("type", "").lower() == _LINKED_DATA and href:
            self.found.append(href)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.in_head = self.in_head and tag != "head"


def documents_of(page: bytes, address: str) -> tuple[str, ...]:
    """The addresses of the documents that a page at `address` names in its head, at most `MOST`, none twice."""
    links = _Links()
    with suppress(AssertionError):  # how the parser of Python 3.11 ends at `<![`; what stood before it counts
        links.feed(page[:_HEAD].decode("utf-8", "replace"))
    named = (_joined(address, link) for link in links.found)
    return tuple(dict.fromkeys(filter(None, named)))[:MOST]


def _joined(address: str, link: str) -> str:
    """The address that a link names; "" for what nobody could ask, be it without a host or with a wrong port."""
    try:
        joined = urljoin(address, link)
        host, _port = urlsplit(joined).hostname or "", urlsplit(joined).port  # a wrong port is a ValueError
    except ValueError:
        return ""
    return "" if link in _EMPTY or _NO_HOST.search(host) else joined


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
