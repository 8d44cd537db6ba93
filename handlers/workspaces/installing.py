"""Installing the app by OAuth: the page it begins at, and where people come back to from Slack. Bolt's flow, our pages."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Set
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import structlog
from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.adapter.starlette.handler import to_starlette_response
from slack_bolt.oauth import OAuthFlow
from slack_bolt.oauth.callback_options import CallbackOptions, FailureArgs, SuccessArgs
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk import WebClient
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.web import SlackResponse
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from handlers import outcomes
from handlers.requests import Clock
from handlers.scopes import WHAT_FOR
from handlers.views import installing as views
from handlers.workspaces.installations import Installations, States, TooMany
from storage.database import NotSaved

log = structlog.get_logger(__name__)

INSTALL_PATH, BACK_PATH = "/slack/install", "/slack/oauth_redirect"
_REFUSED, _FORBIDDEN = 400, 403
_TEAM = re.compile(r"[TE][A-Z0-9]{1,20}")
# Threads of their own, so that whoever asks these pages often holds up no answer to a member. Slack takes seconds at the most.
THREADS, MOST_WAITING = 2, 50


class Refused(Exception):
    """It was not installed; the text is the reason, in one word; `owner` is whose it would have been, where that is shown."""

    def __init__(self, reason: str, owner: str = "", status: int = _REFUSED) -> None:
        super().__init__(reason)
        self.owner, self.status = owner, status


class Flow(OAuthFlow):
    """Bolt's flow, which tells why something did not work and logs none of what is secret in it.

    `public_url` is where people reach this program; where Slack asks them stands beside its Web API. `allowed` are the ids of the
    workspaces and organizations that may install the app, where not everybody may.
    """

    def __init__(
        self,
        client_id: str,
        client_secret: str,
        public_url: str,
        client: WebClient,
        installed: Installations,
        states: States,
        clock: Clock,
        allowed: Set[str] = frozenset(),
    ) -> None:
        self._clock, self._allowed, self._installed = clock, allowed, installed
        back = public_url.rstrip("/") + BACK_PATH
        settings = OAuthSettings(
            client_id=client_id,
            client_secret=client_secret,
            scopes=list(WHAT_FOR),
            user_scopes=[],
            redirect_uri=back,
            install_path=INSTALL_PATH,
            redirect_uri_path=BACK_PATH,
            authorization_url=f"{client.base_url.removesuffix('api/')}oauth/v2/authorize",
            callback_options=CallbackOptions(success=_added, failure=_not_added),
            installation_store=installed,
            state_store=states,
        )
        super().__init__(client=client, settings=settings)

    def handle_installation(self, request: BoltRequest) -> BoltResponse:
        """Answers with the page it begins at."""
        try:
            response = super().handle_installation(request)
        except TooMany:
            return _page(503, views.not_added("too_many", INSTALL_PATH))
        except NotSaved:
            return _page(503, views.not_added("not_saved", INSTALL_PATH))
        response.headers.update({name.lower(): [value] for name, value in views.HEADERS.items()})
        return response

    def build_authorize_url(self, state: str, request: BoltRequest) -> str:
        """Returns Slack's address; a workspace that is named in ours is passed on, and nothing else that stands there."""
        if not _TEAM.fullmatch("".join(request.query.get("team", []))):
            request.query.pop("team", None)
        return super().build_authorize_url(state, request)

    def build_install_page_html(self, url: str, request: BoltRequest) -> str:  # noqa: ARG002 - of Bolt's making
        """Returns that page."""
        return views.landing(url)

    def handle_callback(self, request: BoltRequest) -> BoltResponse:
        """Answers who comes back from Slack: installed, or why not."""
        try:
            return super().handle_callback(request)
        except Refused as refused:
            if str(refused) in views.OF_THE_OPERATOR:  # as Slack says, and not an address that anybody can open
                log.error("Slack does not take what the settings say of the app", error=str(refused))
            return _fail(str(refused), refused.status, refused.owner)
        except NotSaved as error:
            log.error("installation not saved", error=str(error))
            return _fail("not_saved", 503)

    def run_installation(self, code: str) -> Installation:
        """Gets the tokens for a code; raises Refused."""
        outcome, found = outcomes.of_call(lambda: {"answer": self._exchange(code)})
        if outcome.became != outcomes.DELIVERED:
            answered = outcome.became == outcomes.FINAL
            log.warning("not installed", error=outcome.error)
            raise Refused(outcome.error if answered else "no_answer")
        installation = self._read(found["answer"])
        self._check_allowed(installation)
        log.info("installed", team=installation.team_id, org=installation.enterprise_id)
        return installation

    def _check_allowed(self, new: Installation) -> None:
        """Raises Refused unless these may install it. Their token is handed back to Slack, unless they are served by one already.

        Slack knows whom it lets in only once it has given the token; what is not handed back would stay good, and be nobody's.
        """
        owner = str(new.enterprise_id if new.is_enterprise_install else new.team_id)
        if not self._allowed or self._allowed & {owner, new.enterprise_id}:
            return
        log.warning("not allowed to install", owner=owner)
        if self._installed.is_served(owner):
            raise Refused("not_allowed_again", owner, _FORBIDDEN)
        outcome, _ = outcomes.of_call(lambda: {"answer": self._of(str(new.bot_token)).auth_revoke()})
        if outcome.became != outcomes.DELIVERED:
            log.error("the token was not handed back to Slack", owner=owner, error=outcome.error)
        raise Refused("not_allowed", owner, _FORBIDDEN)

    def _of(self, token: str) -> WebClient:
        return WebClient(token, self.client.base_url, self.client.timeout, retry_handlers=[])

    def _exchange(self, code: str) -> SlackResponse:
        return self.client.oauth_v2_access(
            client_id=self.settings.client_id,
            client_secret=self.settings.client_secret,
            code=code,
            redirect_uri=self.settings.redirect_uri,
        )

    def _read(self, answer: SlackResponse) -> Installation:
        """Reads Slack's answer, and keeps of the one who installed it neither token nor id."""
        team, org = answer.get("team") or {}, answer.get("enterprise") or {}
        is_org, seconds = bool(answer.get("is_enterprise_install")), answer.get("expires_in")
        if not answer.get("access_token") or not (org if is_org else team).get("id"):
            raise Refused("no_answer")
        ends_at = None if seconds is None else self._clock() + timedelta(seconds=int(seconds))
        return Installation(
            app_id=answer.get("app_id"),
            enterprise_id=org.get("id"),
            enterprise_name=org.get("name"),
            team_id=team.get("id"),
            team_name=team.get("name"),
            bot_token=answer["access_token"],
            bot_user_id=answer.get("bot_user_id"),
            bot_scopes=str(answer.get("scope") or ""),
            bot_refresh_token=answer.get("refresh_token"),
            bot_token_expires_at=None if ends_at is None else int(ends_at.timestamp()),
            user_id="",
            is_enterprise_install=is_org,
        )


