"""Writes what the keeper of the rules tells as rows of the inbox, and reads them back."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from bot.conversation.ports import Json
from bot.conversation.rows import RULES, Arrival
from bot.core.page_news import PAGE_KINDS, PageNews
from bot.core.rule_news import KINDS, Difference, RuleNews

LANE = "rules"
"""The lane of errands about the rules, one after the other, and of news that concern no one chat."""
ERRAND = "rules."
"""How the methods of errands begin: calls that the keeper of the rules carries out, and not Telegram."""
News = RuleNews | PageNews
_BY_NAME: Mapping[str, type[News]] = {kind.__name__: kind for kind in (*KINDS, *PAGE_KINDS)}
_MOMENT, _CHANGE = "moment", "change"


def arrival(news: News, key: str) -> Arrival:
    """The row that brings news to the dialogue, once for each key."""
    body = body_of(news)
    return Arrival(RULES, key, lane_of(body), body)


def lane_of(body: Mapping[str, Json]) -> str:
    """The chat whose order these news keep; their own where they concern no one chat."""
    return str(body["chat"] or LANE)


def body_of(news: News) -> dict[str, Json]:
    """The news as JSON; their time is that of the moment when they are handled."""
    return {"news": type(news).__name__, **_fields(news)}


def news_of(body: Mapping[str, Json], now: datetime) -> News:
    """The news that a row holds.

    Raises:
        KeyError: there is no such kind of news.
    """
    kind = _BY_NAME[body["news"]]
    held = {name: _back(value, now) for name, value in body.items() if name != "news"}
    return kind(at=now, **held)


def _fields(value: Any) -> dict[str, Json]:
    return {one.name: _plain(getattr(value, one.name)) for one in fields(value) if one.name != "at"}


def _plain(value: Any) -> Json:
    if isinstance(value, datetime):
        return {_MOMENT: value.isoformat()}
    if isinstance(value, Difference):
        return {_CHANGE: _fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return dict(value) if isinstance(value, Mapping) else value


def _back(value: Json, now: datetime) -> Any:
    if isinstance(value, list):
        return tuple(_back(one, now) for one in value)
    if isinstance(value, Mapping) and value.keys() == {_MOMENT}:
        return datetime.fromisoformat(value[_MOMENT]).astimezone(now.tzinfo)
    if isinstance(value, Mapping) and value.keys() == {_CHANGE}:
        return Difference(**{name: _back(one, now) for name, one in value[_CHANGE].items()})
    return value
