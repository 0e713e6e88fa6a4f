import Foundation
import Perception
import Tensors
import Testing

@Suite struct FrechetDistanceTests {
  /// Row i, column j: sin(a i (j + 1) + c j²).
  static func rows(_ count: Int, _ a: Double, _ c: Double, scale: Double = 1, shift: Double = 0)
    -> [[Double]]
  {
    (0..<count).map { i in
      (0..<6).map { j in sin(a * Double(i * (j + 1)) + c * Double(j * j)) * scale + shift }
    }
  }

  static func tensor(_ rows: [[Double]]) -> Tensor {
    Tensor(doubles: rows.flatMap { $0 }, [rows.count, 6])
  }

  static func moments(_ rows: [[Double]]) -> FeatureMoments {
    var moments = FeatureMoments()
    moments.add(tensor(rows))
    return moments
  }

  static let a = rows(40, 1.7, 0.9)
  static let b = rows(50, 0.6, 2.3, scale: 1.5, shift: 0.2)

  /// NumPy and SciPy 1.17: `m @ m + trace(S + T - 2 sqrtm(S @ T))` with `numpy.cov`.
  @Test func agreesWithSciPy() throws {
    let distance = try FrechetDistance.between(Self.moments(Self.a), Self.moments(Self.b))
    #expect(abs(distance - 1.0308264506987923) < 1e-9)
  }

  @Test func equalSetsHaveNone() throws {
    // Three vectors of six numbers: the covariance is singular.
    for rows in [Self.a, Array(Self.a.prefix(3))] {
      let distance = try FrechetDistance.between(Self.moments(rows), Self.moments(rows))
      #expect(distance >= 0 && distance < 1e-7)
    }
  }

  /// A shift by s in every feature moves the means only: 6 s².
  @Test func shiftedSetsDifferByTheShift() throws {
    let shifted = Self.a.map { $0.map { $0 + 0.5 } }
    let distance = try FrechetDistance.between(Self.moments(Self.a), Self.moments(shifted))
    #expect(abs(distance - 6 * 0.25) < 1e-9)
  }

  @Test func batchesDoNotMatter() throws {
    let whole = Self.moments(Self.a)
    var pieces = FeatureMoments()
    for start in stride(from: 0, to: 40, by: 7).reversed() {
      pieces.add(Self.tensor(Array(Self.a[start..<min(start + 7, 40)])))
    }
    var merged = Self.moments(Array(Self.a[25...]))
    merged.merge(Self.moments(Array(Self.a[..<25])))
    let other = Self.moments(Self.b)
    let expected = try FrechetDistance.between(whole, other)
    for moments in [pieces, merged] {
      #expect(moments.count == 40)
      #expect(abs(try FrechetDistance.between(moments, other) - expected) < 1e-9)
    }
  }

  @Test func largeMeansLoseNoDigits() throws {
    let far = Self.a.map { $0.map { $0 + 1e6 } }
    let near = Self.b.map { $0.map { $0 + 1e6 } }
    var one = FeatureMoments()
    for row in far { one.add(Self.tensor([row])) }
    let distance = try FrechetDistance.between(one, Self.moments(near))
    #expect(abs(distance - 1.0308264506987923) < 1e-6)
  }

  @Test func tooFewAndNotFiniteAreRefused() {
    #expect(throws: PerceptionError.tooFewClips(generated: 1, truth: 50)) {
      try FrechetDistance.between(Self.moments([Self.a[0]]), Self.moments(Self.b))
    }
    #expect(throws: PerceptionError.tooFewClips(generated: 0, truth: 0)) {
      try FrechetDistance.between(FeatureMoments(), FeatureMoments())
    }
    let broken = [[Double]](repeating: [Double](repeating: .nan, count: 6), count: 3)
    #expect(throws: PerceptionError.notFinite(measure: "the distance")) {
      try FrechetDistance.between(Self.moments(broken), Self.moments(Self.b))
    }
  }
}
