"""What the script of the check says that a step found; `_` marks them for the translators.

Each is one sentence or two in plain words without a full stop at the end, as in the report of `badgesite verify`.
"""

from collections.abc import Callable

_: Callable[[str], str] = str

READING = {
    "read-ob2": _("an assertion of Open Badges 2.0, which counts as its own site says it"),
    "read-ob2-jws": _("a signed badge of Open Badges 2.0"),
    "read-ob3": _("a credential of Open Badges 3.0 with a proof inside"),
    "read-ob3-jwt": _("a credential of Open Badges 3.0, signed as a token"),
    "nothing-given": _("Choose a file, or paste a text or an address"),
    "empty-file": _("The file is empty"),
    "no-badge-inside": _("the picture carries no badge"),
    "several": _("the picture carries several badges of one standard: nobody can say which is meant"),
    "two-badges": _("the picture carries one badge in its verify attribute, and another in its text"),
    "two-publishers": _("the picture carries badges of two awards: one is of %(one)s, the other of %(other)s"),
    "two-holders": _("the picture carries badges of two awards, which are of two people"),
    "page-two-publishers": _(
        "the page names badges of two awards, which differ in who publishes them (%(one)s and %(other)s)"
    ),
    "page-two-holders": _("the page names badges of two awards, which differ in whose they are"),
    "picture-damaged": _("the picture is damaged: what it carries cannot be read"),
    "json-damaged": _("the text is not sound JSON, or could be read in two ways"),
    "token-damaged": _("the signed text is damaged or incomplete"),
    "too-large": _("it is larger than a badge can be"),
    "a-page": _(
        "this is a web page, and no badge; choose the picture or the file of the badge to which the page links, or "
        "paste the address of the page"
    ),
    "a-bare-page": _(
        "this is a web page that names no badge; choose the file of the badge, which the page should offer"
    ),
    "a-list": _("this is a list of what is revoked, not a badge"),
    "old": _("this is a badge of Open Badges 1, which came before 2.0 and is not checked here"),
    "another-document": _("this document belongs to badges, but is not an award"),
    "not-a-badge": _("this is neither a badge nor a picture that could carry one"),
    "not-readable-here": _("it holds something that no badge may hold"),
    "unread-missing": _("%(host)s has no such file: %(address)s"),
    "unread-gone": _("%(host)s says that the file is gone: %(address)s"),
    "unread-moved": _("%(host)s sends us to %(there)s for this file, which is no word of %(host)s: %(address)s"),
    "unread-refused": _("this address may not be asked by a web page: %(address)s"),
    "unread-unreachable": _("%(host)s does not answer, or lets no other site read its file: %(address)s"),
    "unread-offline": _("this computer is not connected to the internet, so that %(host)s could not be asked"),
    "unread-large": _("the file is too large to be read: %(address)s"),
    "document-damaged": _("this file is not sound JSON: %(address)s"),
}

GENUINE = {
    "signature-right": _("the signature is right: nobody has changed a letter since it was signed"),
    "same-as-signed": _("it says, field by field, what its issuer has signed in the token at the same address"),
    "served-by": _("the record stands at %(host)s, which says itself what it holds"),
    "signature": _("the signature does not fit: somebody has changed the text, or signed it with another key"),
    "algorithm": _("it is signed in a way that proves nothing, or not with this kind of key: %(name)s"),
    "no-ed25519": _("your browser does not know this kind of signature (Ed25519)"),
    "no-proof": _("there is no signature"),
    "not-hosted": _(
        "%(host)s serves it, but without saying that it is a badge which counts because its host serves it"
    ),
    "not-signed": _("it is signed, but does not say of itself that its signature counts"),
    "proof-not-here": _("the proof inside the file is of a kind that a web page cannot check"),
    "claims-differ": _("the token contradicts the credential inside it: %(fields)s"),
    "differs": _("it says other things than what its issuer has signed: %(fields)s"),
    "differs-hosted": _("the record at its own address says other things: %(fields)s"),
    "replaced": _("its issuer has replaced it with a newer one; whether this one was genuine, only its proof can tell"),
    "not-served": _("only %(host)s can say so, and it did not"),
    "key-broken": _("the key is of no kind that can be used, or is not sound"),
    "key-elsewhere": _("it names a key that is not the issuer's: %(name)s"),
    "key-not-published": _("%(domain)s does not publish this key as one that signs for the issuer"),
    "key-of-another": _("%(domain)s says that the key, or its document, is of another issuer"),
    "not-reached": _("without the issuer's own key the signature says nothing"),
    "key-unnamed": _("it does not say whose key signed it"),
    "key-ended": _("%(domain)s says that this key counts no more"),
    "did-unknown": _("the issuer's keys are not looked up here: %(name)s"),
    "issuer-not-read": _("without the issuer's own document nobody knows which key should have signed it"),
    "issuer-unknown": _("the issuer has a name that leads to no keys: %(name)s"),
    "scope": _("%(issuer)s does not allow its awards to stand at %(host)s"),
}

