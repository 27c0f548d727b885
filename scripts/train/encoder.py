#!/usr/bin/env python3
"""Trains the encoder: a pretrained MiniLM with one head for quotations and one for names, each at the end and at an exit.

    scripts/train/encoder.py EXAMPLES PRETRAINED OUT --minutes 80 --seed 1

EXAMPLES is the folder that `train encoder-examples` writes: pieces, windows and labels are the Rust code's, this
program sees only their numbers. PRETRAINED is a folder with a BERT model's `model.safetensors` (see
crates/encoder/model/encoder.md). OUT becomes a safetensors file that `train pack-encoder` packs; it is written anew
every ten minutes, with OUT.state beside it, from which an interrupted run goes on.

The learning rate falls with the time spent, so that training ends properly when the minutes are over.
"""
import argparse, json, os, random, struct, time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

HEADS = {"quotes": 7, "entities": 19}
CASES, STATES = 6, 5
LAYERS, HIDDEN, ATTENTION_HEADS, INTERMEDIATE = 6, 384, 12, 1536

# How often a pass over the corpora takes each of them. Messages of social media are far from news; PolNeAR and the
# small sets that are like an unseen one count more.
RATES = {
    "polnear-train": 1.0, "worldwide-train": 1.5, "conll2003-train": 1.5, "wikigold-train": 1.0,
    "crossner-politics-train": 2.0, "gum-train": 1.0, "re3d-train": 1.5, "btc-news-train": 0.4, "wnut17-train": 0.2,
}
# Names are few among the tokens, and the loss of a token that is surely none is small.
LOSS_WEIGHTS = {"quotes": 1.0, "entities": 2.0}
# Share of windows that are read as in capitals, or as without any.
RECASED = {"quotes": (0.03, 0.01), "entities": (0.06, 0.03)}

# Share of pieces that are hidden from the encoder, so that it reads their neighbours.
MASKED, MASK = 0.04, 103
SPECIAL = 104  # numbers below are no words

# Tokens whose labels are sure after so many layers are settled there: the layers above leave their rows as they are (Li et
# al. 2021, "Accelerating BERT Inference for Sequence Labeling via Early-Exit"). How sure, as a probability, is drawn for
# each batch, so that the program may choose; 2 settles none.
EXIT = 3
SETTLED_FROM = (2, 2, 2, 0.999, 0.997, 0.99, 0.98, 0.95)
EXIT_LOSS = 0.5

# Thresholds that are evaluated, with the corpus's own head or with both asked.
CURVE = [(2, "own"), *((t, "own") for t in (0.0, 0.999, 0.997, 0.99, 0.98, 0.95)), (0.997, "both"), (0.99, "both")]

WARM_UP = 100  # steps
EXIT_WARM_UP = 300  # steps before any token is settled
SAVE_EVERY = 600  # seconds


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.self = nn.ModuleDict({name: nn.Linear(HIDDEN, HIDDEN) for name in ("query", "key", "value")})
        self.output = Output(HIDDEN)

    def forward(self, x, mask):
        b, t, d = x.shape
        q, k, v = (self.self[n](x).view(b, t, ATTENTION_HEADS, -1).transpose(1, 2) for n in ("query", "key", "value"))
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        return self.output(y.transpose(1, 2).reshape(b, t, d), x)


class Output(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.dense, self.LayerNorm = nn.Linear(width, HIDDEN), nn.LayerNorm(HIDDEN, 1e-12)

    def forward(self, x, residual):
        return self.LayerNorm(residual + self.dense(x))


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention = Attention()
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(HIDDEN, INTERMEDIATE)})
        self.output = Output(INTERMEDIATE)

    def forward(self, x, mask):
        x = self.attention(x, mask)
        return self.output(F.gelu(self.intermediate["dense"](x), approximate="tanh"), x)


