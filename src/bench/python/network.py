#!/usr/bin/python3
"""Trains a small network on labelled pictures and tells how many fresh ones it reads.

    network.py FOLDER NAME TRAIN [--test TEST] [--epochs EPOCHS] [--plain]

FOLDER has NAME.u8, the pictures one after the other, 200 x 50 bytes of grey each, and NAME.txt with an
answer a line, as LabelledPictures.java writes them. The last TEST pictures are the fresh ones. One line of
JSON goes to the standard output.

Two attackers: --plain is what a first try comes to, four layers of convolution with a softmax for each
position, which see the pictures as they are; without it, the network and its training are made for such
pictures.
"""

import argparse
import json
import sys
import time
from typing import Callable, NamedTuple

import numpy
import torch
from torch import nn
from torch.nn import functional

WIDTH, HEIGHT = 200, 50
AROUND = 15  # pixels, the side of the square that a pixel is compared with


def read(folder, name):
    """The pictures, and their answers as numbers. Small letters and capitals are one, as they are when answers are
    checked: EasyCaptcha's font shows the same for both."""
    with open(f"{folder}/{name}.txt") as lines:
        answers = lines.read().lower().split("\n")[:-1]
    alphabet = sorted(set("".join(answers)))
    labels = numpy.array([[alphabet.index(c) for c in answer] for answer in answers])
    grey = numpy.fromfile(f"{folder}/{name}.u8", numpy.uint8).reshape(-1, 1, HEIGHT, WIDTH)
    return torch.from_numpy(grey), torch.tensor(labels), len(alphabet)


def evened(grey):
    """Each picture about nought, and as strong as the others."""
    grey = grey - grey.mean((2, 3), keepdim=True)
    return grey / (grey.std((2, 3), keepdim=True) + 1e-3)


