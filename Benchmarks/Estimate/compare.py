"""Estimates beside what the trainings took: compare.py FOLDER ROUNDS TARGET SETTINGS"""
import json
import statistics
import sys

folder, rounds, target, settings = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]


def read(kind, number):
    with open(f"{folder}/{kind}-{number}.json") as file:
        return json.load(file)


pairs = [(read("estimate", n), read("train", n)) for n in range(rounds)]
rows = {}
for key in ("seconds", "memory_bytes"):
    ratios = [e[key] / t[key] for e, t in pairs]
    rows[key] = {
        "estimated": [e[key] for e, _ in pairs],
        "taken": [t[key] for _, t in pairs],
        "ratios": ratios,
        "median": statistics.median(ratios),
        "within_15_percent": abs(statistics.median(ratios) - 1) <= 0.15,
    }
result = {"settings": settings, "rounds": rounds, "results": rows}
with open(target + ".json", "w") as file:
    json.dump(result, file, indent=2)
units = {"seconds": (1, "s"), "memory_bytes": (1e6, "MB")}
lines = [
    f"# Estimates and what was taken: `{settings}`, {rounds} rounds",
    "",
    "| | estimated | taken | ratio, median | within 15 % |",
    "|---|---|---|---|---|",
]
for key, row in rows.items():
    scale, unit = units[key]
    shown = [", ".join(f"{v / scale:.1f}" for v in row[side]) for side in ("estimated", "taken")]
    lines.append(
        f"| {unit} | {shown[0]} | {shown[1]} | {row['median']:.3f} | "
        f"{'yes' if row['within_15_percent'] else 'no'} |"
    )
with open(target + ".md", "w") as file:
    file.write("\n".join(lines) + "\n")
print("\n".join(lines))
sys.exit(0 if all(row["within_15_percent"] for row in rows.values()) else 1)
