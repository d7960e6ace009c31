"""The pages of awards, made by the ten thousand: whatever many of them share is drawn once.

And the page of each award that was erased: in every language, hidden, without a word of the badge or its holder.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import fields, replace
from datetime import date
from functools import partial
from operator import attrgetter

from badgesite.artifact import Artifact, text_artifact
from badgesite.model.award import Award, Batch
from badgesite.model.catalogue import Catalogue
from badgesite.model.signed import Erased
from badgesite.pages.cards.sharing import Share, shared
from badgesite.pages.edition import Edition, editions
from badgesite.pages.mould import MARKS, Mould, cast
from badgesite.pages.sharing.qr_codes import TYPICAL, qr_codes
from badgesite.pages.theme import Theme
from badgesite.pages.views.award import AwardView, Frame, Person, award_view, frame, person_of
from badgesite.pages.views.erased import erased_view
from badgesite.pages.views.page import LINKED_DATA, Document, chrome, page_view, relative
from badgesite.plan import Plan

_OWN = ("id", "recipient", "name")  # what no two awards share; Person carries it
_UNSEEN = ("group", "language")  # what changes no page of an award without words of its own
_shared = attrgetter(*(field.name for field in fields(Award) if field.name not in _OWN + _UNSEEN))


def award_pages(
    theme: Theme,
    catalogue: Catalogue,
    plan: Plan,
    as_of: date,
    awards: Iterable[tuple[Batch, Award]],
    not_issued: Collection[str] = (),
) -> Iterator[Artifact]:
    """The pages of some awards, each in every language; those `not_issued` (ids) say so, and lead to no documents."""
    desks = [_Desk(edition, not_issued) for edition in editions(theme, catalogue, plan, as_of)]
    for batch, award in awards:
        listed = catalogue.visibility(batch, award) == "public"
        for desk in desks:
            page = desk.page(batch, award)
            yield Artifact(plan.award_page(award.id, desk.edition.tag), page, words=page, listed=listed)


def erased_pages(theme: Theme, catalogue: Catalogue, plan: Plan, as_of: date) -> Iterator[Artifact]:
    """A page for each award that was erased, where its own page was."""
    for edition in editions(theme, catalogue, plan, as_of):
        for issuer in catalogue.issuers:
            yield from (_erased_page(edition, issuer, erased) for erased in catalogue.erased_of(issuer))


def _erased_page(edition: Edition, issuer: str, erased: Erased) -> Artifact:
    plan = edition.plan
    address = partial(plan.award_page, erased.award)
    path = address(edition.tag)
    link = relative(plan, path)
    view = erased_view(edition, link, issuer, erased)
    page = page_view(
        edition,
        address,
        (edition.body_language, edition.wording.gettext("Erased award")),
        hidden=True,
        documents=(Document(LINKED_DATA, view.assertion),),
        stays=plan.home,
    )
    html = edition.draw("erased.html", page=page, chrome=chrome(edition, link), erased=view)
    return text_artifact(path, html, listed=False)


class _Desk:
    """Where the award pages of one language are drawn.

    A badge's frame is kept. Of a batch, the awards that differ in nothing but their person share a mould. A theme may
    do what no mould can: the first mould for persons of a kind is compared with a page, and without it all are drawn.
    An award with words or evidence of its own is drawn by itself.
    """

    def __init__(self, edition: Edition, not_issued: Collection[str]) -> None:
        self.edition = edition
        self.not_issued = not_issued
        self.codes = qr_codes(edition.plan.url(edition.plan.award_page(TYPICAL, edition.tag)))
        self._frames: dict[str, Frame] = {}
        self._batch: Batch | None = None
        self._moulds: dict[tuple[object, ...], Mould] = {}
        self._fitting: dict[tuple[str, bool, bool], bool] = {}

    def page(self, batch: Batch, award: Award) -> bytes:
        """The page of an award."""
        person = person_of(self.edition.catalogue, batch, award, self.codes.dashes(award.id))
        if award.narrative or award.evidence:
            return self._draw(batch, award, person).encode()
        if batch is not self._batch:
            self._batch, self._moulds = batch, {}
        key = (person.holder is None, person.wide, award.id in self.not_issued, *_shared(award))
        if mould := self._moulds.get(key):
            return mould.fill(person)
        kind = (batch.badge, person.holder is None, award.revoked is None)
        if not self._fitting.get(kind, True):
            return self._draw(batch, award, person).encode()
        mould = self._cast(batch, award, person)
        if not mould.is_clean:
            return self._draw(batch, award, person).encode()
        page = mould.fill(person)
        if kind not in self._fitting:
            drawn = self._draw(batch, award, person).encode()
            self._fitting[kind] = page == drawn
            page = drawn
        if self._fitting[kind]:
            self._moulds[key] = mould
        return page

    def _cast(self, batch: Batch, award: Award, person: Person) -> Mould:
        """A mould for awards like this."""
        marked = replace(MARKS, holder=MARKS.holder if person.holder is not None else None, wide=person.wide)
        return cast(self._draw(batch, award, marked))

    def _draw(self, batch: Batch, award: Award, person: Person) -> str:
        edition = self.edition
        address = partial(edition.plan.award_page, person.id)
        link = relative(edition.plan, address(edition.tag))
        if batch.badge not in self._frames:
            self._frames[batch.badge] = frame(edition, link, edition.catalogue.badges[batch.badge], self.codes)
        common = self._frames[batch.badge]
        issued = award.id not in self.not_issued
        view = award_view(edition, link, common, batch, award, person, issued=issued)
        page = page_view(
            edition,
            address,
            _title(edition, common, view, person),
            hidden=not issued or edition.catalogue.visibility(batch, award) != "public",
            documents=tuple(Document(LINKED_DATA, url) for url in (view.assertion, view.credential) if url),
            stays=partial(edition.plan.badge_page, batch.badge),
            share=_share(edition, common, batch, view),
        )
        return edition.draw("award.html", page=page, chrome=common.chrome, frame=common, award=view)


def _share(edition: Edition, common: Frame, batch: Batch, award: AwardView) -> Share:
    """What is shown where a link to an award is shared: of what, by whom, when and until when, and never of whose.

    Networks keep what they read: the last day stands there from the first, so that it holds when that has passed.
    """
    _ = edition.wording.filled
    said = [common.kind, _("Awarded on %(day)s", day=award.awarded.words)]
    if award.state == "valid" and award.until:
        said.append(_("valid until %(last)s", last=award.until.words))
    elif award.state == "expired" and award.until:
        said.append(_("expired (it was valid until %(last)s)", last=award.until.words))
    title = " · ".join((*_state(edition, award), common.name.words))
    return shared(edition, title, " · ".join(said), batch.badge)


def _title(edition: Edition, common: Frame, award: AwardView, person: Person) -> tuple[str, str]:
    language, name = common.title
    return language, " · ".join(part for part in (*_state(edition, award), name, person.holder) if part)


def _state(edition: Edition, award: AwardView) -> tuple[str, ...]:
    """What must be said before the name of an award that does not hold any more."""
    if award.state == "revoked":
        return (edition.wording.gettext("Revoked"),)
    return (edition.wording.gettext("Expired"),) if award.state == "expired" else ()
