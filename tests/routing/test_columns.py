"""Each kind of fault is told at the very sign: the line and the column where an admin puts the cursor."""

import re
from collections.abc import Iterator, Sequence

import pytest

from bot.routing.faults import FAULTS
from bot.routing.load import load_rules
from tests.journeys.rulebook import short_rules

HERE = "¤"
"""Stands in a slip just before the sign that is told."""
Edit = tuple[str, str]
BO = "    navn: Bo Lind\n"
FARID = "    navn: Farid Nazari\n"
QUIET = 'stille: {fra: "21:00", til: "07:00"}'
HVOR = '- om: hvor\n        da: "Hvor er det værst eller vigtigst?"'
FIRST = '    spørgsmål:\n      - om: hvor\n        da: "Hvilket sted'
FORM: dict[str, Edit] = {
    "tab": (BO, "¤\t    navn: Bo Lind\n"),
    "tab_inside": ("      - om: hvem\n", "      -¤\tom: hvem\n"),
    "control": (BO, "    navn: Bo ¤\x07Lind\n"),
    "cpr": (BO, "¤    navn: Bo Lind 010190-1234\n"),
    "colon_missing": ("    ansvarlig: bo\n", "    ¤ansvarlig bo\n"),
    "colon_extra": (BO, "    navn: Bo¤: Lind\n"),
    "quote_open": (BO, '    navn: ¤"Bo Lænd\n'),
    "quote_start": (BO, '    navn: ¤Bo Lind"\n'),
    "list_open": ('"31-12", "05-06"]', '"31-12", "05-06"¤'),
    "block_open": (QUIET, 'stille: {fra: "21:00", til: "07:00"¤'),
    "indent": (BO, BO + "   ¤titel: sparringsagent\n"),
    "alias": (BO, "    navn: ¤*Bo\n"),
    "reference": ("admins: []", "admins: &a []\nhjælpere: ¤*a"),
    "first_sign": (BO, "    navn: ¤@Bo\n"),
    "unreadable": (BO, "    navn: ¤,Bo\n"),
    "too_deep": ("admins: []", "¤admins: " + "[" * 60 + "]" * 60),
    "tag": ("admins: []", 'admins: ¤!!binary "x"'),
    "field_name": (BO, "    ¤[a, b]: Bo Lind\n"),
    "twice": (BO, BO + "    ¤navn: Bo Lind\n"),
}
"""Faults of how a file is written: a file for each, since the reader may stop there."""
MEANING: dict[str, Edit] = {
    "missing_block": ("", "¤"),
    "missing": ("  natur:\n    navn:", "  ¤natur:\n    navm:"),
    "missing_in_item": (HVOR, '- ¤da: "Hvor er det værst eller vigtigst?"'),
    "no_value": (BO, "    ¤navn:\n"),
    "no_item": ("natur, park,", "natur, ¤~, park,"),
    "unknown_field": ("\npersonale:\n", "\npersonale:\n  ¤farve: rød\n"),
    "choice": ("svarer_i: privat\n", "svarer_i: ¤privaat\n"),
    "date": (FARID, FARID + "    fravær: [{fra: ¤2026-13-10, til: 2026-12-01}]\n"),
    "string_type": ("    navn: Lone Bach\n", "    navn: ¤[Lone, Bach]\n"),
    "int_parsing": ("kladde_dage: 30", "kladde_dage: ¤tredive"),
    "int_type": ("kladde_varsel_dage: 4", "kladde_varsel_dage: ¤[4]"),
    "float_parsing": ("syd: 55.72", "syd: ¤syd"),
    "bool_parsing": ("emnetråde: ja", "emnetråde: ¤måske"),
    "list_type": ("admins: []", "admins: ¤ingen"),
    "dict_type": (QUIET, "stille: ¤sent"),
    "greater_than": ("    navn: Karen Toft\n", "    navn: Karen Toft\n    telegram: ¤-5\n"),
    "greater_than_equal": ("arbejdsdage: 2", "arbejdsdage: ¤0"),
    "less_than_equal": ("åben_år: 3", "åben_år: ¤4000"),
    "time_parsing": ('klokken: "16:00"', 'klokken: ¤"25:00"'),
    "day": ('"24-12"', '¤"24-13"'),
    "leading_zero": ("    navn: Signe Krag\n", "    navn: Signe Krag\n    telegram: ¤0123456789\n"),
    "absence": ("    navn: Peter Dam\n", "    navn: Peter Dam\n    fravær: [¤{fra: 2026-12-10, til: 2026-12-01}]\n"),
    "cue": ('- "ide/ideer/forslag"', '- ¤"ide//forslag"'),
    "cue_short": ('- "flere/mere/bedre/billige/fælles/gratis/mindre"', '- ¤"i"'),
    "blank": ("strand, stranden,", 'strand, ¤"", stranden,'),
    "short": ("klima, klimavenlig,", "klima, ¤i, klimavenlig,"),
    "one_question": ('- om: hvor\n        da: "Hvilket sted tænker du på?"', '- ¤om: hvor\n        da: "Hvilket sted"'),
    "unknown_topic": ("  byrum:\n", "  ¤byrumm:\n"),
    "unknown_agent": ("    ansvarlig: signe\n", "    ansvarlig: ¤Signe Kragg\n"),
}
"""Faults of what is written: all at once in one file."""
TWICE: dict[str, tuple[Edit, ...]] = {
    "topic_missing": (("\nemner:\n", "\n¤emner:\n"), ("  bolig:\n", "  zzzzzzzz:\n")),
    "kind_missing": (("\nslags:\n", "\n¤slags:\n"), ("  complaint:\n", "  complaimt:\n")),
    "area": (("område: {syd: 55.72", "område: ¤{syd: 56.72"),),
    "too_short": (("    ord: [\n      natur, park,", "    ord: ¤[]\n    x: [\n      natur, park,"),),
    "too_long": (
        (FIRST, FIRST.replace("- om: hvor", '¤- {om: hvem, da: "Hvem?", en: "Who?", uk: "Хто?"}\n      - om: hvor')),
    ),
    "string_too_long": (("    navn: Hvem er med\n", f"    navn: ¤{'x' * 29}\n"),),
    "string_pattern_mismatch": (("  hvem_er_med:\n", "  ¤Hvem Er Med:\n"),),
    "template_field": (('da: "Hej {navn}. Jeg sidder', 'da: ¤"Hej {fornavn}. Jeg sidder'),),
    "long_id": (("  farid:\n", "  ¤farid_for_idrætten_og_søerne:\n"),),
}
"""The same, where another slip of the same place stands above, or where two edits make one fault."""
GOOD: dict[str, tuple[Edit, ...]] = {
    "shared_word": (("natur, park,", "natur, ¤cykel, park,"),),
    "small_word": (("klima, klimavenlig,", "klima, ¤gerne, klimavenlig,"),),
    "ring": (("    afløser: bo\n", "    afløser: ¤bo\n"), ("    afløser: lone\n", "    afløser: mette\n")),
    "same_number": ((BO, BO + "    telegram: 12345\n"), (FARID, FARID + "    telegram: ¤12345\n")),
    "same_name": ((FARID, "    navn: ¤Bo Lind\n"),),
    "unknown_facet": (("- om: hvor\n", "- om: ¤hvorr\n"),),
    "no_examples": (
        ("    ansvarlig: bo\n", '    ansvarlig: bo\n    eksempler: ["Flere træer"]\n'),
        ("  trafik:\n", "  ¤trafik:\n"),
    ),
    "kle_topic": (("\nkoordinator:", "\nkle_ord:\n  ¤cykler: [hjul]\nkoordinator:"),),
    "no_signpost": (("\nvejvisere:\n", "\n¤vejvisere:\n"), ("    slags: complaint\n", "    slags: other_authority\n")),
}
"""What is told of a file that can be read in full."""
WHOLE: dict[str, bytes] = {"empty": b" \n\n", "no_rules": b"- et\n- to\n"}
"""What is wrong with a file as a whole is told at its beginning."""
ELSEWHERE = {
    "too_big", "too_many",  # test_load_hostile: files of many megabytes
    "encoding",  # test_load_hostile: at the first foreign letter
    "other",  # what pydantic may yet find, told at a value as `list_type` is
    "no_number", "lost_example",  # told of rules and seats together, see test_load and test_live
}  # fmt: skip


