"""A rules file with faults is refused whole, and every fault is told with its line and what to write instead."""

import unicodedata
from pathlib import Path
from time import process_time

import pytest

from bot.routing.checks import find_unseated
from bot.routing.load import Loaded, load_rules
from tests.journeys.rulebook import short_rules
from tests.routing.conftest import RULES
from tests.routing.small import small_rules

BO = "    navn: Bo Lind\n"


@pytest.fixture(scope="module")
def shipped() -> str:
    """The shipped rules with few words: what is tried here is what is told of a slip."""
    return short_rules().decode()


def load(text: str) -> Loaded:
    return load_rules(text.encode())


def line_of(text: str, needle: str) -> int:
    return text[: text.index(needle)].count("\n") + 1


def told(loaded: Loaded) -> list[str]:
    return [f"{problem.what}. {problem.instead}" for problem in loaded.problems]


def change(shipped: str, old: str, new: str) -> str:
    assert old in shipped
    return shipped.replace(old, new, 1)


def test_the_shipped_rules_load_without_a_word() -> None:
    loaded = load_rules(RULES.read_bytes())
    assert loaded.rules is not None
    assert loaded.problems == ()


@pytest.mark.parametrize(
    ("old", "new", "needle", "what", "instead"),
    [
        (
            BO,
            "\t" + BO,
            "\t    navn: Bo",
            "linjen er rykket ind med tabulator",
            "Brug mellemrum i stedet",
        ),
        (
            "  farid:\n",
            "  farid_for_idrætten_og_søerne:\n",
            "farid_for_idrætten",
            "id'et »farid_for_idrætten_og_søerne« er for langt",
            "Vælg et på højst 24 tegn; æ, ø og å tæller for to",
        ),
        (
            "    ansvarlig: mette\n    kle",
            "    ansvarlig mette\n    kle",
            "    ansvarlig mette\n    kle",
            "der mangler et kolon",
            "Skriv »navn: værdi« med kolon og mellemrum",
        ),
        (
            BO,
            '    navn: "Bo Lænd\n',
            '"Bo Lænd',
            "et anførselstegn bliver ikke lukket",
            "Sæt anførselstegn i begge ender på samme linje",
        ),
        (
            "    ansvarlig: bo\n",
            "    ansvarlig: Bo Lindd\n",
            "Bo Lindd",
            "»Bo Lindd« er ikke en af agenterne",
            "Mente du »Bo Lind«?",
        ),
        (
            "    ansvarlig: bo\n",
            "    ansvarllig: bo\n",
            "ansvarllig",
            "»ansvarllig« kendes ikke her",
            "Mente du »ansvarlig«?",
        ),
        ("    ansvarlig: bo\n", "", "  natur:", "»ansvarlig« mangler under »natur«", "Skriv »ansvarlig: …«"),
        ("  byrum:\n", "  byrumm:\n", "  byrumm:", "emnet »byrumm« kendes ikke", "Mente du »byrum«?"),
        (
            BO,
            BO + "    telegram: 0123456789\n",
            "0123456789",
            "»0123456789« begynder med 0, og så læses tallet forkert",
            "Skriv Telegram-nummeret uden 0 forrest",
        ),
        (
            "natur, park,",
            'natur, "", park,',
            'natur, ""',
            "der står ingenting mellem anførselstegnene",
            "Skriv ordet, eller slet linjen",
        ),
        (
            "natur, park,",
            "natur, i, park,",
            "natur, i, park",
            "ordet »i« er så kort, at det passer på næsten alt",
            "Skriv et længere ord, eller slet det",
        ),
        ("arbejdsdage: 2", "arbejdsdage: 0", "arbejdsdage: 0", "»0« er for lidt", "Skriv et tal fra 1 og op"),
        ("arbejdsdage: 2", "arbejdsdage: -1", "arbejdsdage: -1", "»-1« er for lidt", "Skriv et tal fra 1 og op"),
        (
            "arbejdsdage: 2",
            "arbejdsdage: 400",
            "arbejdsdage: 400",
            "»400« er for meget",
            "Skriv et tal, der højst er 30",
        ),
        (
            BO,
            BO + "    fravær: [{fra: 2026-12-10, til: 2026-12-01}]\n",
            "fravær: [{fra",
            "fraværet slutter 2026-12-01, før det begynder 2026-12-10",
            "Byt fra og til",
        ),
        (
            "admins: []",
            'admins: !!python/object/apply:os.system ["touch pwned-marker"]',
            "!!python",
            "»tag:yaml.org,2002:python/object/apply:os.system« er ikke tilladt her",
            "Skriv teksten uden udråbstegn foran",
        ),
        (
            "    svarer_i: gruppe\n",
            "    svarer_i: grupe\n",
            "grupe",
            "»grupe« kan ikke stå her",
            "Mente du »gruppe«?",
        ),
        (
            'klokken: "16:00"',
            'klokken: "25:00"',
            "25:00",
            "»25:00« er ikke et klokkeslæt",
            'Skriv for eksempel "16:00"',
        ),
        (
            '"24-12"',
            '"24-13"',
            '"24-13"',
            "»24-13« er ikke en dag i året",
            "Skriv dag-måned, for eksempel 24-12",
        ),
    ],
)
def test_a_fault_is_refused_with_its_line_and_what_to_write(
    shipped: str, old: str, new: str, needle: str, what: str, instead: str
) -> None:
    text = change(shipped, old, new)
    loaded = load(text)
    assert loaded.rules is None
    assert f"{what}. {instead}" in told(loaded)
    problem = next(problem for problem in loaded.faults if problem.what == what)
    assert problem.line == line_of(text, needle)


