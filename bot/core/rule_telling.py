"""What admins are told of rules and texts: faults by line, changes in words, who would have what, versions, a try."""

from collections.abc import Sequence

from bot.core import succession
from bot.core.card import cut_to, say, stack
from bot.core.effects import Button, Buttons, Content, Field, Parts, Quote, Say, SendRules, Tag, TellHumans, To, Words
from bot.core.rule_news import (
    Difference,
    Fault,
    RuleNews,
    RulesBarred,
    RulesInForce,
    RulesListed,
    RulesLooked,
    RulesMended,
    RulesProposed,
    RulesRefused,
    RulesStale,
    RulesTold,
    RulesTried,
    RulesUnmatched,
    TextsBarred,
    TextsInForce,
    TextsRefused,
)
from bot.core.world import Move

MOST_WORDS = 12
LONGEST_LINES = 300
"""Characters of line numbers that are told; whoever changes more than that knows where."""
LONGEST_TEXT = 80
"""Characters of an example that is told."""
MOST_IDEAS = 10
MOST_REASONS = 5
MOST_BACK = 4


def on_news(move: Move, news: RuleNews) -> None:
    """Tell it to the admin who asked, or to all admins where nobody did; other rules may pass ideas on."""
    match news:
        case RulesInForce():
            succession.hand_over_orphans(move, news.chosen)
            _in_force(move, news)
        case RulesRefused():
            _to(move, news.chat, _refused(news))
        case RulesMended():
            move.do(TellHumans(say("rulebook.mended", n=news.version)))
        case RulesTried():
            move.do(Say(To(news.chat), _tried(news), _tried_buttons(news)))
        case RulesStale():
            row = ((Button("rulebook.button.get", "r_get:0"),),)
            move.do(Say(To(news.chat), _stale(news), row))
        case RulesBarred():
            _barred(move, news)
        case RulesLooked():
            move.do(Say(To(news.chat), _looked(news)))
        case RulesListed():
            _listed(move, news)
        case RulesProposed():
            move.do(TellHumans(_proposed(news), _proposed_buttons(news)))
        case RulesUnmatched():
            move.do(Say(To(news.chat), _unmatched(news)))
        case RulesTold():
            head = say(_by("changed", news.who), n=news.version, agent=news.who, since=news.since)
            move.do(Say(To(news.chat), Parts((head, *_differs(news.change))), _back_buttons(news.version)))
        case TextsRefused() | TextsInForce() | TextsBarred():
            _to(move, news.chat, _of_texts(news))


def use_buttons(draft: int) -> Buttons:
    """Take it into use, or leave it."""
    return ((Button("rulebook.button.use", f"r_use:{draft}"),), (Button("rulebook.button.drop", f"r_drop:{draft}"),))


def _to(move: Move, chat: int, content: Content, buttons: Buttons = ()) -> None:
    move.do(Say(To(chat), content, buttons) if chat else TellHumans(content, buttons))


def _refused(news: RulesRefused) -> Content:
    head = say(f"rulebook.refused.{news.why}", file=news.file, n=news.version)
    parts: list[Words] = [head]
    if news.faults:
        parts.append(stack(*_faults(news.faults)))
    if news.more:
        parts.append(say("rulebook.refused.more", n=news.more))
    parts.append(say("rulebook.old_hold"))
    return Parts(tuple(parts))


def _of_texts(news: TextsRefused | TextsInForce | TextsBarred) -> Content:
    match news:
        case TextsBarred():
            return say(f"textbook.{news.why}")
        case TextsInForce(many=0):
            return say("textbook.none", file=news.file)
        case TextsInForce():
            return Parts((say("textbook.in_force", file=news.file, n=news.many), *_warned(news.warnings)))
        case TextsRefused():
            more = (say("rulebook.refused.more", n=news.more),) if news.more else ()
            hold = say("textbook.started" if news.started else "textbook.old_hold")
            return Parts((say("textbook.refused", file=news.file), stack(*_faults(news.faults)), *more, hold))


def _proposed(news: RulesProposed) -> Content:
    words = [say("rulebook.proposed.word", topic=topic, word=word, numbers=n) for topic, word, n in news.words]
    examples = [say("rulebook.proposed.example", topic=topic, number=n) for topic, n in news.examples]
    head = say("rulebook.proposed.head", n=news.observed)
    tail = [say("rulebook.proposed.tail_words")] if words else []
    tail += [say("rulebook.proposed.tail_examples")] if examples else []
    return Parts((head, stack(*(words + examples)[:MOST_WORDS]), stack(*tail)))


