"""Shows whoever watches over the service its figures, in Prometheus' format; none holds a word or id of anybody."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

FORMAT = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its name, what it says, and its value, or one value for each value of `label`."""

    name: str
    help: str
    values: Mapping[str, float] | float
    label: str = ""
    kind: Literal["gauge", "counter"] = "gauge"


Look = Callable[[], Awaitable[Sequence[Figure]]]
"""Takes the figures as they are now."""


def metrics_route(look: Look) -> Route:
    """`/metrics`: all figures, and those of the process itself (memory, time, open files)."""
    process = CollectorRegistry(auto_describe=False)
    ProcessCollector(registry=process)

    async def show(_: Request) -> Response:
        registry = CollectorRegistry(auto_describe=False)
        registry.register(_Shown(await look()))
        return Response(generate_latest(registry) + generate_latest(process), media_type=FORMAT)

    return Route("/metrics", show)


class _Shown(Collector):
    """The figures of one look, as Prometheus' own library wants them."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        self._figures = figures

    def collect(self) -> Iterator[Metric]:
        """Each figure as a family."""
        for figure in self._figures:
            family = CounterMetricFamily if figure.kind == "counter" else GaugeMetricFamily
            if isinstance(figure.values, Mapping):
                made = family(figure.name, figure.help, labels=[figure.label])
                for label, value in figure.values.items():
                    made.add_metric([label], value)
                yield made
            else:
                yield family(figure.name, figure.help, value=figure.values)
