"""Makes an effect the ready Bot API calls that carry it out, within Telegram's limits; pure.

What the shell looks up when a call is made (see `ports.Call`) may stand as the value of `message_thread_id` and
`message_id`, and of `message_id` inside `reply_parameters`; where nothing is found there, `reply_parameters` is left
out. A `deleteMessage` carries a second call under `otherwise`: `{"method": "editMessageText", "params": {...}}`, which
`outbound` makes when Telegram no longer allows the deletion; the shell resolves its `message_id` likewise. A file that
the bot itself has made stands as `{"upload": {"name", "type", "text"}}`, with the lines of a `"sheet"` or the link of
a `"code"` in the text's stead; `outbound` prints it and uploads it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Final

from bot.conversation.ports import Call, Json, Speak
from bot.conversation.rule_rows import ERRAND, LANE
from bot.core.attachments import tells_where
from bot.core.effects import (
    Answer,
    Buttons,
    Content,
    DropTopic,
    Effect,
    Erase,
    Invite,
    MakeTopic,
    NameTopic,
    Parts,
    Pin,
    Quote,
    Ref,
    Rewrite,
    RulesErrand,
    Say,
    SendCode,
    SendMedia,
    SendPages,
    SendPaper,
    SendPlace,
    SendRules,
    Strip,
    To,
    Words,
)
from bot.core.events import Media
from bot.telegram_io.album import album, single, sort
from bot.telegram_io.appointment import upload
from bot.telegram_io.cluster import units
from bot.telegram_io.split import Mark, below, quote, shorten, split
from bot.texts.text import Text

TEXT: Final = 4096
CAPTION: Final = 1024
ALERT: Final = 200
TOPIC_NAME: Final = 128
PAYLOAD: Final = 64
WORDLESS: Final = ("sticker", "video_note")
"""Kinds that can't have a caption."""
NO_PREVIEW: Final[Json] = {"is_disabled": True}


def render(effect: Effect, speak: Speak) -> Sequence[Call]:
    """The calls that carry out `effect`, in order.

    Raises:
        ValueError: the effect is the shell's own business, or a button's payload is over 64 bytes (Bot API).
    """
    match effect:
        case Say():
            return _say(effect, speak)
        case SendMedia():
            return _media(effect, speak)
        case SendPlace(to=to, place=place):
            where = {"latitude": place.latitude, "longitude": place.longitude}
            return [Call("sendLocation", str(to.chat), {**_whereto(to), **where})]
        case Invite(to=to, caption=caption):
            return [_file(to, "document", upload(effect, speak), caption, speak)]
        case SendCode(to=to, link=link, caption=caption):
            drawn = {"upload": {"name": f"nr-{effect.about}.png", "type": "image/png", "code": link}}
            return [_file(to, "photo", drawn, caption, speak)]
        case SendPaper():
            return [_paper(effect, speak)]
        case Rewrite():
            return _rewrite(effect, speak)
        case Erase():
            return [_erase(effect, speak)]
        case SendRules():
            return [_rules(effect, speak)]
        case SendPages(to=to, file=file, caption=caption):
            return [_file(to, "document", {"page": file}, caption, speak)]
        case RulesErrand():
            wish = {field.name: getattr(effect, field.name) for field in fields(effect) if field.name != "kind"}
            return [Call(f"{ERRAND}{effect.kind}", LANE, {**wish, "heirs": dict(effect.heirs)})]
        case Strip(target=target):
            return [Call("editMessageReplyMarkup", str(target.chat), _which(target))]
        case Pin(target=target):
            return [Call("pinChatMessage", str(target.chat), {**_which(target), "disable_notification": True})]
        case Answer():
            return [_answer(effect, speak)]
        case MakeTopic(chat=chat, name=name):
            return [Call("createForumTopic", str(chat), {"chat_id": chat, "name": _one_line(name)})]
        case DropTopic(chat=chat, thread=thread):
            return [Call("deleteForumTopic", str(chat), {"chat_id": chat, "message_thread_id": thread})]
        case NameTopic():
            return _name_topic(effect)
    raise ValueError(f"{type(effect).__name__} is carried out by the shell, not by Telegram")


def _file(to: To, kind: str, file: Mapping[str, Json], caption: Content, speak: Speak) -> Call:
    """A file that is made when the call is, as a "document" or a "photo" with a caption."""
    words = _text(compose(caption, speak, CAPTION)[0], "caption")
    return Call(f"send{kind.capitalize()}", str(to.chat), {**_whereto(to), kind: file, **words})


def _say(effect: Say, speak: Speak) -> list[Call]:
    """One message, or as few as hold the text: the answered message is at the first, the buttons at the last."""
    texts = compose(effect.content, speak, TEXT)
    calls = []
    for n, text in enumerate(texts, start=1):
        params = {**_whereto(effect.to), **_text(text), "link_preview_options": NO_PREVIEW}
        if effect.silent:
            params["disable_notification"] = True
        if n == 1 and effect.reply_to:
            params["reply_parameters"] = _reply(effect.reply_to)
        if n == len(texts) and effect.buttons:
            params["reply_markup"] = _keyboard(effect.buttons, speak)
        elif n == len(texts) and effect.prompt:
            params["reply_markup"] = {"force_reply": True, "selective": True}
        calls.append(Call("sendMessage", str(effect.to.chat), params))
    return calls


