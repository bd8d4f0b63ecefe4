"""A look and a trial told in plain lines, in Danish and English, for whoever tries rules on the command line."""

from collections.abc import Iterator
from datetime import date, time

from bot.routing.explain import KIND_NAMES
from bot.routing.lab import Look, Moved, Trial, Where

MOST_MOVED = 20
"""Texts that are shown one by one; of more, the number is told."""
MOST_OF_A_TEXT = 70

_ENGLISH_KINDS = {
    "idea": "an idea",
    "offer": "an offer of help",
    "question": "a question of how it works",
    "status": "a question of how far something is",
    "service_request": "something broken or missing now",
    "personal_case": "a personal case",
    "complaint": "a complaint",
    "other_authority": "something that belongs elsewhere",
    "emergency": "acute danger",
    "smalltalk": "small talk",
    "noise": "noise",
}
_KINDS = {"da": KIND_NAMES, "en": _ENGLISH_KINDS}

_SAID = {
    "da": {
        "kind": "Det ligner {kind} ({id}), skrevet på {lang}.",
        "danger": "Borgeren får nødlinjen {line} med nummer {number}, og intet andet.",
        "near": "Måske fare: øverst i svaret står nummer {number}.",
        "signpost": "Borgeren får vejviseren {signpost}.",
        "rest": "Resten er en idé: {rest}",
        "topic": "{n}. {label} ({topic}), {score:.0f} af 100: {because}. Den ansvarlige er {agent}.",
        "traces": "svage spor i flere ord",
        "no_topic": "Intet emne passer.",
        "goes": "Den {today} går den til {agent}, med svar senest den {due} kl. {hour}.",
        "asks": "Borgeren bliver først spurgt om emnet. Ved borgeren det ikke, så:",
        "nobody": "Det er ikke en idé, og ingen agent får den.",
        "places": "Steder: {places}.",
        "tried": "{tried} sætninger er prøvet: {moved} går et andet sted hen, {others} af dem til en anden person.",
        "right": "Med kendt emne: {told}. Heraf fandt {before} deres emne før, og {after} gør det nu.",
        "lead": "{topic}: {before} -> {after}",
        "none": "ingen",
        "gone": "{name} er ikke agent mere.",
        "new": "{name} er ny agent.",
        "without": "{name} er ikke længere ansvarlig for noget emne.",
        "moved": "{key} »{text}«: {before} -> {after}",
        "more": "… og {count} til.",
        "unsure": "usikkert",
        "date": "%d-%m-%Y",
        "clock": "%H.%M",
    },
    "en": {
        "kind": "It looks like {kind} ({id}), written in {lang}.",
        "danger": "The citizen gets the emergency line {line} with number {number}, and nothing else.",
        "near": "Perhaps danger: the answer begins with number {number}.",
        "signpost": "The citizen gets the signpost {signpost}.",
        "rest": "The rest is an idea: {rest}",
        "topic": "{n}. {label} ({topic}), {score:.0f} of 100: {because}. {agent} is responsible.",
        "traces": "faint traces in several words",
        "no_topic": "No topic fits.",
        "goes": "On {today} it goes to {agent}, with an answer by {due} at {hour}.",
        "asks": "The citizen is first asked for the topic. If they don't know:",
        "nobody": "It is no idea, and no agent gets it.",
        "places": "Places: {places}.",
        "tried": "{tried} sentences were tried: {moved} go elsewhere, {others} of them to another person.",
        "right": "With a known topic: {told}. Of these {before} found their topic before, and {after} do now.",
        "lead": "{topic}: {before} -> {after}",
        "none": "nobody",
        "gone": "{name} is no longer an agent.",
        "new": "{name} is a new agent.",
        "without": "{name} is no longer responsible for any topic.",
        "moved": '{key} "{text}": {before} -> {after}',
        "more": "… and {count} more.",
        "unsure": "unsure",
        "date": "%Y-%m-%d",
        "clock": "%H:%M",
    },
}


def tell_look(look: Look, today: date, lang: str = "da") -> str:
    """What the rules make of a sentence, one fact a line."""
    return "\n".join(_look_lines(look, today, _SAID[lang], lang))


def tell_trial(trial: Trial, lang: str = "da") -> str:
    """What new rules would move, the numbers first, then people, then texts."""
    return "\n".join(_trial_lines(trial, _SAID[lang]))


def _look_lines(look: Look, today: date, said: dict[str, str], lang: str) -> Iterator[str]:
    yield said["kind"].format(kind=_KINDS[lang][look.kind], id=look.kind, lang=look.lang)
    if look.emergency:
        yield said["danger"].format(line=look.emergency_line, number=look.emergency)
    elif look.near:
        yield said["near"].format(number=look.near)
    if look.signpost:
        yield said["signpost"].format(signpost=look.signpost)
    if look.rest:
        yield said["rest"].format(rest=look.rest)
    for n, topic in enumerate(look.topics, start=1):
        because = ", ".join(topic.because) or said["traces"]
        yield said["topic"].format(
            n=n, label=topic.label, topic=topic.topic, score=topic.score, because=because, agent=topic.agent_name
        )
    if not look.topics:
        yield said["no_topic"]
    if look.places:
        yield said["places"].format(places=", ".join(look.places))
    if not look.agent:
        yield said["nobody"]
        return
    if look.asks:
        yield said["asks"]
    yield said["goes"].format(
        today=_day(today, said), agent=look.agent_name, due=_day(look.due, said), hour=_clock(look.hour, said)
    )


def _trial_lines(trial: Trial, said: dict[str, str]) -> Iterator[str]:
    yield said["tried"].format(tried=trial.tried, moved=len(trial.moved), others=len(trial.to_others))
    if trial.told:
        yield said["right"].format(told=trial.told, before=trial.right_before, after=trial.right_after)
    for lead in trial.leads:
        before, after = (name or said["none"] for name in (lead.before, lead.after))
        yield said["lead"].format(topic=lead.topic, before=before, after=after)
    for key, names in (("gone", trial.gone), ("new", trial.new), ("without", trial.without_topic)):
        for name in names:
            yield said[key].format(name=name)
    for moved in trial.moved[:MOST_MOVED]:
        yield _tell_moved(moved, said)
    if len(trial.moved) > MOST_MOVED:
        yield said["more"].format(count=len(trial.moved) - MOST_MOVED)


def _tell_moved(moved: Moved, said: dict[str, str]) -> str:
    text = " ".join(moved.sample.text.split())
    short = text if len(text) <= MOST_OF_A_TEXT else text[: MOST_OF_A_TEXT - 1] + "…"
    before, after = (_tell_where(where, said) for where in (moved.before, moved.after))
    return said["moved"].format(key=moved.sample.key, text=short, before=before, after=after)


def _tell_where(where: Where, said: dict[str, str]) -> str:
    parts = [where.topic or "–", "" if where.sure or not where.agent else said["unsure"], where.agent_name]
    kind = "" if where.kind in ("idea", "offer") else f"{where.kind}: "
    return kind + ", ".join(filter(None, parts))


def _day(day: date, said: dict[str, str]) -> str:
    return day.strftime(said["date"])


def _clock(hour: time, said: dict[str, str]) -> str:
    return hour.strftime(said["clock"])
