"""Image autoencoders as PyTorch runs them, for comparison with this package's.

usage: image_autoencoders.py FOLDER
writes FOLDER/{taesd,taef2,kl}/ with weights filled at random, a config.json that this package reads, and
expected.safetensors: a picture in 0...1, its latents, and what these decode to.
"""

import json
import struct
import sys
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F


def write(path, tensors):
    """The safetensors format by hand, so that torch is all this needs."""
    header, offset = {}, 0
    for name, tensor in tensors.items():
        size = tensor.numel() * 4
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [offset, offset + size]}
        offset += size
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for tensor in tensors.values():
            file.write(tensor.detach().contiguous().numpy().tobytes())


# The TAESD family, after the published module.


def conv(inputs, outputs, **options):
    return nn.Conv2d(inputs, outputs, 3, padding=1, **options)


class Clamp(nn.Module):
    def forward(self, x):
        return torch.tanh(x / 3) * 3


class Block(nn.Module):
    def __init__(self, width, pools=False):
        super().__init__()
        self.conv = nn.Sequential(
            conv(width, width), nn.ReLU(), conv(width, width), nn.ReLU(), conv(width, width))
        self.pool = None
        if pools:
            wide = 4 * width
            self.pool = nn.Sequential(
                nn.Conv2d(width, wide, 1, bias=False), nn.GroupNorm(4, wide), nn.ReLU(),
                nn.Conv2d(wide, width, 1, bias=False))

    def forward(self, x):
        if self.pool is not None:
            x = x + self.pool(x)
        return torch.relu(self.conv(x) + x)


def tiny_encoder(width, latent, pools):
    steps = [conv(3, width), Block(width)]
    for level in range(3):
        steps.append(conv(width, width, stride=2, bias=False))
        steps += [Block(width, pools and level == 2) for _ in range(3)]
    return nn.Sequential(*steps, conv(width, latent))


def tiny_decoder(width, latent, pools):
    steps = [Clamp(), conv(latent, width), nn.ReLU()]
    for level in range(3):
        steps += [Block(width, pools and level == 0) for _ in range(3)]
        steps += [nn.Upsample(scale_factor=2), conv(width, width, bias=False)]
    return nn.Sequential(*steps, Block(width), conv(width, 3))


# Stable Diffusion's autoencoder, after diffusers' AutoencoderKL.


class Residual(nn.Module):
    def __init__(self, inputs, outputs, groups):
        super().__init__()
        self.norm1, self.conv1 = nn.GroupNorm(groups, inputs, eps=1e-6), conv(inputs, outputs)
        self.norm2, self.conv2 = nn.GroupNorm(groups, outputs, eps=1e-6), conv(outputs, outputs)
        if inputs != outputs:
            self.conv_shortcut = nn.Conv2d(inputs, outputs, 1)

    def forward(self, x):
        y = self.conv1(F.silu(self.norm1(x)))
        y = self.conv2(F.silu(self.norm2(y)))
        return y + (self.conv_shortcut(x) if hasattr(self, "conv_shortcut") else x)


class Attention(nn.Module):
    def __init__(self, width, groups):
        super().__init__()
        self.group_norm = nn.GroupNorm(groups, width, eps=1e-6)
        self.to_q, self.to_k, self.to_v = (nn.Linear(width, width) for _ in range(3))
        self.to_out = nn.ModuleList([nn.Linear(width, width)])

    def forward(self, x):
        n, c, h, w = x.shape
        tokens = self.group_norm(x).view(n, c, h * w).transpose(1, 2)
        weights = (self.to_q(tokens) @ self.to_k(tokens).transpose(1, 2) / c**0.5).softmax(-1)
        mixed = self.to_out[0](weights @ self.to_v(tokens))
        return x + mixed.transpose(1, 2).reshape(n, c, h, w)


class Middle(nn.Module):
    def __init__(self, width, groups):
        super().__init__()
        self.resnets = nn.ModuleList(Residual(width, width, groups) for _ in range(2))
        self.attentions = nn.ModuleList([Attention(width, groups)])

    def forward(self, x):
        return self.resnets[1](self.attentions[0](self.resnets[0](x)))