def routes(flow: Flow) -> list[Route]:
    """Returns the two addresses, each answered on a thread, since Slack and the database are asked."""
    pool, waiting = ThreadPoolExecutor(THREADS, "install"), set[object]()

    def answering(handle: Callable[[BoltRequest], BoltResponse]) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            if len(waiting) >= MOST_WAITING:
                return to_starlette_response(_page(503, views.not_added("too_many", INSTALL_PATH)))
            asked = BoltRequest(body="", query=request.url.query, headers=request.headers, mode="http")  # type: ignore[arg-type]
            waiting.add(asked)
            try:
                return to_starlette_response(await asyncio.get_running_loop().run_in_executor(pool, handle, asked))
            finally:
                waiting.discard(asked)

        return answer

    return [
        Route(INSTALL_PATH, answering(flow.handle_installation), methods=["GET"]),
        Route(BACK_PATH, answering(flow.handle_callback), methods=["GET"]),
    ]


def _added(args: SuccessArgs) -> BoltResponse:
    one, is_org = args.installation, bool(args.installation.is_enterprise_install)
    name = str((one.enterprise_name if is_org else one.team_name) or "")
    open_at = f"https://slack.com/app_redirect?app={one.app_id}&team={one.enterprise_id if is_org else one.team_id}"
    return _page(200, views.added(name, open_at, is_org=is_org))


def _not_added(args: FailureArgs) -> BoltResponse:
    log.info("not installed", error=args.reason[:80])
    return _fail(args.reason, args.suggested_status_code)


def _fail(reason: str, status: int, owner: str = "") -> BoltResponse:
    return _page(status, views.not_added(reason, INSTALL_PATH, owner))


def _page(status: int, html: str) -> BoltResponse:
    return BoltResponse(status=status, body=html, headers=dict(views.HEADERS))