def _proposed_buttons(news: RulesProposed) -> Buttons:
    get = (Button("rulebook.button.get", "r_get:0"),)
    return ((Button("rulebook.button.propose", "r_propose:0"),), get) if news.words else (get,)


def _unmatched(news: RulesUnmatched) -> Content:
    if not news.words:
        return say("rulebook.unmatched.none", n=news.fewest)
    lines = [
        say("rulebook.unmatched.word_topics", word=word, n=count, topics=", ".join(topics))
        if topics
        else say("rulebook.unmatched.word", word=word, n=count)
        for word, count, topics in news.words
    ]
    return Parts((say("rulebook.unmatched.head", n=news.fewest), stack(*lines), say("rulebook.unmatched.tail")))


def _faults(faults: Sequence[Fault]) -> list[Words]:
    return [
        say("rulebook.fault", line=str(line), column=str(column), what=what, instead=instead)
        for line, column, what, instead in faults
    ]


def _in_force(move: Move, news: RulesInForce) -> None:
    fields: dict[str, Field] = {"n": news.version, "agent": news.who, "since": news.since, "old": str(news.restored)}
    parts: list[Words | Quote] = [say("rulebook.again")] if news.mended else []
    if news.restored:
        parts.append(say("rulebook.restored", **fields))
    else:
        parts.append(say(_by("in_force", news.who), **fields))
    parts += _differs(news.change)
    if news.lost:
        parts.append(Quote("\n".join(news.lost), say("rulebook.lost", n=news.version - 1)))
    parts += _warned(news.warnings)
    parts += [say("rulebook.out_of_group", name=name) for _, name in news.change.leavers]
    if news.unwritten:
        parts.append(say("rulebook.unwritten"))
    content, buttons = Parts(tuple(parts)), _back_buttons(news.version)
    move.do(TellHumans(content, buttons))
    if news.by and news.by not in move.world.frame.admins:
        move.do(Say(To(news.by), content))


def _differs(change: Difference) -> list[Words | Quote]:
    """What changed in words, on which lines, what it moves, and who gets what."""
    parts: list[Words | Quote] = []
    words = list(change.words[:MOST_WORDS])
    if len(change.words) > MOST_WORDS:
        words.append(f"… (+{len(change.words) - MOST_WORDS})")
    if words:
        parts.append(Quote("\n".join(words), say("rulebook.changes")))
    if change.lines:
        parts.append(say("rulebook.lines", lines=cut_to(change.lines, LONGEST_LINES)))
    if change.tried:
        head = say("rulebook.examples" if change.examples else "rulebook.examples_none", n=change.examples)
        moved = [
            say("rulebook.example", title=cut_to(text, LONGEST_TEXT), old=old, agent=new)
            for text, old, new in change.moved
        ]
        parts.append(stack(head, *moved))
    if change.ideas:
        ideas = [say("rulebook.idea", n=number, old=old, agent=new) for number, old, new in change.ideas[:MOST_IDEAS]]
        parts.append(stack(say("rulebook.ideas", n=len(change.ideas)), *ideas))
    for name in dict.fromkeys(old for _, old, _ in change.heirs):
        own = [(number, new) for number, old, new in change.heirs if old == name]
        lines = [say("rulebook.passes", n=number, agent=new) for number, new in own[:MOST_IDEAS]]
        parts.append(stack(say("rulebook.has_open", agent=name, n=len(own)), *lines))
    return parts


def _tried(news: RulesTried) -> Content:
    if news.added:
        lines = Quote("\n".join(news.added), say("rulebook.proposed.lines"))
        return Parts((say("rulebook.proposed.tried"), lines, *_differs(news.change), *_warned(news.warnings)))
    return Parts((say("rulebook.tried", file=news.file), *_differs(news.change), *_warned(news.warnings)))


def _warned(warnings: Sequence[Fault]) -> list[Words]:
    """What is worth a look in a file that can be used."""
    return [stack(say("rulebook.warnings"), *_faults(warnings))] if warnings else []


