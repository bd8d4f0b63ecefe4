"""The case for the archive: the same facts on paper and as a file, internal ones marked, nothing taken away in it."""

import ast
import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.conversation import casefile, casesheet
from bot.core import marks
from bot.core.effects import CaseFile, Note, To, Words
from bot.core.events import Place
from bot.core.initiative import Ending, Initiative, Stage
from tests.book import BOOK
from tests.conversation.house import House
from tests.core.town import FRAME, NOW, an_idea

CORE = Path(casefile.__file__).parents[1] / "core"
NOTES = (
    Note(1, "sent", "Aase Winther", "owner", {"topics": ("trafik 90",)}),
    Note(1, "citizen_said", "Aase Winther", "owner", {"text": "Їжак і «grød»", "message": 5, "media": 2}),
    Note(1, "citizen_said", "Aase Winther", "owner", {"text": "fortrudtx", "message": 6, "media": 0}),
    Note(1, "erased", "Aase Winther", "owner", {"message": 6}),
    Note(1, "agent_said", "Bo Lind", "owner", {"text": "svar med samme nummer", "message": 6, "media": 0}),
    Note(1, "agent_said", "Bo Lind", "owner", {"text": "vildfarent", "message": 5, "media": 0}),
    Note(1, "astray", "Bo Lind", "staff", {"message": 5, "media": 0}),
    Note(1, "note", "Bo Lind", "staff", {"text": "Hun skal ringes op"}),
    Note(1, "passed", "Mette Holm", "owner", {"from": "mette", "to": "bo", "topic": "trafik", "how": "taken"}),
    Note(1, "late", "Bo Lind", "public", {"due": NOW}),
    Note(1, "form_step", "Bo Lind", "public", {"what": "måler op", "who": "Bo Lind", "when": NOW.isoformat()}),
    Note(1, "form_step_corrected", "Bo Lind", "public", {"what": "måler pladsen op"}),
    Note(1, "edited", "Aase Winther", "owner", {"before": "10 stativer", "after": "20 stativer"}),
    Note(1, "something_new", "Bo Lind", "owner"),
)  # fmt: skip


async def case_of(folder: Path, idea: Initiative) -> tuple[dict[str, Any], list[list[str]], str]:
    """The JSON document, the lines on paper, and all of those as one text."""
    async with House(folder) as house:
        await house.does(*NOTES, about=idea)
        effect = CaseFile(To(7), idea.number, "Peter Dam", Words("desk.case.file", "da", {"n": 1}))
        paper, plain = await house.store.read(
            lambda transaction: list(casefile.calls(transaction, effect, NOW, FRAME, BOOK.speak))
        )
    lines = paper.params["document"]["upload"]["sheet"]["lines"]
    written = "\n".join(f"{beside}|{text}" for _, text, beside in lines)
    return json.loads(plain.params["document"]["upload"]["text"]), lines, written


async def test_it_tells_in_words_who_did_what_when_and_marks_what_is_internal(tmp_path: Path) -> None:
    idea = marks.mark(an_idea(helpers=("bo",), place=Place(55.7637, 12.5789)), **{marks.CASE: "EMN-2026-01234"})
    case, lines, written = await case_of(tmp_path, idea)
    assert case["medspillere"] == ["Bo Lind"]
    assert case["sted"] == {"breddegrad": 55.7637, "længdegrad": 12.5789}
    for part in (
        "Nummer i arkivet|EMN-2026-01234", "Borger|Aase Winther", "Ansvarlig|Mette Holm, sparringsagent",
        "Medspillere|Bo Lind", "Sted på kortet|55.76370, 12.57890",
        "Første løfte om svar|4. november 2026 kl. 16", "cyklerne ligger og flyder",
        "2. november 2026 kl.", "Aase Winther skrev til kommunen:\nFiler: 2", "Їжак і «grød»",
        "Fra: Mette Holm\nTil: Bo Lind", "Emner: Trafik (90 af 100)",
        "Senest: 2. november 2026", "Hvad: måler op\nHvem: Bo Lind\nHvornår: 2. nov",
        "rettede det, borgeren læste.\nHvad: måler pladsen op", "Før: 10 stativer\nNu: 20 stativer",
        "Bo Lind: something_new",
    ):  # fmt: skip
        assert part in written, f"{part!r} is not in\n{written}"
    assert "|cyklerne ligger og flyder" in written
    assert ["said", "cyklerne ligger og flyder", "2. november 2026 kl. 9.30"] in lines, "with when it was said"
    (note,) = [line for line in lines if line[0] == "note" and "Hun skal ringes op" in line[1]]
    assert "Internt" in note[2]
    assert [line for line in lines if line[0] != "note" and "ringes op" in line[1]] == []


