"""The documents that an Open Badge 2.0 links to, as its checks ask for them, and why one of them was not to be had."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from badgesite.crypto.strict_json import read_json
from badgesite.errors import FetchError, FormatError
from badgesite.served import Fetch

Document = Mapping[str, object]


@dataclass(slots=True)
class Documents:
    """Gives the document or the bytes at an address, or None; `why` then knows the cause.

    What an address serves is read once, whatever fragment and however many links lead to it.
    """

    fetch: Fetch
    why: dict[str, FetchError | FormatError] = field(default_factory=dict)
    answers: dict[str, Document | bytes | FetchError | FormatError] = field(default_factory=dict)

    def __call__(self, address: str) -> Document | bytes | None:
        """What `standards/ob2_links.py` wants of its argument `fetch`."""
        found = self._answer(address)
        if isinstance(found, FetchError | FormatError):
            self.why[address] = found
            return None
        return found

    def at(self, address: str) -> Document:
        """The document that is served at an address; FetchError if nothing is, FormatError if it is no document."""
        found = self._answer(address)
        if isinstance(found, FetchError | FormatError):
            raise found
        if isinstance(found, bytes):
            raise FormatError("what is served there is no JSON document")
        return found

    def _answer(self, address: str) -> Document | bytes | FetchError | FormatError:
        whole = address.partition("#")[0]
        if whole not in self.answers:
            try:
                self.answers[whole] = _read(self.fetch(address).data)
            except (FetchError, FormatError) as error:
                self.answers[whole] = error
        return self.answers[whole]


def _read(data: bytes) -> Document | bytes:
    """JSON is read in the strict way, so that no two readers differ; everything else stays bytes."""
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return data
    document = read_json(data)
    return document if isinstance(document, Mapping) else data
