"""LPIPS and I3D in PyTorch, as their users run them, on the weights that `phyworld networks` keeps.

  twin.py NETWORKS             answers requests, one line of JSON each, until the input ends
  twin.py NETWORKS --script F  saves I3D as TorchScript with the signature of StyleGAN-V's file

LPIPS is written after the package `lpips` 0.1.4 (either side through the network by itself), I3D after the
PyTorch ports (explicit padding, convolution, batch normalisation, ReLU).
"""

import json
import os
import struct
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F


def load(path):
    with open(path, "rb") as file:
        length = struct.unpack("<Q", file.read(8))[0]
        header = json.loads(file.read(length))
        data = file.read()
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            start, end = entry["data_offsets"]
            values = np.frombuffer(data[start:end], np.float32).reshape(entry["shape"])
            tensors[name] = torch.from_numpy(values.copy())
    return tensors


class Features(torch.nn.Module):
    """AlexNet or VGG16 up to the places where LPIPS looks."""

    def __init__(self, weights, vgg):
        super().__init__()
        self.slices = torch.nn.ModuleList()
        if vgg:
            prefix, plan = "VGG16_0", [(2, 64), (2, 128), (3, 256), (3, 512), (3, 512)]
            number, channels = 0, 3
            for stage, (count, width) in enumerate(plan):
                layers = [torch.nn.MaxPool2d(2, 2)] if stage else []
                for _ in range(count):
                    layers += [torch.nn.Conv2d(channels, width, 3, padding=1), torch.nn.ReLU(True)]
                    self.fill(layers[-2], weights, f"{prefix}.Conv_{number}")
                    number, channels = number + 1, width
                self.slices.append(torch.nn.Sequential(*layers))
        else:
            plan = [(11, 4, 2, 64), (5, 1, 2, 192), (3, 1, 1, 384), (3, 1, 1, 256), (3, 1, 1, 256)]
            channels = 3
            for number, (kernel, stride, padding, width) in enumerate(plan):
                layers = [torch.nn.MaxPool2d(3, 2)] if number in (1, 2) else []
                layers.append(torch.nn.Conv2d(channels, width, kernel, stride, padding))
                self.fill(layers[-1], weights, f"AlexNet_0.Conv_{number}")
                layers.append(torch.nn.ReLU(True))
                channels = width
                self.slices.append(torch.nn.Sequential(*layers))

    @staticmethod
    def fill(layer, weights, name):
        layer.weight.data = weights[f"{name}.kernel"].permute(3, 2, 0, 1).contiguous()
        layer.bias.data = weights[f"{name}.bias"]

    def forward(self, x):
        taps = []
        for part in self.slices:
            x = part(x)
            taps.append(x)
        return taps


class LPIPS(torch.nn.Module):
    def __init__(self, weights, vgg):
        super().__init__()
        self.features = Features(weights, vgg)
        self.heads = [
            weights[f"NetLinLayer_{i}.Conv_0.kernel"].permute(3, 2, 0, 1).contiguous()
            for i in range(5)
        ]
        self.shift = torch.tensor([-0.030, -0.088, -0.188])[None, :, None, None]
        self.scale = torch.tensor([0.458, 0.448, 0.450])[None, :, None, None]

    @staticmethod
    def normalize(x, eps=1e-10):
        return x / (torch.sqrt(torch.sum(x**2, dim=1, keepdim=True)) + eps)

    def forward(self, a, b):
        outs0 = self.features((a - self.shift) / self.scale)
        outs1 = self.features((b - self.shift) / self.scale)
        total = 0
        for x, y, head in zip(outs0, outs1, self.heads):
            difference = (self.normalize(x) - self.normalize(y)) ** 2
            total = total + F.conv2d(difference, head).mean([2, 3], keepdim=True)
        return total.flatten()


