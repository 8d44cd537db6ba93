"""Whether this program is alive, for whatever watches over it."""

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route


async def answer_health(_request: Request) -> JSONResponse:
    """Answers `/healthz`: the process is alive. It depends on nothing else."""
    return JSONResponse({"status": "alive"})


def routes() -> list[Route]:
    """Returns what is served for watchers."""
    return [Route("/healthz", answer_health)]
