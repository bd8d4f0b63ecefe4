"""Pages that answer questions: what an admin asks goes to the keeper, and each thing that the keeper finds is told."""

from typing import Any

import pytest

from bot.core import pagebook
from bot.core.effects import (
    Answer,
    Button,
    Effect,
    Parts,
    Quote,
    RulesErrand,
    Say,
    SendPages,
    Tag,
    TellHumans,
    To,
    Words,
)
from bot.core.events import Media
from bot.core.page_news import PageBarred, PageNews, PagesInForce, PagesListed, PagesRefused, PageTried
from tests.core.town import FRAME, JONAS, NOW, Story, pressed, said

ADMIN = 7
OLD_HOLD = Words("pagebook.old_hold", "da", {})


def words(key: str, **fields: Any) -> Words:
    return Words(key, "da", fields)


def told(news: PageNews) -> list[Effect]:
    return Story().step(pagebook.on_event, news).effects


def page(name: str = "raadene.md", size: int = 100) -> Media:
    return Media("document", "p1", 300, file_name=name, size=size)


def test_a_page_with_faults_is_refused_with_each_line_and_how_many_more_there_are() -> None:
    faults = (("da/raadene.md", 3, "kilde mangler"), ("da/raadene.md", 9, "ukendt felt"))
    parts = (
        words("pagebook.refused.faults", file="raadene.md"),
        Quote("da/raadene.md, linje 3: kilde mangler.\nda/raadene.md, linje 9: ukendt felt."),
        words("rulebook.refused.more", n=4),
        OLD_HOLD,
    )
    assert told(PagesRefused(NOW, "raadene.md", faults=faults, more=4, chat=ADMIN)) == [Say(To(ADMIN), Parts(parts))]


def test_what_broke_on_the_disk_is_told_to_those_who_mend_things() -> None:
    parts = (words("pagebook.refused.started", file=""), OLD_HOLD)
    assert told(PagesRefused(NOW, why="started")) == [TellHumans(Parts(parts))]


@pytest.mark.parametrize(
    ("more", "key"),
    [({"who": "Ulla Skov", "before": 4}, "person"), ({}, "disk"), ({"who": "Ulla Skov", "restored": True}, "restored")],
)
def test_pages_in_force_are_told_to_all_with_the_way_back_where_there_is_one(more: dict[str, Any], key: str) -> None:
    files = tuple(f"da/side{n}.md" for n in range(12))
    shown = words(f"pagebook.in_force.{key}", agent=more.get("who", ""), files=files[: pagebook.MOST_FILES], n=12)
    back = ((Button("pagebook.button.back", "p_back:4"),),) if more.get("before") else ()
    assert told(PagesInForce(NOW, files, **more)) == [TellHumans(Parts((shown,)), back)]


def test_pages_that_work_again_are_told_even_where_none_changed() -> None:
    assert told(PagesInForce(NOW, (), mended=True)) == [TellHumans(Parts((words("pagebook.again"),)))]


@pytest.mark.parametrize(("is_new", "key"), [(True, "new"), (False, "changed")])
def test_a_good_page_is_shown_as_a_citizen_reads_it_before_it_counts(is_new: bool, key: str) -> None:
    lost = tuple(f"spørgsmål {n}" for n in range(9))
    parts = (
        words(f"pagebook.tried.{key}", file="raadene.md", n=5),
        Quote("De fire råd ...", words("pagebook.reads")),
        words("citizen.source", source="kommunen"),
        Quote("\n".join(lost[: pagebook.MOST_LOST]), words("pagebook.lost")),
    )
    buttons = ((Button("rulebook.button.use", "p_use:3"),), (Button("rulebook.button.drop", "p_drop:3"),))
    news = PageTried(NOW, ADMIN, 3, "raadene.md", is_new, 5, "De fire råd ...", "kommunen", lost)
    assert told(news) == [Say(To(ADMIN), Parts(parts), buttons)]


def test_a_file_with_meetings_is_judged_and_shown_with_its_dates_before_it_counts() -> None:
    event = said(ADMIN, chat=ADMIN, media=(page("Råd 2027.ICS"),))
    assert pagebook.concerns(event, FRAME)
    file, lines = "calendar/råd-2027.ics", "12.01.2027 kl. 17.00: Råd. Rådhuset"
    buttons = ((Button("rulebook.button.use", "p_use:3"),), (Button("rulebook.button.drop", "p_drop:3"),))
    shown = Quote(lines, words("pagebook.tried.meetings", file=file, n=1))
    assert told(PageTried(NOW, ADMIN, 3, file, True, 1, lines, "")) == [Say(To(ADMIN), shown, buttons)]
    (empty,) = told(PageTried(NOW, ADMIN, 3, file, True, 0, "", ""))
    assert isinstance(empty, Say)
    assert empty.content == words("pagebook.tried.meetings", file=file, n=0)
    (refused,) = told(PagesRefused(NOW, file, faults=((file, 4, "ingen dato"),), chat=ADMIN))
    assert isinstance(refused, Say)
    assert isinstance(refused.content, Parts)
    assert refused.content.parts[0] == words("pagebook.refused.meetings", file=file)


