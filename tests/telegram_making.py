# ruff: noqa: E501  samples stand as they are
"""Telegram Desktop exports for tests, written as its versions write them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Any

CHANNEL = "مرصد الضفة"
BOLD = {"type": "bold", "text": "مقتل 14 مدنياً"}
LINK = {"type": "text_link", "text": "هنا", "href": "https://example.org/1"}
PIECES: list[Any] = [
    "عاجل | ",
    BOLD,
    " في قصف على السوق القديم.\nالتفاصيل ",
    LINK,
    " ",
    {"type": "hashtag", "text": "#الضفة"},
]
WORDS = "عاجل | مقتل 14 مدنياً في قصف على السوق القديم.\nالتفاصيل هنا #الضفة"


def message(number: int, text: object, **more: object) -> dict[str, Any]:
    """A message of a channel, as versions since 2022 write it, from a computer two hours east of UTC."""
    moment = datetime(2016, 12, 13, 8, 30, tzinfo=UTC) + timedelta(minutes=number)
    return {
        "id": number,
        "type": "message",
        "date": (moment + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M:%S"),
        "date_unixtime": str(int(moment.timestamp())),
        "from": CHANNEL,
        "from_id": "channel1234567890",
        "text": text,
        "text_entities": [],
        **more,
    }


def chat(
    *messages: object, name: str = CHANNEL, number: int = 1234567890, kind: str = "public_channel"
) -> dict[str, Any]:
    """A chat as an export of it alone holds it."""
    return {"name": name, "type": kind, "id": number, "messages": list(messages)}


def account(*chats: object, left: tuple[object, ...] = ()) -> dict[str, Any]:
    """All of an account."""
    return {
        "about": "Here is the data you requested.",
        "personal_information": {"user_id": 1, "first_name": "messages", "bio": '"messages": [{'},
        "contacts": {"about": "", "list": [{"user_id": 2, "first_name": "س", "date": "2016-01-01T00:00:00"}]},
        "chats": {"about": "", "list": list(chats)},
        "left_chats": {"about": "", "list": list(left)},
        "other_data": {"drafts": [[{"text": "]}"}]]},
    }


def written(value: object, indent: int | None = 1) -> str:
    """JSON as Telegram Desktop writes it, or on one line."""
    return json.dumps(value, ensure_ascii=False, indent=indent)


def page(*messages: str, name: str = CHANNEL) -> str:
    """A page of an export as HTML."""
    head = '<head>\n  <meta charset="utf-8"/>\n<title>Exported Data</title>\n <link href="css/style.css" rel="stylesheet"/>\n </head>'
    header = f'<div class="page_header">\n <div class="content">\n <div class="text bold">\n{name}\n </div>\n </div>\n </div>'
    history = "\n".join(messages)
    return (
        f'<!DOCTYPE html>\n<html>\n{head}\n <body onload="CheckLocation();">\n  <div class="page_wrap">\n{header}\n'
        f'<div class="page_body chat_page">\n <div class="history">\n{history}\n </div>\n</div>\n  </div>\n </body>\n</html>'
    )


def shown(
    number: int,
    text: str,
    *,
    sender: str | None = CHANNEL,
    source: str | None = None,
    reply: int = 0,
    title: str = "13.12.2016 10:30:00 UTC+02:00",
    more: str = "",
) -> str:
    """A message on such a page; ``sender`` None is one ``joined`` to that before it."""
    joined = "" if sender is not None else " joined"
    name = f'<div class="from_name">\n{sender} \n       </div>' if sender is not None else ""
    body = f'{more}<div class="text">\n{text}\n       </div>' if text else more
    if reply:
        link = f'<a href="#go_to_message{reply}" onclick="return GoToMessage({reply})">this message</a>'
        name += f'<div class="reply_to details">\nIn reply to {link}\n       </div>'
    if source is not None:
        when = '<span class="date details" title="12.12.2016 09:00:00 UTC+02:00"> 12.12.2016 09:00:00</span>'
        body = (
            f'<div class="forwarded body">\n <div class="from_name">\n{escape(source)} {when}\n</div>\n{body}\n</div>'
        )
    return (
        f'     <div class="message default clearfix{joined}" id="message{number}">\n      <div class="body">\n'
        f'       <div class="pull_right date details" title="{title}">\n10:30\n       </div>\n{name}\n{body}\n      </div>\n     </div>'
    )
