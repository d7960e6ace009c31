import pytest

from badgesite.model.award import Award, Batch, BatchHead, Recipient
from badgesite.model.badge import BadgeClass
from badgesite.model.narrative import HEADINGS, award_narrative, criteria_narrative, headings

LANGUAGES = {"languages": ("it", "en")}
BADGE = {
    "slug": "b",
    "issuer": "i",
    "name": "Nome",
    "description": "Testo",
    "criteria": {"it": "Criteri", "en": "Criteria"},
    "image": "b.svg",
}
MICROCREDENTIAL = {
    "workload": {"it": "75 ore", "en": "75 hours"},
    "ects": "3",
    "eqf": "6",
    "assessment": "Prova",
    "participation": "online",
    "quality_assurance": "Interna",
    "prerequisites": "B1",
    "supervision": "In presenza",
    "stackable": "Verso il minor",
    "further_information": "Altro",
}


def a_badge(**fields: object) -> BadgeClass:
    return BadgeClass.model_validate({**BADGE, **fields}, context=LANGUAGES)


def an_award(**fields: object) -> Award:
    recipient = Recipient("sha256$" + "ab" * 32, "cd" * 16)
    return Award(id="3f0c7a52-6f2e-4c1b-9a57-0d5a2b8f6e11", recipient=recipient, **fields)  # type: ignore[arg-type]


def a_batch(**activity: object) -> Batch:
    head = {"badge": "b", "date": "2023-07-14", **({"activity": activity} if activity else {})}
    return Batch("x", "content/awards/x.yaml", BatchHead.model_validate(head, context=LANGUAGES), ())


@pytest.mark.parametrize("language", HEADINGS)
def test_every_element_of_a_micro_credential_has_its_heading(language: str) -> None:
    words = criteria_narrative(a_badge(microcredential=MICROCREDENTIAL), language)
    assert [line[4:] for line in words.splitlines() if line.startswith("### ")] == list(HEADINGS[language].values())[
        :10
    ]


def test_every_language_has_every_heading() -> None:
    assert {tuple(words) for words in HEADINGS.values()} == {tuple(HEADINGS["en"])}


def test_a_tab_in_markdown_means_what_it_meant_and_in_a_name_one_space() -> None:
    badge = a_badge(
        criteria={"it": "1.\tuno\n\n\tancora", "en": "x"},
        result={"name": "Livello\tB", "values": [{"id": "b2", "name": "B2\tbuono"}]},
    )
    assert criteria_narrative(badge, "it").startswith("1.  uno\n\n    ancora\n\n")
    told = award_narrative(badge, a_batch(name="Corso\testivo"), an_award(narrative="-\tbene", result="b2"), "it")
    assert told == "-   bene\n\nLivello B: B2 buono\n\nAttività: Corso estivo"


def test_a_language_without_headings_has_the_english_ones() -> None:
    assert headings("de") == headings("en-gb") == HEADINGS["en"]
    assert headings("it-ch") == HEADINGS["it"]


def test_criteria_alone_stay_as_they_are() -> None:
    assert criteria_narrative(a_badge(), "en") == "Criteria"


def test_a_result_by_number_is_told_with_its_bounds() -> None:
    badge = a_badge(result={"name": "Voto", "min": "18", "max": "30"})
    assert criteria_narrative(badge, "it") == "Criteri\n\n### Risultati possibili\n\nVoto: 18–30"
    assert award_narrative(badge, a_batch(), an_award(result="27"), "it") == "Voto: 27"


def test_an_award_tells_its_activity_as_far_as_it_is_known() -> None:
    assert award_narrative(a_badge(), a_batch(name="Corso"), an_award(), "it") == "Attività: Corso"
    assert award_narrative(a_badge(), a_batch(name="Corso", to="2023-07-07"), an_award(), "en") == (
        "Activity: Corso (to 2023-07-07)"
    )
    assert award_narrative(a_badge(), a_batch(), an_award(), "en") == ""