def test_a_page_that_loses_no_question_says_nothing_of_lost_ones() -> None:
    (say,) = told(PageTried(NOW, ADMIN, 3, "raadene.md", True, 5, "Tekst", "kommunen"))
    assert isinstance(say, Say)
    assert isinstance(say.content, Parts)
    assert len(say.content.parts) == 3


@pytest.mark.parametrize("why", ["gone", "same", "unwritten"])
def test_a_page_that_was_not_taken_says_why(why: Any) -> None:
    assert told(PageBarred(NOW, ADMIN, why)) == [Say(To(ADMIN), words(f"pagebook.barred.{why}"))]


def test_pages_that_were_asked_for_come_as_files_each_with_its_name() -> None:
    files = ("da/raadene.md", "en/raadene.md")
    assert told(PagesListed(NOW, ADMIN, "raadene", files)) == [
        SendPages(To(ADMIN), file, words("pagebook.file", file=file), Tag("pages", detail=file)) for file in files
    ]


def test_where_no_page_is_meant_the_admin_hears_so_and_without_a_name_gets_them_all() -> None:
    titles = ("raadene: De fire råd", "privatliv: Privatliv")
    assert told(PagesListed(NOW, ADMIN, "x", (), titles)) == [Say(To(ADMIN), words("pagebook.no_such", asked="x"))]
    assert told(PagesListed(NOW, ADMIN, "", (), titles)) == [
        Say(To(ADMIN), Quote("\n".join(titles), words("pagebook.list", n=2))),
        SendPages(To(ADMIN), "", words("pagebook.all"), Tag("pages")),
    ]


@pytest.mark.parametrize(
    ("text", "asked"), [("viden", ""), ("/viden raadene", "raadene"), ("Viden de fire råd", "de fire råd")]
)
def test_an_admin_asks_for_pages_by_a_word(text: str, asked: str) -> None:
    event = said(ADMIN, text, chat=ADMIN)
    assert pagebook.concerns(event, FRAME)
    assert Story().step(pagebook.on_event, event).effects == [RulesErrand("page_list", ADMIN, "x", text=asked)]


def test_a_page_that_an_admin_sends_is_judged_unless_it_is_too_large() -> None:
    event = said(ADMIN, chat=ADMIN, media=(page(),))
    assert pagebook.concerns(event, FRAME)
    judged = RulesErrand("page_judge", ADMIN, "x", text="raadene.md", file_id="p1")
    assert Story().step(pagebook.on_event, event).effects == [judged]
    large = said(ADMIN, chat=ADMIN, media=(page(size=pagebook.LARGEST + 1),))
    refused = Say(To(ADMIN), words("pagebook.refused.too_large", file="raadene.md"))
    assert Story().step(pagebook.on_event, large).effects == [refused]
    whole = said(ADMIN, chat=ADMIN, media=(page(size=pagebook.LARGEST),))
    assert Story().step(pagebook.on_event, whole).effects == [judged]


@pytest.mark.parametrize(
    "event",
    [
        said(JONAS, "viden", chat=JONAS),
        said(ADMIN, "viden"),
        said(ADMIN, "videnskab er godt", chat=ADMIN),
        said(ADMIN, chat=ADMIN, media=(page("raadene.pdf"),)),
        pressed(ADMIN, "p_show:3", chat=ADMIN),
        pressed(ADMIN, "p_use:3:4", chat=ADMIN),
    ],
)
def test_other_words_people_and_files_are_none_of_its_business(event: Any) -> None:
    assert not pagebook.concerns(event, FRAME)


@pytest.mark.parametrize("verb", ["use", "drop", "back"])
def test_a_press_goes_to_the_keeper_and_is_answered(verb: str) -> None:
    event = pressed(ADMIN, f"p_{verb}:3", chat=ADMIN)
    assert pagebook.concerns(event, FRAME)
    dropped = [Say(To(ADMIN), words("pagebook.dropped"))] if verb == "drop" else []
    errand: Any = RulesErrand(f"page_{verb}", ADMIN, "x", 3)  # type: ignore[arg-type]
    assert Story().step(pagebook.on_event, event).effects == [errand, *dropped, Answer(event.callback_id)]


@pytest.mark.parametrize("event", [pressed(JONAS, "p_use:3", chat=JONAS), pressed(ADMIN, "p_use:3")])
def test_nobody_else_and_nowhere_else_a_page_is_put_into_force(event: Any) -> None:
    effects = Story().step(pagebook.on_event, event).effects
    assert effects == [Answer(event.callback_id, words("rulebook.not_admin"), alert=True)]