def _tried_buttons(news: RulesTried) -> Buttons:
    leaving = {name: key for key, name in news.change.leavers}
    owners = [name for name in dict.fromkeys(old for _, old, _ in news.change.heirs) if name in leaving]
    choose = tuple(
        (Button("rulebook.button.heir", f"r_heir:{news.draft}:{leaving[name]}", fields={"name": name.split()[0][:12]}),)
        for name in owners[:2]
    )
    return (*use_buttons(news.draft), *choose, (Button("rulebook.button.try", "r_try:0"),))


def _stale(news: RulesStale) -> Content:
    fields: dict[str, Field] = {"agent": news.who, "since": news.since, "old": str(news.based_on), "n": news.version}
    return Parts((say(_by("stale", news.who), **fields), *_differs(news.change), say("rulebook.stale_how")))


def _barred(move: Move, news: RulesBarred) -> None:
    buttons: Buttons = ()
    if news.why == "yourself":
        newest = news.newest
        data = f"r_sure:{news.draft}" if news.draft else f"r_backsure:{news.version}:{newest}"
        buttons = ((Button("rulebook.button.sure", data),), (Button("rulebook.button.drop", f"r_drop:{news.draft}"),))
    move.do(Say(To(news.chat), say(f"rulebook.barred.{news.why}"), buttons))


def _looked(news: RulesLooked) -> Content:
    parts: list[Words | Quote] = [
        say("rulebook.look.draft" if news.draft else "rulebook.look.in_force", title=news.sentence)
    ]
    lines = [_topic_line(label, score, because) for label, score, because in news.topics]
    parts.append(stack(*lines) if lines else say("rulebook.look.no_topic"))
    if news.emergency:
        parts.append(say("rulebook.look.emergency", phone=news.emergency))
    elif news.due is not None:
        parts.append(say(f"rulebook.look.{'asks' if news.asks else 'agent'}", agent=news.agent, due=news.due))
    else:
        parts.append(say("rulebook.look.nobody", what=say(f"rulebook.kind.{news.kind}")))
    if news.near:
        parts.append(say("rulebook.look.near", phone=news.near))
    return Parts(tuple(parts))


def _topic_line(label: str, score: float, because: Sequence[str]) -> Words:
    if not because:
        return say("rulebook.look.topic", topic=label, score=f"{score:.0f}")
    words = tuple(because[:MOST_REASONS])
    return say("rulebook.look.topic_because", topic=label, score=f"{score:.0f}", words=words)


def _listed(move: Move, news: RulesListed) -> None:
    if not news.versions:
        return
    newest, who, since = news.versions[0]
    if news.purpose == "one":
        caption = say(_by("version", who), n=newest, agent=who, since=since)
        rows = ((_back(newest, news.newest),),) if newest != news.newest else ()
        move.do(SendRules(To(news.chat), newest, caption, rows, Tag("rules", detail=str(newest))))
        return
    if news.purpose == "file":
        caption = say(_by("file", who), n=newest, agent=who, since=since)
        tag = Tag("rules", detail=str(newest))
        move.do(SendRules(To(news.chat), newest, caption, _file_buttons(newest), tag))
        return
    lines = [say(_by("version", by), n=number, agent=by, since=at) for number, by, at in news.versions]
    back = tuple((_back(number, newest),) for number, _, _ in news.versions[1 : 1 + MOST_BACK])
    older = (say("rulebook.versions_older", n=newest),) if back else ()
    move.do(Say(To(news.chat), stack(say("rulebook.versions"), *lines, *older), back))


def _file_buttons(newest: int) -> Buttons:
    ask, words = (Button("rulebook.button.try", "r_try:0"),), (Button("rulebook.button.words", "r_words:0"),)
    if newest == 1:
        return (ask, words)
    tell, old = (Button("rulebook.button.tell", "r_tell:0"),), (Button("rulebook.button.old", "r_old:0"),)
    return (ask, words, tell, old)


def _back_buttons(version: int) -> Buttons:
    return ((_back(version - 1, version),),) if version > 1 else ()


def _back(version: int, newest: int) -> Button:
    return Button("rulebook.button.back", f"r_back:{version}:{newest}", fields={"n": version})


def _by(key: str, who: str) -> str:
    """The text for what a person did, or what happened to the file on the disk."""
    return f"rulebook.{key}.person" if who else f"rulebook.{key}.disk"
