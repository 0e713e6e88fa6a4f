import Tables

/// Outcomes that hang on less than a pixel (Figure 16, section 4.5).
public struct Figure16: Experiment {
  /// `figure-16`.
  public let name = "figure-16"
  /// What it is about.
  public let title = "Visual ambiguity: outcomes below a pixel"
  /// The paper's words.
  public let paper = """
    Whether a ball fits through a gap, or on which side of a block it falls, cannot be told from pixels when it hangs \
    on less than one: the generated video is plausible and wrong.
    """
  /// How it is asked.
  public let method = """
    One model on balls that fall onto a gap, one on balls that land at the edge of a block. Each continues scenes whose \
    outcome is decided by less than a pixel, by a few pixels, and clearly. An outcome counts as missed where the ball \
    is on average more than half a unit from its true place.
    """

  private static let families = [("gap", "a gap"), ("edge", "the edge of a block")]
  private static let margins = ["subpixel", "pixels", "clear"]

  /// Gap and edge.
  public func arms(at scale: ExperimentScale) -> [Arm] {
    Self.families.map { name, title in
      Arm(
        name, title, set: "figure-16/\(name)/train-30k", bodies: .many,
        probes: Self.margins.map {
          Probe("\(name)-\($0)", $0, set: "figure-16/\(name)/eval/\($0)")
        })
    }
  }

  private static func missed(_ scene: SceneEvidence) -> Bool? {
    scene.number("track_error.body_0").map { $0 > 0.5 }
      ?? scene.number("track_error").map { $0 > 0.5 }
  }

  /// That the margin decides.
  public var claims: [Claim] {
    Self.families.map { name, title in
      Claim(
        "\(name)-ambiguity",
        "At \(title), outcomes below a pixel are missed more often than clear ones.",
        effect: "share missed below a pixel less share missed when clear", .above(0.1),
        cells: ["subpixel", "clear"].map { Mean.share(name, "\(name)-\($0)", Self.missed) }
      ) { $0[0] - $0[1] }
    }
  }

  /// The share missed over the margin.
  public func figures(_ evidence: Evidence) -> [FigureContent] {
    Self.families.map { name, title in
      let scenes = Self.margins.flatMap { evidence.scenes(arm: name, probe: "\(name)-\($0)") }
      func margin(_ scene: SceneEvidence) -> Double {
        abs(scene.score.parameters.first { $0.key != "r" }?.value ?? .nan)
      }
      let groups = Dictionary(grouping: scenes, by: margin).sorted { $0.key < $1.key }
      return Charts.means(
        "missed-\(name)", "Missed outcomes at \(title)",
        "\(scenes.count) videos by the pixels (of 256) that decide.",
        x: .init("Pixels that decide", names: groups.map { Format.significant($0.key, 3) }),
        y: .init("Share of missed outcomes"),
        series: [
          MeanSeries(
            name: "model", color: 1,
            places: groups.enumerated().map { place, group in
              (Double(place), group.value.compactMap { Self.missed($0).map { $0 ? 1 : 0 } })
            })
        ])
    }
  }
}
