"""Stands in for the process of the model, so that tests can make it slow, mute or broken: pretender.py HOW CACHE."""

import json
import sys

OTHERS = ("idea", "question", "status", "service_request", "personal_case", "complaint", "other_authority", "smalltalk")
KINDS = {"offer": 0.92} | dict.fromkeys(OTHERS, 0.01)


def main(how: str) -> None:
    """Learn at once, and answer that everything is an offer about culture; or misbehave as told."""
    for line in sys.stdin:
        said = json.loads(line)
        if how == "dies" or (how == "dies when asked" and "look" in said):
            sys.exit(3)
        if "teach" in said:
            print("this is no JSON" if how == "babbles" else json.dumps({"left": 3}), flush=True)
            if how != "learns for long":
                print(json.dumps({"ready": said["teach"]}), flush=True)
        elif how != "slow":
            answer = {"topics": {"kultur": 0.8, "trafik": 0.2}, "kinds": KINDS, "like": {"kultur": "et kor for alle"}}
            answer["danger"] = 0.99 if "volapyk" in said.get("text", "") else 0.01
            print(json.dumps({"look": said["look"]} | ({} if how == "has no opinion" else answer)), flush=True)


main(sys.argv[1])
