import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from badgesite.model import narrative
from badgesite.model.award import Award, Batch, Recipient
from badgesite.model.narrative import HEADINGS
from badgesite.plan import Plan
from badgesite.standards import ob3, ob3_differences, status
from badgesite.standards.ob3_differences import Difference, differences
from tests.standards.university import (
    ADA,
    BADGE,
    BASE,
    CHARLES,
    IDS,
    ISSUER,
    LARGER,
    NOBODY,
    PLAN,
    SALT,
    a_batch,
    a_catalogue,
)

BARE = Award(id=IDS[0], recipient=ADA.recipient)
HELD = "https://badges.example.edu/open/badges/english-b2/achievement.json"


def _signed(award: Award, batch: Batch | None = None, plan: Plan = PLAN, **catalogue: Any) -> dict[str, object]:
    """The credential of an award, as it is read again after signing."""
    batch = batch or a_batch(award)
    entry = status.entry(plan, "example", "0a1b2c3d", 5)
    found = ob3.credential(
        a_catalogue(batch, **catalogue), plan, batch, award, status=entry, valid_from="2023-07-14T00:00:00Z"
    )
    document: dict[str, object] = json.loads(ob3.compact(found))
    return document


def _told(
    document: Mapping[str, object], award: Award, batch: Batch | None = None, plan: Plan = PLAN, **catalogue: Any
) -> list[Difference]:
    batch = batch or a_batch(award)
    return list(differences(a_catalogue(batch, **catalogue), plan, batch, award, document))


@pytest.mark.parametrize("award", [ADA, CHARLES, NOBODY, BARE], ids=["whole", "in English", "unnamed", "bare"])
def test_what_was_just_signed_differs_in_nothing(award: Award) -> None:
    assert _told(_signed(award), award) == []


