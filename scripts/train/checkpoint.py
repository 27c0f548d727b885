"""Checkpoints in the safetensors format: a length, a JSON header, the bytes of the tensors (huggingface/safetensors, "Format")."""
import json, os, struct

import numpy as np
import torch


def read_safetensors(path):
    """The float32 tensors of a file by name; the prefix `bert.` of pretrained models is left out."""
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
    """Writes tensors as float32, in the order of their names. The file is replaced whole, so a reader never sees half of it."""
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