class Encoder(nn.Module):
    """BERT with embeddings of case and quotation state; parameters are named as Hugging Face names them."""

    def __init__(self, pieces):
        super().__init__()
        self.embeddings = nn.ModuleDict({
            "word_embeddings": nn.Embedding(pieces, HIDDEN),
            "position_embeddings": nn.Embedding(512, HIDDEN),
            "token_type_embeddings": nn.Embedding(2, HIDDEN),
            "case_embeddings": nn.Embedding(CASES, HIDDEN),
            "quotation_embeddings": nn.Embedding(STATES, HIDDEN),
            "LayerNorm": nn.LayerNorm(HIDDEN, 1e-12),
        })
        for new in ("case_embeddings", "quotation_embeddings"):
            nn.init.zeros_(self.embeddings[new].weight)
        self.encoder = nn.ModuleDict({"layer": nn.ModuleList(Layer() for _ in range(LAYERS))})
        self.heads = nn.ModuleDict({name: nn.Linear(HIDDEN, labels) for name, labels in HEADS.items()})
        self.exits = nn.ModuleDict({name: nn.Linear(HIDDEN, labels) for name, labels in HEADS.items()})
        self.dropout = nn.Dropout(0.1)

    def forward(self, ids, cases, states, mask, token_of=None, threshold=2.0, asked=()):
        """The rows after layer EXIT and after the last; and which pieces were settled at the former.

        `token_of` gives for each piece the place of the first piece of its token, 0 where no label is asked for.
        """
        e = self.embeddings
        x = e["word_embeddings"](ids) + e["position_embeddings"].weight[: ids.shape[1]]
        x = x + e["token_type_embeddings"].weight[0] + e["case_embeddings"](cases) + e["quotation_embeddings"](states)
        x = self.dropout(e["LayerNorm"](x))
        added = None if mask.all() else (1.0 - mask.float())[:, None, None, :] * -1e4
        settled = None
        for depth, layer in enumerate(self.encoder["layer"]):
            if depth == EXIT:
                early = x
                if threshold < 1:
                    with torch.no_grad():
                        sure = torch.ones_like(ids, dtype=torch.bool)
                        for head in asked:
                            sure &= self.exits[head](x).softmax(-1).amax(-1) > threshold
                        settled = sure.gather(1, token_of) & (token_of > 0)
            new = layer(x, added)
            x = new if settled is None else torch.where(settled[..., None], x, new)
        return early, x, settled


class Window:
    __slots__ = ("head", "corpus", "inputs", "places", "allowed")

    def __init__(self, line):
        e = json.loads(line)
        self.head, self.corpus = e["head"], e["corpus"]
        self.inputs = np.array([e["ids"], e["cases"], e["states"]], dtype=np.int64)
        self.places = np.array(e["places"], dtype=np.int64)
        self.allowed = np.array(e["allowed"], dtype=np.int64)

    def __len__(self):
        return self.inputs.shape[1]


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [Window(line) for line in lines]


def read_safetensors(path):
    raw = open(path, "rb").read()
    size = struct.unpack("<Q", raw[:8])[0]
    tensors = {}
    for name, entry in json.loads(raw[8 : 8 + size]).items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            begin, end = entry["data_offsets"]
            array = np.frombuffer(raw[8 + size + begin : 8 + size + end], dtype=np.float32)
            tensors[name.removeprefix("bert.")] = torch.from_numpy(array.reshape(entry["shape"]).copy())
    return tensors


def write_safetensors(tensors, path):
    header, data, at = {}, [], 0
    for name in sorted(tensors):
        array = np.ascontiguousarray(tensors[name].detach().numpy(), dtype=np.float32)
        header[name] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": [at, at + array.nbytes]}
        data.append(array.tobytes())
        at += array.nbytes
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path + ".new", "wb") as out:
        out.write(struct.pack("<Q", len(text)) + text + b"".join(data))
    os.replace(path + ".new", path)


def batches(windows, most, rng):
    """Windows of about the same length together, as many as have `most` pieces."""
    ordered = sorted(windows, key=lambda w: len(w) + rng.random() * 6)
    found, batch = [], []
    for window in ordered:
        longest = max(len(window), max(map(len, batch), default=0))
        if batch and (len(batch) + 1) * longest > most:
            found.append(batch)
            batch = []
        batch.append(window)
    found.append(batch)
    return found


def stream(windows, most, seed):
    """Batches without end, pass after pass; which ones depends on the seed alone."""
    rng = random.Random(seed)
    while True:
        taken = []
        for window in windows:
            rate = RATES[window.corpus] / RATES["polnear-train"]
            taken += [window] * (int(rate) + (rng.random() < rate % 1))
        found = batches(taken, most, rng)
        rng.shuffle(found)
        for batch in found:
            yield batch, [recased(window, rng) for window in batch], rng.randrange(1 << 30)


def recased(window, rng):
    """The case ids of a window: as they are, as in capitals, or as in lower case."""
    capitals, lower = RECASED[window.head]
    cases, draw = window.inputs[1], rng.random()
    if draw < capitals:
        return np.where(cases > 0, np.where(cases == 3, 3, 2), 0)
    if draw < capitals + lower:
        return np.minimum(cases, 1)
    return cases


