"""Answers that leave after the acknowledgement, once each: nothing is promised here, and a second try could say it twice."""

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from handlers.outcomes import NO_ANSWER
from handlers.views.kit import Message

log = structlog.get_logger(__name__)

RESPONSE_URL_SECONDS = 5


def post_answer(url: str, message: Message, replaces: bool) -> None:
    """Posts to a response_url; with `replaces` in the place of the message that was acted on."""
    answer = {**message.answer(), "replace_original": replaces}
    try:
        sent = WebhookClient(url, timeout=RESPONSE_URL_SECONDS, retry_handlers=[]).send_dict(answer)
    except NO_ANSWER as error:
        log.warning("answer not taken", error=type(error).__name__)
    else:
        if sent.status_code != 200:
            log.warning("answer not taken", status=sent.status_code)


def update_view(client: WebClient, view_id: str, message: Message) -> None:
    """Puts an answer in the place of an open form."""
    try:
        client.views_update(view_id=view_id, view=message.view())
    except (SlackApiError, *NO_ANSWER) as error:
        log.warning("form not changed", error=reason(error))


def publish_home(client: WebClient, slack_id: str, message: Message) -> None:
    """Publishes the last Home of somebody whose data was deleted: of them no row is left by which the outbox could do it."""
    try:
        client.views_publish(user_id=slack_id, view={"type": "home", "blocks": list(message.blocks)})
    except (SlackApiError, *NO_ANSWER) as error:
        log.warning("home not published", error=reason(error))


def reason(error: Exception) -> str:
    """Returns Slack's own word for what went wrong, or what kind of silence it was."""
    return str(error.response["error"]) if isinstance(error, SlackApiError) else type(error).__name__
