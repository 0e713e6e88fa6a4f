import Foundation
import Perception
import Testing

/// The networks answer what is published, or what the official code answers: see `NetworkVerification`.
@Suite struct KnownValuesTests {
  @Test(.enabled(if: Networks.arePresent, "\(Networks.absent)"))
  func networksAnswerKnownValues() throws {
    let checks = try NetworkVerification(store: Networks.store).run()
    #expect(checks.count == 16)
    for check in checks { #expect(check.passes, "\(check)") }
  }

  /// The published distance of 128 + 128 random clips; minutes.
  @Test(
    .enabled(
      if: Networks.arePresent && ProcessInfo.processInfo.environment["PHYWORLD_SLOW_TESTS"] != nil,
      "set PHYWORLD_SLOW_TESTS to measure 256 clips"))
  func networksAnswerThePublishedDistance() throws {
    let checks = try NetworkVerification(store: Networks.store).run(full: true)
    #expect(checks.count == 17)
    for check in checks { #expect(check.passes, "\(check)") }
  }

  @Test func aWrongAnswerDoesNotPass() {
    func check(_ measured: Double) -> NetworkVerification.Check {
      NetworkVerification.Check(
        name: "", source: "", expected: 2, measured: measured, tolerance: 1e-4)
    }
    #expect(check(2.0001).passes)
    #expect(!check(2.0003).passes)
    #expect(!check(.nan).passes)
  }
}
