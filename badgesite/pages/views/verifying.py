"""What a page gives to the scripts that check badges: where they are, their words, and where the site should be."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from badgesite.artifact import Artifact, text_artifact
from badgesite.pages.edition import Edition
from badgesite.pages.sharing.words import SHARING
from badgesite.pages.views.answer_words import ANSWERS, LABELS
from badgesite.pages.views.page import Linker
from badgesite.pages.views.step_words import GENUINE, ISSUER, READING, STATE

MESSAGES = {**ANSWERS, **LABELS, **READING, **GENUINE, **ISSUER, **STATE}
ON_AWARDS = {**SHARING, "no-address": MESSAGES["no-address"]}


@dataclass(frozen=True, slots=True)
class Checking:
    """`script` and `words` are links from the page; `root` is the site's root from there, `base` the site's address."""

    script: str
    words: str
    root: str
    base: str


def checking(edition: Edition, link: Linker, script: str) -> Checking:
    """For a page from which `link` leads away, and which begins with the module `script`."""
    plan, scripts = edition.plan, edition.theme.scripts
    return Checking(
        script=link(plan.module(scripts.folder, scripts.digest, script)),
        words=link(word_file(edition).path),
        root=link(plan.home(plan.first)),
        base=plan.base,
    )


def word_file(edition: Edition) -> Artifact:
    """All that the scripts of the check say in the language of the page's own words, as JSON."""
    return _words(edition, "words", MESSAGES)


def award_word_file(edition: Edition) -> Artifact:
    """What the page of an award says before anybody asks for the check; `words` is the file with the words of that."""
    return _words(edition, "award-words", ON_AWARDS, words=word_file(edition).path.rpartition("/")[2])


def _words(edition: Edition, name: str, said: Mapping[str, str], **more: str) -> Artifact:
    wording = edition.wording
    messages = {key: wording.gettext(message) for key, message in said.items()} | more
    text = json.dumps({"language": wording.language, "messages": messages}, ensure_ascii=False, indent=1) + "\n"
    return text_artifact(edition.plan.asset(f"{name}-{wording.language}.json", sha256(text.encode()).hexdigest()), text)
