"""The yardstick turns sentences by intent into rules and tells the share that finds its intent."""

import json
from pathlib import Path

import pytest

from bot.routing.match import Router
from tests.routing.massive import main, read, score, teach

LEARNED = {
    "spil_musik": ["spil noget rolig musik", "sæt en sang på af mine yndlinge", "afspil albummet igen"],
    "vejret": ["bliver det regnvejr i morgen", "hvor varmt er det udenfor", "kommer der sne på fredag"],
    "sluk_lys": ["sluk lyset i stuen", "gør lampen mørkere", "skru ned for belysningen"],
}
ASKED = {"spil_musik": ["spil en sang"], "vejret": ["kommer der regn"], "sluk_lys": ["sluk lampen i køkkenet"]}


def test_intents_become_topics_that_unseen_sentences_find() -> None:
    router = Router(teach(LEARNED))
    assert set(router.rules.topics) == set(LEARNED)
    assert score(router, ASKED) == 1.0
    assert score(router, {"vejret": ["sluk lampen i køkkenet"]}) == 0.0


def test_the_share_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, samples in (("train_10shot", LEARNED), ("dev", ASKED)):
        rows = [json.dumps({"intent": intent, "utt": text}) for intent, texts in samples.items() for text in texts]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(rows), encoding="utf-8")
    assert read(tmp_path / "dev.jsonl") == ASKED
    main(tmp_path, semantic=False)
    assert capsys.readouterr().out == "first topic right: 100.0 %\n"