def tensors(batch, cases, seed=None):
    """Padded inputs, some pieces masked; which token each belongs to; and by head: the flat places of its tokens and which
    labels each may have."""
    longest = max(map(len, batch))
    x = np.zeros((3, len(batch), longest), dtype=np.int64)
    mask = np.zeros((len(batch), longest), dtype=bool)
    token_of = np.zeros((len(batch), longest), dtype=np.int64)
    for row, window in enumerate(batch):
        x[:, row, : len(window)] = window.inputs
        x[1, row, : len(window)] = cases[row]
        mask[row, : len(window)] = True
        token_of[row, window.places] = window.places
    token_of = np.maximum.accumulate(token_of, axis=1)
    if seed is not None:
        hidden = np.random.default_rng(seed).random(x[0].shape) < MASKED
        x[0][hidden & (x[0] >= SPECIAL)] = MASK
    targets = {}
    for head, labels in HEADS.items():
        rows = [(row, w) for row, w in enumerate(batch) if w.head == head and len(w.places)]
        if rows:
            places = np.concatenate([row * longest + w.places for row, w in rows])
            allowed = np.concatenate([w.allowed for _, w in rows])[:, None] >> np.arange(labels) & 1
            targets[head] = torch.from_numpy(places), torch.from_numpy(allowed.astype(bool))
    return torch.from_numpy(x), torch.from_numpy(mask), torch.from_numpy(token_of), targets


def losses(model, x, mask, token_of, targets, threshold, asked):
    """By head: the sums over its tokens of the negative log probability of the labels that each may have, at the end (of
    those not settled before) and at the exit."""
    early, hidden, settled = model(*x, mask, token_of, threshold, asked)
    early, hidden = early.flatten(0, 1), hidden.flatten(0, 1)
    left = None if settled is None else ~settled.flatten()
    found = {}
    for head, (places, allowed) in targets.items():
        def loss(heads, rows, places, allowed):
            scores = heads[head](rows[places]).log_softmax(-1)
            return -scores.masked_fill(~allowed, -1e9).logsumexp(-1).sum()
        at_exit = loss(model.exits, early, places, allowed)
        if left is not None:
            kept = left[places]
            places, allowed = places[kept], allowed[kept]
        found[head] = loss(model.heads, hidden, places, allowed), at_exit, len(places)
    return found


def evaluate(model, windows):
    """Prints by corpus, for each threshold: the share of tokens settled, and token F1 of the labels but O."""
    model.eval()
    for corpus in dict.fromkeys(w.corpus for w in windows):
        of_corpus = [w for w in windows if w.corpus == corpus]
        shown = []
        for threshold, asked in CURVE:
            tokens = named = both = done = 0
            for batch in batches(of_corpus, 4000, random.Random(0)):
                x, mask, token_of, targets = tensors(batch, [w.inputs[1] for w in batch])
                with torch.inference_mode():
                    heads = list(targets) if asked == "own" else list(HEADS)
                    early, hidden, settled = model(*x, mask, token_of, threshold, heads)
                    early, hidden = early.flatten(0, 1), hidden.flatten(0, 1)
                    for head, (places, allowed) in targets.items():
                        best = model.heads[head](hidden[places]).argmax(-1)
                        if settled is not None:
                            was = settled.flatten()[places]
                            done += was.sum().item()
                            best = torch.where(was, model.exits[head](early[places]).argmax(-1), best)
                        agreed, outside = allowed.gather(1, best[:, None])[:, 0], allowed[:, 0]
                        tokens += len(best)
                        both += (agreed & (best > 0) & ~outside).sum().item()
                        named += (best > 0).sum().item() + (~outside).sum().item()
            shown.append(f"{threshold} {asked}: {100 * done / max(tokens, 1):.0f} % settled, F1 {200 * both / max(named, 1):.2f}")
        print(corpus, "; ".join(shown), flush=True)
    model.train()


