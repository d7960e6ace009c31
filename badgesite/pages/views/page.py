"""What every page has around its own words."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from markupsafe import Markup

from badgesite.model.catalogue import Catalogue
from badgesite.pages.cards.sharing import Share
from badgesite.pages.dates import direction_of, own_name
from badgesite.pages.edition import Edition, Said
from badgesite.pages.theme import ICON, STYLESHEET
from badgesite.plan import FEED, Plan

LINKED_DATA = "application/ld+json"
JSON = "application/json"
ATOM = "application/atom+xml"

OWN_FILES = "'self'"
ANY_HOST = "'self' https:"
NOTHING = "'none'"

Linker = Callable[[str], str]
Address = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere."""

    url: str
    words: Said


@dataclass(frozen=True, slots=True)
class Document:
    """The same thing for software: `<link rel="alternate">`."""

    type: str
    url: str


@dataclass(frozen=True, slots=True)
class Translation:
    """A page in one of the site's languages; `link` leads there from this page, `url` from anywhere."""

    tag: str
    name: str
    link: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Chrome:
    """What all pages of one folder and language share: languages, the head's links, header and footer as drawn."""

    tag: str
    direction: str
    body_language: str | None
    body_direction: str
    site: Said
    head: Markup
    header: Markup
    footer: Markup


@dataclass(frozen=True, slots=True)
class PageView:
    """A page's own lines in `<head>`, and the way to its translations."""

    title: str
    title_lang: str | None
    url: str
    hidden: bool
    translations: tuple[Translation, ...]
    canonical: str
    moved: Link | None = None
    documents: tuple[Document, ...] = ()
    description: str | None = None
    share: Share | None = None


@dataclass(frozen=True, slots=True)
class _Footer:
    words: Said | None
    issuers: tuple[Link, ...]
    pages: tuple[Link, ...]
    verify: str
    statistics: str | None
    portfolio: str
    feed: str
    contact: str | None
    declaration: str | None
    feedback: str | None
    rehearsal: bool


def relative(plan: Plan, source: str) -> Linker:
    """Links from the page at `source`, which work behind any web server."""
    return lambda target: plan.link(source, target)


def from_host(plan: Plan) -> Linker:
    """Links from the root of the host, for the page that is shown at any address."""
    start = urlsplit(plan.base).path
    return lambda target: start + plan.link("index.html", target).removeprefix("./")


def chrome(edition: Edition, link: Linker, reach: str = "", *, brief: bool = False, logo_alone: bool = False) -> Chrome:
    """The common parts of pages from which `link` leads away.

    `reach` is what a page's scripts may ask, as in a Content-Security-Policy; without it, it has no scripts.
    A `brief` footer leaves out what an award's page, of which there are many, need not say as well.
    With `logo_alone` the header does not say the name of the site, where the page's title does.
    """
    plan, theme, site = edition.plan, edition.theme, edition.catalogue.site
    assets = {name: link(plan.asset(name, theme.assets[name].digest)) for name in (STYLESHEET, ICON)}
    title = edition.said(site.title)
    home, logo = link(plan.home(edition.tag)), _logo(edition, link)
    return Chrome(
        tag=edition.tag,
        direction=direction_of(edition.tag),
        body_language=None if edition.body_language == edition.tag else edition.body_language,
        body_direction=direction_of(edition.body_language),
        site=title,
        head=edition.draw("parts/head.html", stylesheet=assets[STYLESHEET], icon=assets[ICON], reach=reach),
        header=edition.draw(
            "parts/header.html", home=home, site=title, logo=logo, alone=logo_alone, rehearsal=site.rehearsal
        ),
        footer=edition.draw("parts/footer.html", footer=_footer(edition, link), home=home, brief=brief),
    )


def _logo(edition: Edition, link: Linker) -> str | None:
    logo = edition.catalogue.look.logo
    return link(edition.plan.logo(logo.kind, logo.digest)) if logo else None


def _footer(edition: Edition, link: Linker) -> _Footer:
    catalogue, plan = edition.catalogue, edition.plan
    site = catalogue.site
    return _Footer(
        words=edition.maybe_prose(site.footer),
        issuers=tuple(
            Link(link(plan.issuer_page(slug, edition.tag)), edition.said(issuer.name))
            for slug, issuer in catalogue.issuers.items()
        ),
        pages=page_links(edition, link),
        verify=link(plan.verify_page(edition.tag)),
        statistics=link(plan.statistics_page(edition.tag)) if has_numbers(catalogue) else None,
        portfolio=link(plan.portfolio_page(edition.tag)),
        feed=link(FEED),
        contact=site.contact.email if site.contact else None,
        declaration=site.accessibility.declaration if site.accessibility else None,
        feedback=site.accessibility.feedback if site.accessibility else None,
        rehearsal=site.rehearsal,
    )


def has_numbers(catalogue: Catalogue) -> bool:
    """Whether there is anything in the statistics, so that pages and the sitemap lead there."""
    told = catalogue.site.indicators and not catalogue.later
    return bool(told) or any(batch.awards for batch in catalogue.batches.values())


def page_links(edition: Edition, link: Linker) -> tuple[Link, ...]:
    """The free pages."""
    return tuple(
        Link(link(edition.plan.free_page(slug, edition.tag)), edition.said(page.title))
        for slug, page in edition.catalogue.pages.items()
    )


def page_view(
    edition: Edition,
    address: Address,
    title: tuple[str, str],
    *,
    hidden: bool = False,
    documents: tuple[Document, ...] = (),
    description: str | None = None,
    stays: Address | None = None,
    share: Share | None = None,
) -> PageView:
    """A page whose path in a language is `address(language)`; `title` is the language and words of its title.

    If the site has moved on, the page says so, and leads to the same page there; one that `stays` leads to another.
    """
    plan, moved = edition.plan, _moved(edition, (stays or address)(edition.tag))
    source = address(edition.tag)
    tag, words = title
    return PageView(
        title=words,
        title_lang=None if tag == edition.tag else tag,
        url=plan.url(source),
        hidden=hidden or edition.catalogue.site.rehearsal,
        translations=tuple(
            Translation(
                tag=language,
                name=own_name(language),
                link=plan.link(source, address(language)),
                url=plan.url(address(language)),
                current=language == edition.tag,
            )
            for language in plan.languages
        ),
        canonical=moved.url if moved and not stays else plan.url(source),
        moved=moved,
        documents=documents,
        description=description,
        share=share,
    )


def _moved(edition: Edition, path: str) -> Link | None:
    """The way to a page where the site is now, called by the address of the site; None if it is here."""
    later = edition.catalogue.later
    return (
        Link(Plan(later, edition.plan.languages).url(path), Said(later.partition("//")[2].rstrip("/")))
        if later
        else None
    )


def host_of(url: str) -> str:
    """The host of a web address, as a reader sees it in the address bar."""
    return urlsplit(url).netloc
