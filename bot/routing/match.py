"""The router: a citizen's words to kind, topics with reasons, and the agent; the only place that uses rapidfuzz."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import date
from math import exp

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.core.match import Match, TopicScore
from bot.routing.agents import Desk
from bot.routing.beside import Beside, in_turn
from bot.routing.cues import forget_cues
from bot.routing.danger import Danger, DangerLore, Weighed
from bot.routing.facets import find_facets
from bot.routing.kinds import KindJudge, KindLore, Verdict
from bot.routing.language import hear_language, tell_language
from bot.routing.place_names import PlaceNames
from bot.routing.reading import Reading, read_text
from bot.routing.recall import Recall
from bot.routing.rules import Rules
from bot.routing.second import Opinion, SecondOpinion, lead_of
from bot.routing.signposts import Signposts
from bot.routing.spelling import collapse
from bot.routing.topics import Evidence, TopicJudge
from bot.routing.vocabulary import Nearest, Vocabulary

SCORE_SCALE = 4.0
"""Evidence that gives a score of 63 of 100."""
SURE_SCORE = 43.0
"""A word that one topic alone names is enough for it, also in a file without examples."""
SURE_MARGIN, TWO_SURE_MARGIN = 3.5, 4.5
"""How far the first topic must be before the next: alone, and beside a second opinion, whose own lead counts as well.

The second opinion's lead is how much likelier (natural log) it holds the topic than the best of all others: below 0
where it would have another first, so that the two of them must be of one mind, or one of them very sure.
"""
LESS_MARGIN, SURE_SHARE = 2.0, 0.36
"""How far is enough alone where the first topic has so much of all that speaks for topics: little else is meant."""
SURE_WORDS = 1.0
"""What the rules' own words must say for a topic that is sure, however much the second opinion says."""
NAMED_SCORE = 20.0
"""Below this score nobody is named by topic; the coordinator has it."""


def _allowed_distance(word: str) -> int:
    """How many letters may be wrong in a word of this length."""
    return 0 if len(word) < 5 else 1 if len(word) < 8 else 2 if len(word) < 13 else 3


class Spellings:
    """Finds the known word that a misspelled one is nearest to; looks only at words of like length and ends."""

    def __init__(self, words: Iterable[str], favoured: frozenset[str]) -> None:
        self._by_first: dict[tuple[str, int], list[str]] = {}
        self._by_last: dict[tuple[str, int], list[str]] = {}
        written: dict[str, str] = {}
        for word in sorted(words):
            if len(word) >= 4:
                bare = collapse(word)
                if bare not in written or word in favoured:
                    written[bare] = word
        # Most words have no doubled letters: they are written as they are compared.
        self._written = {bare: word for bare, word in written.items() if bare != word}
        # A dict, as a set would take two to three times the memory.
        self._favoured = dict.fromkeys(word for word in written.values() if word in favoured)
        for bare in written:
            self._by_first.setdefault((bare[0], len(bare)), []).append(bare)
            self._by_last.setdefault((bare[-2:], len(bare)), []).append(bare)
        self.nearest = Recall(self._find_nearest, 2048)

    def _find_nearest(self, word: str) -> tuple[str, int] | None:
        allowed = _allowed_distance(word)
        if not allowed or word.isdigit():
            return None
        word = collapse(word)
        best: list[tuple[int, bool, str]] = []
        for size in range(len(word) - allowed, len(word) + allowed + 1):
            for near in (self._by_first.get((word[0], size)), self._by_last.get((word[-2:], size))):
                if near:
                    best += [
                        (int(distance), self._written.get(found, found) not in self._favoured, found)
                        for found, distance, _ in process.extract(
                            word, near, scorer=OSA.distance, score_cutoff=allowed, limit=3
                        )
                    ]
        if not best:
            return None
        distance, _, found = min(best)
        return self._written.get(found, found), max(distance, 1)


