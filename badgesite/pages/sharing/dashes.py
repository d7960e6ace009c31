"""A square of modules as one dashed line of SVG, which goes over its rows to and fro.

Every run of dark modules is a dash and every run of light ones a gap, so that a run costs its length and a space. As
strokes of their own (`h3m2 0`) the same runs would be half as long again.
"""

from collections.abc import Sequence

_BYTE = 8


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
    such pair is put into words once, and a square takes some ten microseconds.
    """

    def __init__(self, size: int) -> None:
        self._length = _bytes_for(size)
        self._start = _Run(light=False, length=0, known={})

    def text(self, bits: int) -> str:
        """The value of `stroke-dasharray` for `bits_of` a square."""
        run, parts = self._start, []
        for byte in bits.to_bytes(self._length, "big"):
            words, run = run[byte]
            parts.append(words)
        return f"{''.join(parts)}{run.length}"


class _Run(dict[int, "tuple[str, _Run]"]):
    """A run so far: for each byte that may follow, the words that it adds, and the run after it. `known` has all."""

    def __init__(self, light: bool, length: int, known: "dict[tuple[bool, int], _Run]") -> None:
        self.light, self.length, self._known = light, length, known

    def __missing__(self, byte: int) -> "tuple[str, _Run]":
        words, light, length = "", self.light, self.length
        for place in range(_BYTE - 1, -1, -1):
            if light == bool(byte >> place & 1):
                words, light, length = f"{words}{length} ", not light, 0
            length += 1
        after = self._known.setdefault((light, length), _Run(light, length, self._known))
        self[byte] = (words, after)
        return self[byte]


def _bytes_for(size: int) -> int:
    return -(-size * (size + 1) // _BYTE)
