"""What a template of the site writes and no browser heeds: the Content-Security-Policy of every page forbids it."""

import re
from collections.abc import Iterator

from badgesite.errors import Place, Problem

_UNSEEN = re.compile(r"\{#.*?#\}|<!--.*?-->|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)  # remarks, and what Jinja fills in
_ELSEWHERE = r"""\s*["']?\s*(?:https?:)?//"""
_SLIPS = (
    (
        re.compile(r"<script\b(?![^<>]*\bsrc\s*=)(?![^<>]*application/(?:ld\+)?json)[^<>]*>", re.IGNORECASE),
        "a script that stands in the page is stopped by its security policy",
        "take it out: pages say everything without scripts",
    ),
    (
        re.compile(rf"<script\b[^<>]*\bsrc\s*={_ELSEWHERE}", re.IGNORECASE),
        "a script from elsewhere is stopped by the page's security policy",
        "take it out: pages load nothing from other sites",
    ),
    (
        re.compile(
            rf"<(?:img|source|iframe|embed|object|video|audio|input)\b[^<>]*(?<![\w-])(?:src|srcset|data|poster)\s*={_ELSEWHERE}"
            rf"|<link\b(?=[^<>]*\brel\s*=\s*[\"']?[^\"'>]*(?:stylesheet|icon|preload))[^<>]*\bhref\s*={_ELSEWHERE}",
            re.IGNORECASE,
        ),
        "what is fetched from another site is stopped by the page's security policy",
        "put the picture or style into assets/ of the theme, and name it in a style file",
    ),
    (
        re.compile(r"<style\b|<[a-z][^<>]*\sstyle\s*=", re.IGNORECASE),
        "a style that stands in the page is stopped by its security policy",
        "give the element a class, and write the style into a file in assets/styles/",
    ),
    (
        re.compile(r"<[a-z][^<>]*\son[a-z]+\s*=", re.IGNORECASE),
        "a script that stands in the page is stopped by its security policy",
        "take it out: pages say everything without scripts",
    ),
)


def stopped(source: str, path: str) -> Iterator[Problem]:
    """A warning for each thing in the text of an HTML template that browsers stop, at its place in `path`."""
    plain = _UNSEEN.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), source)
    for pattern, what, mend in _SLIPS:
        for found in pattern.finditer(plain):
            line, start = plain.count("\n", 0, found.start()) + 1, plain.rfind("\n", 0, found.start())
            yield Problem(Place(path, line, found.start() - start), what, mend, "warning")