def test_all_faults_come_at_once_in_the_order_of_the_file(shipped: str) -> None:
    text = change(shipped, "afløser: lone", "afløser: lona")
    text = change(text, "    ansvarlig: bo\n", "    ansvarlig: Bo Lindd\n")
    text = change(text, "arbejdsdage: 2", "arbejdsdage: 0")
    loaded = load(text)
    assert [problem.what for problem in loaded.faults] == [
        "»lona« er ikke en af agenterne",
        "»0« er for lidt",
        "»Bo Lindd« er ikke en af agenterne",
    ]
    assert [problem.line for problem in loaded.faults] == sorted(problem.line for problem in loaded.faults)


def test_the_same_topic_twice_names_both_lines(shipped: str) -> None:
    again = "  trafik:\n    ansvarlig: bo\n  natur:\n"
    text = change(shipped, "  natur:\n", again)
    [problem] = load(text).faults
    assert problem.line == line_of(text, again)
    assert problem.what == f"»trafik« står to gange (første gang i linje {line_of(text, '  trafik:')})"


def test_a_missing_topic_is_named(shipped: str) -> None:
    start = shipped.index("  bolig:\n")
    text = shipped[:start] + shipped[shipped.index("\nslags:\n") :]
    assert "emnet »bolig« mangler. Læg blokken »bolig:« tilbage under »emner:«" in told(load(text))


def test_half_a_file_is_refused(shipped: str) -> None:
    lines = shipped.split("\n")
    for part in (0.1, 0.3, 0.5, 0.7, 0.9):
        assert load("\n".join(lines[: int(len(lines) * part)])).rules is None


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "filen er tom"),
        (b"  \n\n", "filen er tom"),
        (b"# kun en note\n", "filen er tom"),
        ("# Så\nnavn: x".encode("cp1252"), "filen er ikke gemt som UTF-8, så æ, ø og å kan ikke læses"),
        ("kommune: x".encode("utf-16"), "filen er ikke gemt som UTF-8, så æ, ø og å kan ikke læses"),
        (b"- en liste\n", "filen er ikke en regelfil"),
        (b"bare tekst", "filen er ikke en regelfil"),
        (b"a: &a [x]\nb: [*a, *a]\n", "filen bruger en henvisning (*), og det er ikke tilladt"),
        (b"[" * 100_000, "for mange parenteser inde i hinanden"),
        (b"a: " + b"{a: [" * 5000, "for mange parenteser inde i hinanden"),
        (b"- " * 5000 + b"x", "for mange parenteser inde i hinanden"),
        (b"x" * 19_000_000, "filen fylder 18 MB, og det er for meget"),
    ],
)
def test_a_file_of_the_wrong_make_is_refused_kindly(data: bytes, what: str) -> None:
    loaded = load_rules(data)
    assert loaded.rules is None
    assert loaded.problems[0].what == what


