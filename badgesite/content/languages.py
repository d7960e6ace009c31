"""The languages that a site's file seems to write, for reading the other files before all is well with it."""

from badgesite.content.yaml.nodes import Mapping, Node, Scalar, Sequence
from badgesite.model.site import Site
from badgesite.model.text import LANGUAGE


def languages_in(node: Node) -> tuple[str, ...] | None:
    """The languages that a site's file seems to write, in whatever state the rest of it is.

    None where no key is `languages`, and one that is no key of ours may be meant for it.
    """
    written = node.entries.get("languages") if isinstance(node, Mapping) else None
    if written is None:
        return ("en",) if isinstance(node, Mapping) and node.entries.keys() <= Site.model_fields.keys() else None
    if not isinstance(written[1], Sequence) or not written[1].items:
        return None
    tags = tuple(str(item.text) for item in written[1].items if isinstance(item, Scalar))
    return tags if len(tags) == len(written[1].items) and all(map(LANGUAGE.fullmatch, tags)) else None
