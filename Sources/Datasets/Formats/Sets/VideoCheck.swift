import Combinatorial
import Videos
import Worlds

/// Checks one video of a set against its labels, its scene and its recipe.
struct VideoCheck: Sendable {
  struct Result: Sendable {
    var faults: [DatasetFault] = []
    var isRemade = false
    var isIdentical = false
  }

  var settings: DatasetSettings?
  var scenes: (any SceneSequence)?
  private let combinatorial: CombinatorialStream?

  init(settings: DatasetSettings?, scenes: (any SceneSequence)?) {
    self.settings = settings
    self.scenes = scenes
    combinatorial = settings.flatMap { settings in
      try? settings.combinatorial?.stream(seed: settings.seed ?? 0)
    }
  }

  func callAsFunction(_ index: Int, in source: any StoredVideoSource) -> Result {
    var result = Result()
    let place = source.place(of: index)
    let sample: StoredSample
    let video: LabelledVideo
    do {
      sample = try source.sample(at: index)
      if let label = sample.label.combinatorial {
        checkCombinatorial(label, sample.label, place, &result)
      } else {
        checkScene(sample.label, place, &result)
        checkStates(sample, place, &result)
      }
      video = try sample.labelledVideo(at: place)
    } catch {
      result.faults.append(DatasetSalvage.fault(error, place))
      return result
    }
    if let size = settings?.size, video.video.width != size || video.video.height != size {
      result.faults.append(
        place.fault(
          "\(video.video.width) by \(video.video.height) pixels; the manifest says \(size)"))
      return result
    }
    checkPixels(video, sample, place, &result)
    return result
  }

  /// A recipe, its seed and the number must give the stored scene.
  private func checkScene(_ label: SceneLabel, _ place: DatasetPlace, _ result: inout Result) {
    guard let scenes, !label.isReconstructed else { return }
    do {
      let made = try scenes.labelledScene(at: label.index)
      result.isRemade = true
      if made.scene != label.scene {
        result.faults.append(
          place.fault("recipe and seed give another scene \(label.index) than the stored one"))
      } else if made.parameters != label.parameters {
        result.faults.append(
          place.fault("recipe and seed give other parameters than \(label.parameters)"))
      }
    } catch {
      result.faults.append(
        place.fault("the recipe does not give its scene \(label.index): \(error)"))
    }
  }

  /// The scene, simulated again, must give the stored states.
  private func checkStates(_ sample: StoredSample, _ place: DatasetPlace, _ result: inout Result) {
    let fresh: Trajectory
    do {
      fresh = try Simulator().simulate(sample.label.scene)
    } catch {
      result.faults.append(place.fault("its scene cannot be simulated: \(error)"))
      return
    }
    let stored = sample.trajectory
    let tolerance =
      sample.label.isReconstructed ? DatasetVerification.reconstructionTolerance : 0
    func compare(_ ours: [Vector2], _ theirs: [Vector2], _ name: String) {
      let far = zip(ours, theirs).enumerated().first { pair in
        // Written so that numbers that are not comparable count as far away.
        !(abs(pair.1.0.x - pair.1.1.x) <= tolerance && abs(pair.1.0.y - pair.1.1.y) <= tolerance)
      }
      guard let (number, (mine, its)) = far else { return }
      result.faults.append(
        place.fault(
          "\(name) of body \(number % stored.bodyCount) in frame \(number / stored.bodyCount) is "
            + "\(its); the simulator gives \(mine)"))
    }
    compare(fresh.positions, stored.positions, "position")
    compare(fresh.velocities, stored.velocities, "velocity")
  }

  /// The scene, rendered again, must give the stored picture.
  private func checkPixels(
    _ video: LabelledVideo, _ sample: StoredSample, _ place: DatasetPlace, _ result: inout Result
  ) {
    let size = video.video.width
    guard video.video.height == size, size > 1 else { return }
    guard let fresh = Self.rendered(video, size: size) else { return }
    if fresh == video.video {
      result.isIdentical = true
      return
    }
    let sum = zip(fresh.bytes, video.video.bytes).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
    let mean = Double(sum) / Double(fresh.bytes.count)
    let quality = settings?.decodedFrom.map(VideoQuality.init) ?? settings?.videoQuality
    let tolerance = DatasetVerification.pixelTolerance(size: size, quality: quality)
    // A file that we did not write may be rendered otherwise, but not show another scene.
    let mustBeEqual = settings.map { $0.decodedFrom == nil && sample.isLossless } ?? false
    if mustBeEqual || mean > tolerance {
      let rounded = (mean * 1000).rounded() / 1000
      result.faults.append(
        place.fault(
          "its pixels differ from a fresh rendering by \(rounded) grey levels in the mean"))
    }
  }

  private static func rendered(_ video: LabelledVideo, size: Int) -> Video? {
    if let label = video.combinatorial {
      return try? CombinatorialRenderer(size: size).video(of: label.scene, label.trajectory)
    }
    return try? Renderer().render(video.scene, video.trajectory, averagedTo: size)
  }
}

// Scenes of the combinatorial testbed.
extension VideoCheck {
  /// Set, seed and number must give the stored scene, and the engine the stored poses. Poses of a
  /// reconstructed scene are not made again: they are known too little for a chaotic motion.
  private func checkCombinatorial(
    _ stored: CombinatorialLabel, _ label: SceneLabel, _ place: DatasetPlace, _ result: inout Result
  ) {
    guard !label.isReconstructed else { return }
    if let combinatorial {
      do {
        result.isRemade = true
        if try combinatorial.scene(at: label.index).bodies != stored.scene.bodies {
          result.faults.append(
            place.fault("set and seed give another scene \(label.index) than the stored one"))
        }
      } catch {
        result.faults.append(
          place.fault("the set does not give its scene \(label.index): \(error)"))
      }
    }
    do {
      let fresh = try CombinatorialSimulator().simulate(stored.scene)
      guard fresh != stored.trajectory else { return }
      let far = zip(fresh.poses, stored.trajectory.poses).enumerated().first { $1.0 != $1.1 }
      let bodies = max(stored.trajectory.bodyCount, 1)
      let text = far.map { number, pair in
        "the pose of moving body \(number % bodies) in frame \(number / bodies) is \(pair.1); the "
          + "simulator gives \(pair.0)"
      }
      result.faults.append(
        place.fault(
          text ?? "\(stored.trajectory.frameCount) frames of poses; the simulator gives "
            + "\(fresh.frameCount)"))
    } catch {
      result.faults.append(place.fault("its scene cannot be simulated: \(error)"))
    }
  }
}