async def test_words_that_the_citizen_took_away_are_in_neither(tmp_path: Path) -> None:
    case, _, written = await case_of(tmp_path, an_idea())
    assert "fortrudtx" not in written
    assert "fortrudtx" not in json.dumps(case)
    assert "vildfarent" not in written
    for word in ("svar med samme nummer", "Їжак і «grød»"):
        assert word in written, "a group and a phone may give two messages one number"
    assert "slettede en besked" in written, "but that something was there is"


async def test_how_it_ended_is_told_with_all_four_parts(tmp_path: Path) -> None:
    ended = replace(an_idea(stage=Stage.MAY_NOT), ending=Ending("betale", "loven", "vejlede", "Mette Holm"))
    case, _, written = await case_of(tmp_path, ended)
    assert case["slutning"] == {"hvad": "betale", "hvorfor": "loven", "i_stedet": "vejlede", "svaret_af": "Mette Holm"}
    for part in ("Hvad: betale", "Hvorfor: loven", "I stedet: vejlede", "Svaret af: Mette Holm"):
        assert part in written
    assert "Næste skridt|" not in written


def is_of_the_register(note: ast.Call) -> bool:
    """What belongs to no initiative stands under number 0, and in no case file."""
    return isinstance(note.args[0], ast.Constant) and note.args[0].value == 0


def test_every_kind_of_line_that_the_core_writes_has_words() -> None:
    """A new kind of `Note` wants a text under `case_file.line`, and its name in `casesheet.KINDS`."""
    written = {
        node.args[1].value
        for path in CORE.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Note"
        if len(node.args) > 1 and isinstance(node.args[1], ast.Constant) and not is_of_the_register(node)
    }
    assert len(written) > 20
    assert written - casesheet.KINDS == set()
    for kind in casesheet.KINDS:
        assert BOOK.speak(Words(f"case_file.line.{kind}", "da", {"who": "Mette Holm"})).plain
    for name in casesheet.DETAILS:
        assert BOOK.speak(Words(f"case_file.detail.{name}", "da")).plain


def test_a_promise_that_moves_is_a_line_of_its_own() -> None:
    from bot.core import steps
    from bot.core.initiative import NextStep, Turn
    from bot.core.world import Move
    from tests.core.town import METTE, Story, said

    story = Story(an_idea())
    later: datetime = an_idea().step.due + timedelta(days=7)

    def act(move: Move, _: object) -> None:
        steps.set_step(move, move.world.initiatives[1], NextStep("Mette Holm", later, Turn.AGENT, what="måler op"))

    move = story.step(act, said(METTE))
    assert [(note.kind, note.data) for note in move.effects if isinstance(note, Note)] == [("promised", {"due": later})]


def test_the_day_on_which_a_silent_citizen_is_asked_again_is_no_new_promise() -> None:
    from bot.core import steps
    from tests.core.town import METTE, Story, said

    move = Story(an_idea()).step(lambda move, _: steps.answer_arrived(move, move.initiatives[1], "1:2"), said(METTE))
    (note,) = [one for one in move.effects if isinstance(one, Note)]
    assert note.kind == "their_turn"
    assert "spørger igen" in BOOK.speak(Words("case_file.line.their_turn", "da", {"who": "Mette Holm"})).plain
