import Measures
import Tables

/// Combinations of objects never seen together (Table 1, section 3.4).
public struct Table1: Experiment {
  /// `table-1`.
  public let name = "table-1"
  /// What it is about.
  public let title = "Combinations never seen: more templates or more videos?"
  /// The paper's words.
  public let paper = """
    Trained on 6, 30 or 60 templates of the combinatorial testbed, the share of abnormal videos on unseen templates \
    falls from 67 to 18 to 10 %, while quality on seen ones stays: what counts is the diversity of combinations. A \
    smaller model makes more abnormal videos on unseen templates (24 %).
    """
  /// How it is asked.
  public let method = """
    The same number of videos from 6, 30 or 60 templates; a smaller model on 60; and a training set without the three \
    templates that are unseen ones under another number. Each model continues new red balls in templates it knows, and \
    unseen templates.
    """

  /// The unseen templates that equal a training template but for the names of two like types.
  static let twins: Set<String> = ["10060", "10064", "10068"]

  private static func arm(
    _ name: String, _ title: String, _ templates: String, size: Arm.Size = .middle,
    outside: String = "out-of-template"
  ) -> Arm {
    var arm = Arm(
      name, title, set: "combinatorial/train-\(templates)", bodies: .testbed,
      probes: [
        Probe(
          "in", "seen templates", set: "combinatorial/in-template-\(templates)", side: .inside,
          share: 0.5),
        Probe(
          "out", "unseen templates", set: "combinatorial/\(outside)", side: .outside, share: 0.5),
      ])
    arm.size = size
    return arm
  }

  /// Five.
  public func arms(at scale: ExperimentScale) -> [Arm] {
    [
      Self.arm("templates-60", "60 templates", "60"),
      Self.arm("templates-30", "30 templates", "30"),
      Self.arm("templates-6", "6 templates", "6"),
      Self.arm("small-60", "60 templates, smaller model", "60", size: .small),
      Self.arm(
        "leak-free", "57 templates without twins", "leak-free",
        outside: "out-of-template-leak-free"),
    ]
  }

  private static func mean(_ arm: String, _ probe: String, _ measure: String) -> Claim.Cell {
    Claim.Cell(arm, probe) { $0.number(measure) }
  }

  /// The error in unseen templates that are a training template under another number, or are not.
  private static func twinError(_ isTwin: Bool) -> Claim.Cell {
    Claim.Cell("templates-60", "out") { scene in
      twins.contains(scene.score.level ?? "") == isTwin ? scene.error : nil
    }
  }

  /// Diversity outside, quality inside, size, and the leak.
  public var claims: [Claim] {
    [
      Claim(
        "diversity-lowers-wrong",
        "Unseen templates are judged wrong less often after 60 templates than after 6, by five points or more.",
        effect: "share judged wrong: 6 templates less 60", .above(0.05),
        cells: [
          Self.mean("templates-6", "out", "judged_wrong"),
          Self.mean("templates-60", "out", "judged_wrong"),
        ]
      ) { $0[0] - $0[1] },
      Claim(
        "diversity-lowers-error",
        "On unseen templates bodies are farther from their places after 6 templates than after 60, by a tenth or more.",
        effect: "error of places: 6 templates over 60", .above(1.1),
        cells: [
          Self.mean("templates-6", "out", "place_error"),
          Self.mean("templates-60", "out", "place_error"),
        ]
      ) { $0[0] / $0[1] },
      Claim(
        "quality-inside-stays",
        "On seen templates 60 templates cost at most one decibel against 6, on as many videos.",
        effect: "peak signal-to-noise ratio: 6 templates less 60, dB", .below(1),
        cells: [
          Self.mean("templates-6", "in", "psnr"), Self.mean("templates-60", "in", "psnr"),
        ]
      ) { $0[0] - $0[1] },
      Claim(
        "unseen-are-harder",
        "After 60 templates unseen ones have a larger error than seen ones.",
        effect: "error of places: unseen over seen", .above(1),
        cells: [
          Self.mean("templates-60", "out", "place_error"),
          Self.mean("templates-60", "in", "place_error"),
        ]
      ) { $0[0] / $0[1] },
      Claim(
        "smaller-is-worse", "The smaller model has a larger error on unseen templates.",
        effect: "error of places on unseen templates: smaller model over the other", .above(1),
        cells: [
          Self.mean("small-60", "out", "place_error"),
          Self.mean("templates-60", "out", "place_error"),
        ]
      ) { $0[0] / $0[1] },
      Claim(
        "leak-flatters",
        "The official unseen templates that training has under another number are easier than the others.",
        effect: "error of places: the seven others over the three twins", .above(1),
        cells: [Self.twinError(false), Self.twinError(true)]
      ) { $0[0] / $0[1] },
    ]
  }

