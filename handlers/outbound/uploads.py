"""Files handed over to Slack: an address is asked for, the bytes are brought there, and then they are shown.

Nobody sees anything before the last step, so whatever comes of the first ones can be tried again. The last one is what says it:
it is made once under a claim, and what it leaves unknown stays so, since a message with a file carries no mark to look for.
https://docs.slack.dev/messaging/working-with-files#uploading_files
"""

import os
import urllib.request
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any

import structlog
from slack_sdk import WebClient

from handlers import outcomes
from handlers.files import File, Files, Made
from handlers.outbound.parcels import Parcel
from handlers.outcomes import Outcome
from handlers.requests import Clock
from storage import sending
from storage.database import Database, NotSaved, Reading

log = structlog.get_logger(__name__)


def hand_over(
    database: Database, clock: Clock, client: WebClient, parcel: Parcel, place: str, reading: Reading
) -> tuple[Outcome, dict[str, Any]]:
    """Makes a row's files and shows them there; returns what became of it, and what is known of the row then."""
    row = parcel.row
    assert isinstance(parcel.message, Files)
    try:
        made = parcel.message.make(reading)
    except NotSaved:
        raise
    except Exception as error:
        log.exception("no file for a row", team=row.team_id, outbox=row.id)
        return Outcome(outcomes.REFUSED, type(error).__name__), {}
    with ExitStack() as opened:
        for file in made.files:
            opened.callback(file.content.close)
        brought, found = outcomes.of_call(lambda: {"ids": [_bring(client, file) for file in made.files]})
        if brought.became == outcomes.UNKNOWN:
            return Outcome(outcomes.REFUSED, brought.error), {}
        if brought.became != outcomes.DELIVERED:
            return brought, {}
        now = clock()  # before the transaction: who falls asleep over it keeps nobody from writing
        with database.transaction() as session:
            is_ours = sending.renew(session, row, now, slack_ts=found["ids"][0])
        if not is_ours or not parcel.is_within_fence(clock()):
            return outcomes.TOO_LONG_AFTER_ITS_CLAIM, {}
        return outcomes.of_call(lambda: _show(client, place, made, found["ids"]))


def _bring(client: WebClient, file: File) -> str:
    """Brings a file's bytes to Slack, where nobody sees them yet, and returns Slack's id of it."""
    length = file.content.seek(0, os.SEEK_END)
    file.content.seek(0)
    answer = client.files_getUploadURLExternal(filename=file.name, length=length, alt_txt=file.alt or None)
    url = str(answer["upload_url"])
    headers = {"Content-Type": "application/octet-stream", "Content-Length": str(length)}
    request = urllib.request.Request(url, file.content, headers, method="POST")  # noqa: S310 - the client opens http alone
    # The one method of slack_sdk that opens a URL, with the client's own proxy, certificates and patience. Its own way to bring
    # a file holds it in memory and opens the URL past the client.
    client._perform_urllib_http_request_internal(url, request)
    return str(answer["file_id"])


def _show(client: WebClient, place: str, made: Made, ids: Sequence[str]) -> dict[str, Any]:
    """Shows files that were brought, in one message; returns what is known of the row then."""
    shown: list[dict[str, str | None]] = [
        {"id": one, "title": file.title} for one, file in zip(ids, made.files, strict=True)
    ]
    client.files_completeUploadExternal(files=shown, channel_id=place, initial_comment=made.words)
    return {"slack_channel": place, "slack_ts": ids[0]}
