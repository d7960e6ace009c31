"""What a badge says that its standard has no field for, as Markdown under fixed headings that software can find again.

The elements are those of the EU Council recommendation 2022/C 243/02, annex I. The headings are published with every
badge, so they change only by adding languages; a language without headings of its own has the English ones.

What comes out has no tabs, of which older software signs another form (decision 030): names have a space in place of
one, and Markdown the spaces up to the next stop of four, which it takes a tab for (CommonMark, section 2.2).
"""

from collections.abc import Mapping

from badgesite.model.award import Award, Batch
from badgesite.model.badge import BadgeClass, Result
from badgesite.model.text import Text

HEADINGS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "workload": "Notional workload",
        "ects": "ECTS credits",
        "eqf": "EQF level",
        "assessment": "Type of assessment",
        "participation": "Form of participation",
        "quality_assurance": "Type of quality assurance",
        "prerequisites": "Prerequisites",
        "supervision": "Supervision and identity verification during assessment",
        "stackable": "Integration and stackability",
        "further_information": "Further information",
        "results": "Possible results",
        "activity": "Activity",
        "credits": "Credits",
        "from": "from",
        "to": "to",
    },
    "it": {
        "workload": "Carico di lavoro",
        "ects": "Crediti ECTS",
        "eqf": "Livello EQF",
        "assessment": "Tipo di valutazione",
        "participation": "Forma di partecipazione",
        "quality_assurance": "Tipo di garanzia della qualità",
        "prerequisites": "Prerequisiti",
        "supervision": "Supervisione e verifica dell'identità durante la valutazione",
        "stackable": "Integrazione e cumulabilità",
        "further_information": "Ulteriori informazioni",
        "results": "Risultati possibili",
        "activity": "Attività",
        "credits": "Crediti",
        "from": "dal",
        "to": "al",
    },
}
ELEMENTS = tuple(HEADINGS["en"])[:10]
_STOP = 4  # columns


def headings(language: str) -> Mapping[str, str]:
    """The headings in a language (or in that of its tag without the region), else in English."""
    return HEADINGS.get(language) or HEADINGS.get(language.partition("-")[0]) or HEADINGS["en"]


def criteria_narrative(badge: BadgeClass, language: str) -> str:
    """The criteria, and after them a section for each element of a micro-credential that the badge states."""
    words = headings(language)
    sections = [badge.criteria.in_language(language)]
    for element in ELEMENTS if badge.microcredential else ():
        value = getattr(badge.microcredential, element)
        if value is not None:
            sections.append(f"### {words[element]}\n\n{_words(value, language)}")
    if badge.result:
        sections.append(f"### {words['results']}\n\n{_possible(badge.result, language)}")
    return markdown("\n\n".join(sections))


def award_narrative(badge: BadgeClass, batch: Batch, award: Award, language: str) -> str:
    """What the record tells of this award: its narrative, result, credits and activity; may be empty."""
    earned = None if award.credits is None else str(award.credits)
    result, activity = result_words(badge, award, language), activity_words(batch, language)
    return told(headings(language), award.narrative, result, earned, activity)


def told(
    words: Mapping[str, str],
    narrative: str | None,
    result: tuple[str, str] | None,
    earned: str | None,
    activity: tuple[str, str, str] | None,
) -> str:
    """Paragraphs under the headings `words`; a result is its name and value, an activity its name and two days."""
    paragraphs = [markdown(narrative)] if narrative else []
    if result:
        paragraphs.append(": ".join(result))
    if earned is not None:
        paragraphs.append(f"{words['credits']}: {earned}")
    if activity:
        name, first, last = activity
        stretch = " ".join(f"{word} {day}" for word, day in ((words["from"], first), (words["to"], last)) if day)
        paragraphs.append(f"{words['activity']}: {name}" + (f" ({stretch})" if stretch else ""))
    return "\n\n".join(paragraphs)


def result_words(badge: BadgeClass, award: Award, language: str) -> tuple[str, str] | None:
    """What was measured and what was reached; None if the award has no result."""
    if award.result is None or not badge.result:
        return None
    name, reached = badge.result.name.in_language(language), _reached(badge.result, award.result, language)
    return plain(name), plain(reached)


def activity_words(batch: Batch, language: str) -> tuple[str, str, str] | None:
    """The name of the activity, and its first and last day, which may be empty; None if there is none."""
    activity = batch.head.activity
    if not activity:
        return None
    first, last = (day.isoformat() if day else "" for day in (activity.first, activity.last))
    return plain(activity.name.in_language(language)), first, last


def plain(name: str) -> str:
    """A name without tabs."""
    return name.replace("\t", " ")


def markdown(words: str) -> str:
    """Markdown without tabs, which means the same."""
    return words.expandtabs(_STOP)


def _words(value: object, language: str) -> str:
    return value.in_language(language) if isinstance(value, Text) else str(value)


def _possible(result: Result, language: str) -> str:
    values = ", ".join(value.name.in_language(language) for value in result.values)
    return f"{result.name.in_language(language)}: {values or f'{result.min}–{result.max}'}"


def _reached(result: Result, reached: str, language: str) -> str:
    return next((value.name.in_language(language) for value in result.values if value.id == reached), reached)