def channels(grey):
    """The grey itself, and how far it differs from what is around: letters may be faint, the ground shaded."""
    grey = grey.float() / 255

    def mean(x):
        return functional.avg_pool2d(x, AROUND, 1, AROUND // 2, count_include_pad=False)

    near = grey - mean(grey)
    near = near / (mean(near * near).sqrt() + 0.02)
    return torch.cat((evened(grey), near), 1)


def bent(pictures):
    """The same pictures a little moved, scaled, slanted and bent, each in its own way: few labels go further."""
    n = len(pictures)

    def about(*sizes):
        return torch.rand(n, *sizes) * 2 - 1

    affine = torch.zeros(n, 2, 3)
    affine[:, 0, 0] = 1 + 0.06 * about()
    affine[:, 1, 1] = 1 + 0.10 * about()
    affine[:, 0, 1] = 0.04 * about()
    affine[:, 1, 0] = 0.12 * about()
    affine[:, 0, 2] = 0.03 * about()
    affine[:, 1, 2] = 0.10 * about()
    grid = functional.affine_grid(affine, (n, 1, HEIGHT, WIDTH), align_corners=False)
    field = about(2, 4, 10) * torch.tensor([0.015, 0.06])[:, None, None]
    field = functional.interpolate(field, (HEIGHT, WIDTH), mode="bicubic", align_corners=False)
    grid += field.permute(0, 2, 3, 1)
    return functional.grid_sample(pictures, grid, padding_mode="border", align_corners=False)


class Columns(nn.Module):
    """Convolutions make a row of columns of the picture; each position looks at the columns that matter to it,
    and all positions tell characters in the same way, so that a picture teaches five times."""

    def __init__(self, positions, characters):
        super().__init__()

        def layer(before, after, size=3, stride=1):
            return [nn.Conv2d(before, after, size, stride, size // 2, bias=False),
                    nn.BatchNorm2d(after), nn.ReLU(inplace=True)]

        self.features = nn.Sequential(
            *layer(2, 16, 5, 2), nn.MaxPool2d(2),
            *layer(16, 32), nn.MaxPool2d(2),
            *layer(32, 64), *layer(64, 64), nn.MaxPool2d((2, 1)),
            *layer(64, 96))
        wide = 96 * 3
        self.columns = nn.Sequential(
            nn.Dropout(0.2), nn.Conv1d(wide, 160, 3, padding=1, bias=False),
            nn.BatchNorm1d(160), nn.ReLU(inplace=True))
        # At first each position looks at its own part of the width.
        places = torch.linspace(0, 1, WIDTH // 8)[:, None]
        middles = (torch.arange(positions) + 0.5) / positions
        self.place = nn.Parameter(-((places - middles) / 0.1) ** 2 / 2)
        self.look = nn.Conv1d(160, positions, 3, padding=1)
        nn.init.zeros_(self.look.weight)
        self.character = nn.Sequential(nn.Dropout(0.2), nn.Linear(160, characters))

    def forward(self, pictures):
        columns = self.columns(self.features(pictures).flatten(1, 2))
        looks = (self.look(columns).transpose(1, 2) + self.place).softmax(1)
        return self.character((columns @ looks).transpose(1, 2))


def halved(grey):
    """The grey at half the size."""
    return evened(functional.avg_pool2d(grey.float() / 255, 2))


class Plain(nn.Module):
    """Four layers of convolution; each position has characters of its own to learn."""

    def __init__(self, positions, characters):
        super().__init__()
        layers = []
        before = 1
        for after in (32, 64, 128, 128):
            layers += [nn.Conv2d(before, after, 3, padding=1, bias=False), nn.BatchNorm2d(after),
                       nn.ReLU(inplace=True), nn.MaxPool2d(2)]
            before = after
        features = before * (WIDTH // 16) * (HEIGHT // 16)
        self.layers = nn.Sequential(*layers[:-1], nn.Flatten(), nn.Dropout(0.3),
                                    nn.Linear(features, positions * characters))
        self.shape = (-1, positions, characters)

    def forward(self, pictures):
        return self.layers(pictures).view(self.shape)


class Attacker(NamedTuple):
    """A network, what it sees of a picture, and how it is trained."""

    network: type
    sees: Callable
    varied: Callable  # what training makes of a picture, each time
    batch: int
    rate: float
    seen: int  # pictures in a training, the same ones again among them
    smoothing: float


PLAIN = Attacker(Plain, halved, lambda pictures: pictures, 64, 1.5e-3, 40000, 0)
MADE_FOR_IT = Attacker(Columns, channels, bent, 32, 4e-3, 60000, 0.05)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("folder")
    options.add_argument("name")
    options.add_argument("train", type=int)
    options.add_argument("--test", type=int, default=1000)
    options.add_argument("--epochs", type=int)
    options.add_argument("--plain", action="store_true")
    asked = options.parse_args()
    folder, name, train, test = asked.folder, asked.name, asked.train, asked.test
    attacker = PLAIN if asked.plain else MADE_FOR_IT
    torch.manual_seed(1)
    torch.set_num_threads(1)
    started = time.process_time()
    pictures, labels, characters = read(folder, name)
    if len(pictures) < train + test:
        sys.exit(f"{name} has {len(pictures)} pictures; {train} to train and {test} to test are asked for")
    fresh, fresh_labels = pictures[-test:], labels[-test:]
    pictures, labels = torch.cat([attacker.sees(part) for part in pictures[:train].split(250)]), labels[:train]
    # The fewer there are, the more often each is seen.
    epochs = asked.epochs or max(8, min(60, attacker.seen // train))
    network = attacker.network(labels.shape[1], characters).to(memory_format=torch.channels_last)
    steps = epochs * ((train + attacker.batch - 1) // attacker.batch)
    optimizer = torch.optim.AdamW(network.parameters(), weight_decay=0.01)
    loss = nn.CrossEntropyLoss(label_smoothing=attacker.smoothing)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, attacker.rate, total_steps=steps)
    for epoch in range(epochs):
        network.train()
        total = 0.0
        for batch in torch.randperm(train).split(attacker.batch):
            seen = attacker.varied(pictures[batch]).contiguous(memory_format=torch.channels_last)
            error = loss(network(seen).flatten(0, 1), labels[batch].flatten())
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
        read_as = torch.cat([network(attacker.sees(part)).argmax(2) for part in fresh.split(250)])
    right = read_as == fresh_labels
    print(json.dumps({
        "name": name, "plain": asked.plain, "train": train, "test": test, "epochs": epochs, "characters": characters,
        "whole": round(100 * right.all(1).float().mean().item(), 1),
        "single": round(100 * right.float().mean().item(), 1),
        "weights": sum(p.numel() for p in network.parameters()),
        "cpu_s": round(time.process_time() - started)}), flush=True)


main()
