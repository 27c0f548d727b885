#!/usr/bin/env python3
"""pySBD's sentences in the place of `segment`:  scripts/swap/pysbd_sentences.py <records | summarize

Needs pysbd. Its own character spans drift where it rewrites the text, so each sentence is looked for in the text.
"""
import pysbd
from stage import run, span

segmenter = pysbd.Segmenter(language="en", clean=False)


def sentences(record):
    text = record["text"]
    found, paragraph, at = [], 0, 0
    for sentence in segmenter.segment(text):
        sentence = sentence.strip()
        start = text.find(sentence, at) if sentence else -1
        if start < 0:
            continue
        if found and "\n\n" in text[at:start].replace("\r", ""):
            paragraph += 1
        at = start + len(sentence)
        found.append(span(text, start, at, paragraph=paragraph))
    return found


run("sentences", sentences)
