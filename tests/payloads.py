"""A thousand scripts in disguise, made from parts, and a comparison with one of them in every field."""

from __future__ import annotations

import dataclasses
from itertools import islice, product
from typing import Any, TypeVar

from tawatur.model import Comparison

RUN = "window.ran=1"
BREAKS = (
    "",
    '"',
    "'",
    ">",
    '">',
    "'>",
    "-->",
    "</style>",
    "</script>",
    "</title>",
    "</textarea>",
    "]]>",
    "\\",
    "`",
    "{{",
    "\n",
)
BODIES = (
    "<script>{run}</script>",
    "<ScRiPt >{run}</sCrIpT>",
    "<img src=x onerror={run}>",
    "<img/src='x'/onerror='{run}'>",
    "<svg onload={run}>",
    "<svg><script>{run}</script></svg>",
    "<svg><animate onbegin={run} attributeName=x dur=1s>",
    "<iframe srcdoc='<script>parent.{run}</script>'>",
    "<iframe src='javascript:parent.{run}'></iframe>",
    "<body onload={run}>",
    "<details open ontoggle={run}>",
    "<input autofocus onfocus={run}>",
    "<a href='javascript:{run}'>x</a>",
    "<base href='//evil.invalid/'>",
    "<link rel=stylesheet href='//evil.invalid/x.css'>",
    "<meta http-equiv=refresh content='0;url=//evil.invalid/'>",
    "<object data='data:text/html,<script>{run}</script>'></object>",
    "<embed src='//evil.invalid/x.swf'>",
    "<form action='//evil.invalid/'><button autofocus>x</button></form>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror={run}>",
    "<noscript><p title='</noscript><img src=x onerror={run}>'>",
    "<template><script>{run}</script></template>",
    "<style>@import '//evil.invalid/x.css';</style>",
    "<p style='background:url(//evil.invalid/x)'>x</p>",
    " onmouseover={run} onfocus={run} autofocus tabindex=0 x=",
    " style=animation-name:x onanimationstart={run} x=",
    "javascript:{run}//",
    "data:text/html,<script>{run}</script>",
    "&lt;script&gt;{run}&lt;/script&gt;",
    "&#60;script&#62;{run}&#60;/script&#62;",
    "\uff1cscript\uff1e{run}\uff1c/script\uff1e",
    "{{{{constructor.constructor('{run}')()}}}}",
    "{{%print(''.__class__)%}}",
    "${{{run}}}",
    "<!--><script>{run}</script>",
    "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>{run}</x:script>",
    "%3Cscript%3E{run}%3C/script%3E",
    "\u0627<script>{run}</script>\u0628",
    "<marquee onstart={run}>",
    "<video><source onerror={run}></video>",
    "<audio src=x onerror={run}>",
    "<select autofocus onfocus={run}>",
)
TAILS = ("", "<!--")
T = TypeVar("T")


def payloads(count: int = 1000) -> list[str]:
    """Distinct payloads, the same each time."""
    mixed = (start + body.format(run=RUN) + tail for body, tail, start in product(BODIES, TAILS, BREAKS))
    found = list(islice(dict.fromkeys(mixed), count))
    assert len(found) == count
    return found


def poisoned(comparison: Comparison, payload: str) -> Comparison:
    """The comparison with the payload behind every string of every field, references kept in step."""
    return _poisoned(comparison, payload)


def _poisoned(value: T, payload: str) -> T:
    out: Any = value
    if isinstance(value, str):
        out = value + payload
    elif isinstance(value, tuple):
        out = tuple(_poisoned(v, payload) for v in value)
    elif isinstance(value, dict):
        out = {_poisoned(k, payload): _poisoned(v, payload) for k, v in value.items()}
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {f.name: _poisoned(getattr(value, f.name), payload) for f in dataclasses.fields(value)}
        out = dataclasses.replace(value, **fields)
    found: T = out
    return found
