"""Free pages: `pages/<page>.md` in the site's first language, `<page>.<lang>.md` a translation."""

import re
from collections.abc import Iterable, Mapping
from posixpath import basename

from badgesite.errors import Place, Problem
from badgesite.model.page import Page
from badgesite.model.scalars import LONGEST, is_slug
from badgesite.model.text import LANGUAGE, Text

_TITLE = re.compile(r" {0,3}#[ ]+(?P<title>.*?)(?:[ ]+#+)?[ ]*")
_FENCE = re.compile(r" {0,3}(```|~~~)")


def read_pages(texts: Mapping[str, str], languages: tuple[str, ...] | None) -> tuple[dict[str, Page], list[Problem]]:
    """Pages by slug, from path to Markdown; `languages` None (unknown) takes every language."""
    problems: list[Problem] = []
    found: dict[str, dict[str, tuple[str, str]]] = {}
    paths: dict[str, str] = {}
    for path in sorted(texts):
        slug, language, fault = _name(path, languages)
        problems += fault
        page = _title_and_body(texts[path])
        if page is None:
            problems.append(Problem(Place(path, 1, 1), "the page has no title", "begin it with a line # Title"))
        if len(texts[path]) > LONGEST:
            what = f"the page has {len(texts[path]):,} characters, and {LONGEST:,} are the most"
            problems.append(Problem(Place(path, 1, 1), what, "make two of it"))
        found.setdefault(slug, {})[language] = page or ("-", "-")
        paths.setdefault(slug, path)
    problems += _without_first(found, paths, languages)
    if problems or not languages:
        return {}, problems
    return {slug: _page(slug, found[slug], languages) for slug in sorted(found)}, problems


def _name(path: str, languages: tuple[str, ...] | None) -> tuple[str, str, list[Problem]]:
    """Slug and language of a page's file, and what is wrong with its name."""
    place, name = Place(path), basename(path)
    slug, dot, language = name[: -len(".md")].partition(".")
    faults = []
    if not name.endswith(".md"):
        faults.append(Problem(place, 'the ending is not ".md"', "rename it"))
    elif path.count("/") != 2:
        faults.append(Problem(place, "a page lies in a folder", "move it to content/pages/"))
    elif not is_slug(slug):
        faults.append(Problem(place, f'"{slug}" cannot be a name', "use a-z, 0-9 and hyphens inside"))
    elif dot and not LANGUAGE.fullmatch(language):
        faults.append(Problem(place, f'"{language}" is not a language', "name the file PAGE.md or PAGE.LANGUAGE.md"))
    elif dot and languages and language == languages[0]:
        faults.append(Problem(place, f'"{language}" is the first language', f"rename it to {slug}.md"))
    elif dot and languages and language not in languages:
        mend = f"the site's languages are {', '.join(languages)}"
        faults.append(Problem(place, f'the page is in "{language}", which the site does not have', mend))
    return slug, language or (languages[0] if languages else ""), faults


def _without_first(
    found: Mapping[str, Mapping[str, object]], paths: Mapping[str, str], languages: tuple[str, ...] | None
) -> Iterable[Problem]:
    first = languages[0] if languages else ""
    for slug, by_language in found.items():
        if first not in by_language and is_slug(slug):
            yield Problem(Place(paths[slug]), f'the page "{slug}" has no {slug}.md', "write it in the first language")


def _page(slug: str, by_language: Mapping[str, tuple[str, str]], languages: tuple[str, ...]) -> Page:
    there = [language for language in languages if language in by_language]
    title = Text(tuple((language, by_language[language][0]) for language in there))
    return Page(slug, title, Text(tuple((language, by_language[language][1]) for language in there)))


def _title_and_body(text: str) -> tuple[str, str] | None:
    lines = text.split("\n")
    fenced = False
    for index, line in enumerate(lines):
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced and (found := _TITLE.fullmatch(line)) and found["title"]:
            return found["title"], "\n".join(lines[:index] + lines[index + 1 :]).strip("\n")
    return None
