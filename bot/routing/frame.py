"""The rules as the dialogue sees them: the core's frame; Telegram ids and the staff chat may come from outside."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot.core.frame import (
    Absence,
    Agent,
    Area,
    Contact,
    DeskKind,
    EmergencyLine,
    Frame,
    Guardian,
    Press,
    Promises,
    Question,
    Signpost,
    Template,
    Topic,
)
from bot.routing.checks import find_agent
from bot.routing.closed import public_holidays
from bot.routing.last_lines import LAST_LINES
from bot.routing.rules import AgentBlock, PromiseBlock, QuestionBlock, Rules, TopicBlock

_DESKS: dict[str, DeskKind] = {"gruppe": "group", "privat": "private", "begge": "both"}
FIRST_YEAR = 2019
"""Promises are counted over these years; the first is the year of the source document."""
LAST_YEAR = 2060


def seat_frame(frame: Frame, seats: Mapping[str, int], staff_chat: int | None) -> Frame:
    """The frame with what is set outside the file.

    `seats` maps agent ids to Telegram user ids and fills in those that the file lacks; `staff_chat` is the Telegram
    chat id of the staff group when the file names none.
    """
    agents = {
        name: replace(agent, telegram=seats[name]) if agent.telegram is None and name in seats else agent
        for name, agent in frame.agents.items()
    }
    return replace(frame, agents=agents, staff_chat=staff_chat if frame.staff_chat is None else frame.staff_chat)


def build_frame(rules: Rules) -> Frame:
    """The frame of one version of the rules, as the file has it."""
    place = rules.municipality
    area = place.area
    return Frame(
        municipality=place.name,
        bot_name=place.bot_name,
        contact=Contact(place.contact.phone, place.contact.hours.by_language(), place.contact.meet.by_language()),
        privacy_link=place.privacy_link,
        agents={agent: _build_agent(rules, agent, block) for agent, block in rules.agents.items()},
        topics={topic: _build_topic(rules, topic, block) for topic, block in rules.topics.items()},
        coordinator=find_agent(rules, rules.coordinator),
        leader=find_agent(rules, rules.leader),
        admins=frozenset(rules.admins),
        signposts={
            name: Signpost(name, block.who.by_language(), block.contact, block.sentence.by_language())
            for name, block in rules.signposts.items()
        },
        emergency_lines=LAST_LINES
        | {
            name: EmergencyLine(name, block.number, block.sentence.by_language())
            for name, block in rules.danger.lines.items()
        },
        promises=_build_promises(rules.promises),
        area=Area(area.south, area.west, area.north, area.east) if area else None,
        questions=_build_questions(rules.questions),
        rules_hash=rules.digest,
        staff_chat=rules.staff.chat,
        staff_topics=rules.staff.topics,
        templates={name: Template(name, block.name, block.by_language()) for name, block in rules.templates.items()},
        basis=place.basis.by_language() if place.basis else {},
        guardian=Guardian(place.guardian.name, place.guardian.telegram) if place.guardian else None,
        titles={
            "en": {block.title: block.title_en for block in rules.agents.values() if block.title_en},
            "uk": {block.title: block.title_uk for block in rules.agents.values() if block.title_uk},
        },
        place_agents={
            place.name: find_agent(rules, place.agent)
            for places in rules.places.values()
            for place in places
            if place.agent
        },
        press=Press(place.press.name, place.press.title, place.press.contact) if place.press else None,
    )


def _build_agent(rules: Rules, agent: str, block: AgentBlock) -> Agent:
    return Agent(
        id=agent,
        name=block.name,
        title=block.title,
        telegram=block.telegram,
        desk=_DESKS[block.desk],
        stand_in=find_agent(rules, block.stand_in) if block.stand_in else None,
        away=tuple(Absence(days.first, days.last) for days in block.away),
    )


def _build_topic(rules: Rules, topic: str, block: TopicBlock) -> Topic:
    return Topic(
        id=topic,
        label=block.name.by_language(),
        lead=find_agent(rules, block.lead),
        helpers=tuple(find_agent(rules, helper) for helper in block.helpers),
        questions=_build_questions(block.questions),
        staff_chat=block.staff_chat,
    )


def _build_questions(blocks: list[QuestionBlock]) -> tuple[Question, ...]:
    return tuple(Question(block.facet, block.by_language()) for block in blocks)


def _build_promises(block: PromiseBlock) -> Promises:
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    closed = set(public_holidays(years[0], years[-1]))
    # Store bededag (the fourth Friday after Easter) is a working day from 2024 on; the package knows it.
    for year in years:
        closed.update(
            date(year, month, day) for month, day in block.closed_days() if (month, day) != (2, 29) or year % 4 == 0
        )
    return Promises(
        working_days=block.working_days,
        hour=block.hour,
        closed=frozenset(closed),
        quiet_from=block.quiet.start,
        quiet_to=block.quiet.end,
        draft_days=block.draft_days,
        draft_warning_days=block.draft_warning_days,
        draft_reminder_days=block.draft_reminder_days,
        closed_months=block.closed_months,
        ask_years=block.ask_years,
    )
