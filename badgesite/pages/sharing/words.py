"""What the scripts say that help a holder to share, and a visitor to compare an address; `_` is for translators."""

from collections.abc import Callable

_: Callable[[str], str] = str

SHARING = {
    "match": _("It matches: this badge was awarded to %(email)s."),
    "no-match": _(
        "No match: this badge was not awarded to %(email)s. People have several addresses: ask for the one to which "
        "the badge was sent."
    ),
    "match-empty": _("Type the e-mail address that the candidate gave you."),
    "match-no-crypto": _("Your browser compares addresses only on pages whose address begins with https."),
    "copy": _("Copy"),
    "copy-done": _("Copied"),
    "linkedin": _("LinkedIn does not always fill in its form. These are its fields:"),
    "linkedin-name": _("Name"),
    "linkedin-organizationName": _("Issuing organisation"),
    "linkedin-issued": _("Issue date"),
    "linkedin-expires": _("Expiry date"),
    "linkedin-certId": _("Credential ID"),
    "linkedin-certUrl": _("Credential URL"),
    "text-cv": _("A line for a CV"),
    "text-europass": _("For the Europass CV"),
    "text-signature": _("Under your e-mails"),
    "text-embed": _("HTML for a page of your own"),
    "text-until": _("valid until %(last)s"),
    "text-expired": _("expired (it was valid until %(last)s)"),
    "past": _("It is past its dates"),
    "yours-expired": _("It has expired, and the page that you share says so. It still shows what you learnt."),
    "as-of": _("(as of %(day)s)"),
    "expired": _("Expired: it was valid until %(last)s"),
    "check": _("Check now"),
    "link": _("Copy the link"),
    "share": _("Share"),
    "print": _("Print the certificate"),
    "texts": _("Texts for LinkedIn, CV, Europass, e-mails and web pages"),
    "portfolio": _("Show it with your other badges on one page: a portfolio"),
    "address": _("The address they gave you (it is sent to nobody)"),
    "compare": _("Compare"),
}
