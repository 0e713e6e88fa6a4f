import Combinatorial
import Datasets
import Worlds

/// The frames of combinatorial scenes: what a codec for the testbed learns from.
///
/// Frame i is a pure function of (seed, i); a few frames in a row are of one scene, because a scene has to be simulated
/// up to its last wanted frame.
public struct TestbedFrames: Codable, Hashable, Sendable {
  /// The scenes' set, without `combinatorial/`; the default shares no composition with the unseen templates.
  public var set = "train-leak-free"
  /// Frames are taken from the first so many of a scene.
  public var frames = 33
  /// Frames of one scene.
  public var ofScene = 4

  /// Four of the first 33 frames of every scene.
  public init() {}

  /// Checks the numbers.
  /// - Throws: `TrainingError.option`, `DatasetError` for a set that does not exist.
  public func validate() throws {
    _ = try CombinatorialSet(named: set)
    let all = CombinatorialSimulator.frames
    guard (1...all).contains(frames), (1...frames).contains(ofScene) else {
      throw TrainingError.option(
        field: "testbed", value: "frames \(frames), ofScene \(ofScene)",
        remedy: "a scene has \(all) frames: give frames in 1...\(all) and ofScene in 1...frames")
    }
  }

  /// The bytes of frames `indices` at `resolution`, [count, R, R, 3].
  public func bytes(seed: UInt64, indices: Range<Int>, resolution: Int) throws -> [UInt8] {
    let scenes = try CombinatorialSet(named: set).stream(seed: seed)
    let renderer = try CombinatorialRenderer(size: resolution)
    var all: [UInt8] = []
    all.reserveCapacity(indices.count * renderer.frameSize)
    var index = indices.lowerBound
    while index < indices.upperBound {
      let group = index / ofScene
      let end = min((group + 1) * ofScene, indices.upperBound)
      let (number, chosen) = draw(seed: seed, group: group, scenes: scenes.count)
      let scene = try scenes.scene(at: number)
      let video = try renderer.video(of: scene, CombinatorialSimulator().simulate(scene))
      for place in index..<end {
        let first = chosen[place - group * ofScene] * renderer.frameSize
        all += video.bytes[first..<first + renderer.frameSize]
      }
      index = end
    }
    return all
  }

  /// Which scene, and which of its frames.
  private func draw(seed: UInt64, group: Int, scenes: Int) -> (scene: Int, frames: [Int]) {
    var random = CounterRandom(recipe: "testbed-frames", seed: seed, index: UInt64(group))
    let scene = min(Int(random.unit() * Double(scenes)), scenes - 1)
    return (
      scene, (0..<ofScene).map { _ in min(Int(random.unit() * Double(frames)), frames - 1) }
    )
  }
}
