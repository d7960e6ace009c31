"""A page drawn once with marks where awards differ, to be filled as often as one likes."""

import re
from dataclasses import dataclass

from markupsafe import escape

from badgesite.pages.views.award import Person

# No text of the content can hold a control character, so a mark is never mistaken for one.
MARKS = Person(
    id="\x01id\x01",
    holder="\x01holder\x01",
    identity="\x01identity\x01",
    salt="\x01salt\x01",
    code="\x01code\x01",
    wide="",
)
_MARK = re.compile("\x01(id|holder|identity|salt|code)\x01|%01(id)%01")  # an address has its marks in percent signs


@dataclass(frozen=True, slots=True)
class Mould:
    """Constant text in UTF-8, each piece but the last followed by what a field of `Person` says."""

    pieces: tuple[bytes, ...]
    names: tuple[str, ...]

    @property
    def is_clean(self) -> bool:
        """Whether every mark was found again: a theme that changes a name changes its mark as well."""
        return not any(b"\x01" in piece or b"%01" in piece for piece in self.pieces)

    def fill(self, person: Person) -> bytes:
        """The page of a person."""
        says = {
            "id": person.id.encode(),
            "holder": escape(person.holder or "").encode(),
            "identity": escape(person.identity).encode(),
            "salt": escape(person.salt).encode(),
            "code": person.code.encode(),
        }
        filled = [self.pieces[0]]
        for name, piece in zip(self.names, self.pieces[1:], strict=True):
            filled += (says[name], piece)
        return b"".join(filled)


def cast(html: str) -> Mould:
    """The mould that a page drawn with `MARKS` is."""
    pieces, names, start = [], [], 0
    for mark in _MARK.finditer(html):
        pieces.append(html[start : mark.start()].encode())
        names.append(mark[1] or mark[2])
        start = mark.end()
    return Mould((*pieces, html[start:].encode()), tuple(names))
