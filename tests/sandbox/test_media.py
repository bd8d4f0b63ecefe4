"""Files both ways: albums, voice and the rest from phones, uploads and file ids from the bot, downloads."""

from __future__ import annotations

import base64
import json

import aiohttp
import pytest

from tests.sandbox.box import TOKEN, Box

pytestmark = pytest.mark.asyncio
MEGABYTE = 1024 * 1024


async def download(box: Box, path: str) -> tuple[int, bytes]:
    async with box.http.get(f"{box.url}/file/bot{TOKEN}/{path}") as answer:
        return answer.status, await answer.read()


async def test_an_album_shares_one_group_id_and_can_be_split_over_two_fetches(box: Box) -> None:
    aase = await box.person()
    await box.do("updates/hold", hold=True, only_first=2)
    await box.do("album", person=aase, chat=aase, photos=4, captions=["the place"])
    first = (await box.call("getUpdates")).result
    assert [update["message"].get("caption") for update in first] == ["the place", None]
    confirmed = {"offset": first[-1]["update_id"] + 1}
    assert (await box.call("getUpdates", **confirmed)).result == []
    await box.do("updates/hold", hold=False)
    rest = (await box.call("getUpdates", **confirmed)).result
    groups = {update["message"]["media_group_id"] for update in first + rest}
    assert len(rest) == 2
    assert len(groups) == 1


@pytest.mark.parametrize(
    ("kind", "about", "told"),
    [
        ("voice", {"duration": 47}, {"duration": 47, "mime_type": "audio/ogg"}),
        ("document", {"file_name": "plan.pdf"}, {"file_name": "plan.pdf", "mime_type": "application/pdf"}),
        ("video", {"duration": 3}, {"duration": 3, "mime_type": "video/mp4"}),
        ("audio", {"file_name": "song.mp3"}, {"file_name": "song.mp3"}),
        ("video_note", {}, {"length": 240}),
        ("sticker", {}, {"type": "regular"}),
        ("animation", {}, {"mime_type": "video/mp4"}),
    ],
)
async def test_every_kind_of_file_reaches_the_bot(box: Box, kind: str, about: dict, told: dict) -> None:
    aase = await box.person()
    await box.do("send", person=aase, chat=aase, **{kind: about})
    (update,) = await box.updates()
    assert told.items() <= update["message"][kind].items()


async def test_what_a_phone_sends_can_be_downloaded(box: Box) -> None:
    aase = await box.person()
    content = base64.b64encode(b"hello").decode()
    sent = await box.do("send", person=aase, chat=aase, document={"content_base64": content, "file_name": "a.txt"})
    file_id = sent["messages"][0]["document"]["file_id"]
    found = (await box.call("getFile", file_id=file_id)).result
    assert found["file_size"] == 5
    assert await download(box, found["file_path"]) == (200, b"hello")
    assert (await download(box, "documents/none"))[0] == 404


async def test_over_20_megabytes_cannot_be_downloaded(box: Box) -> None:
    aase = await box.person()
    for size, fits in ((20 * MEGABYTE, True), (20 * MEGABYTE + 1, False)):
        sent = await box.do("send", person=aase, chat=aase, document={"size": size})
        answer = await box.call("getFile", file_id=sent["messages"][0]["document"]["file_id"])
        if fits:
            assert len((await download(box, answer.result["file_path"]))[1]) == size
        else:
            assert answer.error == (400, "Bad Request: file is too big")
    assert (await box.call("getFile", file_id="none")).error == (400, "Bad Request: invalid file_id")
    assert (await box.call("getFile")).error == (400, "Bad Request: file_id not specified")


async def test_the_bot_uploads_a_file_and_sends_it_again_by_its_id(box: Box) -> None:
    aase = await box.person()
    form = aiohttp.FormData({"chat_id": str(aase), "caption": "plan"})
    form.add_field("document", b"%PDF", filename="plan.pdf", content_type="application/pdf")
    async with box.http.post(f"{box.url}/bot{TOKEN}/sendDocument", data=form) as answer:
        sent = (await answer.json())["result"]
    again = (await box.call("sendDocument", chat_id=aase, document=sent["document"]["file_id"])).result
    assert again["document"] == sent["document"]
    refused = await box.call("sendPhoto", chat_id=aase, photo=sent["document"]["file_id"])
    assert refused.error == (400, "Bad Request: can't use file of type Document as Photo")