class Resample(nn.Module):
    def __init__(self, width, down):
        super().__init__()
        self.down = down
        self.conv = nn.Conv2d(width, width, 3, stride=2) if down else conv(width, width)

    def forward(self, x):
        if self.down:
            return self.conv(F.pad(x, (0, 1, 0, 1)))
        return self.conv(F.interpolate(x, scale_factor=2, mode="nearest"))


class Level(nn.Module):
    def __init__(self, inputs, outputs, count, groups, down, last):
        super().__init__()
        self.resnets = nn.ModuleList(
            Residual(inputs if i == 0 else outputs, outputs, groups) for i in range(count))
        if not last:
            setattr(self, "downsamplers" if down else "upsamplers",
                    nn.ModuleList([Resample(outputs, down)]))

    def forward(self, x):
        for block in self.resnets:
            x = block(x)
        for sampler in getattr(self, "downsamplers", getattr(self, "upsamplers", [])):
            x = sampler(x)
        return x


class Side(nn.Module):
    def __init__(self, widths, latent, groups, down):
        super().__init__()
        self.down = down
        first = widths[0]
        self.conv_in = conv(3 if down else latent, first)
        levels = nn.ModuleList(
            Level(widths[max(i - 1, 0)], width, 2 if down else 3, groups, down, i == len(widths) - 1)
            for i, width in enumerate(widths))
        setattr(self, "down_blocks" if down else "up_blocks", levels)
        self.mid_block = Middle(widths[-1] if down else first, groups)
        self.conv_norm_out = nn.GroupNorm(groups, widths[-1], eps=1e-6)
        self.conv_out = conv(widths[-1], 2 * latent if down else 3)

    def forward(self, x):
        x = self.conv_in(x)
        x = x if self.down else self.mid_block(x)
        for level in self.down_blocks if self.down else self.up_blocks:
            x = level(x)
        x = self.mid_block(x) if self.down else x
        return self.conv_out(F.silu(self.conv_norm_out(x)))


class KL(nn.Module):
    def __init__(self, widths=(16, 24, 32), latent=4, groups=8):
        super().__init__()
        self.encoder = Side(widths, latent, groups, True)
        self.decoder = Side(widths[::-1], latent, groups, False)
        self.quant_conv = nn.Conv2d(2 * latent, 2 * latent, 1)
        self.post_quant_conv = nn.Conv2d(latent, latent, 1)
        self.latent = latent


def fill(module, scale):
    torch.manual_seed(5)
    for name, tensor in module.state_dict().items():
        tensor.copy_(torch.randn(tensor.shape) * scale + ("norm" in name and "weight" in name))


def save(folder, name, tensors, config, picture, latents, drawn):
    place = Path(folder) / name
    place.mkdir(parents=True)
    for file, part in tensors.items():
        write(place / file, part)
    config = {"modelType": "phyworld-image-autoencoder", "files": list(tensors), **config}
    (place / "config.json").write_text(json.dumps(config))
    write(place / "expected.safetensors", {"picture": picture, "latents": latents, "drawn": drawn})


def main(folder):
    torch.manual_seed(1)
    picture = (torch.rand(2, 3, 32, 32) * 255).round() / 255
    with torch.no_grad():
        for name, latent, pools in (("taesd", 4, False), ("taef2", 32, True)):
            encoder, decoder = tiny_encoder(8, latent, pools), tiny_decoder(8, latent, pools)
            fill(encoder, 0.12)
            fill(decoder, 0.12)
            latents = encoder(picture)
            parts = {f"{name}_encoder.safetensors": encoder.state_dict(),
                     f"{name}_decoder.safetensors": decoder.state_dict()}
            save(folder, name, parts, {"family": "taesd", "resolution": 32}, picture, latents,
                 decoder(latents))
        model = KL()
        fill(model, 0.1)
        moments = model.quant_conv(model.encoder(picture * 2 - 1))
        latents = (moments[:, : model.latent] - 0.1) * 0.5
        drawn = model.decoder(model.post_quant_conv(latents / 0.5 + 0.1)) / 2 + 0.5
        save(folder, "kl", {"weights.safetensors": model.state_dict()},
             {"family": "kl", "resolution": 32, "normGroups": 8, "scaling": 0.5, "shift": 0.1},
             picture, latents, drawn)


main(sys.argv[1])
