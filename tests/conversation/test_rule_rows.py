"""News about the rules are kept as rows and come back as they were, at the moment when they are handled."""

from dataclasses import replace

import pytest

from bot.conversation.rule_rows import arrival, news_of
from bot.core.rule_news import RuleNews
from tests.core.test_rulebook import NEWS
from tests.core.town import NOW


@pytest.mark.parametrize("news", NEWS, ids=lambda news: type(news).__name__)
def test_news_come_back_as_they_were(news: RuleNews) -> None:
    later = NOW.replace(hour=23)
    row = arrival(news, "key")
    assert news_of(row.body, later) == replace(news, at=later)
    assert row.lane == (str(news.chat) if news.chat else "rules")
