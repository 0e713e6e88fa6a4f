import Foundation
import Models
import Perception
import Tensors
import Videos
import Worlds

/// Tells a model the state in words through a text encoder.
struct TextTeller: SceneTeller {
  let encoder: any TextEncoder

  var arm: ConditionArm { .text }
  var summary: String { encoder.summary }
  var stateChannels: Int? { nil }
  var textChannels: Int? { encoder.channels }

  func condition(_ scenes: [Scene]) throws -> SceneCondition {
    let found = try encoder.states(scenes.map(SceneSentence.text))
    return SceneCondition(text: found.states, mask: found.mask)
  }
}

extension RunConfiguration {
  /// What tells the run's model about scenes; nil where it is given frames only.
  ///
  /// - Throws: `NetworkError` or `TextError` where the text encoder is not there or does not fit.
  package func teller() throws -> (any SceneTeller)? {
    switch model.arm {
    case .frames: return nil
    case .state: return StateTeller(SceneState(bodies: model.stateBodies))
    case .text:
      let encoder: any TextEncoder =
        isPublishedEncoder ? try SentenceEncoder() : try T5Encoder(folder: encoderFolder)
      return TextTeller(encoder: encoder)
    }
  }

  /// Channels of an encoded word, without loading the encoder.
  ///
  /// - Throws: `TextError` where the folder holds no T5.
  func textChannels() throws(TextError) -> Int {
    isPublishedEncoder ? SentenceEncoder.width : try T5Encoder.width(folder: encoderFolder)
  }

  private var isPublishedEncoder: Bool {
    model.textEncoder == PublishedNetwork.sentenceEncoder.rawValue
  }
  private var encoderFolder: URL { URL(fileURLWithPath: model.textEncoder) }
}

/// What a model's folder says about its arm, as `condition.json`.
struct ConditionNote: Codable {
  var arm: ConditionArm
  /// The encoder, and what it is not.
  var encoder: String
  /// What is told about one body.
  var example: String

  init(_ teller: any SceneTeller) {
    arm = teller.arm
    encoder = teller.summary
    let body = Body(radius: 1.2, position: Vector2(x: 2.5, y: 5), velocity: Vector2(x: 3.1, y: 0))
    example =
      arm == .text ? SceneSentence.text(Scene(bodies: [body])) : "the numbers of SceneState"
  }
}

extension LatentDiffusionModel {
  /// Continues the first frames of scenes, each video telling what the arm asks for.
  func continuation(
    of condition: [Video], scenes: [Scene], frames: Int, numbered numbers: [Int],
    by teller: (any SceneTeller)?
  ) throws -> [Video] {
    try continuation(
      of: condition, frames: frames, numbered: numbers, told: teller?.condition(scenes))
  }
}
