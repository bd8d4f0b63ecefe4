"""The report's charts as PNG: each readable in grey by its hatching, with a number at every bar."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from bot.core.numbers import FEW, Counts

INK, SOFT, PAPER = "#1b2523", "#53605c", "#fffefb"
IN_TIME: Mapping[str, Any] = {"color": "#0b675c", "edgecolor": INK}
LATE: Mapping[str, Any] = {"color": "#d9b8a8", "edgecolor": INK, "hatch": "///"}
OVERDUE: Mapping[str, Any] = {"color": "#ffffff", "edgecolor": INK, "hatch": "xxx"}
HIDDEN: Mapping[str, Any] = {"color": "#ffffff", "edgecolor": SOFT, "hatch": "...", "linestyle": "--"}
HIDDEN_SIZE = 1.5
"""How long a bar is whose number is not told: the same for 1 and 2."""
LEAST_SCALE = 8
"""How far a scale reaches at least, so that a bar of few looks like few."""
DPI = 144

mpl.rcParams |= {"font.size": 10, "axes.spines.top": False, "axes.spines.right": False, "hatch.linewidth": 0.7}


def promises(months: Sequence[tuple[str, Counts]], names: Mapping[str, str], few: str, path: Path) -> None:
    """First answers by month, the oldest first: in time, late and missing upon each other."""
    figure, axes = _canvas(7.6, 3.6)
    bottom = [0] * len(months)
    for name, look in (("in_time", IN_TIME), ("late", LATE), ("overdue", OVERDUE)):
        heights = [counts[name].known for _, counts in months]
        bars = axes.bar(range(len(months)), heights, 0.62, bottom, label=names[name], linewidth=0.8, **look)
        labels = [str(height) if height else "" for height in heights]
        plain = name == "in_time"
        box = None if plain else {"facecolor": PAPER, "edgecolor": "none", "pad": 1}
        axes.bar_label(bars, labels, label_type="center", color=PAPER if plain else INK, bbox=box)
        bottom = [low + high for low, high in zip(bottom, heights, strict=True)]
    for place, (_, counts) in enumerate(months):
        if any(counts[name].few for name in ("in_time", "late", "overdue")):
            axes.annotate(f"+ {few}", (place, bottom[place]), ha="center", va="bottom", color=SOFT, fontsize=8)
    axes.set_xticks(range(len(months)), [label for label, _ in months], rotation=0 if len(months) < 7 else 40)
    axes.legend(frameon=False, ncols=3, loc="lower left", bbox_to_anchor=(0, 1))
    _save(figure, axes, path)


def columns(bars: Sequence[tuple[str, int]], few: str, path: Path) -> None:
    """A column for each count; 1 and 2 look the same."""
    figure, axes = _canvas(7.6, 3.2)
    for place, (_, many) in enumerate(bars):
        hidden = 0 < many < FEW
        bar = axes.bar(place, HIDDEN_SIZE if hidden else many, 0.62, linewidth=0.8, **(HIDDEN if hidden else IN_TIME))
        axes.bar_label(bar, [few if hidden else str(many)], padding=2, color=INK)
    axes.set_xticks(range(len(bars)), [label for label, _ in bars])
    axes.set_ylim(0, 1.14 * max(LEAST_SCALE, *(many for _, many in bars)))
    _save(figure, axes, path)


def rows(bars: Sequence[tuple[str, int]], few: str, path: Path) -> None:
    """A row for each count, the first one on top; 1 and 2 look the same."""
    figure, axes = _canvas(7.6, 0.9 + 0.42 * len(bars))
    for place, (_, many) in enumerate(reversed(bars)):
        hidden = 0 < many < FEW
        bar = axes.barh(place, HIDDEN_SIZE if hidden else many, 0.62, linewidth=0.8, **(HIDDEN if hidden else IN_TIME))
        axes.bar_label(bar, [few if hidden else str(many)], padding=3, color=INK)
    axes.set_yticks(range(len(bars)), [label for label, _ in reversed(bars)])
    axes.set_xlim(0, 1.15 * max(LEAST_SCALE, *(many for _, many in bars)))
    axes.xaxis.set_visible(False)
    axes.spines["bottom"].set_visible(False)
    figure.savefig(path, dpi=DPI, facecolor=PAPER)


def _canvas(width: float, height: float) -> tuple[Figure, Any]:
    figure = Figure(figsize=(width, height), layout="constrained", facecolor=PAPER)
    axes = figure.subplots()
    axes.set_facecolor(PAPER)
    axes.tick_params(colors=INK, length=0)
    return figure, axes


def _save(figure: Figure, axes: Any, path: Path) -> None:
    axes.yaxis.set_visible(False)
    axes.spines["left"].set_visible(False)
    axes.margins(y=0.14)
    figure.savefig(path, dpi=DPI, facecolor=PAPER)