def test_a_bomb_of_aliases_is_refused_at_once() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{this}: &{this} [{', '.join(['*' + before] * 9)}]\n"
        for before, this in zip("abcdefgh", "bcdefghi", strict=True)
    )
    started = process_time()
    assert load(bomb).rules is None
    assert process_time() - started < 1


def test_hostile_tags_run_nothing(shipped: str, tmp_path: Path) -> None:
    marker = tmp_path / "pwned-marker"
    assert (
        load(change(shipped, "admins: []", f'admins: !!python/object/apply:os.system ["touch {marker}"]')).rules is None
    )
    assert not marker.exists()


def test_no_and_on_are_words_like_others(shipped: str) -> None:
    rules = load(change(shipped, "natur, park,", "natur, no, on, park,")).rules
    assert rules is not None
    assert {"no", "on"} <= set(rules.topics["natur"].words)


@pytest.mark.parametrize("written", ["123456789", '"123456789"'])
def test_a_telegram_number_is_right_with_and_without_quotes(shipped: str, written: str) -> None:
    rules = load(change(shipped, BO, BO + f"    telegram: {written}\n")).rules
    assert rules is not None
    assert rules.agents["bo"].telegram == 123456789


@pytest.mark.parametrize(
    ("written", "meant"),
    [("ja", True), ("Ja", True), ("true", True), ("yes", True), ("nej", False), ('"nej"', False), ("no", False)],
)
def test_yes_and_no_are_read_in_danish_as_well(shipped: str, written: str, meant: bool) -> None:
    loaded = load(change(shipped, "emnetråde: ja", f"emnetråde: {written}"))
    assert loaded.rules is not None
    assert loaded.rules.staff.topics is meant


def test_agents_without_a_number_are_told_once_somebody_has_one(shipped: str) -> None:
    text = change(shipped, BO, BO + "    telegram: 123456789\n")
    loaded = load(text)
    assert loaded.rules is not None
    told = list(find_unseated(loaded.rules, {}, loaded.agents))
    assert "Mette Holm har intet Telegram-nummer, så ideerne går til Bo Lind" in [problem.what for problem in told]
    lines = text.split("\n")
    assert [lines[problem.line - 1].strip(" :") for problem in told] == [
        agent for agent in loaded.rules.agents if agent != "bo"
    ]


def test_a_word_under_two_topics_is_told_and_both_are_named(shipped: str) -> None:
    loaded = load(change(shipped, "natur, park,", "natur, cykel, park,"))
    assert loaded.rules is not None
    assert told(loaded) == [
        "ordet »cykel« står under både »trafik« og »natur«, så det tæller mindre for begge. "
        "Lad det blive, hvor det betyder mest"
    ]


def test_stand_ins_in_a_ring_are_told_by_name(shipped: str) -> None:
    start = shipped.index("  lone:\n")
    text = shipped[:start] + shipped[start:].replace("    afløser: peter\n", "    afløser: bo\n", 1)
    loaded = load(text)
    assert loaded.rules is not None
    assert told(loaded) == [
        "afløserne går i ring: Bo Lind → Lone Bach → Bo Lind. Når alle er væk, går ideen til Peter Dam"
    ]


@pytest.mark.parametrize("form", ["NFD", "NFC"])
def test_letters_in_two_parts_and_a_byte_order_mark_are_read_as_usual(shipped: str, form: str) -> None:
    loaded = load("\ufeff" + unicodedata.normalize(form, shipped))
    assert loaded.rules is not None
    assert loaded.rules.promises.working_days == 2


