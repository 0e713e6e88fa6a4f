"""Lets `trainingbenchmark` and the same model in PyTorch take turns on one processor, and writes the ratios.

  compare.py BINARY RESULTS [--rounds N] [--threads N] [--no-compile] [--only NAME,…]

In every round each side takes the same number of training steps, and samples the same number of videos, with
the same number of threads; the sides take turns in going first. A round gives one ratio of wall times, and the
median of the ratios counts. Before that the losses of the first steps, from the same weights on the same batches
and noise, must be the same within float32's noise. RESULTS gets training.json and training.md.
"""

import argparse
import json
import os
import pathlib
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

# Size, videos a step, steps in a round, sampled videos, sampling steps, rounds relative to --rounds.
SUBJECTS = [
    ("S-512", 4, 1, 4, 2, 1),
    ("nano", 16, 40, 16, 16, 2),
    ("micro", 16, 20, 16, 16, 2),
    ("mini", 16, 10, 16, 16, 2),
    ("tiny", 16, 6, 16, 16, 2),
]
CURVE = {"S-512": 4}


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("results", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--no-compile", action="store_true")
    parser.add_argument("--only", default="", help="names of sizes, with commas between")
    return parser.parse_args()


OPTIONS = arguments()
# Libraries read it as they are loaded.
os.environ["OMP_NUM_THREADS"] = str(OPTIONS.threads)
import torch  # noqa: E402

import twin  # noqa: E402

# What `phyworld` sets for itself as it starts: see Sources/phyworld/ProcessEnvironment.swift.
OURS = {
    "GOMP_SPINCOUNT": "100000",
    "MALLOC_MMAP_THRESHOLD_": "1073741824",
    "MALLOC_TRIM_THRESHOLD_": "2147483648",
}


def summary(values):
    return {"median": statistics.median(values), "least": min(values), "most": max(values)}


def product_rate(width, rows):
    """Operations a second of the blocks' products, alone and again and again."""
    shapes = [(width, 3 * width), (width, width), (width, 4 * width), (4 * width, width)]
    rates = []
    for _ in range(5):
        operations, seconds = 0, 0.0
        for inputs, outputs in shapes:
            x, w = torch.randn(rows, inputs), torch.randn(outputs, inputs)
            torch.nn.functional.linear(x, w)
            start = time.perf_counter()
            for _ in range(3):
                torch.nn.functional.linear(x, w)
            seconds += time.perf_counter() - start
            operations += 3 * 2 * rows * inputs * outputs
        rates.append(operations / seconds)
    return max(rates)


# Kernels of ours that do libtorch's work: their time is not overhead.
KERNELS = ("forward_rows", "backward_rows", "forward_range", "backward_range", "turn", "turn_back", "add_row")


def overhead(swift, steps, folder):
    """The share of our processor time outside libtorch and the kernels in its place, by perf; None without it.

    Counted are samples in the program itself, kernels left out, and in Swift's libraries. What libc and the system
    do (memory, copies) is asked for by libtorch almost always, and counted as its own.
    """
    if not shutil.which("perf"):
        return None
    data = f"{folder}/perf.data"
    recorder = subprocess.Popen(
        ["perf", "record", "-q", "-F", "997", "-p", str(swift.process.pid), "-o", data],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    time.sleep(1)
    swift(f"steps {steps}")
    recorder.send_signal(signal.SIGINT)
    recorder.wait()
    try:
        # Symbols of our own program only: reading libtorch's takes minutes.
        libraries = shares(data, "dso")
        kernels = sum(
            share for symbol, share in shares(data, "symbol", f"--dsos={OPTIONS.binary.name}")
            if any(f"::{kernel}" in symbol for kernel in KERNELS)
        )
    except (subprocess.SubprocessError, OSError):
        return None
    own = (OPTIONS.binary.name, "libswift", "libFoundation", "lib_Foundation", "libdispatch")
    ours = sum(share for library, share in libraries if library.startswith(own))
    return max(ours - kernels, 0) / 100 if libraries else None


def shares(data, key, *options):
    """Lines of a report: what is named by `key`, and its share of the samples in percent."""
    found = subprocess.run(
        ["perf", "report", "-i", data, "--stdio", "--sort", key, "-t", "|", *options],
        text=True, capture_output=True, stdin=subprocess.DEVNULL, timeout=300, check=True,
    )
    lines = [line.split("|", 1) for line in found.stdout.splitlines() if line and line[0] != "#" and "|" in line]
    return [(name.strip(), float(share.strip().rstrip("%"))) for share, name in lines]


def clocked(body):
    wall, processor = time.perf_counter(), time.process_time()
    body()
    return {"seconds": time.perf_counter() - wall, "processor": time.process_time() - processor}


def measure(name, batch, steps, videos, sampling_steps, rounds, folder):
    swift = twin.Swift(str(OPTIONS.binary), "cpu")
    facts = swift(f"model {name} {batch}")
    swift(f"weights {folder}/weights.safetensors")
    curve = CURVE.get(name, 40)
    swift(f"batches {curve} {folder}/batches.safetensors")
    weights = twin.load(f"{folder}/weights.safetensors", "cpu")
    batches = twin.load(f"{folder}/batches.safetensors", "cpu")
    kinds = ["eager"] if OPTIONS.no_compile else ["eager", "compile"]
    trainers = {kind: twin.Trainer(facts, batch, "cpu", weights, kind == "compile") for kind in kinds}
    losses = {"ours": swift(f"losses {curve}")["losses"]}
    for kind, trainer in trainers.items():
        found = []
        for i in range(curve):
            alpha, sigma = (batches[key][i].view(-1, 1, 1, 1, 1) for key in ("alpha", "sigma"))
            found.append(
                trainer.step(batches["clean"][i], batches["noise"][i], batches["times"][i], alpha, sigma).item()
            )
        losses[kind] = found
    for kind in kinds:
        worst = max(abs(a - b) / abs(b) for a, b in zip(losses["ours"], losses[kind]))
        if not worst < 0.01:
            sys.exit(f"{name}: the losses differ by {worst:.2g} from {kind}'s: {losses}")
    clean = batches["clean"]

    def train(kind):
        if kind == "ours":
            return {key: float(value) for key, value in swift(f"steps {steps}").items()}
        return clocked(lambda: [trainers[kind].step(clean[i % curve]) for i in range(steps)])

    def sample(kind):
        if kind == "ours":
            return {key: float(value) for key, value in swift(f"sample {videos} {sampling_steps}").items()}
        condition = clean.flatten(0, 1)[:videos]
        return clocked(lambda: trainers[kind].sample(condition, sampling_steps))

    entry = {
        "size": name, "batch": batch, "facts": facts, "losses": losses,
        "largest_difference": max(
            abs(a - b) / abs(b) for kind in kinds for a, b in zip(losses["ours"], losses[kind])
        ),
        "product_rate": product_rate(int(facts["width"]), batch * trainers["eager"].model.tokens),
    }
    order = ["ours", *kinds]
    for job, body in (("training", train), ("sampling", sample)):
        for kind in order:
            body(kind)
        times = {kind: [] for kind in order}
        for number in range(rounds):
            for kind in order if number % 2 == 0 else reversed(order):
                times[kind].append(body(kind))
        per = steps if job == "training" else videos
        entry[job] = {
            kind: {
                key: summary([one[key] / per for one in values]) for key in ("seconds", "processor")
            }
            | {
                "ratio": summary([a["seconds"] / b["seconds"] for a, b in zip(times["ours"], values)]),
                "processor_ratio": summary(
                    [a["processor"] / b["processor"] for a, b in zip(times["ours"], values)]
                ),
            }
            for kind, values in times.items()
        }
    seconds = entry["training"]["ours"]["seconds"]["median"]
    entry["of_product_rate"] = float(facts["operations"]) / seconds / entry["product_rate"]
    entry["overhead"] = overhead(swift, max(steps * 3, 4), folder)
    swift.end()
    return entry


def cell(s, scale=1.0, digits=1):
    return f"{s['median'] * scale:.{digits}f} ({s['least'] * scale:.{digits}f} to {s['most'] * scale:.{digits}f})"


def table(entries, job, unit):
    kinds = [kind for kind in entries[0][job] if kind != "ours"]
    names = {"eager": "eager", "compile": "`torch.compile`"}
    lines = [
        f"| size, batch | ours, {unit} | " + " | ".join(f"{names[k]}, {unit}" for k in kinds) + " | "
        + " | ".join(f"of {names[k]} | processor time" for k in kinds) + " |",
        "|" + "---|" * (2 + 3 * len(kinds)),
    ]
    for entry in entries:
        times = entry[job]
        lines.append(
            f"| {entry['size']}, {entry['batch']} | **{cell(times['ours']['seconds'], 1000)}** | "
            + " | ".join(cell(times[k]["seconds"], 1000) for k in kinds) + " | "
            + " | ".join(
                f"**{cell(times[k]['ratio'], 1, 2)}** | {times[k]['processor_ratio']['median']:.2f}"
                for k in kinds
            ) + " |"
        )
    return lines


def percent(value):
    return "not measured" if value is None else f"{value * 100:.2f} %"


def report(entries):
    lines = [
        f"{OPTIONS.threads} thread(s) on either side, torch {torch.__version__}; median (least to most) of the "
        "rounds, ratios round by round.",
        "",
        "Training, milliseconds a step:",
        "",
        *table(entries, "training", "ms"),
        "",
        "Sampling, milliseconds a video:",
        "",
        *table(entries, "sampling", "ms"),
        "",
        "| size, batch | weights | operations a step | largest difference of losses | products alone, GFLOP/s "
        "| our step, of that | outside libtorch |",
        "|---|---|---|---|---|---|---|",
    ]
    for entry in entries:
        facts = entry["facts"]
        lines.append(
            f"| {entry['size']}, {entry['batch']} | {int(facts['parameters']):,} "
            f"| {float(facts['operations']) / 1e9:.2f} G | {entry['largest_difference']:.1e} "
            f"| {entry['product_rate'] / 1e9:.1f} | {entry['of_product_rate'] * 100:.0f} % "
            f"| {percent(entry['overhead'])} |"
        )
    return lines


def write(path, text):
    temporary = path.with_name(f".{path.name}.partial")
    temporary.write_text(text)
    temporary.rename(path)


def main():
    torch.set_num_threads(OPTIONS.threads)
    for name, value in OURS.items():
        os.environ.setdefault(name, value)
    chosen = [name for name in OPTIONS.only.split(",") if name]
    entries = []
    with tempfile.TemporaryDirectory() as folder:
        for name, batch, steps, videos, sampling_steps, factor in SUBJECTS:
            if chosen and name not in chosen:
                continue
            entries.append(
                measure(name, batch, steps, videos, sampling_steps, OPTIONS.rounds * factor, folder)
            )
            torch.compiler.reset()
            print("\n".join(report(entries[-1:])), file=sys.stderr, flush=True)
    document = {"threads": OPTIONS.threads, "rounds": OPTIONS.rounds, "torch": torch.__version__, "sizes": entries}
    OPTIONS.results.mkdir(parents=True, exist_ok=True)
    write(OPTIONS.results / "training.json", json.dumps(document, indent=1) + "\n")
    write(OPTIONS.results / "training.md", "\n".join(report(entries)) + "\n")
    print("\n".join(report(entries)))


if __name__ == "__main__":
    main()