async def test_a_photo_comes_in_several_sizes_that_all_lead_to_the_file(box: Box) -> None:
    aase = await box.person()
    sent = await box.do("send", person=aase, chat=aase, photo={})
    sizes = sent["messages"][0]["photo"]
    assert len(sizes) >= 2
    paths = {(await box.call("getFile", file_id=size["file_id"])).result["file_path"] for size in sizes}
    assert len(paths) == 1
    async with box.http.get(f"{box.url}/sandbox/file/{sizes[-1]['file_id']}") as answer:
        assert answer.content_type == "image/png"


async def test_an_album_of_the_bot_has_2_to_10_items_that_go_together(box: Box) -> None:
    aase = await box.person()
    photo = {"type": "photo", "media": "https://example.org/a.jpg"}
    sent = (await box.call("sendMediaGroup", chat_id=aase, media=[photo, photo])).result
    assert len({message["media_group_id"] for message in sent}) == 1
    for media, text in (
        ([photo], "too few messages to send as an album"),
        ([photo] * 11, "too many messages to send as an album"),
        ([photo, photo | {"type": "document"}], "media of different types can't be mixed in an album"),
    ):
        refused = await box.call("sendMediaGroup", chat_id=aase, media=media)
        assert refused.error == (400, f"Bad Request: {text}")


async def test_an_album_takes_files_that_are_attached_by_name(box: Box) -> None:
    aase = await box.person()
    media = [{"type": "document", "media": f"attach://f{n}", "caption": f"nr. {n}"} for n in (1, 2)]
    form = aiohttp.FormData({"chat_id": str(aase), "media": json.dumps(media)})
    for name in ("f1", "f2"):
        form.add_field(name, b"x", filename=f"{name}.txt")
    async with box.http.post(f"{box.url}/bot{TOKEN}/sendMediaGroup", data=form) as answer:
        sent = (await answer.json())["result"]
    assert [(m["document"]["file_name"], m["caption"]) for m in sent] == [("f1.txt", "nr. 1"), ("f2.txt", "nr. 2")]


@pytest.mark.parametrize(
    ("photo", "text"),
    [
        ("", "there is no photo in the request"),
        ("nonsense", "wrong file identifier/HTTP URL specified"),
        ("attach://missing", 'can\'t find attached file "attach://missing"'),
    ],
)
async def test_a_file_that_is_none_is_refused(box: Box, photo: str, text: str) -> None:
    aase = await box.person()
    assert (await box.call("sendPhoto", chat_id=aase, photo=photo)).error == (400, f"Bad Request: {text}")


async def test_a_contact_a_poll_and_dice_from_a_phone_reach_the_bot(box: Box) -> None:
    aase = await box.person()
    await box.do("send", person=aase, chat=aase, contact={"phone_number": "39981234", "first_name": "Mette"})
    await box.do("send", person=aase, chat=aase, poll={})
    await box.do("send", person=aase, chat=aase, dice=True)
    contact, poll, dice = [update["message"] for update in await box.updates()]
    assert contact["contact"]["first_name"] == "Mette"
    assert len(poll["poll"]["options"]) == 2
    assert dice["dice"]["emoji"] == "🎲"


async def test_a_long_text_is_cut_by_the_phone_as_telegrams_clients_do(box: Box) -> None:
    aase = await box.person()
    sent = await box.do("send", person=aase, chat=aase, text="x" * 5000)
    assert [len(message["text"]) for message in sent["messages"]] == [4096, 904]
    sent = await box.do("send", person=aase, chat=aase, text="🚲" * 2050)
    assert [len(message["text"]) for message in sent["messages"]] == [2048, 2]


async def test_a_live_location_moves(box: Box) -> None:
    aase = await box.person()
    place = {"latitude": 55.7, "longitude": 12.5, "live_period": 900}
    sent = (await box.do("send", person=aase, chat=aase, location=place))["messages"][0]
    await box.do("edit", person=aase, chat=aase, message_id=sent["message_id"], location={"latitude": 55.8})
    _, moved = await box.updates()
    assert moved["edited_message"]["location"] == place | {"latitude": 55.8}


async def test_a_phone_that_sends_nothing_is_told_so(box: Box) -> None:
    aase = await box.person()
    status, body = await box.refused("send", person=aase, chat=aase)
    assert (status, body["error"].split(":")[0]) == (400, "nothing to send")
    status, body = await box.refused("send", person=aase, chat=aase, location={"latitude": 1})
    assert (status, body["error"]) == (400, "missing: longitude")
    status, body = await box.refused("send", person=99, chat=aase, text="hi")
    assert (status, body["error"]) == (404, "there is no person 99")
    status, body = await box.refused("send", chat=aase, text="hi")
    assert (status, body["error"]) == (400, "the field 'person' is missing")
