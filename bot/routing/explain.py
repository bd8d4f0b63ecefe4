"""Routing told in words for `skab route`, and as JSON lines for measuring."""

import json
from collections.abc import Iterable, Iterator
from datetime import date

from bot.routing.match import Router

KIND_NAMES = {
    "idea": "en idé",
    "offer": "et tilbud om hjælp",
    "question": "et spørgsmål om, hvordan det virker",
    "status": "et spørgsmål om, hvor langt noget er",
    "service_request": "noget, der er i stykker eller mangler nu",
    "personal_case": "en personlig sag",
    "complaint": "en klage",
    "other_authority": "noget, der hører til et andet sted",
    "emergency": "akut fare",
    "smalltalk": "småsnak",
    "noise": "støj",
}
SHOWN = 3
TO_A_PERSON = frozenset({"idea", "offer"})
"""Kinds that are sent to an agent as they are, with a date for the answer."""


def route_text(router: Router, text: str, today: date, promised: str) -> str:
    """What would happen to the text today and why: kind, topics with the words that matched, runner-up, agent.

    `promised` is the date in words by which an answer is promised to what is sent now.
    """
    match = router.match(text, today=today)
    lines = [f"Det ligner {KIND_NAMES[match.kind]} ({match.kind}), skrevet på {match.lang}."]
    if match.emergency:
        lines.append(f"Nødlinje: {match.emergency}.")
    elif match.near:
        lines.append(f"Måske fare: nummeret ({match.near}) står over svaret.")
    if match.signpost:
        lines.append(f"Vejviser: {match.signpost}." + (f" Resten er en idé: {match.rest}" if match.rest else ""))
    for number, topic in enumerate(match.topics[:SHOWN], start=1):
        label = router.rules.topics[topic.topic].name.da
        reasons = ", ".join(topic.because) or "svage spor i flere ord"
        lines.append(f"{number}. {label} ({topic.topic}), {topic.score:.0f} af 100: {reasons}")
    if not match.topics:
        lines.append("Intet emne passer.")
    lines.append("Sikkert valg." if match.sure else "Usikkert: borgeren bliver spurgt.")
    agent = router.rules.agents[match.agent]
    lines.append(f"Den {today.isoformat()} går den til {agent.name}, {agent.title}.")
    if match.kind in TO_A_PERSON or match.rest:
        lines.append(f"{agent.name} svarer borgeren senest {promised}.")
    if match.places:
        lines.append(f"Steder: {', '.join(match.places)}.")
    lines.append(f"Regler: {match.rules_hash}.")
    return "\n".join(lines)


def route_jsonl(router: Router, lines: Iterable[str | bytes], today: date) -> Iterator[str]:
    """For each line {"id", "text"} a line {"id", "kind", "topics", "sure", "agent", "lang"} with at least 3 topics.

    Raises ValueError, in words for an admin, for a line that is not such JSON (or not UTF-8), with its number.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            identity, text = row["id"], row["text"]
            if not isinstance(text, str):
                raise TypeError(text)
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f'linje {number}: skriv den som JSON i UTF-8: {{"id": "1", "text": "…"}}') from error
        match = router.match(text, today=today)
        topics = [{"id": topic.topic, "score": topic.score, "because": list(topic.because)} for topic in match.topics]
        named = {topic.topic for topic in match.topics}
        topics += [{"id": topic, "score": 0.0, "because": []} for topic in router.rules.topics if topic not in named][
            : max(0, SHOWN - len(topics))
        ]
        routed = {
            "id": identity,
            "kind": match.kind,
            "topics": topics,
            "sure": match.sure,
            "agent": match.agent,
            "lang": match.lang,
        }
        yield json.dumps(routed, ensure_ascii=False)
