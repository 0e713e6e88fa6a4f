import Datasets
import Experiments
import Foundation
import TestSupport
import Testing

@Suite("Verification", .enabled(if: GoldenFolder.isPresent, "\(GoldenFolder.absent)"))
struct VerificationTests {
  @Test func agreesWithTheReference() throws {
    let verification = try Verification(folder: GoldenFolder.url)
    #expect(verification.passed, "\(verification.rows.flatMap(\.failures))")
    let row = try #require(verification.rows.first { $0.scenario == "uniform_motion" })
    #expect(row.built)
    #expect(row.scenes == 15)
    #expect(row.position == 0)
    #expect(row.start == 0)
    #expect(row.frames > 0)
    #expect(row.pixel == 0)
    #expect(row.evaluations > 0)
    #expect(row.measure <= Verification.Tolerance.measure)
  }

  @Test func comparesEveryScenario() throws {
    let rows = try Verification(folder: GoldenFolder.url).rows
    let scenes = try GoldenReference(folder: GoldenFolder.url).scenes
    #expect(Set(rows.map(\.scenario)) == Set(scenes.map(\.scenario)))
    #expect(rows.reduce(0) { $0 + $1.evaluations } == 56)
    for row in rows {
      #expect(row.built)
      #expect(row.scenes == scenes.count { $0.scenario == row.scenario })
      #expect(row.position == 0)
      #expect(row.start == 0)
      #expect(row.decisions == 0)
      #expect(row.pixel == 0)
    }
  }

  @Test func findsAnotherDecision() throws {
    try Self.withCopy(of: "collision_05") { folder in
      #expect(try Verification(folder: folder).passed)
      try Self.edit(folder.appendingPathComponent("scenes.json")) { document in
        Self.eachEntry(of: "scenes", in: &document) { $0["success"] = true }
      }
      let row = try #require(try Verification(folder: folder).rows.first)
      #expect(row.decisions == 1)
      #expect(row.failures.contains { $0.contains("collision_05: refused here") })
    }
  }

  /// One number changed by little more than is tolerated, and what then must be said.
  @Test(arguments: [
    ("scenes.json", "positions", "a position differs"),
    ("scenes.json", "uniform_draws", "the start differs"),
    ("evaluator.json", "x_pos", "x differs"),
    ("evaluator.json", "vel_error", "velocity error differs"),
  ])
  func findsOneChangedNumber(file: String, field: String, complaint: String) throws {
    try Self.withCopy { folder in
      #expect(try Verification(folder: folder).passed)
      try Self.edit(folder.appendingPathComponent(file)) { Self.change(field, in: &$0) }
      let verification = try Verification(folder: folder)
      #expect(!verification.passed)
      let failures = verification.rows.flatMap(\.failures)
      #expect(failures.contains { $0.contains(complaint) }, "\(failures)")
    }
  }

  @Test func findsAChangedPicture() throws {
    try Self.withCopy { folder in
      try Self.edit(folder.appendingPathComponent("scenes.json")) { document in
        Self.eachEntry(of: "scenes", in: &document) { scene in
          if var frames = scene["frames"] as? [String: Any],
            var indices = frames["indices"] as? [Int]
          {
            indices[0] += 1
            frames["indices"] = indices
            scene["frames"] = frames
          }
        }
      }
      let failures = try Verification(folder: folder).rows.flatMap(\.failures)
      #expect(failures.contains { $0.contains("a pixel differs by") })
    }
  }

  @Test(arguments: ["scenes.json", "frames.npz", "evaluator.json", "eval_frames.npz"])
  func namesTheMissingAndTheGarbledFile(name: String) throws {
    try Self.withCopy { folder in
      let file = folder.appendingPathComponent(name)
      try FileManager.default.removeItem(at: file)
      var error = try failure((any Error).self) { try Verification(folder: folder) }
      #expect("\(error)".contains(name))
      try Data("{\"scenes\": [{}]}".utf8).write(to: file)
      error = try failure((any Error).self) { try Verification(folder: folder) }
      #expect("\(error)".contains(name))
    }
  }

  @Test func refusesAFolderThatIsNotThere() {
    let folder = GoldenFolder.url.appendingPathComponent("absent")
    #expect(throws: GoldenError.self) { try Verification(folder: folder) }
  }
}

extension VerificationTests {
  /// Lets `body` use a copy of the reference with one scene and its evaluations.
  static func withCopy(
    of scene: String = "uniform_motion_00", _ body: (URL) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      for name in ["scenes.json", "evaluator.json", "frames.npz", "eval_frames.npz"] {
        try Data(contentsOf: GoldenFolder.url.appendingPathComponent(name))
          .write(to: folder.appendingPathComponent(name))
      }
      try edit(folder.appendingPathComponent("scenes.json")) { document in
        keep("scenes", in: &document) { $0["id"] as? String == scene }
      }
      try edit(folder.appendingPathComponent("evaluator.json")) { document in
        keep("cases", in: &document) { $0["scene"] as? String == scene }
      }
      try body(folder)
    }
  }

  private static func edit(_ file: URL, _ body: (inout [String: Any]) -> Void) throws {
    let object = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
    var document = try #require(object as? [String: Any])
    body(&document)
    try JSONSerialization.data(withJSONObject: document).write(to: file)
  }

  private static func keep(
    _ key: String, in document: inout [String: Any], _ isKept: ([String: Any]) -> Bool
  ) {
    document[key] = (document[key] as? [[String: Any]])?.filter(isKept)
  }

  private static func eachEntry(
    of key: String, in document: inout [String: Any], _ body: (inout [String: Any]) -> Void
  ) {
    var entries = document[key] as? [[String: Any]] ?? []
    for index in entries.indices { body(&entries[index]) }
    document[key] = entries
  }

  /// Moves one number of every scene or evaluation.
  private static func change(_ field: String, in document: inout [String: Any]) {
    eachEntry(of: "scenes", in: &document) { scene in
      if field == "positions", var positions = scene[field] as? [[[Double]]] {
        positions[7][0][0] += 2 * Verification.Tolerance.position
        scene[field] = positions
      }
      if field == "uniform_draws", var draws = scene[field] as? [[String: Any]] {
        draws[0]["u"] = (draws[0]["u"] as? Double ?? 0) + 1e-4
        scene[field] = draws
      }
    }
    eachEntry(of: "cases", in: &document) { entry in
      guard var result = entry["result"] as? [String: Any] else { return }
      if var numbers = result[field] as? [Double] {
        numbers[3] *= 1 + 3e-9
        result[field] = numbers
      } else if let number = result[field] as? Double {
        result[field] = number + 1e-9
      }
      entry["result"] = result
    }
  }
}
