"""Regular expressions say the same in every Python that we support."""

import re
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

import pytest

import badgesite


def _patterns() -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    for module in walk_packages(badgesite.__path__, "badgesite."):
        for name, value in vars(import_module(module.name)).items():
            for each in value if isinstance(value, tuple | list) else (value,):
                if isinstance(each, re.Pattern):
                    yield f"{module.name}.{name}", each


@pytest.mark.parametrize(
    "text",
    [r"a++b", r"(?:a|b)*+", r"[ab]?+", r"(?>a+)b", r"(?:x(?:y++))z"],
)
def test_what_older_pythons_read_wrongly_is_noticed(text: str) -> None:
    assert _is_greedy_for_good(text, 0)


def test_no_pattern_keeps_what_it_took_for_good() -> None:
    """Possessive repeats and atomic groups of Python 3.11.0 to 3.11.4 miss what they should match."""
    found = dict(_patterns())
    assert len(found) > 100
    assert [name for name, pattern in found.items() if _is_greedy_for_good(pattern.pattern, pattern.flags)] == []


def _is_greedy_for_good(pattern: str | bytes, flags: int) -> bool:
    text = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
    bare = re.sub(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", "x", text, flags=re.DOTALL)  # without classes and escapes
    if flags & re.VERBOSE:
        bare = re.sub(r"#.*", "", bare)
    return re.search(r"[*+?}]\+|\(\?>", bare) is not None
