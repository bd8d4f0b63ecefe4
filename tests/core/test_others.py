"""Other people in a citizen's words: noticed where it matters, and hardly ever where it does not."""

import json
from pathlib import Path

import pytest
import yaml

from bot.core import others

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "text",
    [
        "min nabo Hans Jensen på Vangedevej 12 er alkoholiker og burde med i et fællesskab",
        "Jeg synes at Karen Olsen burde have hjælp, for hun er dement",
        "min nabo på Ordrupvej 14 drikker, kan man ikke lave et sted for dem",
        "Kan I ikke besøge min mor, Inger Madsen, hun er alene",
    ],
)
def test_somebody_else_is_noticed(text: str) -> None:
    assert others.are_told_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "jeg har sclerose og vil lave en svømmegruppe",
        "en café for pårørende til demente",
        "min mor er dement og savner et sted at gå hen",
        "bænke ved Ordrup Station og Hellerup Havn",
        "Mette Holm sagde, at min nabo kunne være med",
        "et hus på Vangedevej 12 står tomt",
    ],
)
def test_ones_own_life_places_and_illness_in_general_are_not(text: str) -> None:
    assert not others.are_told_of(text, {"Mette Holm"})


def test_what_others_may_see_has_no_sentence_that_names_somebody() -> None:
    text = "Jeg vil lave et fællesskab. Min nabo Hans Jensen er alkoholiker. Vi kan mødes hver uge."
    assert others.without(text) == "Jeg vil lave et fællesskab. Vi kan mødes hver uge."
    assert others.without("flere bænke\npå torvet") == "flere bænke\npå torvet"


def test_it_hardly_ever_speaks_up_without_a_reason() -> None:
    lines = (ROOT / "tests" / "routing" / "messages.jsonl").read_text(encoding="utf-8").splitlines()
    messages = [json.loads(line)["text"] for line in lines]
    rules = yaml.load((ROOT / "routing_rules.yaml").read_bytes(), Loader=yaml.CSafeLoader)
    staff = {agent["navn"] for agent in rules["agenter"].values()}
    examples = [text for topic in rules["emner"].values() for text in topic.get("eksempler", ())]
    alarms = [text for text in messages if others.are_told_of(text, staff)]
    assert alarms == [], f"{len(alarms)} of {len(messages)}"
    among = [text for text in examples if others.are_told_of(text, staff)]
    assert len(examples) > 1000
    assert among == [], f"{len(among)} of {len(examples)}"
