"""A free page: `content/pages/<page>.md`, with translations `<page>.<lang>.md`."""

from dataclasses import dataclass

from badgesite.model.text import Text


@dataclass(frozen=True, slots=True)
class Page:
    """Title and Markdown body (without its first heading) by language; `slug` is the file's name."""

    slug: str
    title: Text
    body: Text
