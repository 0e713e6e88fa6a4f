import Worlds

/// The random numbers of one task: those of its objects and, apart from them, the chain's.
///
/// Objects draw from a stream of their own each, so that a type's bodies do not depend on which
/// other types the template has; the composition still enters, so that templates do not share
/// bodies.
struct TaskRandom {
  let composition: String
  let task: Int
  let seed: UInt64

  /// The stream of one object.
  func stream(of type: ObjectType) -> CounterRandom {
    CounterRandom(
      recipe: "combinatorial(\(composition)).\(type.rawValue)", seed: seed,
      index: UInt64(bitPattern: Int64(task)))
  }

  /// The stream of one red ball.
  func stream(ofTrial trial: Int) -> CounterRandom {
    CounterRandom(
      recipe: "combinatorial(\(composition)).red_ball.\(task)", seed: seed,
      index: UInt64(bitPattern: Int64(trial)))
  }
}

extension CounterRandom {
  /// A whole number of the range.
  mutating func integer(_ range: Range<Int>) -> Int {
    range.lowerBound + Int(unit() * Double(range.count))
  }
}