def compose(content: Content, speak: Speak, limit: int) -> list[Text]:
    """The content as texts of at most `limit` UTF-16 units; a person's words are whole, in marked parts if need be."""
    match content:
        case Words():
            return split(speak(content), limit)
        case Quote(text=words, heading=heading):
            lang = heading.lang if heading else "da"
            return quote(speak(heading) if heading else Text(""), words, limit, _mark(speak, lang))
        case Parts(parts=parts):
            return _pack([compose(one, speak, limit) for one in parts], limit)


def _mark(speak: Speak, lang: str) -> Mark:
    return lambda n, of: speak(Words("shared.part", lang, {"n": n, "of": of})).plain


def _pack(contents: Sequence[Sequence[Text]], limit: int) -> list[Text]:
    """Several contents with an empty line between them, as many in one message as there is room for."""
    packed: list[Text] = []
    for texts in contents:
        whole = [text for text in texts if text.plain]
        if len(whole) == 1 and packed and units(packed[-1].plain) + 2 + units(whole[0].plain) <= limit:
            packed[-1] = below(packed[-1], whole[0], "\n\n")
        else:
            packed.extend(whole)
    return packed or [Text("")]


def _media(effect: SendMedia, speak: Speak) -> list[Call]:
    """The files in their order, in as few calls as their kinds allow.

    Each keeps the caption it came with, unless `effect.caption` carries those words on. A caption that is too long,
    or that its kind can't have, goes ahead of the files as a text of its own.
    """
    groups = sort(effect.media)
    carried = _carried(effect.caption) if effect.caption else ""
    own = {file: Text(file.caption) for file in effect.media if file.caption and not _stands_in(carried, file.caption)}
    ahead: list[Content] = [Quote(text.plain) for text in own.values() if units(text.plain) > CAPTION]
    own = {file: text for file, text in own.items() if units(text.plain) <= CAPTION}
    if effect.caption:
        lead = _lead(effect.caption, groups[0][0], own.get(groups[0][0], Text("")), speak)
        if lead:
            own[groups[0][0]] = lead
        else:
            ahead.insert(0, effect.caption)
    calls = [call for content in ahead for call in _say(Say(effect.to, content), speak)]
    for group in groups:
        captions = [_text(own[file], "caption") if file in own else {} for file in group]
        method, params = album(group, captions) if len(group) > 1 else single(group[0], captions[0])
        if tells_where(group[0]):
            params["otherwise"] = _without_picture(effect.caption, own.get(group[0], Text("")), speak)
        calls.append(Call(method, str(effect.to.chat), {**_whereto(effect.to), **params}))
    if effect.reply_to:
        answering = {**calls[0].params, "reply_parameters": _reply(effect.reply_to)}
        calls[0] = Call(calls[0].method, calls[0].lane, answering)
    return calls


def _without_picture(caption: Content | None, words: Text, speak: Speak) -> Json:
    """What is sent where the picture or film can't be cleaned: its words, and that it is missing."""
    lang = caption.heading.lang if isinstance(caption, Quote) and caption.heading else "da"
    missing = speak(Words("shared.picture_left_out", lang))
    told = below(words, missing, "\n\n") if words.plain else missing
    return {"method": "sendMessage", "params": {**_text(told), "link_preview_options": NO_PREVIEW}}


def _lead(caption: Content, file: Media, own: Text, speak: Speak) -> Text | None:
    """What stands under the first file: the caption with the file's own below it; None if it can't stand there."""
    texts = compose(caption, speak, CAPTION)
    whole = below(texts[0], own) if own.plain else texts[0]
    fits = len(texts) == 1 and units(whole.plain) <= CAPTION and file.kind not in WORDLESS
    return whole if fits else None


def _stands_in(carried: str, caption: str) -> bool:
    """Whether a caption is there word for word, as lines of their own."""
    return f"\n{caption}\n" in f"\n{carried}\n"


def _carried(content: Content) -> str:
    """The words of people that a content holds."""
    match content:
        case Quote(text=words):
            return words
        case Words(fields=fields):
            return "\n".join(value for value in fields.values() if isinstance(value, str))
        case Parts(parts=parts):
            return "\n".join(_carried(one) for one in parts)


