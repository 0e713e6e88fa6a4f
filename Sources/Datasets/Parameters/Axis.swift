import Worlds

extension Grid {
  /// One parameter of a grid with the values it takes.
  public struct Axis: Hashable, Sendable {
    /// The parameter, such as `r`.
    public var name: String
    /// The values, in the order in which the grid runs through them.
    public var values: Values

    /// An axis from a parameter's name and its values.
    public init(_ name: String, _ values: Values) {
      self.name = name
      self.values = values
    }

    /// Evenly spaced values, both ends included.
    public static func linear(_ name: String, _ from: Double, _ to: Double, _ count: Int) -> Axis {
      Axis(name, .linear(from: from, to: to, count: count))
    }
  }

  /// The values of an axis.
  public indirect enum Values: Hashable, Sendable {
    /// Evenly spaced, both ends included: bit for bit those of `numpy.linspace(from, to, count)`.
    case linear(from: Double, to: Double, count: Int)
    /// As listed.
    case list([Double])
    /// Sorted even draws of NumPy's legacy generator under seed 42, `after` so many earlier draws:
    /// the lists of the official parabola and one-object scripts.
    case drawn(from: Double, to: Double, count: Int, after: Int)
    /// The first value and then every `step`-th.
    case every(Int, of: Values)
    /// One after the other.
    case joined([Values])
  }
}

extension Grid.Values {
  /// Number of values, checked before any is made.
  ///
  /// - Throws: ``GridError/axisCount(axis:count:)`` or ``GridError/step(axis:step:)``.
  func count(axis: String) throws(GridError) -> Int {
    let count: Int
    switch self {
    case .linear(_, _, let number), .drawn(_, _, let number, _): count = number
    case .list(let values): count = values.count
    case .every(let step, let inner):
      guard step > 0 else { throw .step(axis: axis, step: step) }
      let all = try inner.count(axis: axis)
      count = (all - 1) / step + 1
    case .joined(let parts):
      var sum = 0
      for part in parts { sum += try part.count(axis: axis) }
      count = sum
    }
    guard (1...Grid.maximumAxisCount).contains(count) else {
      throw .axisCount(axis: axis, count: count)
    }
    return count
  }

  /// The smallest and the largest value; nil where there are none.
  public var bounds: ClosedRange<Double>? {
    guard let values = try? values(axis: ""), let low = values.min(), let high = values.max() else {
      return nil
    }
    return low...high
  }

  /// The values.
  ///
  /// - Throws: ``GridError`` where there are none or too many, or one is not a number.
  func values(axis: String) throws(GridError) -> [Double] {
    let count = try count(axis: axis)
    let values: [Double]
    switch self {
    case .linear(let from, let to, _): values = Self.linspace(from, to, count)
    case .list(let list): values = list
    case .drawn(let from, let to, _, let skipped):
      guard (0...Grid.maximumAxisCount).contains(skipped) else {
        throw .skippedDraws(axis: axis, count: skipped)
      }
      var random = MersenneTwister(seed: OfficialLayout.seed)
      for _ in 0..<skipped { _ = random.unit() }
      values = (0..<count).map { _ in random.uniform(from, to) }.sorted()
    case .every(let step, let inner):
      let all = try inner.values(axis: axis)
      values = stride(from: 0, to: all.count, by: step).map { all[$0] }
    case .joined(let parts):
      var all: [Double] = []
      for part in parts { all += try part.values(axis: axis) }
      values = all
    }
    if let index = values.firstIndex(where: { !$0.isFinite }) {
      throw .notANumber(axis: axis, index: index, value: values[index])
    }
    return values
  }

  /// `numpy.linspace`: `i * step + start`, rounded twice, and the end itself in last place.
  private static func linspace(_ from: Double, _ to: Double, _ count: Int) -> [Double] {
    guard count > 1 else { return [from] }
    let parts = Double(count - 1)
    let step = (to - from) / parts
    return (0..<count).map { index in
      if index == count - 1 { return to }
      // NumPy's own way out when the step underflows to zero.
      return step == 0 ? Double(index) / parts * (to - from) + from : Double(index) * step + from
    }
  }
}

extension Grid.Values: CustomStringConvertible {
  /// The values as a text; part of the key of a recipe's random numbers, so it must never change.
  public var description: String {
    switch self {
    case .linear(let from, let to, let count): "\(from)...\(to)/\(count)"
    case .list(let values): "(\(values.map { "\($0)" }.joined(separator: ",")))"
    case .drawn(let from, let to, let count, let after): "~\(from)...\(to)/\(count)@\(after)"
    case .every(let step, let inner): "\(inner):\(step)"
    case .joined(let parts): "(\(parts.map(\.description).joined(separator: "+")))"
    }
  }
}
