"""How messages fare by rules that never change, to the last figure: as it was approved, or a person reads why not.

Whoever turns a figure of routing sees here what it does to real messages: another topic first, another reason shown,
somebody asked who was not. `APPROVE=1 pytest tests/routing/test_told.py` writes the file anew.
"""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.routing.live import Accepted, accept
from bot.routing.match import Router
from bot.routing.second import Opinion

TOLD = Path(__file__).parent / "told"
TODAY = date(2026, 11, 2)
TEXTS = (
    "flere cykelstativer ved Ordrup Station",
    "cykelpakering ve ordrup st",
    "Cyklerne ligger og flyder ved stationen, så jeg ikke kan komme frem med min rollator. Kan der laves noget?",
    "bi venlige blomster i vejkandten",
    "vilde blomster og bier i parken, ikke flere biler",
    "ingen biler, kun cykler på vores vej",
    "legpladsen er kedlig kan vi bygge en ny sammen",
    "vinterbader suana på hellerup stran",
    "repper cafe hvor man fikser brødristere",
    "ensome gamle der spiser samen",
    "handikap rampe til svømehallen",
    "et sted vi unge ka hænge ud om aftnen",
    "nabo hjælp mod indbrud",
    "sprog kafe for nye i danmark",
    "bofælskab for os over 60",
    "åbne data om luftkvaliet",
    "et kor for alle på biblioteket",
    "Jeg vil gerne hjælpe med lektier om eftermiddagen, jeg er pensioneret lærer",
    "vi har et lokale som andre kan låne om aftenen",
    "hvordan sender jeg en idé ind?",
    "hvad er et medborgerskab egentlig",
    "hvor langt er I med min idé?",
    "lampen på vores vej virker ikke",
    "der er et kæmpe hul i vejen ud for nummer 12",
    "min mor har fået afslag på hjemmehjælp",
    "jeg vil klage over behandlingen på borgerservice",
    "mit pas er udløbet, hvor henvender jeg mig",
    "Lampen ved stien er gået i stykker. Og så har jeg en idé: kan vi lave en fælles grillplads på torvet sammen?",
    "hej med jer",
    "god weekend!",
    "asdf jkl qwe",
    "👍",
    "?!?!?!?!",
    "det brænder i vores opgang, der er røg overalt",
    "min nabo ligger på gulvet og trækker ikke vejret",
    "et barn er faldet i vandet ved havnen",
    "jeg kan ikke mere og vil ikke leve længere",
    "et kursus i førstehjælp, så vi kan hjælpe når nogen falder om",
    "en brandøvelse for børn på skolen ville være sjovt",
    "a bike lane to the school would be great for the kids",
    "free tea for lonely people at the library",
    "мовне кафе в бібліотеці для жінок з України",
    "хочу організувати прибирання на пляжі",
    "en fahrradweg für alle bitte",
    "jeg har en god ide",
    "noget for os på vores vej",
    "en boldbane til pigerne",
    "en lampe ved stien",
    "parke ring ved skolen",
    "Vi er nogle pensionister i Jægersborg der gerne vil dyrke grøntsager sammen med 4. klasse på den tomme grund bag "
    "biblioteket. Skolen er med på den, og vi har selv redskaber. Vi mangler bare vand og lov til at gå i gang",
    "Kan vi ikke få en rigtig venteplads ved 169-bussen? I regnvejr står vi alle sammen og trykker os op ad hækken.",
    "lad de grimme plænekanter langs vejene gro til med valmuer og kornblomster",
    "byttedag for børnetøj to gange om året i en sportshal",
    "Kunne grundejerforeningerne gå sammen om at købe solceller i fællesskab",
    "det er farligt at krydse vejen ved skolen om morgenen, lad os lave en gåbus",
    "bænke bænke bænke og flere bænke på torvet",
    "jeg hader kommunen",
    "hvornår har biblioteket åbent",
)
OPINION = Opinion(
    {"kultur": 0.6, "trafik": 0.25, "natur": 0.15}, {"idea": 0.5, "offer": 0.4, "question": 0.1},
    {"kultur": "et kor for alle"}, 0.02,
)  # fmt: skip


class Knows:
    """A second opinion that is always the same."""

    def look(self, _digest: str, _text: str) -> Opinion | None:
        """The opinion."""
        return OPINION


@pytest.fixture(scope="module")
def frozen() -> Router:
    """The router of the rules that never change, learned here and now."""
    outcome = accept((TOLD / "rules.yaml").read_bytes())
    assert isinstance(outcome, Accepted), outcome.problems
    return outcome.router


def tell(router: Router, text: str, *, in_dialogue: bool = False) -> Iterator[str]:
    """What routing makes of a text, a fact a line."""
    match = router.match(text, today=TODAY, in_dialogue=in_dialogue)
    calm = match.calm or match
    facts = {
        "agent": match.agent, "lang": f"{match.lang}{'' if match.lang_told else ' (untold)'}",
        "emergency": match.emergency, "signpost": match.signpost, "rest": match.rest,
        "calm": calm.kind * (calm != match), "facets": ", ".join(sorted(match.facets)),
        "places": ", ".join(match.places),
    }  # fmt: skip
    signs = [name for name in ("sure", "certain", "readable") if getattr(match, name)]
    yield f"{match.kind} [{', '.join(signs)}] " + "; ".join(f"{key}: {fact}" for key, fact in facts.items() if fact)
    for topic in calm.topics:
        yield f"  {topic.topic} {topic.score}: {', '.join(topic.because)}"


def weigh(router: Router, text: str) -> str:
    """The figures behind the kind and the danger, which decide only where they pass a line."""
    reading = router.read(text)
    kinds = router._kinds.judge(reading, 1.0, in_dialogue=False).evidence
    danger = router._danger.weigh(reading)
    told = [f"{kind} {worth:.2f}" for kind, worth in sorted(kinds.items())]
    return f"  = {', '.join(told)}; danger {danger.evidence:.2f}, borne {danger.bears:.2f}"


def test_each_message_fares_as_it_was_approved(frozen: Router) -> None:
    told = []
    for text in TEXTS:
        told += [f"# {text}", *tell(frozen, text), weigh(frozen, text)]
        asked = list(tell(frozen, text, in_dialogue=True))
        told += [f"  in dialogue: {asked[0]}"] if asked[0] != told[-2 - len(asked[1:])] else []
        frozen.second = Knows()
        told.append(f"  with a second opinion: {' | '.join(part.strip() for part in tell(frozen, text))}")
        frozen.second = None
    file = TOLD / "told.txt"
    if os.environ.get("APPROVE") == "1":
        file.write_text("\n".join([*told, ""]), "utf-8")
    assert told == file.read_text("utf-8").splitlines()
