"""What a translation still lacks, and what in it no page says."""

from collections.abc import Collection, Iterator
from difflib import get_close_matches

from badgesite.errors import Place, Problem, counted
from badgesite.pages.look.po_rules import short
from badgesite.pages.wording import SOURCE_LANGUAGE, Wording

_TOLD = 20


def missing_words(words: Wording, english: Wording, tag: str, site: Place) -> Iterator[Problem]:
    """How many texts of the pages are said in English in the language `tag`, as a warning.

    At the file to fill in, else at `site`, where the language is named.
    """
    covers = words.covers(tag)
    missing = english.said - (words.said if covers else frozenset())
    if not missing or tag == SOURCE_LANGUAGE or (covers and words.language == SOURCE_LANGUAGE):
        return
    language = words.language if covers else tag
    own = [path for path in words.files if covers and path.startswith("themes/")]
    have, appear = ("has", "appears") if len(missing) == 1 else ("have", "appear")
    texts = counted(len(english.said), "text")
    what = f'{len(missing):,} of {texts} {have} no words in "{language}" and {appear} in "en"'
    if not own:
        mend = f"`badgesite new language {language}` writes a file to fill in"
        yield Problem(site, what, mend, "warning")
    elif missing <= words.places.keys():
        yield Problem(Place(own[-1], 1, 1), what, "fill in each msgstr that is empty", "warning")
    else:
        mend = f"`badgesite new language {language}` adds those that the file lacks, to be filled in"
        yield Problem(Place(own[-1], 1, 1), what, mend, "warning")


def strange_messages(words: Wording, known: Collection[str], *, only_close: bool) -> Iterator[Problem]:
    """Messages that no page says, as warnings; with `only_close`, none but those that are like one that a page says."""
    strange = sorted((place, message) for message, place in words.places.items() if message not in known)
    for place, message in strange[:_TOLD]:
        near = get_close_matches(message, known, 1, 0.8)
        mend = f"`badgesite new language {words.language}` puts it to the end of the file"
        if near or not only_close:
            what = f'no page says "{short(message)}"'
            yield Problem(place, what, f'did you mean "{near[0]}"?' if near else mend, "warning")
    if len(strange) > _TOLD and not only_close:
        more = counted(len(strange) - _TOLD, "message")
        mend = f"`badgesite new language {words.language}` puts them to the end of the file"
        yield Problem(strange[_TOLD][0], f"no page says {more} from here on", mend, "warning")
