"""The book: keys, fields, bold, dates, plurals, lists, and what happens when something is missing."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel import Locale

from bot.core.effects import Button, Field, Parts, Quote, Words
from bot.core.initiative import Stage
from bot.texts.book import Book, NoSuchText
from bot.texts.strings import SheetFault
from bot.texts.text import Text
from tests.book import BOOK

HOME = ZoneInfo("Europe/Copenhagen")

DANISH = """
mail:
  sent: "Jeg har sendt **{title}**. {who} svarer senest {due:senest}."
  no: "nej"
  list: "Det handler om {topics}."
  wait:
    one: "{n} besked venter"
    other: "{n} beskeder venter"
  heading: "**{who}** skriver:"
  step: "Næste skridt: {step}"
  only: "Kun på dansk"
"""
ENGLISH = """
mail:
  sent: "I have sent **{title}**. {who} answers by {due:senest}."
  wait:
    one: "{n} message is waiting"
    other: "{n} messages are waiting"
"""
UKRAINIAN = """
mail:
  wait:
    one: "Чекає {n} повідомлення"
    few: "Чекають {n} повідомлення"
    many: "Чекає {n} повідомлень"
    other: "Чекає {n} повідомлення"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for lang, texts in (("da", DANISH), ("en", ENGLISH), ("uk", UKRAINIAN)):
        (tmp_path / f"{lang}.yaml").write_text(texts, encoding="utf-8")
    return tmp_path


@pytest.fixture
def book(folder: Path) -> Book:
    return Book.load(folder, strict=True)


def moment(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 4, hour, minute, tzinfo=HOME)


def test_a_text_is_filled_and_its_stars_become_bold(book: Book) -> None:
    said = book.speak(Words("mail.sent", "da", {"title": "Bænke", "who": "Mette Holm", "due": moment(16)}))
    assert said == Text("Jeg har sendt Bænke. Mette Holm svarer senest onsdag den 4. november kl. 16.", ((14, 19),))


@pytest.mark.parametrize("words", ["**træer**", "<b>nu</b>", "{who}", "{due:senest}", "*a* _b_ [x](y) &amp; }{", "\n"])
def test_peoples_words_stay_exactly_as_they_are(book: Book, words: str) -> None:
    said = book.speak(Words("mail.sent", "da", {"title": words, "who": words, "due": moment(16)}))
    assert said.plain == f"Jeg har sendt {words}. {words} svarer senest onsdag den 4. november kl. 16."
    assert said.bold == ((14, 14 + len(words)),)


def test_a_quote_stands_literally_under_its_heading(book: Book) -> None:
    said = book.speak(Quote("Kan **vi** mødes {n}?", Words("mail.heading", "da", {"who": "Farid Nazari"})))
    assert said == Text("Farid Nazari skriver:\nKan **vi** mødes {n}?", ((0, 12),))
    assert book.speak(Quote("<b>")) == Text("<b>")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("vi måler op", "Næste skridt: vi måler op."),
        ("Vi måler op.", "Næste skridt: Vi måler op."),
        ("Kan I komme?", "Næste skridt: Kan I komme?"),
    ],
)
def test_words_that_end_their_own_sentence_get_no_second_full_stop(tmp_path: Path, words: str, expected: str) -> None:
    (tmp_path / "da.yaml").write_text("t: 'Næste skridt: **{step}**.'", encoding="utf-8")
    said = Book.load(tmp_path).speak(Words("t", "da", {"step": words}))
    assert said == Text(expected, ((14, 14 + len(words)),))


def test_parts_stand_with_an_empty_line_between_them_and_keep_what_is_bold(book: Book) -> None:
    said = book.speak(Parts((Words("mail.only"), Quote(""), Words("mail.heading", "da", {"who": "Bo"}), Quote("x"))))
    assert said == Text("Kun på dansk\n\nBo skriver:\n\nx", ((14, 16),))


def test_a_text_may_fill_a_field_of_another(book: Book) -> None:
    step = Words("mail.heading", "da", {"who": "Bo"})
    assert book.speak(Words("mail.step", "da", {"step": step})) == Text("Næste skridt: Bo skriver:", ((14, 16),))


