"""Letters composed: what all about a badge share is made once for each language, then each takes its holder's words."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from badgesite.letters.message import Envelope, Mailbox, Parts, message, picture_part
from badgesite.letters.view import LetterView, Shared, contact_of, letter_view, one_line, shared_view
from badgesite.model.award import Award, Batch
from badgesite.model.catalogue import Catalogue
from badgesite.model.palette import palette
from badgesite.pages import raster
from badgesite.pages.edition import Edition
from badgesite.pages.theme import Theme, load_theme
from badgesite.plan import plan_of_batch

_SIDE = 240  # pixels; shown at half of it, so that it is sharp on any screen, in a few kilobytes


@dataclass(frozen=True, slots=True)
class Letter:
    """An award, whom to tell of it, and in which language."""

    batch: Batch
    award: Award
    email: str
    name: str | None
    language: str


def composer(root: Path, catalogue: Catalogue, now: datetime) -> "Composer":
    """A composer with the theme of the site in `root`; ThemeError if that cannot be read."""
    name, *parents = catalogue.look.themes
    return Composer(load_theme(name, root, *parents), catalogue, now)


class Composer:
    """Composes letters in the words of a theme, as of a moment."""

    def __init__(self, theme: Theme, catalogue: Catalogue, now: datetime) -> None:
        self.theme, self.catalogue, self.now = theme, catalogue, now
        self.colours = palette(catalogue.look.colours, "light")
        self._editions: dict[tuple[str, str], Edition] = {}
        self._shared: dict[tuple[str, str, str], Shared] = {}
        self._pictures: dict[str, bytes] = {}

    def compose(self, letter: Letter) -> tuple[LetterView, str, bytes]:
        """The letter as it is seen, its subject, and the message."""
        edition, shared = self._common(letter)
        view = letter_view(edition, shared, letter.batch, letter.award, letter.name)
        words = {"letter": view, "shared": shared, "colours": self.colours}
        text, html = (str(edition.draw(template, **words)) for template in ("letter.txt", "letter.html"))
        subject = one_line(edition.wording.gettext("Your badge: %(badge)s") % {"badge": shared.name.words})
        badge = self.catalogue.badges[letter.batch.badge]
        sender = self.catalogue.issuers[badge.issuer].email
        envelope = Envelope(
            sender=Mailbox(one_line(shared.issuer.words), sender),
            to=Mailbox(view.name or "", letter.email),
            answers=contact_of(self.catalogue, badge),
            subject=subject,
            language=shared.tag,
            now=self.now,
        )
        return view, subject, message(envelope, Parts(text, html, self._picture(letter, shared)), letter.award.id)

    def _common(self, letter: Letter) -> tuple[Edition, Shared]:
        """What the letters of a language have in common, and those about a badge."""
        plan = plan_of_batch(self.catalogue, letter.batch.slug)
        where = (plan.base, letter.language)
        if where not in self._editions:
            self._editions[where] = Edition(self.theme, self.catalogue, plan, self.now.date(), letter.language)
        edition, key = self._editions[where], (*where, letter.batch.badge)
        if key not in self._shared:
            self._shared[key] = shared_view(edition, self.catalogue.badges[letter.batch.badge])
        return edition, self._shared[key]

    def _picture(self, letter: Letter, shared: Shared) -> bytes:
        if shared.picture not in self._pictures:
            png = raster.small_png(self.catalogue.badge_pictures[letter.batch.badge], _SIDE)
            self._pictures[shared.picture] = picture_part(png, shared.picture)
        return self._pictures[shared.picture]
