"""Tells whoever watches over the service whether it lives and whether it can do its work."""

from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

Faults = Callable[[], Awaitable[Mapping[str, str]]]
"""What can't work now, by part ("database": "read-only"); empty when all is well."""


def health_routes(faults: Faults) -> list[Route]:
    """`/healthz`: the process lives (always 200). `/readyz`: 200 when nothing is at fault, else 503 with what is."""

    async def alive(_: Request) -> Response:
        return JSONResponse({"alive": True})

    async def ready(_: Request) -> Response:
        found = dict(await faults())
        return JSONResponse({"ready": not found, "faults": found}, status_code=503 if found else 200)

    return [Route("/healthz", alive), Route("/readyz", ready)]
