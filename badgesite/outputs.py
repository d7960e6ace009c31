"""The index of all we publish: two tuples of makers, for what there is once or per badge, and for awards."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from importlib.metadata import version
from itertools import groupby
from pathlib import Path

from badgesite.artifact import Artifact, Written, text_artifact
from badgesite.model.award import Award, Batch
from badgesite.model.catalogue import Catalogue
from badgesite.model.picture import Picture
from badgesite.pages import feeds, open_data, raster, site_pages
from badgesite.pages.award_pages import award_pages as pages_of_awards
from badgesite.pages.theme import Theme, load_theme
from badgesite.plan import MANIFEST, NO_JEKYLL, Plan, plan_of
from badgesite.standards import ob2
from badgesite.standards.baking import KEYWORDS, PngMould, SvgMould, png_mould, svg_mould

Recorded = tuple[Batch, Award]
SHAPING = ("badgesite", "babel", "font-roboto", "jinja2", "markdown", "nh3", "resvg-py")


def draw(picture: Picture, band: str) -> bytes:
    """The picture as PNG, under a band that says `band` unless that is empty."""
    return raster.revoked_png(picture, band) if band else raster.png_of(picture)


Draw = Callable[[Picture, str], bytes]


@dataclass(frozen=True, slots=True)
class Context:
    """What every maker needs; `draw` does what the function of that name does, which takes its time."""

    catalogue: Catalogue
    plan: Plan
    theme: Theme
    as_of: date
    draw: Draw


def context_of(catalogue: Catalogue, root: Path, as_of: date, draw: Draw = draw) -> Context:
    """The context of a build of the site in `root`; ThemeError if its theme cannot be read."""
    return Context(catalogue, plan_of(catalogue.site), load_theme(catalogue.site.theme, root), as_of, draw)


def class_artifacts(context: Context) -> Iterator[Artifact]:
    """Everything there is once, or once per issuer, badge and page."""
    for maker in CLASS_MAKERS:
        yield from maker(context)


def award_artifacts(context: Context, awards: Iterable[Recorded]) -> Iterator[Artifact]:
    """Everything below awards/; quickest when awards of one badge stand together."""
    for _, of_badge in groupby(awards, key=lambda recorded: recorded[0].badge):
        together = tuple(of_badge)
        for maker in AWARD_MAKERS:
            yield from maker(context, together)


def issuer_documents(context: Context) -> Iterator[Artifact]:
    """Per issuer: issuer.json and revocations.json (OB 2.0)."""
    catalogue, plan = context.catalogue, context.plan
    for slug in catalogue.issuers:
        yield text_artifact(plan.issuer_document(slug), ob2.text_of(ob2.issuer(catalogue, plan, slug)))
        yield text_artifact(plan.revocations(slug), ob2.text_of(ob2.revocation_list(catalogue, plan, slug)))


def badge_documents(context: Context) -> Iterator[Artifact]:
    """Per badge: badge.json (OB 2.0)."""
    catalogue, plan = context.catalogue, context.plan
    for slug in catalogue.badges:
        yield text_artifact(plan.badge_document(slug), ob2.text_of(ob2.badge_class(catalogue, plan, slug)))


def pictures(context: Context) -> Iterator[Artifact]:
    """Issuers' logos, and badges' pictures: image.png for all, image.svg for an SVG."""
    catalogue, plan = context.catalogue, context.plan
    for slug, logo in catalogue.issuer_pictures.items():
        yield Artifact(plan.issuer_image(slug, logo.kind), logo.data, words=_words(logo.kind, logo.data))
    for slug, picture in catalogue.badge_pictures.items():
        yield Artifact(plan.badge_image(slug, "png"), context.draw(picture, ""))
        if picture.kind == "svg":
            yield Artifact(plan.badge_image(slug, "svg"), picture.data, words=picture.data)


def class_pages(context: Context) -> Iterator[Artifact]:
    """Pages in every language, and what they need."""
    return site_pages.class_pages(context.theme, context.catalogue, context.plan, context.as_of)


def indexes(context: Context) -> Iterator[Artifact]:
    """What machines read about the whole site: catalogue, feed, sitemap, robots."""
    catalogue, plan, theme, as_of = context.catalogue, context.plan, context.theme, context.as_of
    yield open_data.open_catalogue(catalogue, plan)
    yield feeds.feed(theme, catalogue, plan, as_of)
    yield from feeds.sitemaps(theme, catalogue, plan, as_of)
    yield feeds.robots(catalogue, plan)
    yield Artifact(NO_JEKYLL, b"")


def award_pages(context: Context, awards: Iterable[Recorded]) -> Iterator[Artifact]:
    """The page of each award in every language."""
    return pages_of_awards(context.theme, context.catalogue, context.plan, context.as_of, awards)


def award_documents(context: Context, awards: Iterable[Recorded]) -> Iterator[Artifact]:
    """assertion.json (OB 2.0), and the picture with it baked in; of a revoked award a stub and a banded picture."""
    moulds: dict[str, Moulds] = {}
    catalogue, plan = context.catalogue, context.plan
    for batch, award in awards:
        of_badge = moulds.get(batch.badge) or moulds.setdefault(batch.badge, Moulds(context, batch.badge))
        listed = catalogue.visibility(batch, award) == "public"
        text = ob2.text_of(ob2.assertion(catalogue, plan, batch, award))
        yield text_artifact(plan.assertion(award.id), text, listed=listed)
        yield from of_badge.pictures(award, text.removesuffix("\n"), listed)


class Moulds:
    """The pictures of a badge, made ready once for all its awards."""

    def __init__(self, context: Context, badge: str) -> None:
        self.context = context
        self.picture = context.catalogue.badge_pictures[badge]
        self.png: PngMould = png_mould(context.draw(self.picture, ""))
        self.svg: SvgMould | None = svg_mould(self.picture.data, "ob2") if self.picture.kind == "svg" else None
        self._banded: tuple[bytes, bytes] | None = None

    def pictures(self, award: Award, text: str, listed: bool) -> Iterator[Artifact]:
        """badge.png, and badge.svg for an SVG."""
        plan = self.context.plan
        png_path, svg_path = plan.award_image(award.id, "png"), plan.award_image(award.id, "svg")
        if award.revoked:
            png, svg = self.banded()
            yield Artifact(png_path, png, listed=listed)
            if self.svg:
                yield Artifact(svg_path, svg, words=svg, listed=listed)
            return
        words = text.encode()
        yield Artifact(png_path, self.png.bake({KEYWORDS["ob2"]: text}), words=words, listed=listed)
        if self.svg:
            baked = self.svg.bake(plan.url(plan.assertion(award.id)), text)
            yield Artifact(svg_path, baked, words=words, listed=listed)

    def banded(self) -> tuple[bytes, bytes]:
        """PNG and SVG for revoked awards, without a badge in them, in the site's first language."""
        if self._banded is None:
            word = self.context.theme.wording(self.context.plan.first).gettext("Revoked")
            self._banded = self.context.draw(self.picture, word), raster.revoked_svg(self.picture, word)
        return self._banded


