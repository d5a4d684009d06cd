#!/usr/bin/python3
"""Trains a small network on labelled pictures and tells how many fresh ones it reads.

    network.py FOLDER NAME TRAIN [TEST] [EPOCHS]

FOLDER has NAME.u8, the pictures one after the other, 200 x 50 bytes of grey each, and NAME.txt with an
answer a line, as Pictures.java writes them. The last TEST pictures are the fresh ones. One line of JSON
goes to the standard output.
"""

import json
import sys
import time

import numpy
import torch
from torch import nn

WIDTH, HEIGHT = 200, 50
BATCH = 64


def read(folder, name):
    """The pictures at half their size, and their answers as numbers."""
    with open(f"{folder}/{name}.txt") as lines:
        answers = lines.read().split("\n")[:-1]
    alphabet = sorted(set("".join(answers)))
    labels = numpy.array([[alphabet.index(c) for c in answer] for answer in answers])
    grey = numpy.fromfile(f"{folder}/{name}.u8", numpy.uint8).reshape(-1, HEIGHT // 2, 2, WIDTH // 2, 2)
    pictures = torch.tensor(grey.mean((2, 4), dtype=numpy.float32) / 255)[:, None]
    pictures -= pictures.mean((1, 2, 3), keepdim=True)
    pictures /= pictures.std((1, 2, 3), keepdim=True) + 1e-3
    return pictures, torch.tensor(labels), len(alphabet)


class Network(nn.Module):
    """Four layers of convolution, and one softmax for each position."""

    def __init__(self, positions, characters):
        super().__init__()
        layers = []
        channels = 1
        for wider in (16, 32, 64, 128):
            layers.append(nn.Conv2d(channels, wider, 3, padding=1, bias=False))
            if wider < 128:
                layers.append(nn.MaxPool2d(2))
            layers += [nn.BatchNorm2d(wider), nn.ReLU(inplace=True)]
            channels = wider
        self.features = nn.Sequential(*layers, nn.Flatten(), nn.Dropout(0.3))
        self.hidden = nn.Sequential(nn.Linear(128 * 12 * 3, 192), nn.ReLU(), nn.Dropout(0.2))
        self.heads = nn.Linear(192, positions * characters)
        self.shape = (-1, positions, characters)

    def forward(self, pictures):
        return self.heads(self.hidden(self.features(pictures))).view(self.shape)


def main():
    folder, name, train = sys.argv[1], sys.argv[2], int(sys.argv[3])
    test = int(sys.argv[4]) if len(sys.argv) > 4 else 1000
    torch.manual_seed(1)
    torch.set_num_threads(1)
    started = time.process_time()
    pictures, labels, characters = read(folder, name)
    if len(pictures) < train + test:
        sys.exit(f"{name} has {len(pictures)} pictures; {train} to train and {test} to test are asked for")
    fresh, fresh_labels = pictures[-test:], labels[-test:]
    pictures, labels = pictures[:train], labels[:train]
    # The fewer there are, the more often each is seen.
    epochs = int(sys.argv[5]) if len(sys.argv) > 5 else max(8, min(50, 80000 // train))
    network = Network(labels.shape[1], characters).to(memory_format=torch.channels_last)
    pictures = pictures.contiguous(memory_format=torch.channels_last)
    steps = epochs * ((train + BATCH - 1) // BATCH)
    optimizer = torch.optim.AdamW(network.parameters(), weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, total_steps=steps)
    loss = nn.CrossEntropyLoss()
    for epoch in range(epochs):
        network.train()
        total = 0.0
        for batch in torch.randperm(train).split(BATCH):
            error = loss(network(pictures[batch]).flatten(0, 1), labels[batch].flatten())
            optimizer.zero_grad()
            error.backward()
            optimizer.step()
            schedule.step()
            total += error.item() * len(batch)
        if epoch % 4 == 3 or epoch == epochs - 1:
            print(f"{name} epoch {epoch + 1} of {epochs}: loss {total / train:.3f}, "
                  f"{time.process_time() - started:.0f} s", file=sys.stderr)
    network.eval()
    with torch.no_grad():
        read_as = torch.cat([network(part).argmax(2) for part in fresh.split(250)])
    right = read_as == fresh_labels
    print(json.dumps({
        "name": name, "train": train, "test": test, "epochs": epochs, "characters": characters,
        "whole": round(100 * right.all(1).float().mean().item(), 1),
        "single": round(100 * right.float().mean().item(), 1),
        "weights": sum(p.numel() for p in network.parameters()),
        "cpu_s": round(time.process_time() - started)}), flush=True)


main()
