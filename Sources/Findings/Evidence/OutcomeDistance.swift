import Measures
import Models
import Tensors
import Videos
import Worlds

/// How much of a video changes when its body changes one attribute: in pixels, and in the codec's latents.
///
/// The paper suspects that models keep the attribute whose change costs more.
struct OutcomeDistance {
  /// Keys of ``SceneEvidence/changes``.
  static let pixels = "pixels"
  static let latents = "latents"

  private static let renderer = Renderer()
  /// Three latent steps of the laptop's codecs.
  private static let frames = 9
  private let codec: any LatentCodec
  /// Whether the other shape is a ring, not a square.
  private let hasRings: Bool

  init(_ codec: any LatentCodec, hasRings: Bool) {
    self.codec = codec
    self.hasRings = hasRings
  }

  /// For every attribute the mean squared difference between the body as given and with that attribute changed to the
  /// middle of the other half of its range, both from one start.
  ///
  /// - Throws: `SceneError`, `VideoError`, `ModelError`.
  func changes(of given: SceneEvidence.Look) throws -> [String: [String: Double]] {
    let others = Attribute.allCases.map { changed(given, $0) }
    let videos = try ([given] + others).map(video)
    let latents = try Torch.noGrad { try codec.encode(videos) }
    var (inPixels, inLatents) = ([String: Double](), [String: Double]())
    for (place, attribute) in Attribute.allCases.enumerated() {
      inPixels[attribute.rawValue] = Self.difference(videos[0], videos[place + 1])
      let way = latents.select(0, place + 1) - latents.select(0, 0)
      inLatents[attribute.rawValue] = way.square().mean().item()
    }
    return [Self.pixels: inPixels, Self.latents: inLatents]
  }

  private func changed(
    _ given: SceneEvidence.Look, _ attribute: Attribute
  ) -> SceneEvidence.Look {
    var other = given
    switch attribute {
    case .color: other.color = given.color == .red ? .blue : .red
    case .shape: other.shape = given.shape == .disc ? (hasRings ? .ring : .square) : .disc
    case .size: other.radius = given.radius < Attribute.middleRadius ? 1.225 : 0.875
    case .velocity:
      let speed = given.velocity.length
      let scale = speed > 0 ? (speed < Attribute.middleSpeed ? 3.25 : 1.75) / speed : 1
      other.velocity = Vector2(x: given.velocity.x * scale, y: given.velocity.y * scale)
    }
    return other
  }

  private func video(_ look: SceneEvidence.Look) throws -> Video {
    let body = Body(
      shape: look.shape, color: look.color, radius: look.radius, position: Vector2(x: 3, y: 5),
      velocity: look.velocity)
    let scene = Scene(bodies: [body], frames: Self.frames)
    return try Self.renderer.render(
      scene, try Simulator().simulate(scene), averagedTo: codec.resolution)
  }

  private static func difference(_ a: Video, _ b: Video) -> Double {
    let sum = zip(a.bytes, b.bytes).reduce(0.0) { sum, pair in
      let difference = Double(pair.0) - Double(pair.1)
      return sum + difference * difference
    }
    return sum / Double(a.bytes.count) / (255 * 255)
  }
}
