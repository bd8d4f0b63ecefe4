"""Who would lead an idea today: the topic's agent, or the one who stands in, and in the end the coordinator."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.routing.checks import find_agent
from bot.routing.rules import Rules


class Desk:
    """Finds the agent for topics and places; knows who is away and who can't be reached."""

    def __init__(self, rules: Rules, seats: Mapping[str, int]) -> None:
        """`seats`: Telegram ids from outside; once anybody has an id, an agent without one can't be reached."""
        self._agents = rules.agents
        self._coordinator = find_agent(rules, rules.coordinator)
        self._leader = find_agent(rules, rules.leader)
        self._leads = {topic: find_agent(rules, block.lead) for topic, block in rules.topics.items()}
        self._stand_ins = {
            agent: find_agent(rules, block.stand_in) for agent, block in rules.agents.items() if block.stand_in
        }
        seated = {agent for agent, block in rules.agents.items() if block.telegram is not None or agent in seats}
        # Before anybody has a number, nobody is passed over: the answer is who would have it.
        self._reachable = seated or set(rules.agents)
        self.place_names: list[str] = []
        self.place_cues: list[str] = []
        self._place_agents: dict[str, str] = {}
        for places in rules.places.values():
            for place in places:
                for name in (place.name, *place.also):
                    self.place_names.append(place.name)
                    self.place_cues.append(name)
                if place.agent:
                    self._place_agents[place.name] = find_agent(rules, place.agent)

    def who(self, topics: Sequence[str], places: Sequence[str], today: date) -> str:
        """The id of the agent who would lead an idea about the topics (best first) today."""
        asked = [self._leads[topic] for topic in topics]
        asked += [self._place_agents[place] for place in places if place in self._place_agents]
        start = asked[0] if asked else self._coordinator
        return self.present(start, today)

    def present(self, agent: str, today: date) -> str:
        """The agent, or the first along the chain of stand-ins who is there; then coordinator, leader, anybody else."""
        tried: list[str] = []
        following: str | None = agent
        while following is not None and following not in tried:
            if self._is_there(following, today):
                return following
            tried.append(following)
            following = self._stand_ins.get(following)
        for last in (self._coordinator, self._leader, *self._agents):
            if last not in tried and self._is_there(last, today):
                return last
        return self._coordinator

    def _is_there(self, agent: str, today: date) -> bool:
        return agent in self._reachable and not any(
            days.first <= today <= days.last for days in self._agents[agent].away
        )
