"""QR codes of a site's awards (ISO/IEC 18004), by the ten thousand: a few are drawn, the others follow from them.

The addresses of a site's awards in a language differ in the id alone, and have one length. So their codes have one
size, and we give all of them one error level. What is left is affine over GF(2): the text is written down bit by bit,
the error correction (Reed-Solomon) is linear, and the places are always the same. To change a bit of the text therefore
turns the same modules, whatever stands elsewhere in it, and so does another mask. Which ones, a library tells us once,
for five values of each hexadecimal digit of an id; the code of an award is then that of the id of zeros with the
modules of its digits turned, which are some thirty XORs of whole numbers. Of the eight masks, all of which any reader
takes, a code gets the one that leaves the fewest runs to write down. Decision 062 has the figures.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import segno

from badgesite.pages.sharing.dashes import Dashes, bits_of, way

TYPICAL = "6b0f3c1e-9a47-4d52-8e6b-f27d05a3c918"
ZEROS = "00000000-0000-0000-0000-000000000000"
QUIET = 4  # light modules around a code (ISO/IEC 18004, section 6.3.8)
_LEARNT = "1248a"  # the bits of 0-9; and `a`, for the two bits more that set letters apart from digits
_DIGITS = "0123456789abcdef"


@dataclass(frozen=True, slots=True)
class QrCodes:
    """The codes of addresses with an id in them: each is the dashes of an award, 1 wide, on `way` in `view_box`."""

    size: int
    zeros: int
    turned: tuple[Mapping[str, int], ...]
    masks: tuple[int, ...]
    way: str
    view_box: str
    writer: Dashes

    def modules(self, award: str, mask: int = 0) -> int:
        """The code of an award with a mask, as `bits_of` gives it."""
        found = self.zeros
        for turned, character in zip(self.turned, award, strict=True):
            found ^= turned[character]
        return found ^ self.masks[mask]

    def dashes(self, award: str) -> str:
        """The code of an award, as the value of `stroke-dasharray`."""
        plain = self.modules(award)
        return self.writer.text(min((plain ^ mask for mask in self.masks), key=_runs))


@lru_cache(maxsize=32)
def qr_codes(sample: str) -> QrCodes:
    """The codes of the addresses that are `sample` with another id in the place of `TYPICAL`."""
    code = segno.make(sample, mode="byte", micro=False)  # size and level are the library's choice
    size = len(code.matrix)

    def drawn(award: str, mask: int = 0) -> int:
        address = sample.replace(TYPICAL, award)
        like = segno.make(
            address, version=code.version, error=code.error, mask=mask, mode="byte", micro=False, boost_error=False
        )
        return bits_of(like.matrix)

    zeros = drawn(ZEROS)
    masks = tuple(zeros ^ drawn(ZEROS, mask) for mask in range(8))
    turned = tuple(_turned(zeros, place, drawn) if digit == "0" else {digit: 0} for place, digit in enumerate(ZEROS))
    wide = size + 2 * QUIET
    box = f"{-QUIET} {-QUIET - 0.5:g} {wide} {wide}"  # a line lies on both sides of its path
    return QrCodes(size, zeros, turned, masks, way(size), box, Dashes(size))


def _runs(modules: int) -> int:
    """How often dark and light modules change on their way."""
    return (modules ^ modules >> 1).bit_count()


def _turned(zeros: int, place: int, drawn: Callable[[str], int]) -> dict[str, int]:
    """The modules that each hexadecimal digit turns where a zero was, from what a few of them do.

    In ASCII 0-9 are 0x30-0x39 and a-f are 0x61-0x66: the low bits count, and letters differ in two bits more.
    """
    learnt = {digit: zeros ^ drawn(f"{ZEROS[:place]}{digit}{ZEROS[place + 1 :]}") for digit in _LEARNT}
    letters = learnt["a"] ^ learnt["1"]
    turned = {}
    for value, digit in enumerate(_DIGITS):
        low, found = (value, 0) if value < 10 else (value - 9, letters)
        for bit in (1, 2, 4, 8):
            found ^= learnt[str(bit)] if low & bit else 0
        turned[digit] = found
    return turned