  /// What the paper's table has, and the error, over the number of templates.
  public func figures(_ evidence: Evidence) -> [FigureContent] {
    let arms = ["templates-6", "templates-30", "templates-60"]
    func chart(
      _ name: String, _ title: String, _ axis: String, _ value: @escaping (SceneEvidence) -> Double?
    ) -> FigureContent {
      Charts.means(
        name, title, "As many training videos each; means over all seeds.",
        x: .init("Templates", names: ["6", "30", "60"]), y: .init(axis),
        series: [("in", "seen templates", 1), ("out", "unseen templates", 2)].map {
          probe, name, color in
          MeanSeries(
            name: name, color: color,
            places: arms.enumerated().map { place, arm in
              (Double(place), evidence.scenes(arm: arm, probe: probe).compactMap(value))
            })
        })
    }
    return [
      chart("wrong", "How often a law is broken", "Share judged wrong") {
        $0.number("judged_wrong")
      },
      chart("places", "How far bodies are from their places", "Mean distance (of 512 units)") {
        $0.number("place_error")
      },
    ]
  }

  /// The paper's table with the codec's floor and the nearest training video beside it.
  public func tables(_ evidence: Evidence) -> [FindingTable] {
    let measures = [
      ("ssim", 3), ("psnr", 3), ("lpips_alex", 3), ("judged_wrong", 2), ("place_error", 3),
    ]
    var rows: [[String]] = []
    for arm in arms(at: .laptop) {
      for probe in arm.probes {
        let scenes = evidence.scenes(arm: arm.name, probe: probe.name)
        func text(_ values: [Double], _ digits: Int) -> String {
          values.isEmpty
            ? "–" : Format.significant(values.reduce(0, +) / Double(values.count), digits)
        }
        func distance(_ name: String) -> String {
          text(evidence.numbers(name, arm: arm.name, probe: probe.name), 3)
        }
        func row(
          _ shown: String, _ distance: String, _ value: (SceneEvidence, String) -> Double?
        ) -> [String] {
          [arm.title, probe.title, shown, "\(scenes.count)", distance]
            + measures.map { name, digits in text(scenes.compactMap { value($0, name) }, digits) }
        }
        rows.append(row("model", distance("fvd")) { $0.number($1) })
        rows.append(
          row("codec alone", distance("fvd_reconstruction")) {
            $0.references["reconstruction"]?[$1] ?? nil
          })
        for (name, title) in [
          ("ground_truth", "truth"), ("constant_velocity", "straight on"),
          ("nearest_case", "nearest training video"),
        ] {
          rows.append(row(title, "–") { $0.references[name]?[$1] ?? nil })
        }
      }
    }
    return [
      FindingTable(
        name: "table-1", title: "Looks, laws and places on seen and unseen templates",
        columns: [
          "arm", "asked", "shown", "scenes", "FVD", "SSIM", "PSNR (dB)", "LPIPS", "judged wrong",
          "error of places",
        ], rows: rows)
    ]
  }

  /// What differs from the paper.
  public var notes: [String] {
    [
      "Every arm has the same number of videos (240, 6,000, 60,000; all at the paper's scale), so that templates alone "
        + "differ. The paper's sets grow with the templates.",
      "Abnormal videos are counted by the judge of known physics, not by ten people; what it says of the truth and of the "
        + "codec's reconstruction is its floor.",
      "The error of places is the mean distance of moving bodies from their true places over generated frames, in units of "
        + "a scene 512 wide; a body that is not seen, or farther than 128, counts as 128. Contacts are chaotic, so that a "
        + "lawful video can have one.",
      "128 pixels through one codec of 8 × 8 cells at every scale; the paper has 256. FVD depends on the number of videos "
        + "(48 at laptop scale): compare within the table only. LPIPS and FVD need phyworld networks fetch.",
      "Law or replay: distances are between small videos (16 × 16 pixels), shares of full contrast.",
    ]
  }
}
