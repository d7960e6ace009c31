"""What could be better in sound content: warnings, each at its place."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError
from pydantic import BaseModel

from badgesite.content.advice.blanks import FILLED_IN, FILLED_NAMES, blanks, strangers
from badgesite.content.advice.doubles import doubles
from badgesite.content.advice.links import lost_links
from badgesite.content.advice.places import PlacesIn, Steps
from badgesite.content.advice.samples import samples
from badgesite.content.reading import Reading
from badgesite.content.yaml import nodes
from badgesite.errors import Place, Problem
from badgesite.model.catalogue import Catalogue
from badgesite.model.text import UNWRITTEN, Text

DESCRIPTION_LIMIT = 500
PICTURE_LIMIT = 256_000
SMALLEST_SIDE = 256
HOSTS = ("github.io", "gitlab.io")
EXAMPLE_HOST = "example.edu"
WRITTEN_IN_ALL = frozenset(["title", "name", "description", "criteria", "image_alt", "notice", "footer"])


def advice(root: Path, reading: Reading) -> tuple[Problem, ...]:
    """Every warning about the content below `root`, sorted by place; none if it has errors."""
    catalogue = reading.catalogue
    if catalogue is None:
        return ()
    places = PlacesIn(root, reading.places.get("site", Place("content/site.yaml")))
    found = [
        *_texts(root, reading, catalogue),
        *_pages(reading, catalogue),
        *blanks(root, catalogue),
        *strangers(root, catalogue),
        *_pictures(catalogue),
        *_small(catalogue),
        *_host(root, reading, catalogue),
        *_names(reading, catalogue),
        *_as_init_wrote(root, reading, catalogue),
        *samples(root, catalogue, reading.places),
        *doubles(catalogue.site, places),
        *lost_links(root, catalogue, places),
    ]
    return tuple(sorted(found))


def text_places(root: Path, file: Place, noun: BaseModel) -> Iterator[tuple[Place, str]]:
    """Every text of a noun in each of its languages, with its place in `file`."""
    places = PlacesIn(root, file)
    for steps, text in _texts_of(noun, ()):
        for language, words in text:
            yield places.node((*steps, language))[0], words


def _texts(root: Path, reading: Reading, catalogue: Catalogue) -> Iterator[Problem]:
    nouns: dict[str, BaseModel] = {"site": catalogue.site}
    nouns |= {f"issuer:{slug}": issuer for slug, issuer in catalogue.issuers.items()}
    nouns |= {f"badge:{slug}": badge for slug, badge in catalogue.badges.items()}
    for key, noun in nouns.items():
        places = PlacesIn(root, reading.places.get(key, Place("content")))
        for steps, text in _texts_of(noun, ()):
            yield from _missing(text, steps, places, catalogue.site.languages, always=key == "site")
            yield from _starter(text, steps, places)
            if key.startswith("badge:") and steps == ("description",):
                yield from _too_long(text, places)


def language_name(tag: str) -> str:
    """A language as a message names it: Italian (it)."""
    try:
        return f"{Locale.parse(tag, sep='-').get_display_name('en')} ({tag})"
    except (UnknownLocaleError, ValueError):
        return f'"{tag}"'


def _texts_of(value: object, steps: Steps) -> Iterator[tuple[Steps, Text]]:
    """Every text in a noun, with the keys and numbers that lead to it."""
    if isinstance(value, Text):
        yield steps, value
    elif isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            yield from _texts_of(getattr(value, name), (*steps, info.alias or name))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _texts_of(item, (*steps, str(key)))
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _texts_of(item, (*steps, number))


def _missing(
    text: Text, steps: Steps, places: PlacesIn, languages: tuple[str, ...], *, always: bool = False
) -> Iterator[Problem]:
    """A word of one language inside a list (B1, ESCO) may be the same in all; a text of the thing itself is not.

    With `always`, that holds for every word, as those of a site: they are names for people, wherever they stand. What
    has no letters (2024/25) is the same in all languages.
    """
    missing = [language for language in languages if not text.has(language)]
    if not missing:
        return
    place, node = places.node(steps)
    named = " and ".join(map(language_name, missing))
    what = f'the text of "{steps[-1]}" is missing in {named}'
    if isinstance(node, nodes.Mapping):
        yield _warning(place, what, "add " + " and ".join(f"{language}: ..." for language in missing))
    elif any(map(str.isalpha, str(text))) and (always or (len(steps) == 1 and steps[0] in WRITTEN_IN_ALL)):
        each = ", ".join(f"{language}: ..." for language in languages)
        yield _warning(place, what, f"write it in each language: {{{each}}}")


def _starter(text: Text, steps: Steps, places: PlacesIn) -> Iterator[Problem]:
    for language, words in text:
        if words.startswith(UNWRITTEN):
            place, _ = places.node((*steps, language))
            yield _warning(
                place, f'the text of "{steps[-1]}" is still to be written in {language_name(language)}', "write it"
            )


def _too_long(text: Text, places: PlacesIn) -> Iterator[Problem]:
    for language, words in text:
        if len(words) > DESCRIPTION_LIMIT:
            place, _ = places.node(("description", language))
            what = f"the description in {language_name(language)} has {len(words)} characters"
            mend = f"keep it to {DESCRIPTION_LIMIT}, which is what wallets show; criteria have room for the rest"
            yield _warning(place, what, mend)


def _pages(reading: Reading, catalogue: Catalogue) -> Iterator[Problem]:
    for slug, page in catalogue.pages.items():
        for language in catalogue.site.languages:
            if not page.body.has(language):
                place = reading.places.get(f"page:{slug}", Place(f"content/pages/{slug}.md"))
                beside = f"content/pages/{slug}.{language}.md"
                yield _warning(
                    Place(place.path), f"the page is missing in {language_name(language)}", f"write {beside}"
                )


def _pictures(catalogue: Catalogue) -> Iterator[Problem]:
    for picture in (*catalogue.badge_pictures.values(), *catalogue.issuer_pictures.values()):
        size = len(picture.data)
        if size > PICTURE_LIMIT:
            what = f"the picture has {size // 1000} kB, and every award carries a copy"
            yield _warning(Place(picture.path), what, f"make it smaller than {PICTURE_LIMIT // 1000} kB")


def _small(catalogue: Catalogue) -> Iterator[Problem]:
    """PNG pictures of badges that look blurred where they are shown; not those that can no longer be changed."""
    fixed = set() if catalogue.site.rehearsal else {batch.badge for batch, _ in catalogue.each_award()}
    for slug, picture in catalogue.badge_pictures.items():
        if picture.kind == "png" and picture.side < SMALLEST_SIDE and slug not in fixed:
            what = f"the picture is {picture.side} pixels wide, and blurred wherever badges are shown large"
            yield _warning(Place(picture.path), what, f"save it with at least {SMALLEST_SIDE}, or as SVG")


def _host(root: Path, reading: Reading, catalogue: Catalogue) -> Iterator[Problem]:
    host = urlsplit(catalogue.site.base_url or "").hostname or ""
    if any(host == end or host.endswith(f".{end}") for end in HOSTS) and not any(True for _ in catalogue.each_award()):
        place, _ = PlacesIn(root, reading.places.get("site", Place("content/site.yaml"))).node(("base_url",))
        what = f"badges would be bound to {host} for ever, which is not yours"
        yield _warning(place, what, "use a name of your own before the first award, if you can")


def _as_init_wrote(root: Path, reading: Reading, catalogue: Catalogue) -> Iterator[Problem]:
    """What `init` wrote of the issuer and nobody mended, where badges are about to say it for ever."""
    if not catalogue.site.base_url or (urlsplit(catalogue.site.base_url).hostname or "").endswith(EXAMPLE_HOST):
        return  # a rehearsal, or an example as a whole
    for slug, issuer in catalogue.issuers.items():
        places = PlacesIn(root, reading.places.get(f"issuer:{slug}", Place(f"content/issuers/{slug}.yaml")))
        for key in [key for key, words in FILLED_IN.items() if getattr(issuer, key) == words]:
            what = f"{FILLED_IN[key]} is what `badgesite init` filled in"
            yield _warning(places.node((key,))[0], what, f"write the issuer's own {key}")
        if names := [name for _, name in issuer.name if name in FILLED_NAMES]:
            mend = f"write the issuer's own, and if nothing is locked yet rename the file: {slug} is its address"
            yield _warning(places.node(("name",))[0], f"{names[0]} is what `badgesite init` filled in", mend)


def _names(reading: Reading, catalogue: Catalogue) -> Iterator[Problem]:
    for batch, award in catalogue.each_award():
        if award.name and catalogue.visibility(batch, award) == "unnamed":
            place = reading.places.get(f"award:{award.id}", Place(batch.path))
            yield _warning(place, "the record holds a name that nothing shows", "remove it, or give a visibility")


def _warning(place: Place, what: str, mend: str) -> Problem:
    return Problem(place, what, mend, "warning")