def test_fields_may_be_written_in_english(shipped: str) -> None:
    text = change(shipped, "    ansvarlig: bo\n", "    lead: bo\n")
    assert load(text).rules is not None


def test_an_agent_may_be_named_by_name(shipped: str) -> None:
    assert load(change(shipped, "    ansvarlig: bo\n", "    ansvarlig: Bo Lind\n")).rules is not None


def test_two_megabytes_of_rules_are_read_in_two_seconds() -> None:
    more = "".join(f'      - "et eksempel nummer {number} om noget helt særligt"\n' for number in range(2000))
    text = RULES.read_text("utf-8").replace("    eksempler:\n", "    eksempler:\n" + more, 20)
    assert len(text.encode()) > 2_000_000
    started = process_time()
    assert load(text).rules is not None
    assert process_time() - started < 2


def test_a_question_asks_once(shipped: str) -> None:
    loaded = load(change(shipped, "Hvor er det værst eller vigtigst?", "Hvor er det værst? Og hvornår?"))
    assert told(loaded) == [
        "»Hvor er det værst? Og hvornår?« (da) skal have præcis ét spørgsmålstegn. Stil ét spørgsmål ad gangen"
    ]


def test_a_cue_that_cannot_be_read_is_refused(shipped: str) -> None:
    loaded = load(change(shipped, '"jeg kan tilbyde"', '"jeg kan /tilbyde"'))
    assert loaded.rules is None
    assert told(loaded) == [
        "»jeg kan /tilbyde« har et tomt led eller et tegn, der ikke er et ord. Se »Tegn« øverst i filen"
    ]


ANSWER = "  hvem_er_med:\n"


@pytest.mark.parametrize(
    ("old", "new", "needle", "what"),
    [
        (ANSWER, "  Hvem Er Med:\n", "Hvem Er Med", "»Hvem Er Med« kan ikke være et id. Brug små bogstaver"),
        ("navn: Hvem er med\n", f"navn: {'x' * 29}\n", "x" * 29, f"»{'x' * 29}« er for langt. Skriv højst 28 tegn"),
        (
            "Hej {navn}. Jeg sidder",
            "Hej {fornavn}. Jeg sidder",
            "Hej {fornavn}",
            "feltet {fornavn} (da) findes ikke. Felterne hedder:",
        ),
        (BO, f"{BO}    telegram: {2**52}\n", f": {2**52}", f"»{2**52}« er for meget. Skriv et tal, der højst er"),
        ("admins: []", "admins: [-5]", "admins: [-5]", "»-5« er for lidt. Skriv et tal over 0"),
    ],
)
def test_a_slip_in_a_canned_answer_or_a_number_is_told_where_it_stands(
    old: str, new: str, needle: str, what: str
) -> None:
    text = small_rules(RULES.read_text("utf-8"))
    text = change(text, old, new)
    [problem] = load(text).faults
    assert f"{problem.what}. {problem.instead}".startswith(what)
    assert problem.line == line_of(text, needle)
    assert "kan ikke læses" not in problem.what


def test_what_is_worth_a_look_is_told_and_the_file_is_used(shipped: str) -> None:
    twins = load(change(shipped, BO, "    navn: Mette Holm\n"))
    assert twins.rules is not None
    assert told(twins)[0].startswith("der er to agenter, som hedder Mette Holm, så ingen kan se, hvem")
    facet = load(change(shipped, "om: hvor\n", "om: hvorr\n"))
    assert facet.rules is not None
    assert [one.instead for one in facet.problems] == ["Mente du »hvor«?"]
    one_alone = load(
        change(shipped, "    ansvarlig: bo\n", '    ansvarlig: bo\n    eksempler: ["Flere træer i byen"]\n')
    )
    assert one_alone.rules is not None
    without = [problem for problem in one_alone.problems if "har ingen eksempler" in problem.what]
    assert len(without) == len(one_alone.rules.topics) - 1, "a topic without examples among others that have some"