class Unit(torch.nn.Module):
    def __init__(self, weights, name, kernel=1, stride=1):
        super().__init__()
        kernels = weights[f"params.{name}.Conv_0.kernel"].permute(4, 3, 0, 1, 2).contiguous()
        self.kernel, self.stride = kernel, stride
        out, channels = kernels.shape[:2]
        self.conv = torch.nn.Conv3d(channels, out, kernel, stride, bias=False)
        self.norm = torch.nn.BatchNorm3d(out, eps=1e-3)
        self.conv.weight.data = kernels
        self.norm.bias.data = weights[f"params.{name}.BatchNorm_0.bias"]
        self.norm.running_mean = weights[f"batch_stats.{name}.BatchNorm_0.mean"].flatten()
        self.norm.running_var = weights[f"batch_stats.{name}.BatchNorm_0.var"].flatten()

    def forward(self, x):
        k, s = self.kernel, self.stride
        pads: list[int] = []
        for d in [4, 3, 2]:
            n = x.size(d)
            total = max(((n + s - 1) // s - 1) * s + k - n, 0)
            pads += [total // 2, total - total // 2]
        return F.relu(self.norm(self.conv(F.pad(x, pads))))


class Pool(torch.nn.Module):
    def __init__(self, kernel, stride):
        super().__init__()
        self.kernel, self.stride = list(kernel), list(stride)

    def forward(self, x):
        pads: list[int] = []
        for i in [2, 1, 0]:
            n, k, s = x.size(i + 2), self.kernel[i], self.stride[i]
            total = max(((n + s - 1) // s - 1) * s + k - n, 0)
            pads += [total // 2, total - total // 2]
        return F.max_pool3d(F.pad(x, pads), self.kernel, self.stride)


class Mixed(torch.nn.Module):
    def __init__(self, weights, name):
        super().__init__()
        unit = lambda part, kernel=1: Unit(weights, f"Mixed_{name}.{part}", kernel)
        self.b0 = unit("Branch_0/Conv3d_0a_1x1")
        self.b1 = torch.nn.Sequential(
            unit("Branch_1/Conv3d_0a_1x1"), unit("Branch_1/Conv3d_0b_3x3", 3)
        )
        self.b2 = torch.nn.Sequential(
            unit("Branch_2/Conv3d_0a_1x1"), unit("Branch_2/Conv3d_0b_3x3", 3)
        )
        self.b3 = torch.nn.Sequential(
            Pool((3, 3, 3), (1, 1, 1)), unit("Branch_3/Conv3d_0b_1x1")
        )

    def forward(self, x):
        return torch.cat([self.b0(x), self.b1(x), self.b2(x), self.b3(x)], 1)


class I3D(torch.nn.Module):
    def __init__(self, weights):
        super().__init__()
        layers = [
            Unit(weights, "Conv3d_1a_7x7", 7, 2),
            Pool((1, 3, 3), (1, 2, 2)),
            Unit(weights, "Conv3d_2b_1x1"),
            Unit(weights, "Conv3d_2c_3x3", 3),
            Pool((1, 3, 3), (1, 2, 2)),
        ]
        for name in "3b 3c | 4b 4c 4d 4e 4f / 5b 5c".split():
            if name == "|":
                layers.append(Pool((3, 3, 3), (2, 2, 2)))
            elif name == "/":
                layers.append(Pool((2, 2, 2), (2, 2, 2)))
            else:
                layers.append(Mixed(weights, name))
        self.layers = torch.nn.Sequential(*layers)
        head = weights["params.Logits/Conv3d_0c_1x1.Conv_0.kernel"].permute(4, 3, 0, 1, 2)
        self.head = torch.nn.Conv3d(1024, 400, 1)
        self.head.weight.data = head.contiguous()
        self.head.bias.data = weights["params.Logits/Conv3d_0c_1x1.Conv_0.bias"]

    def forward(
        self, x, rescale: bool = False, resize: bool = False, return_features: bool = True
    ):
        if rescale or resize or not return_features:
            raise RuntimeError("only clips that are ready, and only their features")
        x = F.avg_pool3d(self.layers(x), [2, 7, 7], [1, 1, 1])
        return self.head(x).flatten(2).mean(2)


def formula(shape):
    """The numbers that the Swift side uses too: ((7919 i) mod 1000) / 999 * 2 - 1."""
    index = torch.arange(int(np.prod(shape)), dtype=torch.int64)
    return ((index * 7919 % 1000).double() / 999 * 2 - 1).float().reshape(shape)


def main():
    networks = sys.argv[1]
    weights = lambda name: load(os.path.join(networks, name, "weights.safetensors"))
    torch.set_grad_enabled(False)
    if "--script" in sys.argv:
        torch.jit.script(I3D(weights("i3d-kinetics-400")).eval()).save(sys.argv[3])
        return
    torch.set_num_threads(int(os.environ.get("THREADS", "1")))
    jobs = {}
    pictures = formula((32, 3, 128, 128))
    for name, vgg in (("lpips-alex", False), ("lpips-vgg", True)):
        net = LPIPS(weights(name), vgg).eval()
        jobs[name] = lambda net=net: net(pictures[:16], pictures[16:])
    i3d, clip = I3D(weights("i3d-kinetics-400")).eval(), formula((1, 3, 16, 224, 224))
    jobs["i3d"] = lambda: i3d(clip)
    for line in sys.stdin:
        request = json.loads(line)
        job = jobs[request["job"]]
        values = job().double()
        start = time.perf_counter()
        for _ in range(request["repeats"]):
            job()
        seconds = (time.perf_counter() - start) / request["repeats"]
        print(json.dumps({"seconds": seconds, "checksum": values.sum().item()}), flush=True)


if __name__ == "__main__":
    main()