ISSUER = {
    "issuer-domain": _("%(domain)s publishes it; make sure that this is whom you expect"),
    "issuer-same-host": _("%(domain)s publishes it, and the issuer names a web site at that same host"),
    "issuer-same-name": _("%(domain)s publishes it; the issuer names a web site at %(site)s, which is the same name"),
    "issuer-name-below": _(
        "%(domain)s publishes it; the issuer names a web site at %(site)s, and %(domain)s is a name below %(name)s"
    ),
    "issuer-site-below": _(
        "%(domain)s publishes it; the issuer names a web site at %(site)s, which is a name below %(name)s"
    ),
    "issuer-other-domain": _(
        "%(domain)s publishes it; the issuer names a web site at %(site)s, which is another host: nothing here shows "
        "that both are in the same hands"
    ),
    "issuer-is-key": _("the issuer is nothing but a key: no domain stands for it, and its name is only a claim"),
    "key-stray": _(
        "%(domain)s has this key, but the issuer's own document there does not name it: whoever may store a file at "
        "that host could have made it"
    ),
    "borrowed": _(
        "the files were read from %(here)s, where this page is, and not from %(there)s: the address bar is not the "
        "issuer's"
    ),
    "copied": _("%(there)s (read from %(here)s, a copy)"),
    "copy": _(
        "This is a copy: the files were read from %(here)s, where this page is, and not from %(there)s. What is found "
        "here says nothing of who published the badge."
    ),
    "hosted": _("%(host)s holds it at the very address that it calls its own"),
    "home-newer": _("%(host)s holds a newer credential at this address"),
    "home-other": _("%(host)s holds something else at this address"),
    "home-empty": _("%(host)s serves nothing at its address, which is not asked of it either"),
    "signed-anywhere": _("a signed badge need not live anywhere: its signature goes with it"),
    "home-none": _("it is not signed, and its id is no address of the web at which its host could say so"),
    "home-other-id": _("the document at its address is another one"),
    "no-home": _("it does not live at an address that can be asked, and need not"),
}

STATE = {
    "in-time": _("valid from %(from)s until %(until)s"),
    "no-start": _("it does not say since when it is valid, and it is not over"),
    "no-end": _("valid since %(from)s, without an end"),
    "expired": _("it was valid until %(until)s"),
    "early": _("it is not valid before %(from)s"),
    "no-moment": _("its dates cannot be understood: %(name)s"),
    "dates-crossed": _("it ends before it begins"),
    "not-revoked": _("the signed list at %(host)s says nothing against it"),
    "not-revoked-names": _("the list at %(host)s does not name it"),
    "no-list": _("it names no list of revoked badges: its issuer keeps no way to take it back"),
    "revoked": _("the issuer's list at %(host)s says that it is revoked; a list gives no reason"),
    "suspended": _("the issuer's list at %(host)s says that it is suspended"),
    "revoked-unsigned-list": _("the list at %(host)s says that it is revoked; its signature is not checked here"),
    "revoked-because": _("%(host)s says that it is revoked: %(reason)s"),
    "revoked-hosted": _("%(host)s says that it is revoked, without a reason"),
    "revoked-itself": _("it says of itself that it is revoked"),
    "gone": _("%(host)s says that it is gone, which means that it is revoked"),
    "list-unknown": _("without the issuer's own document nobody knows where its list is"),
    "list-not-checked": _("the list at %(host)s says nothing against it, but its signature is not checked here"),
    "list-signature": _("the list at %(host)s is not genuine: no signature of its issuer fits"),
    "list-of-another": _("the list at %(host)s belongs to another issuer"),
    "list-purpose": _("the list at %(host)s is about something else"),
    "list-broken": _("the list at %(host)s cannot be read"),
    "list-index": _("its place in the list does not exist"),
    "list-old": _("the list at %(host)s is out of date"),
    "lists-too-many": _("it names more lists than anybody needs"),
    "status-unknown": _("its way to say that it is revoked is not known here: %(name)s"),
    "shape-right": _("it has the parts that no badge can do without"),
    "word-unknown": _("it has a word whose meaning this page does not know: %(path)s"),
    "context-unknown": _("what its words mean is said in a place that is not known here: %(name)s"),
    "shape": _("a part that no badge can do without is missing or wrong: %(path)s"),
    "dropped": _("a part of it has no meaning in the standard that it names: %(name)s"),
    "recipient-right": _("it was awarded to %(email)s"),
    "recipient-wrong": _("it was not awarded to %(email)s"),
    "nobody-named": _("it names no e-mail address, so that nothing can be compared"),
    "hash-unknown": _("the address in it is hidden in a way that is not known here"),
    "endorsements-right": _("others endorse it (%(count)s), and each endorsement holds"),
    "endorsement-wrong": _("an endorsement does not hold: %(name)s"),
    "endorsements-inside": _("it carries endorsements of others (%(count)s), which are not checked here"),
}
