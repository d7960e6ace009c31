"""Sites drawn for tests: the small one of tests/sites.py with more of everything, and what its pages say."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from badgesite.content.reading import read_or_raise
from badgesite.model.award import State
from badgesite.model.catalogue import Catalogue
from badgesite.pages.award_pages import award_pages, erased_pages
from badgesite.pages.feeds import feed, robots, sitemaps
from badgesite.pages.raster import png_of, revoked_png
from badgesite.pages.site_pages import class_pages
from badgesite.pages.statistics.page import statistics_pages
from badgesite.pages.theme import Theme, load_theme
from badgesite.plan import Plan, plan_of
from badgesite.statistics.counting import statistics_of
from tests import sites

AS_OF = date(2026, 1, 15)
BASE = "https://badges.example.edu/"
IDS = {
    "named": "3f0c7a52-6f2e-4c1b-9a57-0d5a2b8f6e11",
    "unnamed": "b7e4c1d0-92aa-4f3e-8c61-5d1f0e7a9b22",
    "public": "0a5d4a0e-5b0f-4a3c-9f0a-2b6f1c9d7e33",
    "expired": "1c2d3e4f-0a1b-4c2d-8e3f-4a5b6c7d8e44",
    "revoked": "2d3e4f5a-1b2c-4d3e-9f4a-5b6c7d8e9f55",
    "rich": "3e4f5a6b-2c3d-4e4f-8a5b-6c7d8e9f0a66",
}
ERASED = "4f5a6b7c-3d4e-4f5a-9b6c-7d8e9f0a1b77"
LOCK = f"lock 1\n{ERASED}\n{ERASED} erased 2026-01-12\n{ERASED} revoked\nbadge english-b2\nbase {BASE}\n"
LOCK_PATH = f"content/published/batches/{Path(sites.BATCH_PATH).stem}.lock"


def _recipient(name: str) -> str:
    digit = list(IDS).index(name)
    return f"{{identity: sha256${f'a{digit}' * 32}, salt: {f'c{digit}' * 16}}}"


BATCH = f"""\
badge: english-b2
date: 2023-07-14
activity: {{name: {{it: Corso di inglese, en: English course}}, from: 2023-03-01, to: 2023-07-07}}
awards:
  - {{id: {IDS["named"]}, recipient: {_recipient("named")}, name: Ada <b>Esempio</b> & C., result: b2, group: student}}
  - {{id: {IDS["unnamed"]}, recipient: {_recipient("unnamed")}, visibility: unnamed, result: b1, group: staff}}
  - {{id: {IDS["public"]}, recipient: {_recipient("public")}, name: Bruno Esempio, visibility: public, result: b2}}
  - {{id: {IDS["expired"]}, recipient: {_recipient("expired")}, name: Carla Esempio, expires: 2025-12-31}}
  - id: {IDS["revoked"]}
    recipient: {_recipient("revoked")}
    name: Dario Esempio
    revoked: {{date: 2024-01-10, reason: Assegnato per errore}}
  - id: {IDS["rich"]}
    recipient: {_recipient("rich")}
    name: Elena Esempio
    credits: 3.5
    unit: ict
    changed: 2024-02-01
    narrative: Ha guidato *tutto* il gruppo.
    evidence: [https://evidence.example.org/one, https://evidence.example.org/two]
"""
OLD = """\
name: Inglese B2 (2019)
description: Solo in italiano.
criteria: |
  # Prova

  Vecchia prova, [descritta qui](https://www.example.edu/prova).
image: old.svg
notice: "Non comporta *di per sé* crediti."
"""
BADGE_MORE = """\
category: language
replaces: english-b2-2019
part_of: [minor]
approvals:
  - {status: approved, body: Presidio della Qualità, date: 2022-09-14, reference: Verbale 7/2022, from: 2022-10-01, to: 2026-09-30, places: 400}
amended:
  - {date: 2024-05-06, note: {it: Corretto un refuso nei criteri, en: A misprint in the criteria was mended}}
"""  # noqa: E501
MINOR = """\
name: {it: Minor, en: Minor}
description: {it: Un minor., en: A minor.}
criteria: {it: Tutti i badge., en: All badges.}
image: minor.svg
result: {name: {it: Voto, en: Mark}, min: 18, max: 30}
valid_for: 18 months
"""
FILES: Mapping[str, str | bytes | None] = {
    sites.BATCH_PATH: BATCH,
    sites.BADGE_PATH: sites.BADGE + BADGE_MORE,
    "content/badges/english-b2-2019.yaml": OLD,
    "content/badges/old.svg": sites.PICTURE,
    "content/badges/minor.yaml": MINOR,
    "content/badges/minor.svg": sites.PICTURE,
    "content/pages/privacy.md": "# Dati personali\n\n## Chi\n\nScrivere a <openbadge@example.edu>.\n",
    "content/pages/privacy.en.md": "# Personal data\n\n## Who\n\nWrite to <openbadge@example.edu>.\n",
    "content/pages/solo.md": "# Solo in italiano\n\nTesto.\n",
}
SITE = {
    "categories": "{language: {it: Lingue, en: Languages}}",
    "contact": "{email: openbadge@example.edu}",
    "groups": "{student: {name: {it: Studenti, en: Students}}, staff: {name: {it: Personale, en: Staff}}}",
    "indicators": "[{name: {it: Studenti, en: Students}, counts: [student], periods: ["
    "{name: a.a. 2022/23, from: 2022-09-01, to: 2023-08-31, target: 10},"
    "{name: Progetto, from: 2023-01-01, to: 2026-12-31, target: 3}]}]",
    "accessibility": "{declaration: https://www.example.edu/accessibility, feedback: access@example.edu}",
}


@dataclass(frozen=True)
class Sample:
    """A site and everything of it that pages/ draws: path to bytes."""

    theme: Theme
    catalogue: Catalogue
    plan: Plan
    files: Mapping[str, bytes]
    unlisted: frozenset[str]

    def text(self, path: str) -> str:
        return self.files[path].decode()

    def award(self, name: str, language: str = "it") -> str:
        return self.text(self.plan.award_page(IDS[name], language))

    def html(self) -> dict[str, str]:
        return {path: data.decode() for path, data in self.files.items() if path.endswith(".html")}


def drawn(root: Path, files: Mapping[str, str | bytes | None] | None = None, **overrides: str | None) -> Sample:
    """The rich site in `root`, drawn; `base_url=None` makes it a rehearsal."""
    options: dict[str, str | None] = {"base_url": BASE, **SITE, **overrides}
    sites.write_site(root, {**FILES, **(files or {})}, **options)
    return draw(root)


def draw(root: Path, not_issued: Collection[str] = ()) -> Sample:
    """The site that is in `root`, drawn as of `AS_OF`; `not_issued` are the names of awards."""
    catalogue = read_or_raise(root).catalogue
    assert catalogue is not None
    name, *parents = catalogue.look.themes
    plan, theme = plan_of(catalogue.site), load_theme(name, root, *parents).in_colours(catalogue.look.colours)
    artifacts = [
        *class_pages(theme, catalogue, plan, AS_OF),
        *statistics_pages(theme, catalogue, plan, AS_OF, statistics_of(catalogue)),
        *award_pages(theme, catalogue, plan, AS_OF, catalogue.each_award(), [IDS[name] for name in not_issued]),
        *erased_pages(theme, catalogue, plan, AS_OF),
        feed(theme, catalogue, plan, AS_OF),
        *sitemaps(theme, catalogue, plan, AS_OF),
        robots(catalogue, plan),
    ]
    files = {artifact.path: artifact.data for artifact in artifacts}
    unlisted = frozenset(artifact.path for artifact in artifacts if not artifact.listed)
    return Sample(theme, catalogue, plan, files, unlisted)


def pictures(sample: Sample) -> dict[str, bytes]:
    """The pictures that the pages show."""
    catalogue, plan = sample.catalogue, sample.plan
    found: dict[str, bytes] = {}
    for slug, picture in catalogue.badge_pictures.items():
        found[plan.badge_image(slug, "png")] = png_of(picture)
        found[plan.badge_image(slug, picture.kind)] = picture.data
    for slug, picture in catalogue.issuer_pictures.items():
        found[plan.issuer_image(slug, "png")] = png_of(picture)
        found[plan.issuer_image(slug, picture.kind)] = picture.data
    for batch, award in catalogue.each_award():
        picture = catalogue.badge_pictures[batch.badge]
        revoked = catalogue.state(batch, award, AS_OF) is State.REVOKED
        found[plan.award_image(award.id, "png")] = revoked_png(picture, "REVOCATO") if revoked else png_of(picture)
        found[plan.award_image(award.id, "svg")] = picture.data
    return found