@pytest.mark.parametrize(
    ("change", "difference"),
    [
        ({"name": "Ada E."}, Difference("name", "Ada Esempio", "Ada E.")),
        ({"name": None}, Difference("name", "Ada Esempio", "")),
        ({"visibility": "unnamed"}, Difference("name", "Ada Esempio", "")),
        ({"result": "b1"}, Difference("result", "b2", "b1")),
        ({"result": None}, Difference("result", "b2", "")),
        ({"credits": 3}, Difference("credits", "2.5", "3")),
        ({"credits": None}, Difference("credits", "2.5", "")),
        ({"credits": 8.3}, Difference("credits", "2.5", "8.3")),
        ({"narrative": "Buona prova."}, Difference("narrative", "Ottima prova.", "Buona prova.")),
        ({"narrative": None}, Difference("narrative", "Ottima prova.", "")),
        ({"expires": date(2030, 1, 1)}, Difference("expires", "2026-07-14T23:59:59Z", "2030-01-01T23:59:59Z")),
        ({"evidence": ()}, Difference("evidence", "https://work.example.org/essay", "")),
        (
            {"evidence": ("https://x.example/1", "https://x.example/2")},
            Difference("evidence", "https://work.example.org/essay", "https://x.example/1 https://x.example/2"),
        ),
        (
            {"recipient": Recipient("sha256$" + "0" * 64, SALT)},
            Difference("identity", ADA.recipient.identity, "sha256$" + "0" * 64),
        ),
        ({"recipient": Recipient(ADA.recipient.identity, "1" * 32)}, Difference("salt", SALT, "1" * 32)),
        (
            {"id": IDS[1]},
            Difference("id", f"{BASE}awards/{IDS[0]}/credential.json", f"{BASE}awards/{IDS[1]}/credential.json"),
        ),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_each_field_of_a_record_that_says_something_else_is_one_difference(
    change: dict[str, Any], difference: Difference
) -> None:
    assert _told(_signed(ADA), replace(ADA, **change)) == [difference]


EIGHT = replace(ADA, credits=8.3)


@pytest.mark.parametrize("earned", [8.3, 0.56, 1e-7, 1e17], ids=repr)
@pytest.mark.parametrize("award", [ADA, CHARLES, BARE], ids=["whole", "in English", "bare"])
@pytest.mark.parametrize("activity", [{"name": "Corso"}, None], ids=["of an activity", "alone"])
def test_credits_that_are_signed_in_words_alone_are_no_difference(award: Award, earned: float, activity: Any) -> None:
    award = replace(award, credits=earned)
    batch = a_batch(award, activity=activity)
    document = _signed(award, batch)
    assert "creditsEarned" not in document["credentialSubject"]  # type: ignore[operator]
    assert _told(document, award, batch) == []
    badge = {**BADGE, "result": {"name": "Esito", "values": [{"id": "b1", "name": "B"}, {"id": "b2", "name": "C"}]}}
    assert _told(document, award, batch, badge=badge) == []


@pytest.mark.parametrize(
    ("change", "differences"),
    [
        ({"credits": 8.4}, [Difference("credits", "8.3", "8.4")]),
        ({"credits": 8.5}, [Difference("credits", "8.3", "8.5")]),
        ({"credits": 8}, [Difference("credits", "8.3", "8")]),
        ({"credits": None}, [Difference("credits", "8.3", "")]),
        ({"narrative": "Buona prova."}, [Difference("narrative", "Ottima prova.", "Buona prova.")]),
        (
            {"narrative": None, "credits": 8.4},
            [Difference("credits", "8.3", "8.4"), Difference("narrative", "Ottima prova.", "")],
        ),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
@pytest.mark.parametrize("award", [EIGHT, replace(EIGHT, language="en")], ids=["Italian", "English"])
def test_credits_that_were_signed_in_words_alone_are_compared(
    award: Award, change: dict[str, Any], differences: list[Difference]
) -> None:
    assert _told(_signed(award), replace(award, **change)) == differences


def test_credits_that_are_now_said_in_words_alone_are_compared() -> None:
    for before in (8.5, 8.25, 8, None):
        award = replace(EIGHT, credits=before)
        assert _told(_signed(award), EIGHT) == [Difference("credits", "" if before is None else str(before), "8.3")]


def test_a_narrative_or_a_result_that_reads_like_credits_is_none() -> None:
    told = replace(BARE, narrative="Crediti: 8.3")
    assert _told(_signed(told), told) == []
    badge = {**BADGE, "result": {"name": "Crediti", "min": 0, "max": 30}}
    reached = replace(BARE, result="8.3")
    assert _told(_signed(reached, badge=badge), reached, badge=badge) == []
    assert _told(_signed(EIGHT), replace(EIGHT, result="b1")) == [Difference("result", "b2", "b1")]


def test_what_was_not_said_and_is_now_is_a_difference() -> None:
    document = _signed(BARE)
    assert {each.field for each in _told(document, ADA)} == {"name", "credits", "result", "evidence", "narrative"}
    assert all(each.was == "" for each in _told(document, replace(ADA, narrative=None)))


@pytest.mark.parametrize(
    "change",
    [
        {"visibility": "public"},
        {"language": "en"},
        {"unit": "cla"},
        {"group": "student"},
        {"changed": date(2023, 8, 1)},
        {"evidence": ("https://b.example/", "https://a.example/")},
        {"credits": 2.50},
    ],
    ids=lambda value: next(iter(value)),
)
def test_what_the_credential_does_not_say_may_change(change: dict[str, Any]) -> None:
    award = replace(ADA, evidence=("https://a.example/", "https://b.example/"))
    assert _told(_signed(award), replace(award, **change)) == []


def test_another_day_or_badge_or_issuer_or_site_is_one_difference_each() -> None:
    document = _signed(BARE)
    other_day = a_batch(BARE, date="2023-07-15")
    assert [each.field for each in _told(document, BARE, other_day)] == ["date", "expires"]
    badge = {**BADGE, "slug": "english-b2-2023"}
    other_badge = a_batch(BARE, badge="english-b2-2023")
    assert _told(document, BARE, other_badge, badge=badge) == [
        Difference("badge", HELD, f"{BASE}badges/english-b2-2023/achievement.json")
    ]
    other_issuer = _told(document, BARE, badge={**BADGE, "issuer": "other"})
    assert other_issuer == [Difference("issuer", PLAN.did("example"), PLAN.did("other"))]
    moved = Plan("https://open.example.org/", PLAN.languages)
    assert _told(document, BARE, plan=moved) == [Difference("base_url", BASE, "https://open.example.org/")]


@pytest.mark.parametrize(
    ("activity", "told"),
    [
        (
            {"name": {"it": "Corso estivo"}, "from": "2023-03-01", "to": "2023-07-07"},
            [("activity", "Corso (dal", "Corso estivo (dal")],
        ),
        (
            {"name": {"it": "Corso"}, "from": "2023-03-02", "to": "2023-07-07"},
            [("activity from", "2023-03-01T00:00:00Z", "2023-03-02T00:00:00Z")],
        ),
        ({"name": {"it": "Corso"}, "from": "2023-03-01"}, [("activity to", "2023-07-07T00:00:00Z", "")]),
        (None, [("activity", "2023-03-01 2023-07-07", ""), ("activity", "Attività: Corso (dal", "")]),
    ],
    ids=["its name", "its first day", "its last day", "all of it"],
)
@pytest.mark.parametrize("award", [ADA, BARE], ids=["with more to tell", "alone"])
def test_an_activity_is_known_by_its_name_and_days(award: Award, activity: object, told: list[Any]) -> None:
    found = _told(_signed(award), award, a_batch(award, activity=activity))
    assert [each.field for each in found] == [field for field, _, _ in told]
    for difference, (_, was, now) in zip(found, told, strict=True):
        assert was in difference.was
        assert now in difference.now


def test_an_activity_that_was_not_said_is_a_difference() -> None:
    found = _told(_signed(ADA, a_batch(ADA, activity=None)), ADA)
    assert [each.field for each in found] == ["activity from", "activity to", "activity"]


def test_an_activity_that_is_translated_later_is_no_other() -> None:
    name = {"name": {"it": "Corso"}, "from": "2023-03-01", "to": "2023-07-07"}
    document = _signed(CHARLES, a_batch(CHARLES, activity=name))
    assert _told(document, CHARLES) == []


@pytest.mark.parametrize(
    "change",
    [
        {"name": {"it": "Inglese avanzato", "en": "Advanced English"}},
        {"description": "Altro", "criteria": "Altro"},
        {"image_alt": None},
        {"unit": "cla"},
        {"category": None},
        {"skills": [], "microcredential": None},
        {"amended": [{"date": "2023-08-01", "note": "refuso"}]},
        {"result": {"name": {"it": "Esito", "en": "Outcome"}, "values": [{"id": "b2", "name": "Buono"}]}},
        {"notice": "Altro"},
        {"part_of": [], "replaces": None},
    ],
    ids=lambda value: next(iter(value)),
)
@pytest.mark.parametrize("award", [ADA, replace(CHARLES, result="b2")], ids=["Italian", "English"])
def test_words_of_the_badge_stay_as_they_were_signed(award: Award, change: dict[str, object]) -> None:
    badge = {key: value for key, value in {**BADGE, **change}.items() if value is not None}
    assert _told(_signed(award), award, badge=badge) == []


def test_words_of_the_issuer_stay_as_they_were_signed() -> None:
    issuer = {"slug": "example", "name": "Altro", "url": "https://altro.example", "email": "x@altro.example"}
    assert _told(_signed(ADA), ADA, issuer=issuer) == []
    assert issuer.keys() < ISSUER.keys()


def test_headings_in_a_language_that_had_none_are_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    document = _signed(ADA)
    german = {"credits": "Leistungspunkte", "activity": "Veranstaltung", "from": "vom", "to": "bis"}
    for module in (narrative, ob3_differences):
        monkeypatch.setattr(module, "headings", lambda language: {**HEADINGS["en"], **german})
    assert _told(document, ADA) == []


TABBED = replace(ADA, name="Ada\tEsempio", narrative="-\tOttima prova.")
LEVEL_WITH_TABS = {"name": "Livello\tB", "values": [{"id": "b2", "name": "B2,\tbuono"}]}


def test_a_tab_is_no_difference_from_the_spaces_that_were_signed() -> None:
    batch, badge = a_batch(TABBED, activity={"name": "Corso\testivo"}), {**BADGE, "result": LEVEL_WITH_TABS}
    document = _signed(TABBED, batch, badge=badge)
    assert _told(document, TABBED, batch, badge=badge) == []
    mended = replace(TABBED, name="Ada Esempio", narrative="-   Ottima prova.")
    assert _told(document, mended, a_batch(mended, activity={"name": "Corso estivo"})) == []
    assert _told(document, replace(TABBED, narrative="-\tBuona prova."), batch, badge=badge) == [
        Difference("narrative", "-   Ottima prova.", "-   Buona prova.")
    ]


def test_a_narrative_that_reads_like_a_result_is_none() -> None:
    told, reached = replace(BARE, narrative="Livello: B2, buono"), replace(BARE, result="b2")
    batch = a_batch(BARE, activity=None)
    assert [each.field for each in _told(_signed(told, batch), reached, batch)] == ["result"]
    assert [each.field for each in _told(_signed(reached, batch), told, batch)] == ["result"]


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"id": 5, "issuer": "did:web:x", "credentialSubject": [], "evidence": {}},
        {"credentialSubject": {"identifier": [None], "result": [[]], "achievement": {"resultDescription": [5]}}},
    ],
    ids=["nothing", "other kinds", "other kinds inside"],
)
def test_what_is_no_credential_differs(document: dict[str, object]) -> None:
    fields = {each.field for each in _told(document, ADA)}
    assert fields >= {"id", "issuer", "date", "expires", "badge", "identity", "salt", "name"}


def test_the_earlier_badge_is_another_badge() -> None:
    batch = a_batch(BARE, badge=LARGER["slug"])
    assert [each.field for each in _told(_signed(BARE), BARE, batch)] == ["expires", "badge"]


def test_a_difference_is_told_in_one_short_line_that_shows_what_differs() -> None:
    assert str(Difference("narrative", "One.\nTwo", "")) == 'narrative was "One. Two", now ""'
    long = "x" * 100
    told = str(Difference("narrative", f"{long}\nold {long}", f"{long}\nnew ada@example.org"))
    assert told == f'narrative was "...old {"x" * 70}...", now "...new a…@example.org"'
