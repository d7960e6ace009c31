"""Every URL and output path, decided once (docs/formats.md, Published files).

A path is POSIX, from the root of the site, and names a file; `index.html` is left out of its URL.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from posixpath import commonprefix
from urllib.parse import quote

from badgesite.model.catalogue import Catalogue
from badgesite.model.site import Site
from badgesite.model.text import LANGUAGE

INDEX = "index.html"
_MARK = 8  # of a digest: enough to tell a file of the theme from its next version, on every page of an award
_SAFE = re.compile(r"[A-Za-z0-9_.~/-]*")  # what `quote` leaves as it is: nearly all paths, more quickly
_PASSING = re.compile(rf"assets/|sitemap-|(?:{LANGUAGE.pattern}/)?catalogue/")  # badges/ is no language
_OWNED = re.compile(r"(?:[^/]+/)?(award|badge|issuer|page)s/([^/]+)/")


@dataclass(frozen=True, slots=True)
class Plan:
    """Addresses of a site at `base` (ending in a slash) in `languages`, the first of which lives at the root."""

    base: str
    languages: tuple[str, ...]

    @property
    def first(self) -> str:
        """The language at the root."""
        return self.languages[0]

    def url(self, path: str) -> str:
        """The absolute URL of a path."""
        plain = _without_index(path)
        return self.base + (plain if _SAFE.fullmatch(plain) else quote(plain))

    def link(self, source: str, target: str) -> str:
        """A relative link from the page at path `source` to `target`, which works behind any web server."""
        folders, plain = source.split("/")[:-1], _without_index(target)
        goal = plain.rstrip("/").split("/") if plain else []
        shared = len(commonprefix([folders, goal]))
        link = "/".join([".."] * (len(folders) - shared) + goal[shared:]) or "."
        return quote(link) + ("/" if plain.endswith("/") or not plain else "")

    def localised(self, path: str, language: str) -> str:
        """The same page in another language: `en/` before it, nothing for the first."""
        return path if language == self.first else f"{language}/{path}"

    def home(self, language: str) -> str:
        """The catalogue page."""
        return self.localised(INDEX, language)

    def issuer_page(self, issuer: str, language: str) -> str:
        """The page of an issuer."""
        return self.localised(f"issuers/{issuer}/{INDEX}", language)

    def issuer_document(self, issuer: str) -> str:
        """The OB 2.0 Issuer."""
        return f"issuers/{issuer}/issuer.json"

    def revocations(self, issuer: str) -> str:
        """The OB 2.0 RevocationList of an issuer."""
        return f"issuers/{issuer}/revocations.json"

    def issuer_image(self, issuer: str, kind: str) -> str:
        """The logo of an issuer; `kind` is png or svg."""
        return f"issuers/{issuer}/image.{kind}"

    def badge_page(self, badge: str, language: str) -> str:
        """The page of a badge class."""
        return self.localised(f"badges/{badge}/{INDEX}", language)

    def badge_document(self, badge: str) -> str:
        """The OB 2.0 BadgeClass."""
        return f"badges/{badge}/badge.json"

    def badge_image(self, badge: str, kind: str) -> str:
        """The picture of a badge class; `kind` is png or svg."""
        return f"badges/{badge}/image.{kind}"

    def badge_card(self, badge: str, language: str) -> str:
        """The picture that is shown where a link to the badge, or to one of its awards, is shared; 1200 x 630."""
        return f"badges/{badge}/card.{language}.png"

    def badge_square(self, badge: str, language: str) -> str:
        """The same as a square, 1080 x 1080."""
        return f"badges/{badge}/square.{language}.png"

    def award_page(self, award: str, language: str) -> str:
        """The page of an award."""
        return self.localised(f"awards/{award}/{INDEX}", language)

    def assertion(self, award: str) -> str:
        """The OB 2.0 Assertion."""
        return f"awards/{award}/assertion.json"

    def award_image(self, award: str, kind: str) -> str:
        """The baked picture of an award; `kind` is png or svg."""
        return f"awards/{award}/badge.{kind}"

    def did(self, issuer: str) -> str:
        """The issuer's name in Open Badges 3.0: a did:web whose document is `did_document` (did:web, section 3.1)."""
        return _did(self.base, issuer)

    def did_document(self, issuer: str) -> str:
        """The keys of an issuer."""
        return f"issuers/{issuer}/did.json"

    def profile(self, issuer: str) -> str:
        """The OB 3.0 Profile."""
        return f"issuers/{issuer}/profile.json"

    def achievement(self, badge: str, language: str) -> str:
        """The OB 3.0 Achievement in a language."""
        return self.localised(f"badges/{badge}/achievement.json", language)

    def credential(self, award: str) -> str:
        """The OB 3.0 AchievementCredential, with an embedded proof."""
        return f"awards/{award}/credential.json"

    def credential_jwt(self, award: str) -> str:
        """The same credential as a VC-JWT."""
        return f"awards/{award}/credential.jwt"

    def holder(self, award: str) -> str:
        """The URL that stands for the holder of an award."""
        return f"{self.url(self.award_page(award, self.first))}#holder"

    def status_list(self, issuer: str, name: str) -> str:
        """A signed status list."""
        return f"status/{issuer}/{name}.json"

    def status_jwt(self, issuer: str, name: str) -> str:
        """The same status list as a VC-JWT."""
        return f"status/{issuer}/{name}.jwt"

    def sitemap_part(self, number: int) -> str:
        """One of the sitemaps that the sitemap names when its addresses are too many for one file; from 1."""
        return f"sitemap-{number}.xml"

    def free_page(self, page: str, language: str) -> str:
        """A free page."""
        return self.localised(f"pages/{page}/{INDEX}", language)

    def verify_page(self, language: str) -> str:
        """The page that checks any badge in the visitor's browser."""
        return self.localised(f"verify/{INDEX}", language)

    def statistics_page(self, language: str) -> str:
        """What was awarded, in numbers."""
        return self.localised(f"statistics/{INDEX}", language)

    def portfolio_page(self, language: str) -> str:
        """The page that shows the awards which the fragment of its address names (docs/formats.md, Portfolios)."""
        return self.localised(f"portfolio/{INDEX}", language)

    def facet_page(self, facet: str, value: str, language: str) -> str:
        """The badges that have a value of a facet; not permanent."""
        return self.localised(f"catalogue/{facet}/{value}/{INDEX}", language)

    def facet_index(self, facet: str, language: str) -> str:
        """All values of a facet; not permanent."""
        return self.localised(f"catalogue/{facet}/{INDEX}", language)

    def module(self, folder: str, digest: str, name: str) -> str:
        """A script of the theme, in a folder named by all its scripts, so that they find each other; not permanent."""
        return f"assets/{folder}.{digest[:_MARK]}/{name}"

    def logo(self, kind: str, digest: str) -> str:
        """The logo of the site; `kind` is png or svg. Named by its content; not permanent."""
        return self.asset(f"site-logo.{kind}", digest)

    def asset(self, name: str, digest: str) -> str:
        """A file of the theme, named by its content; not permanent. `digest` is hexadecimal."""
        return f"assets/{asset_name(name, digest)}"