def optimizer(model, rate, decay):
    """AdamW with smaller rates for lower layers; what was pretrained of words and places stays."""
    e = model.embeddings
    for frozen in ("word_embeddings", "position_embeddings", "token_type_embeddings"):
        e[frozen].weight.requires_grad = False
    new = [*model.heads.parameters(), *model.exits.parameters(), e["case_embeddings"].weight, e["quotation_embeddings"].weight]
    groups = [{"params": new, "lr": 4 * rate}, {"params": list(e["LayerNorm"].parameters()), "lr": rate}]
    for depth, layer in enumerate(reversed(model.encoder["layer"])):
        groups.append({"params": list(layer.parameters()), "lr": rate * decay**depth})
    adam = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    return adam, [g["lr"] for g in groups]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("examples")
    parser.add_argument("pretrained")
    parser.add_argument("out")
    parser.add_argument("--minutes", type=float, default=80)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--batch", type=int, default=1200, help="pieces in a batch")
    parser.add_argument("--rate", type=float, default=2.5e-4)
    parser.add_argument("--decay", type=float, default=0.9, help="of the rate, from a layer to the one below it")
    parser.add_argument("--begin", help="a checkpoint to begin with, rather than what was pretrained")
    parser.add_argument("--steps", type=int, default=0, help="stop after so many, to measure the speed")
    parser.add_argument("--evaluate", action="store_true", help="only say how good OUT is on the dev windows")
    a = parser.parse_args()
    torch.manual_seed(a.seed)
    torch.set_flush_denormal(True)
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))

    pretrained = read_safetensors(os.path.join(a.pretrained, "model.safetensors"))
    model = Encoder(len(pretrained["embeddings.word_embeddings.weight"]))
    lacking = model.load_state_dict(pretrained, strict=False).missing_keys
    assert all(n.startswith(("heads.", "exits.")) or "case_emb" in n or "quotation_emb" in n for n in lacking), lacking
    if a.begin:
        begun = read_safetensors(a.begin)
        begun |= {n.replace("heads.", "exits."): t for n, t in begun.items() if n.startswith("heads.")}
        model.load_state_dict(begun, strict=False)
    dev = read(os.path.join(a.examples, "dev.jsonl"))
    if a.evaluate:
        model.load_state_dict(read_safetensors(a.out), strict=False)
        return evaluate(model, dev)
    windows = read(os.path.join(a.examples, "train.jsonl"))
    transitions = json.load(open(os.path.join(a.examples, "transitions.json")))
    adam, rates = optimizer(model, a.rate, a.decay)

    step, pieces, spent = 0, 0, 0.0
    if os.path.exists(a.out + ".state") and not a.steps:
        state = torch.load(a.out + ".state", weights_only=False)
        model.load_state_dict(state["model"])
        adam.load_state_dict(state["adam"])
        torch.set_rng_state(state["rng"])
        step, pieces, spent = state["step"], state["pieces"], state["spent"]

    def save():
        named = {n: t for n, t in model.state_dict().items()}
        named |= {f"transitions.{head}": torch.tensor(transitions[head]) for head in HEADS}
        write_safetensors(named, a.out)
        state = {"model": model.state_dict(), "adam": adam.state_dict(), "rng": torch.get_rng_state()}
        torch.save(state | {"step": step, "pieces": pieces, "spent": spent}, a.out + ".state.new")
        os.replace(a.out + ".state.new", a.out + ".state")

    model.train()
    begun, saved = time.time() - spent, spent
    sums = {head: [0.0, 0, 0.0, 0] for head in HEADS}
    source = stream(windows, a.batch, a.seed)
    for _ in range(step):
        next(source)
    for batch, cases, draw in source:
        spent = time.time() - begun
        left = 1 - spent / (60 * a.minutes)
        if left <= 0 or a.steps and step >= a.steps:
            break
        for group, rate in zip(adam.param_groups, rates):
            group["lr"] = rate * left * min(1, (step + 1) / WARM_UP)
        x, mask, token_of, targets = tensors(batch, cases, draw)
        draws = random.Random(draw)
        threshold = draws.choice(SETTLED_FROM) if step >= EXIT_WARM_UP else 2
        asked = list(HEADS) if draws.random() < 0.5 else list(targets)
        found = losses(model, x, mask, token_of, targets, threshold, asked)
        tokens = sum(len(places) for places, _ in targets.values())
        loss = sum(LOSS_WEIGHTS[head] * (end + EXIT_LOSS * at_exit) for head, (end, at_exit, _) in found.items()) / tokens
        adam.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        adam.step()
        step, pieces = step + 1, pieces + sum(map(len, batch))
        for head, value in found.items():
            end, at_exit, left = value
            sums[head][0] += end.item()
            sums[head][1] += left
            sums[head][2] += at_exit.item()
            sums[head][3] += len(targets[head][0])
        if step % (10 if a.steps else 50) == 0:
            spent = time.time() - begun
            shown = " ".join(f"{head} {total / max(count, 1):.4f} of {100 * count / max(all, 1):.0f} %, exit {early / max(all, 1):.4f}" for head, (total, count, early, all) in sums.items())
            print(f"{spent:.0f}s step {step} pieces {pieces} ({pieces / spent:.0f}/s) {shown}", flush=True)
            sums = {head: [0.0, 0, 0.0, 0] for head in HEADS}
        if spent - saved >= SAVE_EVERY and not a.steps:
            saved = spent
            save()
    if not a.steps:
        save()
        evaluate(model, dev)


if __name__ == "__main__":
    main()
