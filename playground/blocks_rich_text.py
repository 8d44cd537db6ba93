"""Slack's rich text: what may stand in a `rich_text` block, as a table. Facts: @slack/types and Slack's element pages."""

from __future__ import annotations

from playground.blocks_shapes import Kind, boolean, integer, listing, matching, need, one_of, shape, string, typed

ID = need(string(255))
URL = matching(r"(?s)[A-Za-z][A-Za-z0-9+.-]*:.+", "must be a valid url")

WORDS = {"style": shape(bold=boolean, italic=boolean, strike=boolean, code=boolean, underline=boolean)}
MENTION = {
    "style": shape(
        bold=boolean,
        italic=boolean,
        strike=boolean,
        highlight=boolean,
        client_highlight=boolean,
        unlink=boolean,
        underline=boolean,
        code=boolean,
    )
}

LEAVES: dict[str, Kind] = {
    "text": shape(text=need(string()), **WORDS),
    "link": shape(url=need(URL), text=string(), unsafe=boolean, **WORDS),
    "user": shape(user_id=ID, **MENTION),
    "usergroup": shape(usergroup_id=ID, **MENTION),
    "channel": shape(channel_id=ID, **MENTION),
    "team": shape(team_id=ID, **MENTION),
    "broadcast": shape(range=need(one_of("here", "channel", "everyone")), **MENTION),
    "emoji": shape(name=need(string()), unicode=string(), skin_tone=integer(1, 6), **WORDS),
    "date": shape(timestamp=need(integer()), format=need(string()), url=URL, fallback=string(), **WORDS),
    "color": shape(value=need(matching("#[0-9A-Fa-f]{6}", "must be a hex color")), **MENTION),
}

LINE = need(listing(typed(LEAVES), 0, None))
BORDER = {"border": integer(0, 1)}

PARTS: dict[str, Kind] = {
    "rich_text_section": shape(elements=LINE),
    "rich_text_quote": shape(elements=LINE, **BORDER),
    "rich_text_preformatted": shape(
        elements=need(listing(typed(LEAVES, "text", "link"), 0, None)), language=string(), **BORDER
    ),
}
PARTS["rich_text_list"] = shape(
    elements=need(listing(typed(PARTS, "rich_text_section"), 0, None)),
    style=need(one_of("bullet", "ordered")),
    indent=integer(0, 8),
    offset=integer(),
    **BORDER,
)

RICH_TEXT: dict[str, Kind] = {
    "rich_text": shape(elements=need(listing(typed(PARTS), 0, None)), block_id=string(255)),
}
