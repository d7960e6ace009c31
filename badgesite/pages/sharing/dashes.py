"""A square of modules as one dashed line of SVG, which goes over its rows to and fro.

Every run of dark modules is a dash and every run of light ones a gap, so that a run costs its length and a space. As
strokes of their own (`h3m2 0`) the same runs would be half as long again.
"""

from collections.abc import Sequence

_BYTE = 8
_LENGTH = 0x3FF
_LIGHT = 0x400


def way(size: int) -> str:
    """The data of the path: along the first row, a step down, back along the second, and so on."""
    rows = (f"h{-size if row % 2 else size}" for row in range(size))
    return f"M0 0{'v1'.join(rows)}"


def bits_of(square: Sequence[Sequence[int]]) -> int:
    """The modules on the way, a bit each, set where they are dark. The steps between rows are light; so is the end."""
    rows = (reversed(row) if number % 2 else row for number, row in enumerate(square))
    bits = "".join("".join("1" if module else "0" for module in row) + "0" for row in rows)
    return int(bits.ljust(_bytes_for(len(square)) * _BYTE, "0"), 2)


class Dashes:
    """Writes the dashes of squares with `size` modules a side.

    The bits are read by bytes. What a byte adds to the text depends on it and on the run that it goes on with, so each
    such pair is put into words once, and a square takes some twenty microseconds.
    """

    def __init__(self, size: int) -> None:
        self._length = _bytes_for(size)
        self._known: dict[int, tuple[str, int]] = {}

    def text(self, bits: int) -> str:
        """The value of `stroke-dasharray` for `bits_of` a square."""
        known, state, parts = self._known, 0, []
        for byte in bits.to_bytes(self._length, "big"):
            key = state << _BYTE | byte
            if key not in known:
                known[key] = _read(state, byte)
            words, state = known[key]
            parts.append(words)
        return f"{''.join(parts)}{state & _LENGTH}"


def _bytes_for(size: int) -> int:
    return -(-size * (size + 1) // _BYTE)


def _read(state: int, byte: int) -> tuple[str, int]:
    """The words for a byte after a state, and the next state: whether the present run is light, and how long it is."""
    words = ""
    for place in range(_BYTE - 1, -1, -1):
        light = 0 if byte >> place & 1 else _LIGHT
        if light != state & _LIGHT:
            words += f"{state & _LENGTH} "
            state = light
        state += 1
    return words, state
