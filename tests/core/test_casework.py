"""The archive's number and the case as a file."""

import pytest

from bot.core import desk
from bot.core.effects import CaseFile, Rewrite
from tests.core.test_forms import told
from tests.core.town import GROUP, METTE, PETER, Story, an_idea, keys, said, says


def test_the_archives_number_stands_on_the_card() -> None:
    story = Story(an_idea())
    move = story.step(desk.on_said, said(METTE, "emn-2026-01234", command="sag"), topic=1)
    assert keys(GROUP, move.effects) == ["desk.case.kept"]
    (card,) = [one for one in move.effects if isinstance(one, Rewrite) and one.target.chat == GROUP]
    assert "Nummer i arkivet: EMN-2026-01234" in told(card.content)


@pytest.mark.parametrize("written", ["", "01234", "EMN 2026 1", "EMN-2026-01234; drop"])
def test_what_is_no_number_is_not_kept(written: str) -> None:
    story = Story(an_idea())
    move = story.step(desk.on_said, said(METTE, written, command="sag"), topic=1)
    assert keys(GROUP, move.effects) == ["desk.case.unreadable"]
    assert story.initiatives[1].extra == {}


def test_the_file_is_fetched_in_the_topic_or_by_number() -> None:
    story = Story(an_idea())
    here = story.step(desk.on_said, said(METTE, command="sagsmappe"), topic=1)
    (file,) = [one for one in here.effects if isinstance(one, CaseFile)]
    assert (file.to.chat, file.about, file.asked_by) == (GROUP, 1, "Mette Holm")
    there = story.step(desk.on_said, said(PETER, "1", chat=PETER, command="sagsmappe"))
    assert [one.to.chat for one in there.effects if isinstance(one, CaseFile)] == [PETER]
    which = story.step(desk.on_said, said(PETER, chat=PETER, command="sagsmappe"))
    assert told(says(PETER, which.effects)[0].content).startswith("Skriv kommandoen")