def asset_name(name: str, digest: str) -> str:
    """What a file of the theme is called among the assets, where they name one another."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem}.{digest[:_MARK]}.{ending}" if dot else f"{name}.{digest[:_MARK]}"


CATALOGUE = "catalogue.json"
FEED = "feed.xml"
STATISTICS_CSV = "statistics/statistics.csv"
STATISTICS_JSON = "statistics/statistics.json"
SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
NOT_FOUND = "404.html"
NO_JEKYLL = ".nojekyll"
MANIFEST = "manifest.json"


def plan_of(site: Site) -> Plan:
    """The plan of a site; a rehearsal is planned at its local address."""
    return Plan(site.base, site.languages)


def plan_of_batch(catalogue: Catalogue, batch: str) -> Plan:
    """The plan by which a batch (slug) was recorded: that of the site, or of where the site was then."""
    return _plan(catalogue.base_of(batch), catalogue.site.languages)


_plan = lru_cache(maxsize=16)(Plan)  # asked for each award


@lru_cache(maxsize=64)
def _did(base: str, issuer: str) -> str:
    host, _, path = base.removeprefix("https://").partition("/")
    return ":".join(("did:web", host, *filter(None, path.split("/")), "issuers", issuer))


def owner_of(path: str) -> str | None:
    """Whose file `path` is, in any language, as `award:<id>`, `badge:<slug>` and so on; None for the site's own."""
    found = _OWNED.match(path)
    return f"{found[1]}:{found[2]}" if found else None


def is_passing(path: str) -> bool:
    """Whether nobody was promised that a file stays: assets, parts of the sitemap, pages of facets."""
    return bool(_PASSING.match(path))


def _without_index(path: str) -> str:
    return path[: -len(INDEX)] if path == INDEX or path.endswith(f"/{INDEX}") else path