@pytest.mark.parametrize(
    ("lang", "form", "expected"),
    [
        ("da", "senest", "onsdag den 4. november kl. 16.30"),
        ("da", "at", "onsdag den 4. november kl. 16.30"),
        ("da", "day", "onsdag den 4. november"),
        ("da", "clock", "kl. 16.30"),
        ("da", "short", "4/11"),
        ("en", "senest", "Wednesday 4 November at 16:30"),
        ("en", "until", "Wednesday 4 November"),
        ("en", "clock", "16:30"),
        ("en", "short", "4 Nov"),
        ("uk", "senest", "16:30 середи, 4 листопада"),
        ("uk", "at", "у середу, 4 листопада, о 16:30"),
        ("uk", "day", "середа, 4 листопада"),
        ("uk", "on", "у середу, 4 листопада"),
        ("uk", "until", "середи, 4 листопада"),
        ("uk", "clock", "16:30"),
        ("uk", "short", "04.11"),
    ],
)
def test_a_moment_is_told_as_the_language_tells_it(tmp_path: Path, lang: str, form: str, expected: str) -> None:
    for name in {"da", lang}:
        (tmp_path / f"{name}.yaml").write_text(f"t: '{{due:{form}}}'", encoding="utf-8")
    assert Book.load(tmp_path).speak(Words("t", lang, {"due": moment(16, 30)})).plain == expected


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("da", "lørdag den 1. december 2029 kl. 16 og lørdag den 1. december 2029"),
        ("en", "Saturday 1 December 2029 at 16:00 og Saturday 1 December 2029"),
        ("uk", "16:00 суботи, 1 грудня 2029 og субота, 1 грудня 2029"),
    ],
)
def test_a_day_that_is_far_away_is_told_with_its_year(tmp_path: Path, lang: str, expected: str) -> None:
    for name in {"da", lang}:
        (tmp_path / f"{name}.yaml").write_text("t: '{due:senest} og {due:day}'", encoding="utf-8")
    book = replace(Book.load(tmp_path), clock=lambda: moment(9))
    far = moment(16).replace(year=2029, month=12, day=1)
    assert book.speak(Words("t", lang, {"due": far})).plain == expected
    near = book.speak(Words("t", lang, {"due": moment(16).replace(year=2027, month=6)})).plain
    assert "2027" not in near, "the next summer is meant by itself"


def test_a_full_hour_has_no_minutes_in_danish_and_eleven_has_its_own_preposition_in_ukrainian(tmp_path: Path) -> None:
    for name in ("da", "uk"):
        (tmp_path / f"{name}.yaml").write_text("t: '{due:at}'", encoding="utf-8")
    book = Book.load(tmp_path)
    assert book.speak(Words("t", "da", {"due": moment(9)})).plain == "onsdag den 4. november kl. 9"
    assert book.speak(Words("t", "uk", {"due": moment(11)})).plain == "у середу, 4 листопада, об 11:00"


def test_a_moment_of_another_zone_is_told_in_the_municipalitys_own(book: Book) -> None:
    due = datetime(2026, 11, 4, 15, 0, tzinfo=UTC)
    assert book.speak(Words("mail.step", "da", {"step": due})).plain == "Næste skridt: onsdag den 4. november kl. 16"


@pytest.mark.parametrize(
    ("lang", "n", "expected"),
    [
        ("da", 1, "1 besked venter"),
        ("da", 0, "0 beskeder venter"),
        ("en", 2, "2 messages are waiting"),
        ("uk", 1, "Чекає 1 повідомлення"),
        ("uk", 21, "Чекає 21 повідомлення"),
        ("uk", 3, "Чекають 3 повідомлення"),
        ("uk", 11, "Чекає 11 повідомлень"),
    ],
)
def test_a_number_bends_the_text(book: Book, lang: str, n: int, expected: str) -> None:
    assert book.speak(Words("mail.wait", lang, {"n": n})).plain == expected


@pytest.mark.parametrize(
    ("topics", "expected"),
    [(("trafik",), "trafik"), (("trafik", "byrum"), "trafik og byrum"), (("a", "b", "c"), "a, b og c")],
)
def test_several_words_become_a_list(book: Book, topics: tuple[str, ...], expected: str) -> None:
    assert book.speak(Words("mail.list", "da", {"topics": topics})).plain == f"Det handler om {expected}."


def test_a_word_that_yaml_would_take_for_false_is_still_the_word(book: Book) -> None:
    assert book.speak(Words("mail.no")).plain == "nej"


def test_a_button_is_labelled_in_its_own_language(book: Book) -> None:
    assert book.label(Button("mail.wait", "read:3", "en", {"n": 1})) == "1 message is waiting"


def test_a_strict_book_names_the_text_that_is_missing(book: Book) -> None:
    with pytest.raises(NoSuchText, match=r"there is no text `mail\.only` in en\.yaml"):
        book.speak(Words("mail.only", "en"))


