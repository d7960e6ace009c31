"""The languages of a site: what its file seems to write, before all is well with it; and whether there are such."""

import re
from collections.abc import Collection, Iterator

from babel import Locale
from babel.core import get_global
from babel.languages import get_official_languages

from badgesite.content.yaml.binding import Bound
from badgesite.content.yaml.nodes import Mapping, Node, Scalar, Sequence
from badgesite.errors import Problem
from badgesite.model.languages import short_tag
from badgesite.model.site import Site
from badgesite.model.text import LANGUAGE

_PRIVATE = re.compile(r"q[a-t][a-z]")  # ISO 639-2 leaves these codes to whoever needs one
_NONE = frozenset(["mul", "und", "zxx", "root"])  # many, an unknown one, none


def languages_in(node: Node) -> tuple[str, ...] | None:
    """The languages that a site's file seems to write, in whatever state the rest of it is.

    None where no key is `languages`, and one that is no key of ours may be meant for it.
    """
    written = node.entries.get("languages") if isinstance(node, Mapping) else None
    if written is None:
        return ("en",) if isinstance(node, Mapping) and node.entries.keys() <= Site.model_fields.keys() else None
    if not isinstance(written[1], Sequence) or not written[1].items:
        return None
    tags = tuple(str(item.text) for item in written[1].items if isinstance(item, Scalar))
    return tags if len(tags) == len(written[1].items) and all(map(LANGUAGE.fullmatch, tags)) else None


def unknown_languages(site: Bound[Site], published: Collection[str]) -> Iterator[Problem]:
    """The languages of a site that are none; as warnings those in which it was published, as they have to stay."""
    for number, tag in enumerate(site.noun.languages if site.noun else languages_in(site.node) or ()):
        if short_tag(tag) == tag and (fault := unknown_language(tag)):  # else it is told already
            place = site.place("languages", number)
            if tag in published:
                yield Problem(place, f"{fault[0]}, and as the site was published in it, it stays", "", "warning")
            else:
                yield Problem(place, *fault)


def another_first(site: Bound[Site], published: tuple[str, ...]) -> list[Problem]:
    """That the first language is not the first of those `published`; no file is then what it was, nor its fault.

    What it was, the lock files tell.
    """
    if site.noun is None or not published or site.noun.languages[0] == published[0]:
        return []
    return [Problem(site.place("languages"), "the first language is another than before", "put it back")]


def unknown_language(tag: str) -> tuple[str, str] | None:
    """What is wrong with a tag that names no language, or no country, of the Unicode CLDR, and the mend."""
    language, *others = tag.split("-")
    english = Locale("en")
    if not _is_language(language):
        meant = _meant(language)
        named = f", {english.languages[meant]}" if meant in english.languages else ""
        mend = f'did you mean "{meant}"{named}?' if meant else "write its tag, as it, en or pt-br"
        return f'"{language}" is no language', mend
    for part in others:
        if len(part) == 4 and part.isalpha() and part.title() not in english.scripts:
            return f'"{part}" in "{tag}" is no script', "write the language alone, or with its country"
        if (len(part) == 2 or (len(part) == 3 and part.isdigit())) and part.upper() not in english.territories:
            country = _country(part)
            mend = f'did you mean "{tag.replace(f"-{part}", f"-{country.lower()}")}"?' if country else ""
            return f'"{part}" in "{tag}" is no country', mend or "write the language alone, or with its country"
    return None


def _is_language(code: str) -> bool:
    """Of three letters there are thousands, most of which the CLDR has no word for."""
    if code in Locale("en").languages or _PRIVATE.fullmatch(code) or len(code) == 3:
        return code not in _NONE
    return code in get_global("likely_subtags") and code not in get_global("language_aliases")


def _meant(code: str) -> str:
    """The language for which somebody wrote a former code, or that of a country; nothing if it is neither."""
    if former := get_global("language_aliases").get(code):
        return str(former).partition("_")[0]
    country = _country(code) or code.upper()
    likely = str(get_global("likely_subtags").get(f"und_{country}", ""))
    official = get_official_languages(country, de_facto=True)
    return likely.partition("_")[0] or (official[0] if official else "")


def _country(code: str) -> str:
    """The code of a country that is known by another one, as the United Kingdom is by UK."""
    return str(next(iter(get_global("territory_aliases").get(code.upper(), ())), ""))
