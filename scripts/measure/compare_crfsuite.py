#!/usr/bin/env python3
"""Holds the CRF trainer of crates/train against CRFsuite (PyPI: python-crfsuite) on the same features and options.

usage: compare_crfsuite.py TRAIN.jsonl DEV.jsonl TRAINER [--c1 X] [--c2 X] [--iterations N] [--sentences N]
TRAINER is the built `newstext-train`. Prints the final loss, the seconds and the F1 of labels' spans for both."""
import argparse
import json
import re
import subprocess
import tempfile
import time
from pathlib import Path

import pycrfsuite

TOKEN = re.compile(r"\w+|[^\w\s]")


def shape(word):
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[a-z]", "x", re.sub(r"[A-Z]", "X", re.sub(r"\d", "d", word))))


def attributes(words):
    rows = []
    for i, word in enumerate(words):
        row = ["bias"]
        for d in (-2, -1, 0, 1, 2):
            other = words[i + d] if 0 <= i + d < len(words) else "<edge>"
            row += [f"w{d}={other.lower()}", f"s{d}={shape(other)}"]
        row += [f"p{k}={word[:k]}" for k in (1, 2, 3)] + [f"x{k}={word[-k:]}" for k in (1, 2, 3)]
        rows.append(row)
    return rows


def sequences(path, most):
    out = []
    for line in open(path, encoding="utf-8"):
        document = json.loads(line)
        begins, insides = {}, {}
        for entity in document["entities"]:
            for m in entity["mentions"]:
                begins[m["start"]] = entity["type"]
                insides.update({at: entity["type"] for at in range(m["start"], m["end"])})
        for sentence in document["sentences"]:
            words, labels = [], []
            for token in TOKEN.finditer(document["text"], sentence["start"], sentence["end"]):
                at = token.start()
                words.append(token.group())
                labels.append("B-" + begins[at] if at in begins else "I-" + insides[at] if at in insides else "O")
            if words:
                out.append((attributes(words), labels))
    return out[:most]


def spans(labels):
    found, start = set(), None
    for i, label in enumerate(labels + ["O"]):
        if start is not None and label != "I-" + labels[start][2:]:
            found.add((start, i, labels[start][2:]))
            start = None
        if label.startswith("B-") or (label != "O" and start is None):
            start = i
    return found


def f1(gold, predicted):
    gold = {(n, *s) for n, labels in enumerate(gold) for s in spans(labels)}
    predicted = {(n, *s) for n, labels in enumerate(predicted) for s in spans(labels)}
    return 200 * len(gold & predicted) / (len(gold) + len(predicted))


def main():
    p = argparse.ArgumentParser()
    p.add_argument("train")
    p.add_argument("dev")
    p.add_argument("trainer")
    p.add_argument("--c1", type=float, default=0.1)
    p.add_argument("--c2", type=float, default=0.1)
    p.add_argument("--iterations", type=int, default=100)
    p.add_argument("--sentences", type=int, default=10**9)
    a = p.parse_args()
    train, dev = sequences(a.train, a.sentences), sequences(a.dev, 10**9)
    known = {label for _, labels in train for label in labels}
    dev = [(rows, labels) for rows, labels in dev if known.issuperset(labels)]
    gold = [labels for _, labels in dev]
    print(f"{sum(len(labels) for _, labels in train)} tokens, {len(known)} labels, c1 {a.c1}, c2 {a.c2}")

    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        trainer = pycrfsuite.Trainer(verbose=False)
        for rows, labels in train:
            trainer.append(rows, labels)
        trainer.select("lbfgs")
        trainer.set_params({"c1": a.c1, "c2": a.c2, "max_iterations": a.iterations, "feature.possible_transitions": True})
        start = time.time()
        trainer.train(str(folder / "model"))
        seconds = time.time() - start
        tagger = pycrfsuite.Tagger()
        tagger.open(str(folder / "model"))
        predicted = [tagger.tag(rows) for rows, _ in dev]
        last = trainer.logparser.last_iteration
        print(f"CRFsuite  loss {last['loss']:12.3f}  F1 {f1(gold, predicted):.2f}  {seconds:.0f} s, {last['num']} iterations")

        for name, data in (("train", train), ("dev", dev)):
            with open(folder / name, "w", encoding="utf-8") as f:
                for rows, labels in data:
                    f.writelines("\t".join([label, *row]) + "\n" for row, label in zip(rows, labels))
                    f.write("\n")
        start = time.time()
        command = [a.trainer, "compare-crf", folder / "train", folder / "dev", str(a.c1), str(a.c2), str(a.iterations)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        seconds = time.time() - start
        loss, _, labels = done.stdout.partition("\n")
        predicted = [sequence.split("\n") for sequence in labels.strip().split("\n\n")]
        print(f"newstext  loss {float(loss):12.3f}  F1 {f1(gold, predicted):.2f}  {seconds:.0f} s with reading")


if __name__ == "__main__":
    main()