def test_a_strict_book_names_the_field_that_is_missing(book: Book) -> None:
    with pytest.raises(NoSuchText, match=r"`mail\.heading` \(da\) needs the field `who`"):
        book.speak(Words("mail.heading"))


def test_a_book_in_use_falls_back_to_danish_and_never_to_silence(folder: Path) -> None:
    lenient = Book.load(folder)
    assert lenient.speak(Words("mail.only", "uk")).plain == "Kun på dansk"
    assert lenient.speak(Words("mail.only", "tlh")).plain == "Kun på dansk"
    assert lenient.speak(Words("mail.heading")).plain == "[who] skriver:"
    assert lenient.speak(Words("mail.nothing")).plain == "[mail.nothing]"


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("a: 'x {who'", r"da\.yaml: `a`: a stray `{`"),
        ("a: 'x {Who}'", r"da\.yaml: `a`: `{Who}` is no field"),
        ("a: 'x {due:sometime}'", r"da\.yaml: `a`: `sometime` in `{due:sometime}` is none of at, clock"),
        ("a: '**x'", r"da\.yaml: `a`: `\*\*` is not closed"),
        ("a: [x, y]", r"da\.yaml: `a`: must be one text"),
        ("a: x\na: y", r"da\.yaml:2: the key `a` stands twice"),
        ("a: x\n b: y", r"da\.yaml:2: mapping values are not allowed"),
        ("- a", r"da\.yaml:1: must begin with a key"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_by_its_place(tmp_path: Path, written: str, message: str) -> None:
    (tmp_path / "da.yaml").write_text(written, encoding="utf-8")
    with pytest.raises(SheetFault, match=message):
        Book.load(tmp_path)


def test_a_folder_without_danish_is_refused(tmp_path: Path) -> None:
    (tmp_path / "en.yaml").write_text("a: x", encoding="utf-8")
    with pytest.raises(SheetFault, match=r"da\.yaml is missing"):
        Book.load(tmp_path)


@pytest.mark.parametrize("lang", ["en", "uk"])
def test_every_text_is_there_in_every_language_with_the_same_fields(lang: str) -> None:
    danish, other = BOOK.entries["da"], BOOK.entries[lang]
    assert sorted(danish.keys() - other.keys()) == []
    assert sorted(other.keys() - danish.keys()) == []
    unlike = {key: sorted(entry.fields ^ danish[key].fields) for key, entry in other.items()}
    assert {key: fields for key, fields in unlike.items() if fields} == {}


@pytest.mark.parametrize("lang", ["da", "en", "uk"])
def test_a_text_with_a_number_has_every_form_of_its_language(lang: str) -> None:
    needed = Locale.parse(lang).plural_form.tags | {"other"}
    bent = {key: entry.templates.keys() for key, entry in BOOK.entries[lang].items() if len(entry.templates) > 1}
    assert {key: sorted(needed - forms) for key, forms in bent.items() if needed - forms} == {}


@pytest.mark.parametrize("lang", ["da", "en", "uk"])
def test_what_telegram_shows_of_the_bot_fits_its_limits(lang: str) -> None:
    filled: dict[str, Field] = {"municipality": "Gentofte Kommune", "phone": "39 98 00 00"}
    assert len(BOOK.speak(Words("bot.description", lang, filled)).plain) <= 512
    assert len(BOOK.speak(Words("bot.short", lang, filled)).plain) <= 120


def test_a_title_that_is_kept_in_danish_is_read_in_the_texts_own_language(tmp_path: Path) -> None:
    for lang in ("da", "uk"):
        (tmp_path / f"{lang}.yaml").write_text('by: "{agent}, {role}"\n', encoding="utf-8")
    titles = {("uk", "koordinator"): "координатор"}
    book = replace(Book.load(tmp_path), title_in=lambda lang, title: titles.get((lang, title), title))
    said = {
        lang: book.speak(Words("by", lang, {"agent": "Peter", "role": "koordinator"})).plain for lang in ("da", "uk")
    }
    assert said == {"da": "Peter, koordinator", "uk": "Peter, координатор"}


@pytest.mark.parametrize("lang", BOOK.languages)
@pytest.mark.parametrize("stage", Stage)
def test_every_stage_has_its_words_for_citizens_and_for_the_board_and_every_ending_its_status(
    stage: Stage, lang: str
) -> None:
    wanted = {f"stage.{stage.value}", f"board.stage.{stage.value}"}
    wanted |= {f"citizen.status.{stage.value}"} if stage.closed else set()
    assert wanted - BOOK.known(lang) == set()
