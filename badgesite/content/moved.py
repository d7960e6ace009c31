"""Badges that were moved: what names one by a name that it had before means the badge as it is called now."""

from collections.abc import Collection, Mapping

from badgesite.content.yaml.binding import Bound
from badgesite.model.badge import BadgeClass


def former_names(badges: Mapping[str, Bound[BadgeClass]]) -> dict[str, str]:
    """The present name by each former one; a name that another badge has now is that badge's."""
    nouns = {slug: bound.noun for slug, bound in sorted(badges.items()) if bound.noun}
    return {old: slug for slug, badge in nouns.items() for old in badge.formerly if old not in badges}


def renamed_badges(
    badges: Mapping[str, BadgeClass], former: Mapping[str, str], pictured: Collection[str]
) -> dict[str, BadgeClass]:
    """The badges that have a picture, each naming others as they are called now."""
    return {slug: _naming(badge, former) if former else badge for slug, badge in badges.items() if slug in pictured}


def _naming(badge: BadgeClass, former: Mapping[str, str]) -> BadgeClass:
    part_of = tuple(former.get(name, name) for name in badge.part_of)
    replaces = former.get(badge.replaces, badge.replaces) if badge.replaces else None
    if (part_of, replaces) == (badge.part_of, badge.replaces):
        return badge
    return badge.model_copy(update={"part_of": part_of, "replaces": replaces})