def slipped(edits: Sequence[Edit]) -> tuple[str, tuple[int, int]]:
    """The rules with these slips in them, and the line and column that is marked."""
    text = short_rules().decode()
    for old, new in edits:
        assert old in text, f"{old!r} is not in the rules"
        text = text.replace(old, new, 1)
    at = text.index(HERE)
    return text.replace(HERE, "", 1), (text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))


def told(data: bytes) -> Iterator[tuple[str, tuple[int, int]]]:
    """What is told of a file: the keys that a fault may have, and its place."""
    for problem in load_rules(data).problems:
        for key, wording in FAULTS.items():
            if re.fullmatch(re.sub(r"\\{\w+\\}", ".*", re.escape(wording.what)), problem.what, re.DOTALL):
                yield key, (problem.line, problem.column)


ALONE = {**{key: (edit,) for key, edit in FORM.items()}, **TWICE, **GOOD}


@pytest.mark.parametrize("key", ALONE)
def test_a_fault_is_told_at_its_sign(key: str) -> None:
    text, place = slipped(ALONE[key])
    assert (key, place) in set(told(text.encode()))


def test_thirty_faults_in_one_file_are_each_told_at_their_sign() -> None:
    text, places = short_rules().decode().replace("\nkoordinator: peter\n", "\n", 1), {}
    for key, (old, new) in MEANING.items():
        assert old in text, f"{old!r} is not in the rules"
        text = text.replace(old, new.replace(HERE, f"{HERE}{key}{HERE}"), 1)
    while (mark := re.search(f"{HERE}(\\w+){HERE}", text)) is not None:
        line_begins = text.rfind("\n", 0, mark.start())
        places[mark[1]] = (text.count("\n", 0, mark.start()) + 1, mark.start() - line_begins)
        text = text[: mark.start()] + text[mark.end() :]
    assert set(places.items()) <= set(told(text.encode()))


@pytest.mark.parametrize("key", WHOLE)
def test_what_is_wrong_with_the_whole_file_is_told_at_its_beginning(key: str) -> None:
    assert set(told(WHOLE[key])) == {(key, (1, 1))}


def test_every_kind_of_fault_has_its_place_here() -> None:
    assert set(FAULTS) - ALONE.keys() - MEANING.keys() - WHOLE.keys() == ELSEWHERE
