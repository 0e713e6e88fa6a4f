import ArgumentParser
import Experiments
import Foundation
import Perception
import Submissions

/// Options of `phyworld evaluate --videos` for how videos look.
struct AppearanceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Also measure looks: psnr, ssim, lpips_alex, lpips_vgg, fvd, separated by commas, or all. \
      LPIPS and FVD need 'phyworld networks fetch'.
      """, valueName: "measures"))
  var appearance: AppearanceList?

  @Option(help: ArgumentHelp("A TorchScript I3D of your own for fvd.", valueName: "file"))
  var i3d: String?

  @Option(
    help: ArgumentHelp(
      "How clips are made for fvd: \(ClipPreparation.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "way"))
  var preparation: ClipPreparation = .styleganv

  @Option(
    help: ArgumentHelp(
      "Folder of the networks (default: PHYWORLD_NETWORKS, or the user's cache folder).",
      valueName: "folder"))
  var networks: String?

  var store: NetworkStore {
    networks.map { NetworkStore(folder: URL(fileURLWithPath: $0)) } ?? .standard()
  }

  func validate() throws {
    if i3d != nil, appearance?.measures.contains(.fvd) != true {
      throw ValidationError("--i3d belongs to fvd: ask for it with --appearance fvd")
    }
  }
}

extension ClipPreparation: ExpressibleByArgument {}

/// Measures of looks, by name.
struct AppearanceList: ExpressibleByArgument {
  let measures: [PerceptualMeasure]

  init?(argument: String) {
    if argument == "all" {
      measures = PerceptualMeasure.allCases
      return
    }
    let names = argument.split(separator: ",").map {
      $0.trimmingCharacters(in: .whitespaces).replacingOccurrences(of: "-", with: "_")
    }
    let found = names.compactMap(PerceptualMeasure.init(rawValue:))
    guard !names.isEmpty, found.count == names.count else { return nil }
    measures = found
  }
}

/// Scores videos by law and, where that is asked, by looks.
struct AppearanceOfVideos {
  let options: AppearanceOptions
  let observer: ProgressLine

  private var wanted: [PerceptualMeasure] { options.appearance?.measures ?? [] }

  func evaluate(_ videos: EvaluateVideos) throws {
    // Asked before anything is measured: a network that is missing is no surprise for the end.
    let clips = try features()
    try videos(
      ruler: { given in
        guard wanted.contains(where: { $0 != .fvd }) else {
          return PhysicalRuler(conditionFrames: given)
        }
        return try AppearanceRuler(
          wanted, conditionFrames: given, store: options.store)
      },
      provenance: ["program": "phyworld \(PhyWorld.version)"],
      measureSet: { evaluation, document in
        guard let clips else { return }
        try measure(evaluation, clips, into: &document)
      })
  }

  private func features() throws -> (any ClipFeatures)? {
    guard wanted.contains(.fvd) else { return nil }
    if let file = options.i3d { return try ScriptI3D(contentsOf: URL(fileURLWithPath: file)) }
    return try I3D(store: options.store)
  }

  private func measure(
    _ evaluation: SubmissionEvaluation, _ clips: any ClipFeatures,
    into document: inout EvaluationDocument
  ) throws {
    observer.began("Fréchet distance", "features of \(document.counts.scored) videos and the truth")
    let found = try FrechetPass(evaluation, features: clips, preparation: options.preparation)(
      progress: { observer.advanced($0, of: $1, "videos") },
      isCancelled: { Interruption.isRequested })
    let value = found.value
    document.setMeasures[PerceptualMeasure.fvd.rawValue] = .init(
      value.distance,
      facts: [
        "clips": "\(value.generatedClips)", "frames": "\(value.frames)",
        "preparation": value.preparation.rawValue, "network": value.network,
        "left out": "\(found.leftOut)",
      ])
    try evaluation.write(document)
  }
}
