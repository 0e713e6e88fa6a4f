import Tensors

/// What a model is told about the scenes of a batch besides the frames that are given.
public struct SceneCondition {
  /// [B, channels]: each scene's state in numbers.
  public var state: Tensor?
  /// [B, words, channels]: each scene's state in words, as a text encoder understands them.
  public var text: Tensor?
  /// [B, words]: one for a word of `text`, zero for what fills up short sentences.
  public var mask: Tensor?

  /// Nothing is told.
  public init() {}

  /// A state in numbers, [B, channels].
  public init(state: Tensor) { self.state = state }

  /// Encoded words, [B, words, channels], and which of them count, [B, words].
  public init(text: Tensor, mask: Tensor) { (self.text, self.mask) = (text, mask) }

  /// Scenes in the batch; nil where nothing is told.
  public var count: Int? { (state ?? text)?.shape[0] }

  /// Some scenes of the batch, one after another.
  public func narrow(start: Int, length: Int) -> SceneCondition {
    map { $0.narrow(0, start: start, length: length) }
  }

  /// The scenes with these numbers, [count] of int64, as float32.
  public func selected(_ indices: Tensor) -> SceneCondition {
    map { $0.indexSelect(0, indices).to(.float32) }
  }

  /// The same in another type.
  public func to(_ dtype: DType) -> SceneCondition { map { $0.to(dtype) } }

  /// Batches one after another; sentences are filled up to the longest.
  public static func joined(_ parts: [SceneCondition]) -> SceneCondition {
    var whole = SceneCondition()
    let states = parts.compactMap(\.state)
    if !states.isEmpty { whole.state = .cat(states) }
    let words = parts.compactMap { $0.text?.shape[1] }.max() ?? 0
    let texts = parts.compactMap { $0.text.map { filled($0, to: words) } }
    if !texts.isEmpty { whole.text = .cat(texts) }
    let masks = parts.compactMap { $0.mask.map { filled($0, to: words) } }
    if !masks.isEmpty { whole.mask = .cat(masks) }
    return whole
  }

  private static func filled(_ x: Tensor, to words: Int) -> Tensor {
    guard x.shape[1] < words else { return x }
    var shape = x.shape
    shape[1] = words - shape[1]
    return .cat([x, Tensor.zeros(shape, device: x.device).to(x.dtype)], 1)
  }

  private func map(_ body: (Tensor) -> Tensor) -> SceneCondition {
    var other = SceneCondition()
    (other.state, other.text, other.mask) = (state.map(body), text.map(body), mask.map(body))
    return other
  }
}