def _guess_among(words: Iterable[str]) -> Nearest:
    """A guess at which of these a word is, where one is near."""
    return Spellings(words, frozenset()).nearest


class Router:
    """Routes texts by one version of the rules; pure: the same text and day give the same answer, nothing is kept."""

    def __init__(self, rules: Rules, beside: Beside | None = None) -> None:
        """Nobody sits anywhere yet but who has a Telegram id in the rules: see `seat`.

        Kinds and danger are learned by `beside` where it is given; then `settle` must be called before `match`.
        """
        self.rules = rules
        self._topics = TopicJudge(rules)
        self._kinds = KindJudge(rules)
        self._danger = Danger(rules, self._kinds.said)
        self._signposts = Signposts(rules)
        self._desk = Desk(rules, {})
        vocabulary = Vocabulary(
            self._topics.rule_words(),
            self._topics.example_words() | self._kinds.words() | self._danger.words(),
            rules.spellings,
            self._topics.own_words(),
        )
        self.vocabulary = vocabulary
        # What needs most memory while it is learned comes first: what it lets go of is used again by the rest.
        self._lore = (beside or in_turn)(self._learn)
        self._topics.learn(vocabulary)
        self._spellings = Spellings(
            {*vocabulary.words, *vocabulary.small}, frozenset(self._topics.favoured(vocabulary))
        )
        self._places = PlaceNames(self._desk.place_cues, self._desk.place_names, vocabulary.knows, _guess_among)
        self.second: SecondOpinion | None = None
        forget_cues()
        if beside is None:
            self.settle()

    def _learn(self) -> tuple[KindLore, DangerLore]:
        kinds = self._kinds.learn(self.vocabulary, self._topics.example_texts(), self._danger.hear)
        return kinds, self._danger.learn(self.vocabulary)

    def settle(self) -> None:
        """Wait for what is learned beside, and judge by it."""
        kinds, danger = self._lore()
        self._kinds.know(self.vocabulary, kinds)
        self._danger.know(danger)
        del self._lore

    def seat(self, seats: Mapping[str, int]) -> "Router":
        """The same router where agents have these Telegram ids as well.

        Once anybody has one, an agent without is passed over for the stand-in.
        """
        seated = copy(self)
        seated._desk = Desk(self.rules, seats)
        return seated

    def parts(self) -> list[object]:
        """What holds the large tables of what was learned."""
        return [self.vocabulary, self._spellings, *self._topics.parts(), *self._kinds.parts(), *self._danger.parts()]

    def read(self, text: str) -> Reading:
        """The text as routing sees it: its words, settled and spelled as the rules spell them."""
        return read_text(text, self.vocabulary, self._spellings.nearest)

    def emergency(self, text: str) -> str:
        """The id of the emergency line that the words point to, or ""."""
        return self._danger.line(self._weigh_danger(self.read(text), tell_language(text)))

    def first_topic(self, text: str) -> str:
        """The topic that the text is most about, or ""."""
        evidence = self._topics.judge(self.read(text))
        return min(evidence, key=lambda topic: (-evidence[topic].strength, self._topics.order[topic]), default="")

    @property
    def districts(self) -> tuple[str, ...]:
        """The names of the first group of places: the parts of the municipality."""
        return tuple(place.name for places in list(self.rules.places.values())[:1] for place in places)

    def places(self, text: str) -> tuple[str, ...]:
        """The names of the municipality's places that a text mentions, in its order."""
        return self._places.find(self.read(text))

    def match(self, text: str, *, today: date, in_dialogue: bool = False, alone: bool = False) -> Match:
        """Route one text as of `today` (who is away), with the second opinion where there is one.

        `in_dialogue`: the citizen is already talking of an idea; `alone`: by the rules alone.
        """
        reading = self.read(text)
        lang, told = hear_language(text)
        danger = self._weigh_danger(reading, lang)
        certain = any(weighed.certain for weighed in danger)
        second = None if alone or certain else self.second
        opinion = second.look(self.rules.digest, text) if second is not None else None
        line = self._danger.line(danger, opinion)
        evidence = self._topics.judge(reading, opinion)
        scores = sorted(evidence.items(), key=lambda item: (-item[1].strength, self._topics.order[item[0]]))
        topics = tuple(
            TopicScore(topic, round(100 * (1 - exp(-found.strength / SCORE_SCALE)), 1), found.because)
            for topic, found in scores
        )
        strongest = max((found.own for _, found in scores), default=0.0)
        verdict = self._kinds.judge(reading, strongest, opinion, in_dialogue=in_dialogue)
        signpost, rest = self._errand(reading, verdict)
        places = self._places.find(reading)
        calm = Match(
            kind=verdict.kind,
            topics=topics,
            sure=_is_sure([found for _, found in scores], topics, opinion),
            agent=self._desk.who([score.topic for score in topics if score.score >= NAMED_SCORE][:1], places, today),
            lang=lang,
            lang_told=told,
            rules_hash=self.rules.digest,
            signpost=signpost,
            facets=find_facets(reading, places),
            places=places,
            rest=rest,
            near="" if line else self._danger.near(danger, opinion),
            readable=verdict.readable and any(_is_word(token.fold) for token in reading.tokens),
        )
        if not line:
            return calm
        return replace(calm, kind="emergency", emergency=line, signpost="", rest="", certain=certain, calm=calm)

    def place_words(self, reading: Reading) -> dict[str, str]:
        """The words of a reading that name one of the rules' places, each with the rules' word for it."""
        return self._places.words(reading)

    def _weigh_danger(self, reading: Reading, lang: str) -> list[Weighed]:
        """What the text says of danger, also as it is written: a foreign word is often guessed to be a Danish one."""
        foreign = lang != "da" and any(reading.guesses)
        readings = [reading.unguessed(self.vocabulary.root), reading] if foreign else [reading]
        return [self._danger.weigh(each) for each in readings]

    def _may_hold_both(self, reading: Reading) -> bool:
        """Whether cues speak for an errand and for an idea; a sentence alone has no cue that the whole text has not."""
        hinted = self._kinds.hinted(reading)
        return "idea" in hinted and not hinted.isdisjoint(self._signposts.kinds)

    def _errand(self, reading: Reading, verdict: Verdict) -> tuple[str, str]:
        """The signpost, and the idea that is left when the text holds both an errand and an idea."""
        if verdict.kind in self._signposts.kinds:
            return self._signposts.choose(verdict.kind, reading), ""
        if verdict.kind == "idea" and len(reading.sentences) > 1 and self._may_hold_both(reading):
            parts = [(part.text, self._kinds.judge_alone(part)) for part in reading.sentences]
            errands = [kind for _, kind in parts if kind in self._signposts.kinds]
            ideas = " ".join(part for part, kind in parts if kind not in self._signposts.kinds)
            if errands and any(kind == "idea" for _, kind in parts):
                return self._signposts.choose(errands[0], reading), ideas
        return "", ""


def _is_word(folded: str) -> bool:
    """Whether somebody may have meant it as a word: "a24" is none."""
    return len(folded) > 2 and folded.isalpha()


def _is_sure(found: Sequence[Evidence], topics: Sequence[TopicScore], opinion: Opinion | None) -> bool:
    # What can't be explained is not sure: letters alone give no reason.
    if not found or topics[0].score < SURE_SCORE or found[0].own < SURE_WORDS or not found[0].because:
        return False
    lead = found[0].strength - (found[1].strength if len(found) > 1 else 0.0)
    if opinion is None:
        share = found[0].strength / sum(each.strength for each in found)
        return lead >= (LESS_MARGIN if share >= SURE_SHARE else SURE_MARGIN)
    return lead + lead_of(topics[0].topic, opinion) >= TWO_SURE_MARGIN
