#!/usr/bin/env python3
"""RSS 2.0, RSS 1.0 and Atom feeds as records:  from_feed.py FEED.xml … >records   (`-`: the standard input)

An entry's full content if the feed has it, else its summary; markup is taken off, and paragraphs are kept. Entries
without words are left out.
"""
import email.utils
import html.parser
import json
import re
import sys
import xml.etree.ElementTree as tree

BLOCKS = {"p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "blockquote", "figure", "figcaption", "tr"}
UNREAD = {"script", "style"}


class Text(html.parser.HTMLParser):
    """The words of a piece of HTML, a paragraph a blank line."""

    def __init__(self, markup):
        super().__init__(convert_charrefs=True)
        self.pieces, self.unread = [], 0
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.unread += tag in UNREAD
        if tag in BLOCKS:
            self.pieces.append("\n\n")

    def handle_endtag(self, tag):
        self.unread = max(0, self.unread - (tag in UNREAD))
        if tag in BLOCKS:
            self.pieces.append("\n\n")

    def handle_data(self, data):
        if not self.unread:
            self.pieces.append(re.sub(r"\s+", " ", data))

    def words(self):
        lines = (line.strip() for line in "".join(self.pieces).split("\n"))
        return "\n\n".join(line for line in lines if line)


def name(element):
    """Its name without its namespace: feeds mix them."""
    return element.tag.rpartition("}")[2].lower()


def content(element):
    """An element's text; Atom may hold XHTML instead of escaped HTML."""
    if element.get("type") == "xhtml":
        return tree.tostring(element, encoding="unicode", method="xml").replace("ns0:", "").replace("html:", "")
    text = element.text or ""
    return text if element.get("type") != "text" else text.replace("&", "&amp;").replace("<", "&lt;")


def date(text):
    """A day in ISO 8601."""
    if re.match(r"\d{4}-\d\d-\d\d", text):
        return text[:10]
    try:
        return email.utils.parsedate_to_datetime(text).date().isoformat()
    except (TypeError, ValueError):
        return None


def record(entry):
    found = {}
    for child in entry:
        kind, text = name(child), (child.text or "").strip()
        if kind == "title" and text:
            found["title"] = Text(content(child)).words()
        elif kind == "link" and (text or child.get("rel", "alternate") == "alternate"):
            found["url"] = text or child.get("href", "")
        elif kind in ("guid", "id") and text:
            found["id"] = text
        elif kind in ("pubdate", "published", "date") or (kind == "updated" and "date" not in found):
            found["date"] = date(text)
        elif kind in ("encoded", "content"):
            found["full"] = Text(content(child)).words()
        elif kind in ("description", "summary"):
            found["short"] = Text(content(child)).words()
    full, short = found.pop("full", ""), found.pop("short", "")
    found.setdefault("id", found.get("url"))
    order = ("id", "url", "title", "date")
    return {**{key: found[key] for key in order if found.get(key)}, "text": full or short}


for path in sys.argv[1:] or ["-"]:
    feed = tree.parse(sys.stdin.buffer if path == "-" else path)
    for element in feed.iter():
        if name(element) in ("item", "entry"):
            entry = record(element)
            if entry["text"]:
                print(json.dumps(entry, ensure_ascii=False))
