"""What an initiative carries along for its desk besides its own fields: since when, by which message, how often."""

from dataclasses import replace
from datetime import datetime

from bot.core.initiative import Initiative

TURNED = "turned"
"""Since when it has been the citizen's turn."""
TURNED_BY = "turned_by"
"""The agent's message, "chat:message", that gave the citizen the turn; taking it back gives the turn back."""
TURNED_FROM = "turned_from"
"""The promised date that stood before the citizen got the turn."""
ANSWERED_BY = "answered_by"
"""The agent's message, "chat:message", that was the first answer to reach the citizen."""
ANSWERED_TOO = "answered_too"
"""The answers that have reached the citizen since the first one, as JSON: agent's message and moment, oldest first."""
LATE_BEFORE = "late_before"
"""The answer that ended a delay, since when it had been late and how many dates had passed: if it is taken back."""
LATE_SINCE = "late_since"
"""The first promised date that passed without an answer, until an answer comes."""
MISSES = "misses"
"""How many promised dates in a row have passed."""
FORM = "form"
"""The form that set the step which stands now, as JSON: kind, filled lines, and the agent's message."""
HERE = "here"
"""The chat in which its agent took it, where that is none of the places that the rules name for them."""
STANDS_IN = "stands_in"
"""The id of the agent for whom the responsible stands in, while that agent is away."""
OFFERED = "offered"
"""The id of the agent who has been asked to take it on; until they say yes, nothing has changed."""
OFFERED_BY = "offered_by"
"""The id of the agent who asked them."""
OFFERED_WHY = "offered_why"
"""Why: staff's own words, which the citizen never reads."""
HEARD = "heard"
"""When the citizen last wrote."""
INVITED = "invited"
"""The ids of the agents who were asked to help when it was sent and have not yet said that they do."""
TOLD_LATE = "told_late"
"""The promised date that staff were last told had passed."""

SENT_TO = "sent_to"
"""The name of the agent who got it when it was sent."""
SENT_AS = "sent_as"
"""The topic that it was sent by: routing's where it was sure, else the citizen's; none where nobody knew."""
CHOSEN = "chosen"
"""The topic that the citizen chose ("other" and "dont_know" too), where routing asked."""
SENT_BY_PLACE = "sent_by_place"
"""The place whose agent got it, where no topic was sure."""
STOOD_FOR = "stood_for"
"""The name of the topic's own agent, when a stand-in got it."""

LEARN_ASKED = "learn_asked"
"""Since when the citizen has been asked what a trial showed, until they have told it."""

ASIDE = "aside"
"""The step that stands again after an appointment, as JSON, see `steps.put_aside`."""
MEETING = "meeting"
"""The meeting or call that was proposed last, as JSON, see `appointment.Proposal`."""
WISHED = "meeting_wished"
"""Since when the citizen has wished for a meeting, until times are proposed."""
ACCESS_ASKED = "access_asked"
"""Since when the citizen has been asked what a meeting must have in place for them."""

SHOW = "show"
"""Where it was last proposed to show the initiative, with the very text and the citizen's answer, as JSON."""

REACH = "reach"
"""How a citizen without Telegram hears the answers, in an agent's words."""
SOURCE = "source"
"""Where an idea came from that an agent has entered: by phone, at a stall, at the desk."""
LINK = "link"
"""The fingerprint of the link by which a citizen takes over what an agent has entered; gone once it is used."""
LINK_UNTIL = "link_until"
"""The last day on which that link works."""

SEEKS = "seeks"
"""What help it looks for, in words that the citizen has said yes to; public while the initiative is."""
SEEKS_ASKED = "seeks_asked"
"""What an agent has proposed to say of it, until the citizen answers."""
BRIDGES = "bridges"
"""Who has asked to join or to help, and what was answered, as JSON, see `bridges.Bridge`."""
BRIDGED_TO = "bridged_to"
"""The numbers of the initiatives whose initiators were asked about this offer."""
SEEKERS = "seekers"
"""The numbers of the initiatives that this offer's citizen was shown when they began to look for help."""

SURVEY = "survey"
"""What the citizen has answered to the questions after it was done, as JSON."""

KEPT_UNTIL = "kept_until"
"""The day, ISO, of which its citizens have been told that what is kept of them in it goes then."""
GOES_ON = "goes_on"
"""Whether the citizen drives on what is done: the verb of the button that they pressed."""
CASE = "case"
"""The number under which the municipality's archive has it, such as EMN-2026-01234."""


def mark(initiative: Initiative, **values: str) -> Initiative:
    """The initiative with these marks set; an empty value takes the mark off."""
    marks = {**initiative.extra, **values}
    return replace(initiative, extra={name: value for name, value in marks.items() if value})


def value(initiative: Initiative, name: str) -> str:
    """A mark as it was set, or "" where there is none."""
    return initiative.extra.get(name, "")


def moment(initiative: Initiative, name: str) -> datetime | None:
    """A mark that is a moment, in the zone of the initiative's next step; None where there is none."""
    written = initiative.extra.get(name, "")
    return datetime.fromisoformat(written).astimezone(initiative.step.due.tzinfo) if written else None
