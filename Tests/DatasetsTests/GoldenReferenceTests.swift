import Datasets
import Foundation
import TestSupport
import Testing

struct GoldenReferenceTests {
  @Test(.enabled(if: GoldenFolder.isPresent, "\(GoldenFolder.absent)"))
  func readsScenesAndEvaluations() throws {
    let reference = try GoldenFolder.reference()
    #expect(reference.scenes.count == 60 && reference.evaluations.count == 56)
    #expect(reference.evaluations.count { $0.oneObject != nil } == 33)
    #expect(reference.evaluations.count { $0.collision != nil } == 22)
    let first = try #require(reference.evaluations.first?.oneObject)
    #expect(first.velocityError == 0.010273055094805805)
    #expect(first.parsed.count == first.frameIndices.count && first.parsed[0][0].count == 3)
  }

  @Test(.enabled(if: GoldenFolder.isPresent, "\(GoldenFolder.absent)"))
  func nullIsNotANumber() throws {
    let evaluations = try GoldenFolder.reference().evaluations
    let vanished = try #require(evaluations.first { $0.id == "case_11_vanish_first_evaluated" })
    let result = try #require(vanished.oneObject)
    #expect(result.radiusRange.isNaN && result.meanYError.isNaN && result.y[0].isNaN)
    #expect(!result.velocityError.isNaN)
    let refused = try #require(evaluations.first { $0.id == "case_26_bad_colour_code" })
    guard case .error(let text) = refused.result else {
      Issue.record("the official evaluator refused this case")
      return
    }
    #expect(text.contains("Invalid color"))
  }

  @Test(.enabled(if: GoldenFolder.isPresent, "\(GoldenFolder.absent)"))
  func missingAndGarbledFilesAreNamed() throws {
    let reference = try GoldenFolder.reference()
    #expect(throws: GoldenError.noScene(id: "nobody")) { try reference.scene("nobody") }
    try withTemporaryFolder { folder in
      let scenes = folder.appendingPathComponent("scenes.json")
      #expect(throws: GoldenError.missing(file: scenes.path)) {
        try GoldenReference(folder: folder)
      }
      let whole = try String(
        contentsOf: GoldenFolder.url.appendingPathComponent("scenes.json"), encoding: .utf8)
      for (found, replacement) in [
        ("\"circle\"", "\"blob\""), ("\"right\"", "\"sideways\""), ("\"positions\"", "\"places\""),
        ("\"colors\": [\"red\"]", "\"colors\": []"), ("\"scenes\"", "\"acts\""), ("{", "["),
        ("\"colors\":[\"red\"]", "\"colors\":[]"),
      ] where whole.contains(found) {
        try whole.replacingOccurrences(of: found, with: replacement)
          .write(to: scenes, atomically: true, encoding: .utf8)
        #expect("\(found)") {
          try GoldenReference(folder: folder)
        } throws: { error in
          guard case GoldenError.garbled(let file, let cause) = error else { return false }
          return file == scenes.path && !cause.isEmpty
        }
      }
    }
  }
}
