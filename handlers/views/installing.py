"""The pages of installing the app: where it begins, that it is done, and why it was not. Plain HTML that loads nothing."""

from html import escape

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<link rel="icon" href="data:,">
<style>
:root {{ --page: #f6f5f1; --card: #fff; --ink: #22302a; --soft: #55635c; --line: #dcdfd8; --go: #2f5d50; --on-go: #fff; }}
@media (prefers-color-scheme: dark) {{
  :root {{ --page: #161b18; --card: #1f2622; --ink: #e8ece9; --soft: #a9b5ae; --line: #38423c; --go: #8cc9b4; --on-go: #12211b; }}
}}
* {{ box-sizing: border-box; }}
body {{ margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.25rem; background: var(--page);
  color: var(--ink); font: 1.0625rem/1.55 system-ui, sans-serif; }}
main {{ width: 100%; max-width: 34rem; padding: clamp(1.5rem, 6vw, 2.75rem); background: var(--card);
  border: 1px solid var(--line); border-radius: 1rem; overflow-wrap: anywhere; }}
h1 {{ margin: 0 0 .75rem; font-size: 1.6rem; line-height: 1.25; text-wrap: balance; }}
p, ul {{ margin: 0 0 1rem; }}
ul {{ padding-left: 1.2rem; }}
li {{ margin-bottom: .35rem; }}
code {{ padding: .1em .35em; background: var(--page); border-radius: .3em; font-size: .95em; }}
a {{ color: var(--go); }}
a.go {{ display: inline-block; margin: .5rem 0 1rem; padding: .7rem 1.4rem; background: var(--go); color: var(--on-go);
  border-radius: .6rem; font-weight: 600; text-decoration: none; }}
a.go:hover {{ filter: brightness(1.08); }}
a:focus-visible {{ outline: 3px solid var(--soft); outline-offset: 3px; }}
.small {{ margin: 0; color: var(--soft); font-size: .9375rem; }}
</style>
</head>
<body><main>
{body}
</main></body>
</html>
"""
# What a page may do, said to the browser: load nothing, be in no frame, and tell nobody its address, which has a code in it.
HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

_AGAIN, _OPERATOR = "Begin once more", "Tell whoever runs this bot."
# Why it was not installed, and what to do: Slack's own reasons, Bolt's and ours.
_WHY = {
    "access_denied": ("You did not add it", "That is fine. Nothing was changed in Slack."),
    "invalid_browser": (
        "This began somewhere else",
        "The way back from Slack has to end in the browser in which it began, with cookies allowed, and only once.",
    ),
    "invalid_state": (
        "It is too late for this one",
        "What you began is open for ten minutes, and can be finished once. If it was, Good Turn is in Slack already.",
    ),
    "missing_code": ("Slack sent no answer along", "Without it nothing can be installed."),
    "invalid_code": ("Slack does not know the answer any more", "It is good for ten minutes, and only once."),
    "code_already_used": ("This was finished before", "Look into Slack: Good Turn may be there already."),
    "no_answer": ("Slack did not answer", "It may be busy. Wait for a minute."),
    "too_many": ("Many are doing this right now", "Wait for some minutes."),
    "not_saved": ("It could not be saved", "Slack has added the app, and this bot has not kept it. Wait for a minute."),
    "cannot_install_an_org_installed_app": (
        "Your organization has it already",
        "It is installed for all of the organization: ask its admins to add it to your workspace.",
    ),
    "user_email_unverified": ("Slack does not know your e-mail address yet", "Confirm it in Slack."),
    "invalid_team_for_non_distributed_app": (
        "This bot is not open to your workspace",
        f"Its page at Slack does not let other workspaces add it. {_OPERATOR}",
    ),
    "not_allowed": (
        "This bot is not open to your workspace yet",
        "Whoever runs it chooses who may add it: send them the id below, and ask to be let in. Nothing was stored.",
    ),
    "not_allowed_again": (
        "Nothing was changed",
        "Good Turn goes on in your workspace as it was. To add it anew, send whoever runs it the id below, and ask to be let in.",
    ),
    "unapproved_scope": (
        "An admin has to allow it",
        "Your workspace lets only its admins add this app: ask one of them.",
    ),
}
_MISMADE = ("This bot is not set up right", f"Slack does not take what it says of itself. {_OPERATOR}")
_UNKNOWN = ("Slack did not add it", "If it happens again, tell whoever runs this bot.")
# What only the operator can mend.
OF_THE_OPERATOR = frozenset({
    "bad_redirect_uri", "bad_client_secret", "invalid_client_id", "invalid_scope", "no_scopes", "invalid_grant_type",
    "oauth_authorization_url_mismatch", "redirect_uri_mismatch",
})  # fmt: skip


def landing(address: str) -> str:
    """Returns the page with the button that leads to Slack."""
    return _page(
        "Add Good Turn to Slack",
        f"""<h1>Good Turn keeps note of the help people give each other.</h1>
<p>It is for people who build their network by helping. It reads no messages, ranks nobody, and everybody can leave in two
clicks.</p>
<a class="go" href="{escape(address)}">Add to Slack</a>
<p class="small">Slack shows you what it asks for, and adds nothing before you agree. You need to be allowed to add apps.</p>""",
    )


def added(name: str, open_at: str, *, is_org: bool) -> str:
    """Returns the page that says where the app is now, and what to do first."""
    where = f"<strong>{escape(name)}</strong>" if name else "your workspace"
    first = (
        "<li>Choose in Slack's admin pages which workspaces of the organization have it.</li>"
        if is_org
        else "<li>Type <code>/give @name what you did</code>: the person you name gets one quiet message.</li>"
    )
    return _page(
        "Good Turn is added",
        f"""<h1>Good Turn is in {where} now.</h1>
<ul>
{first}
<li>Invite it to a channel with <code>/invite @good-turn</code>, and each week the channel reads who was helped.</li>
<li>Its Home tab has your month, and what admins can choose.</li>
</ul>
<a class="go" href="{escape(open_at)}">Open Slack</a>
<p class="small">It writes to nobody until somebody helps them, thanks them or would like to introduce them.</p>""",
    )


def not_added(reason: str, again_at: str, owner: str = "") -> str:
    """Returns the page that says why it was not added, and what to do; with the id of who wanted it, where that helps."""
    title, what_next = _MISMADE if reason in OF_THE_OPERATOR else _WHY.get(reason, _UNKNOWN)
    known = "" if reason in _WHY else f'\n<p class="small">Slack\'s word for it: <code>{escape(reason[:80])}</code></p>'
    theirs = f"\n<p>Your id: <code>{escape(owner[:40])}</code></p>" if owner else ""
    return _page(
        title,
        f"""<h1>{title}.</h1>
<p>{what_next}</p>{theirs}
<a class="go" href="{escape(again_at)}">{_AGAIN}</a>{known}""",
    )


def _page(title: str, body: str) -> str:
    return _PAGE.format(title=title, body=body)