def manifest(as_of: date, shared: Iterable[Written], awards: Iterable[Written]) -> Artifact:
    """manifest.json: what anyone may find, with its SHA-256 and size, the day, and the versions that shaped the bytes.

    `awards` is one digest over every file below awards/, in all languages: the SHA-256 of the lines
    `<sha256 of the file>  <path>`, sorted by path, each ended by a line feed, as `sha256sum` prints them.
    """
    awards = sorted(awards, key=lambda item: item.path)
    lines = "".join(f"{item.digest}  {item.path}\n" for item in awards)
    listed = sorted((item for item in (*shared, *awards) if item.listed), key=lambda item: item.path)
    document = {
        "version": 1,
        "as_of": as_of.isoformat(),
        "versions": {name: version(name) for name in SHAPING},
        "awards": {"sha256": sha256(lines.encode()).hexdigest()},
        "files": {item.path: {"sha256": item.digest, "size": item.size} for item in listed},
    }
    return text_artifact(MANIFEST, json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def _words(kind: str, data: bytes) -> bytes:
    return data if kind == "svg" else b""


CLASS_MAKERS: tuple[Callable[[Context], Iterator[Artifact]], ...] = (
    issuer_documents,
    badge_documents,
    pictures,
    class_pages,
    indexes,
)
AWARD_MAKERS: tuple[Callable[[Context, Iterable[Recorded]], Iterator[Artifact]], ...] = (award_pages, award_documents)
