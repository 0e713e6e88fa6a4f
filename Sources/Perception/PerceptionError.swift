/// Why pictures or films cannot be compared.
public enum PerceptionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Two videos of different frames or sizes.
  case sizesDiffer(generated: String, truth: String)
  /// No frames are left to compare.
  case noFrames(frames: Int, conditionFrames: Int)
  /// Pictures that are smaller than a measure's windows.
  case tooSmall(width: Int, height: Int, least: Int, measure: String)
  /// Clips that are shorter than the network's window over time.
  case tooShort(frames: Int, least: Int)
  /// Clips of different lengths within one distance.
  case lengthsDiffer(frames: Int, expected: Int)
  /// A covariance needs two clips at least.
  case tooFewClips(generated: Int, truth: Int)
  /// A network answered NaN or infinity.
  case notFinite(measure: String)
  /// A TorchScript file that does not work as I3D.
  case badScript(file: String, cause: String)
  /// Weights that lack a tensor, or have it in another shape.
  case badWeights(network: String, tensor: String, cause: String)

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .sizesDiffer(let generated, let truth):
      "the generated video is \(generated) and the true one \(truth); "
        + "bring both to the same frames and size first"
    case .noFrames(let frames, let conditionFrames):
      "of \(frames) frames none is left after \(conditionFrames) given ones"
    case .tooSmall(let width, let height, let least, let measure):
      "pictures of \(width) by \(height) are too small for \(measure): "
        + "\(least) pixels are the least on either side"
    case .tooShort(let frames, let least):
      "a clip of \(frames) frames is too short for I3D: \(least) are the least"
    case .lengthsDiffer(let frames, let expected):
      "a clip of \(frames) frames follows clips of \(expected); "
        + "the distance depends on the length, so all clips must have one"
    case .tooFewClips(let generated, let truth):
      "\(generated) generated and \(truth) true clips: a covariance needs two of either at least"
    case .notFinite(let measure):
      "\(measure) came out as no finite number; are the videos made of numbers?"
    case .badScript(let file, let cause):
      "\(file) does not work as I3D: \(cause)"
    case .badWeights(let network, let tensor, let cause):
      "the weights of \(network): '\(tensor)' \(cause); run `phyworld networks fetch` again"
    }
  }
}
