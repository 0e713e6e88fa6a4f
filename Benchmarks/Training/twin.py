"""The same model in PyTorch, and the program that lets both take turns on one GPU.

    python3 twin.py --binary trainingbenchmark --sizes S:64,B:32,L:16 --output result.json

Per size: training steps of PyTorch eager, torch.compile and the Swift program in alternating rounds, sampling
likewise, and the losses of the first steps from the same weights on the same batches.
"""

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import tempfile
import time

import torch
import torch.nn.functional as F
from torch import nn

PEAK = 989.4e12  # dense bfloat16 operations a second of an H100 SXM, from its data sheet


class Rotary(nn.Module):
    def __init__(self, time, height, width, size):
        super().__init__()
        pairs = size // 2
        counts = [pairs // 2, pairs // 4, pairs - pairs // 2 - pairs // 4]
        grid = torch.meshgrid(
            *[torch.arange(n, dtype=torch.float64) for n in (time, height, width)], indexing="ij"
        )
        angles = torch.cat(
            [
                place.reshape(-1, 1) * period ** (-torch.arange(count, dtype=torch.float64) / count)
                for place, count, period in zip(grid, counts, (30.0, 10.0, 10.0))
            ],
            1,
        )
        self.register_buffer("cos", angles.cos().float()[:, None, :], persistent=False)
        self.register_buffer("sin", angles.sin().float()[:, None, :], persistent=False)

    def forward(self, x):  # [B, tokens, heads, size]
        x = F.rms_norm(x, (x.shape[-1],), eps=1e-6)
        a, b = x.chunk(2, -1)
        return torch.cat([a * self.cos - b * self.sin, a * self.sin + b * self.cos], -1)


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.proj = nn.Linear(width, width)

    def forward(self, x, rotary):
        b, n, d = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, d // self.heads).unbind(2)
        q, k = rotary(q).to(v.dtype), rotary(k).to(v.dtype)
        o = F.scaled_dot_product_attention(q.transpose(1, 2), k.transpose(1, 2), v.transpose(1, 2))
        return self.proj(o.transpose(1, 2).reshape(b, n, d))


class MLP(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc1 = nn.Linear(width, 4 * width)
        self.fc2 = nn.Linear(4 * width, width)

    def forward(self, x):
        return self.fc2(F.gelu(self.fc1(x), approximate="tanh"))


def modulate(x, shift, scale):
    return F.layer_norm(x, (x.shape[-1],), eps=1e-6) * (1 + scale) + shift


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.attn = Attention(width, heads)
        self.mlp = MLP(width)
        self.modulation = nn.Parameter(torch.zeros(6, 1, 1, width))

    def forward(self, x, shared, rotary):
        a, b, c, d, e, f = (shared + self.modulation).unbind(0)
        x = x + c * self.attn(modulate(x, a, b), rotary)
        return x + f * self.mlp(modulate(x, d, e))


class Final(nn.Module):
    def __init__(self, width, outputs):
        super().__init__()
        self.linear = nn.Linear(width, outputs)
        self.modulation = nn.Parameter(torch.zeros(2, 1, 1, width))


class TimeEmbedder(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.mlp = nn.Sequential(nn.Linear(256, width), nn.SiLU(), nn.Linear(width, width))


class DiT(nn.Module):
    """The model that the Swift program's answer to `model` describes."""

    def __init__(self, facts):
        super().__init__()
        depth, width, heads, p = (int(facts[key]) for key in ("depth", "width", "heads", "patch"))
        self.shape = tuple(int(facts[key]) for key in ("time", "height", "breadth", "channels"))
        self.given, self.width, self.patch = int(facts["given"]), width, p
        t, h, w, c = self.shape
        self.tokens, token = t * h * w // p**2, p**2 * c
        self.x_embedder = nn.Linear(2 * token + 1, width)
        self.t_embedder = TimeEmbedder(width)
        self.t_block = nn.Sequential(nn.SiLU(), nn.Linear(width, 6 * width))
        self.blocks = nn.ModuleList(Block(width, heads) for _ in range(depth))
        self.final_layer = Final(width, token)
        self.rotary = Rotary(t, h // p, w // p, width // heads)
        mask = (torch.arange(self.tokens) < self.given * h * w // p**2).float()
        self.register_buffer("mask", mask[None, :, None], persistent=False)
        half = torch.arange(128, dtype=torch.float64)
        self.register_buffer("frequencies", (1000 * 1000 ** (-half / 128)).float()[None], persistent=False)

    def patches(self, x):
        (t, h, w, c), p = self.shape, self.patch
        if p == 1:
            return x.reshape(-1, self.tokens, c)
        x = x.reshape(-1, t, h // p, p, w // p, p, c).permute(0, 1, 2, 4, 3, 5, 6)
        return x.reshape(-1, self.tokens, p**2 * c)

    def forward(self, noisy, condition, time):
        (t, h, w, c), p = self.shape, self.patch
        batch = noisy.shape[0]
        angles = time[:, None] * self.frequencies
        embedding = self.t_embedder.mlp(torch.cat([angles.cos(), angles.sin()], 1))
        shared = self.t_block(embedding).view(batch, 6, 1, self.width).transpose(0, 1)
        given = self.patches(condition) * self.mask
        x = self.x_embedder(torch.cat([self.patches(noisy), given, self.mask.expand(batch, -1, 1)], 2))
        for block in self.blocks:
            x = block(x, shared, self.rotary)
        shift, scale = (embedding.view(1, batch, 1, self.width) + self.final_layer.modulation).unbind(0)
        x = self.final_layer.linear(modulate(x, shift, scale))
        if p > 1:
            x = x.view(batch, t, h // p, w // p, p, p, c).permute(0, 1, 2, 4, 3, 5, 6)
        return x.reshape(noisy.shape)


def ddpm_alphas(device):
    beta = torch.linspace(0.00085**0.5, 0.012**0.5, 1000, dtype=torch.float64) ** 2
    roots = (1 - beta).cumprod(0).sqrt()
    return ((roots - roots[-1]) * roots[0] / (roots[0] - roots[-1])).to(device)


class Trainer:
    """Loss, AdamW, clipping and averaged weights as in the Swift trainer; its own noise, drawn on the device."""

    def __init__(self, facts, batch, device, weights, compiled, attention="default"):
        self.device, self.batch, self.attention = device, batch, attention
        self.model = DiT(facts).to(device)
        self.model.load_state_dict(weights)
        self.parameters = list(self.model.parameters())
        self.average = [p.detach().clone() for p in self.parameters]
        self.optimizer = torch.optim.AdamW(
            self.parameters, lr=1e-4, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01, fused=True
        )
        self.alphas = ddpm_alphas(device)
        self.answer = torch.compile(self.run) if compiled else self.run
        self.loss = torch.compile(self.compute) if compiled else self.compute
        self.done = 0

    def kernels(self):
        """cuDNN's attention where it was asked for, else PyTorch's choice."""
        if self.attention == "default":
            return contextlib.nullcontext()
        return torch.nn.attention.sdpa_kernel(torch.nn.attention.SDPBackend.CUDNN_ATTENTION)

    def run(self, z, condition, time):
        with torch.autocast(self.device, torch.bfloat16, enabled=self.device == "cuda"):
            return self.model(z, condition, time).float()

    def compute(self, clean, noise, time, alpha, sigma):
        z = alpha * clean + sigma * noise
        answer = self.run(z, clean, time)
        target = alpha * noise - sigma * clean
        return F.mse_loss(answer[:, self.model.given :], target[:, self.model.given :])

    def levels(self, time):
        place = time.double() * 999
        below = place.long().clamp(max=998)
        alpha = torch.lerp(self.alphas[below], self.alphas[below + 1], place - below)
        sigma = (1 - alpha * alpha).clamp(min=0).sqrt()
        return [x.float().view(-1, 1, 1, 1, 1) for x in (alpha, sigma)]

    def step(self, clean, noise=None, time=None, alpha=None, sigma=None):
        if noise is None:
            noise = torch.randn_like(clean)
            time = torch.rand(clean.shape[0], device=self.device)
            alpha, sigma = self.levels(time)
        with self.kernels():
            loss = self.loss(clean, noise, time, alpha, sigma)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.parameters, 1.0, foreach=True)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        memory = min(0.9999, (self.done + 1) / (self.done + 10))
        torch._foreach_lerp_(self.average, self.parameters, 1 - memory)
        self.done += 1
        return loss.detach()

    @torch.no_grad()
    def sample(self, condition, steps):
        z = torch.randn_like(condition)
        times = torch.linspace(1, 0, steps + 1, device=self.device)
        for now, then in zip(times[:-1], times[1:]):
            alpha, sigma = self.levels(now[None])
            with self.kernels():
                answer = self.answer(z, condition, now.expand(z.shape[0]))
            clean = (alpha * z - sigma * answer) / (alpha**2 + sigma**2)
            rest = (z - alpha * clean) / sigma.clamp(min=1e-5)
            alpha, sigma = self.levels(then[None])
            z = alpha * clean + sigma * rest
        return z


class Swift:
    """The Swift program, one line in, one line out."""

    def __init__(self, binary, device):
        self.process = subprocess.Popen(
            [binary, device], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        self.facts = self.read()

    def read(self):
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("the Swift program ended")
        return json.loads(line)

    def __call__(self, command):
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        return self.read()

    def end(self):
        self.process.stdin.write("end\n")
        self.process.stdin.close()
        self.process.wait()


def synchronize(device):
    if device == "cuda":
        torch.cuda.synchronize()


def timed(device, body):
    synchronize(device)
    start = time.perf_counter()
    body()
    synchronize(device)
    return time.perf_counter() - start


def summary(values):
    ordered = sorted(values)
    return {"median": statistics.median(ordered), "least": ordered[0], "most": ordered[-1], "all": values}


def ceiling(device):
    """Operations a second of a large bfloat16 product."""
    n = 8192
    a, b = (torch.randn(n, n, device=device, dtype=torch.bfloat16) for _ in range(2))
    times = [timed(device, lambda: [a @ b for _ in range(10)]) / 10 for _ in range(4)]
    return 2 * n**3 / min(times)


def load(path, device):
    """The tensors of a safetensors file of float32."""
    with open(path, "rb") as file:
        length = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(length))
        data = bytearray(file.read())
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        start, end = entry["data_offsets"]
        flat = torch.frombuffer(data, dtype=torch.float32, count=(end - start) // 4, offset=start)
        tensors[name] = flat.reshape(entry["shape"]).to(device, copy=True)
    return tensors


def curves(size, batch, steps, device, binary, folder, with_compile):
    from pathlib import Path

    swift = Swift(binary, device)
    facts = swift(f"model {size} {batch}")
    swift(f"weights {folder}/weights.safetensors")
    swift(f"batches {steps} {folder}/batches.safetensors")
    found = {"swift": swift(f"losses {steps}")["losses"]}
    swift.end()
    weights = load(f"{folder}/weights.safetensors", device)
    batches = load(f"{folder}/batches.safetensors", device)
    for name in ["eager", "compile"] if with_compile else ["eager"]:
        trainer = Trainer(facts, batch, device, weights, name == "compile")
        losses = []
        for i in range(steps):
            alpha, sigma = (batches[key][i].view(-1, 1, 1, 1, 1) for key in ("alpha", "sigma"))
            losses.append(
                trainer.step(batches["clean"][i], batches["noise"][i], batches["times"][i], alpha, sigma)
            )
        found[name] = torch.stack(losses).tolist()
        del trainer
    for path in Path(folder).glob("*.safetensors"):
        path.unlink()
    return found


def largest_difference(a, b):
    """Largest relative difference of two loss curves, and of their means over the last quarter."""
    last = len(a) // 4
    mean = lambda x: sum(x[-last:]) / last
    return {
        "largest": max(abs(x - y) / abs(y) for x, y in zip(a, b)),
        "end": abs(mean(a) - mean(b)) / mean(b),
    }


def measure(size, batch, options, folder):
    device = options.device
    swift = Swift(options.binary, device)
    facts = swift(f"model {size} {batch}")
    swift(f"weights {folder}/weights.safetensors")
    swift(f"batches 8 {folder}/batches.safetensors")
    weights = load(f"{folder}/weights.safetensors", device)
    clean = load(f"{folder}/batches.safetensors", device)["clean"]
    trainers = {"eager": Trainer(facts, batch, device, weights, False, options.attention)}
    if not options.no_compile:
        trainers["compile"] = Trainer(facts, batch, device, weights, True, options.attention)
    start = time.perf_counter()

    def python_steps(trainer):
        return timed(device, lambda: [trainer.step(clean[i % 8]) for i in range(options.steps)])

    for trainer in trainers.values():
        timed(device, lambda: [trainer.step(clean[i % 8]) for i in range(3)])
    swift("steps 3")
    warm = time.perf_counter() - start
    training = {name: [] for name in [*trainers, "swift"]}
    for _ in range(options.rounds):
        for name, trainer in trainers.items():
            training[name].append(python_steps(trainer) / options.steps)
        training["swift"].append(float(swift(f"steps {options.steps}")["seconds"]) / options.steps)
    sampling = {name: [] for name in [*trainers, "swift"]}
    if not options.no_sampling:
        for trainer in trainers.values():
            trainer.sample(clean[0], 2)
        swift(f"sample {batch} 2")
    for _ in range(0 if options.no_sampling else options.rounds):
        for name, trainer in trainers.items():
            sampling[name].append(timed(device, lambda: trainer.sample(clean[0], 16)))
        sampling["swift"].append(float(swift(f"sample {batch} 16")["seconds"]))
    swift.end()
    operations = float(facts["operations"])
    result = {
        "parameters": int(facts["parameters"]), "batch": batch, "tokens": trainers["eager"].model.tokens,
        "operations_per_step": operations, "seconds_to_warm_up": warm,
        "step_seconds": {name: summary(values) for name, values in training.items()},
        "utilisation": {
            name: operations / statistics.median(values) / PEAK for name, values in training.items()
        },
        "sampling_videos_per_second_16_steps": {
            name: batch / statistics.median(values) if values else 0 for name, values in sampling.items()
        },
    }
    if device == "cuda":
        result["python_peak_memory"] = torch.cuda.max_memory_allocated()
    return result


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--sizes", default="S:64,B:32,L:16", help="SIZE:BATCH, …")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--steps", type=int, default=10)
    parser.add_argument("--curves", default="", help="SIZE:BATCH:STEPS, …")
    parser.add_argument("--attention", default="default", choices=["default", "cudnn"], help="of PyTorch")
    parser.add_argument("--no-compile", action="store_true")
    parser.add_argument("--no-sampling", action="store_true")
    parser.add_argument("--output", default="")
    options = parser.parse_args()
    swift = Swift(options.binary, options.device)
    result = {"facts": swift.facts, "check": swift("check"), "torch": torch.__version__, "attention": options.attention, "sizes": {}, "curves": {}}
    swift.end()
    print(json.dumps({key: result[key] for key in ("facts", "check", "torch")}, indent=1), flush=True)
    if options.device == "cuda":
        result["peak"] = PEAK
        result["product_operations_per_second"] = ceiling("cuda")
        print(f"product {result['product_operations_per_second'] / 1e12:.0f} TFLOP/s", flush=True)

    def keep():
        if options.output:
            with open(options.output, "w") as file:
                json.dump(result, file, indent=1)

    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as folder:
        for entry in filter(None, options.sizes.split(",")):
            size, batch = entry.split(":")
            one = result["sizes"][f"{size}, batch {batch}"] = measure(size, int(batch), options, folder)
            for name in one["step_seconds"]:
                print(
                    f"{size} batch {batch} {name:8} step {one['step_seconds'][name]['median'] * 1e3:8.2f} ms"
                    f" ({one['step_seconds'][name]['least'] * 1e3:.2f}–{one['step_seconds'][name]['most'] * 1e3:.2f})"
                    f"  MFU {one['utilisation'][name] * 100:5.1f} %"
                    f"  sampling {one['sampling_videos_per_second_16_steps'][name]:8.1f} videos/s",
                    flush=True,
                )
            torch.compiler.reset()
            if options.device == "cuda":
                torch.cuda.empty_cache()
            keep()
        for entry in filter(None, options.curves.split(",")):
            size, batch, steps = entry.split(":")
            found = curves(
                size, int(batch), int(steps), options.device, options.binary, folder, not options.no_compile
            )
            differences = {
                f"{a} against {b}": largest_difference(found[a], found[b])
                for a, b in (("swift", "eager"), ("compile", "eager"))
                if a in found
            }
            result["curves"][size] = {"batch": int(batch), "losses": found, "differences": differences}
            print(size, "losses", {name: (round(x[0], 4), round(x[-1], 4)) for name, x in found.items()}, differences, flush=True)
            torch.compiler.reset()
            keep()
    keep()


if __name__ == "__main__":
    main()
