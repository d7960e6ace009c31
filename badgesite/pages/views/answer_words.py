"""What the script of the check says: answers, steps and labels; `_` marks them for the translators.

Each key is what the modules in themes/default/assets/verify/ ask for; `head` is the answer in large letters, `about`
the sentence below it. What a single step found is in `step_words`.
"""

from collections.abc import Callable

_: Callable[[str], str] = str

ANSWERS = {
    "head-valid": _("Valid"),
    "about-valid": _("This badge is genuine, in force, and not revoked. It is published by %(domain)s."),
    "head-foreign": _("Valid, and not of this site"),
    "about-foreign": _(
        "This badge is genuine, in force, and not revoked. It comes from %(domain)s: whether that is whom you expect, "
        "only you can tell."
    ),
    "head-revoked": _("Revoked"),
    "about-revoked": _("The issuer has taken this badge back. It counts no more."),
    "head-replaced": _("Replaced by a newer one"),
    "about-replaced": _("The issuer has put a newer one in its place. Ask for that one, or open its page."),
    "head-expired": _("Expired"),
    "about-expired": _("Nothing says that this badge is false, but its time is over."),
    "head-early": _("Not valid yet"),
    "about-early": _("Nothing says that this badge is false, but its time has not come."),
    "head-forged": _("Not genuine"),
    "about-forged": _("This is not what its issuer published. Do not rely on it."),
    "head-faulty": _("Not valid"),
    "about-faulty": _("This badge breaks a rule that it must keep. Ask its issuer before you rely on it."),
    "head-other-person": _("Somebody else's badge"),
    "about-other-person": _("It was not awarded to the address that you typed. What else was found is told below."),
    "head-broken": _("Not a badge that can be read"),
    "about-broken": _("Nothing is said of who earned what: there is no whole badge to check."),
    "head-empty": _("No badge inside"),
    "about-empty": _(
        "A picture of a badge proves nothing by itself: the record inside does, and here is none. Pictures lose it "
        "when they are edited, or sent through some chats and social networks; that of a revoked award has none."
    ),
    "head-unread": _("No badge was found there"),
    "about-unread": _(
        "What stands at this address could not be read, or does not let other sites read it. If there is a badge, save "
        "its picture or its file, and choose that here."
    ),
    "head-unknown": _("Not known"),
    "about-unknown": _("Nothing speaks against this badge, but not everything could be checked here."),
    "head-partly": _("Genuine, but not wholly checked"),
    "about-partly": _(
        "The badge itself is genuine, in force, and not revoked; it is published by %(domain)s. But a part of it is of "
        "a kind that a web page cannot check, and if that is false the badge is not valid."
    ),
    "pair-agree": _("Two records of the same award, both with this answer: one of Open Badges 2.0, one of 3.0."),
    "pair-differ": _(
        "The two records inside say different things. Open Badges 2.0: %(one)s. Open Badges 3.0: %(other)s. The worse "
        "of the two answers stands above."
    ),
    "pair-open": _(
        "Of the two records inside, not both could be decided. Open Badges 2.0: %(one)s. Open Badges 3.0: %(other)s."
    ),
    "pair-until": _("The two records inside have the same answer, but say different things of how long it holds."),
    "pair-unsure": _(
        "The two records inside have the same answer, but nobody can tell whether they are of the same award: see what "
        "each of them says."
    ),
    "pair-apart": _("The two records inside say different things: %(why)s."),
}

LABELS = {
    "whose": _("It was awarded to %(email)s."),
    "claimed": _("What it says of itself, which nothing here confirms:"),
    "step-readable": _("Readable"),
    "step-genuine": _("Genuine"),
    "step-issuer": _("Who published it"),
    "step-hosted": _("At its own address"),
    "step-dates": _("Within its dates"),
    "step-revocation": _("Not revoked"),
    "step-schema": _("Complete"),
    "step-recipient": _("Whose it is"),
    "step-endorsements": _("Endorsements"),
    "outcome-passed": _("passed"),
    "outcome-failed": _("failed"),
    "outcome-unchecked": _("not checked"),
    "subject-title": _("Badge"),
    "subject-holder": _("Awarded to"),
    "subject-domain": _("Published by"),
    "subject-issuer": _("Issuer, as it calls itself"),
    "subject-awarded": _("Awarded on"),
    "subject-until": _("Valid until"),
    "subject-page": _("Its page"),
    "field-holder": _("the holder's name or address"),
    "field-issuer": _("the issuer"),
    "field-badge": _("the badge, its title or text"),
    "field-result": _("the result"),
    "field-dates": _("the dates"),
    "field-evidence": _("the story or the evidence"),
    "field-picture": _("the picture"),
    "field-address": _("the address of the award"),
    "field-other": _("another part"),
    "files-read": _("Files that were read: %(count)s"),
    "files-none": _("No file was fetched for this answer."),
    "files-file": _("Host and file"),
    "files-time": _("Time"),
    "files-size": _("Size"),
    "bytes": _("%(size)s bytes"),
    "command": _("What is not checked here, badgesite checks on a computer:"),
    "open": _("Not checked: %(steps)s"),
    "no-address": _("This is not an e-mail address. Correct it, or leave the field empty."),
    "reading": _("Checking …"),
    "answers": _("There is more than one badge inside. Answers: %(count)s"),
    "not-loaded": _("What checks badges could not be loaded. Look at your connection, and load this page again."),
    "no-crypto": _("Your browser checks signatures only on pages whose address begins with https."),
}
