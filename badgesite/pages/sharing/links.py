"""Links by which a holder hands an award on: to networks, to a LinkedIn profile, by e-mail.

The address of an award holds letters, digits and `:/.-` alone, all of which a query and a fragment may hold as they
are (RFC 3986, sections 3.4 and 3.5), so it is not written in percent signs.
"""

from datetime import date
from urllib.parse import quote

# A network, and what stands before the address of what is shared. Each shows the page's own title and picture, which it
# reads there. Mastodon's page asks for one's server, and keeps what comes after the `#` in the browser.
NETWORKS = (
    ("LinkedIn", "https://www.linkedin.com/sharing/share-offsite/?url="),
    ("WhatsApp", "https://wa.me/?text="),
    ("Telegram", "https://t.me/share/url?url="),
    ("Facebook", "https://www.facebook.com/sharer.php?u="),
    ("X", "https://x.com/intent/post?url="),
    ("Bluesky", "https://bsky.app/intent/compose?text="),
    ("Mastodon", "https://share.joinmastodon.org/#text="),
    ("Pinterest", "https://pinterest.com/pin/create/link/?url="),
)


def linkedin_profile(name: str, organisation: str, first: date, last: date | None, page: str, award: str) -> str:
    """The form in which a member adds a certification to their profile, with its fields filled in.

    The form takes years and months alone, of the days that the record names: no time zone moves them.
    """
    fields: dict[str, object] = {"startTask": "CERTIFICATION_NAME", "name": name, "organizationName": organisation}
    fields |= {"issueYear": first.year, "issueMonth": first.month}
    if last:
        fields |= {"expirationYear": last.year, "expirationMonth": last.month}
    query = "&".join(f"{field}={quote(str(value), safe='')}" for field, value in fields.items())
    return f"https://www.linkedin.com/profile/add?{query}&certUrl={page}&certId={award}"


def letter(subject: str, page: str) -> str:
    """A letter to somebody, with the address of a page in it (RFC 6068)."""
    return f"mailto:?subject={quote(subject, safe='')}&body={page}"


def complaint(address: str, page: str) -> str:
    """A letter to `address` about a page."""
    return f"mailto:{quote(address, safe='@')}?subject={page}"