def _rewrite(effect: Rewrite, speak: Speak) -> list[Call]:
    """An edit; the bot's own text is cut to one message, of a person's words the rest follows as new messages."""
    texts = compose(effect.content, speak, TEXT)
    first = texts[0]
    if len(texts) > 1 and isinstance(effect.content, Words):
        whole = speak(effect.content)
        short = shorten(whole.plain, TEXT)
        first, texts = Text(short, tuple(span for span in whole.bold if span[1] < len(short))), texts[:1]
    params = {**_which(effect.target), **_text(first), "link_preview_options": NO_PREVIEW}
    if effect.buttons:
        params["reply_markup"] = _keyboard(effect.buttons, speak)
    to = To(effect.target.chat, effect.target.about)
    rest = {**_whereto(to), "link_preview_options": NO_PREVIEW, "reply_parameters": _reply(effect.target)}
    more = [Call("sendMessage", str(to.chat), {**rest, **_text(text)}) for text in texts[1:]]
    return [Call("editMessageText", str(to.chat), params), *more]


def _erase(effect: Erase, speak: Speak) -> Call:
    if effect.otherwise is None:
        return Call("deleteMessage", str(effect.target.chat), _which(effect.target))
    field = "caption" if effect.beneath else "text"
    overwrite = {**_which(effect.target), **_text(split(speak(effect.otherwise), TEXT)[0], field)}
    if not effect.beneath:
        overwrite["link_preview_options"] = NO_PREVIEW
    otherwise = {"method": f"editMessage{field.capitalize()}", "params": overwrite}
    return Call("deleteMessage", str(effect.target.chat), {**_which(effect.target), "otherwise": otherwise})


def _paper(effect: SendPaper, speak: Speak) -> Call:
    """The lines of the sheet in words; it is printed when the call is made."""
    lines = [[style, text if isinstance(text, str) else speak(text).plain, ""] for style, text in effect.lines]
    sheet = {"title": speak(effect.title).plain, "foot": "", "lang": effect.title.lang, "lines": lines}
    file = {"upload": {"name": effect.name, "type": "application/pdf", "sheet": sheet}}
    words = _text(compose(effect.caption, speak, CAPTION)[0], "caption")
    return Call("sendDocument", str(effect.to.chat), {**_whereto(effect.to), "document": file, **words})


def _rules(effect: SendRules, speak: Speak) -> Call:
    """A file that is looked up when the call is made: `{"rules": 14}` is the version of that number."""
    params = {**_whereto(effect.to), "document": {"rules": effect.version}}
    params |= _text(compose(effect.caption, speak, CAPTION)[0], "caption")
    if effect.buttons:
        params["reply_markup"] = _keyboard(effect.buttons, speak)
    return Call("sendDocument", str(effect.to.chat), params)


def _answer(effect: Answer, speak: Speak) -> Call:
    params: dict[str, Json] = {"callback_query_id": effect.callback_id}
    if effect.words:
        params |= {"text": shorten(speak(effect.words).plain, ALERT), "show_alert": effect.alert}
    return Call("answerCallbackQuery", f"press:{effect.callback_id}", params)


def _name_topic(effect: NameTopic) -> list[Call]:
    where: dict[str, Json] = {"chat_id": effect.chat, "message_thread_id": {"topic": effect.about}}
    calls = []
    if effect.name:
        calls.append(Call("editForumTopic", str(effect.chat), {**where, "name": _one_line(effect.name)}))
    if effect.closed is not None:
        method = "closeForumTopic" if effect.closed else "reopenForumTopic"
        calls.append(Call(method, str(effect.chat), where))
    return calls


def _one_line(name: str) -> str:
    """A forum topic's name: one line of at most 128 characters (Bot API, `createForumTopic`)."""
    return shorten(" ".join(name.split()), TOPIC_NAME)


def _whereto(to: To) -> dict[str, Json]:
    params: dict[str, Json] = {"chat_id": to.chat}
    if to.topic_of:
        params["message_thread_id"] = {"topic": to.topic_of}
    elif to.thread:
        params["message_thread_id"] = to.thread
    return params


def _which(target: Ref) -> dict[str, Json]:
    return {"chat_id": target.chat, "message_id": _message(target)}


def _message(target: Ref) -> Json:
    return target.message_id or {"role": target.role, "about": target.about}


def _reply(target: Ref) -> Json:
    return {"message_id": _message(target), "allow_sending_without_reply": True}


def _text(text: Text, field: str = "text") -> dict[str, Json]:
    """The text with its bold words as entities, in UTF-16 units; never a parse mode, so that all signs are literal."""
    entities = [
        {"type": "bold", "offset": units(text.plain[:start]), "length": units(text.plain[start:end])}
        for start, end in text.bold
    ]
    params: dict[str, Json] = {field: text.plain}
    if entities:
        params["entities" if field == "text" else "caption_entities"] = entities
    return params


def _keyboard(buttons: Buttons, speak: Speak) -> Json:
    rows = []
    for row in buttons:
        line = []
        for button in row:
            if len(button.data.encode()) > PAYLOAD:
                raise ValueError(f"the button {button.key!r} sends {len(button.data.encode())} bytes, 64 is the most")
            label = speak(Words(button.key, button.lang, button.fields)).plain
            back = {"url": button.url} if button.url else {"callback_data": button.data}
            line.append({"text": label, **back})
        rows.append(line)
    return {"inline_keyboard": rows}
