import Foundation
import Measures
import Testing

@Suite struct MetricsDocumentTests {
  private var scores: [VideoScore] {
    MetricsDocument.levels.flatMap { level in
      (0..<8).map { index in
        let error = (level == "id" ? 0.03 : 0.6) + 0.001 * Double(index)
        return VideoScore(
          index: index, level: level, r: 1, v: 2, official: error, perFrame: error * 2,
          unbiased: index == 0 ? .nan : error, generatedSpeed: 2 + error, trueSpeed: 2,
          scoredFrames: 20, lostFrames: index == 7 ? 10 : 0, ballKept: index != 7)
      }
    }
  }

  private var document: MetricsDocument {
    let floors = Dictionary(uniqueKeysWithValues: MetricsDocument.floorNames.map { ($0, scores) })
    var document = MetricsDocument(
      scores: scores, floors: floors, samplingSteps: [1: scores, 8: scores])
    document.training = [
      TrainingPoint(step: 10, seconds: 2, velocityError: ["official": ["id": 1]])
    ]
    document.config = .object(["steps": .number(10), "name": .string("x")])
    document.seed = 7
    return document
  }

  @Test func keysAreThoseOfTheSpecification() throws {
    let root = try #require(
      JSONSerialization.jsonObject(with: document.json()) as? [String: Any])
    func at(_ path: String...) -> Any? {
      path.reduce(root as Any?) { ($0 as? [String: Any])?[$1] }
    }
    let levels = ["id", "r_low", "r_high", "v_low", "v_high", "rv_low", "rv_high", "cross"]
    for form in ["official", "per_frame", "unbiased"] {
      for level in levels {
        for key in ["mean", "low", "high", "count"] {
          #expect(at("velocity_error", form, level, key) is NSNumber, "\(form).\(level).\(key)")
          for floor in ["ground_truth", "autoencoder", "constant_velocity", "nearest_case"] {
            #expect(at("floors", floor, form, level, key) is NSNumber)
          }
          #expect(at("sampling_steps", "8", form, level, key) is NSNumber)
          #expect(at("kept", level, "error_among_kept", form, key) is NSNumber)
        }
      }
      #expect(at("ratio_out_to_in", form, "low") is NSNumber)
    }
    #expect(at("kept", "id", "fraction") as? Double == 0.875)
    #expect(at("kept", "id", "lost") as? Int == 1)
    #expect(at("velocity_error", "unbiased", "id", "count") as? Int == 7)
    #expect(at("attributes", "id", "color_kept") as? Double == 1)
    #expect(at("attributes", "id", "size_kept") as? Double == 1)
    #expect(at("attributes", "id", "radius_drift") is NSNull)
    #expect(at("config", "steps") as? Int == 10)
    #expect(at("seed") as? Int == 7)
    #expect((root["training"] as? [[String: Any]])?.first?["loss"] is NSNull)
  }

  @Test func aRoundTripChangesNothing() throws {
    #expect(try MetricsDocument(json: document.json()) == document)
    #expect(try MetricsDocument(json: document.json()).json() == document.json())
  }

  @Test func meansLeaveOutMissingNumbers() {
    let means = MetricsDocument.means(scores)
    #expect(abs((means["unbiased"]?["id"] ?? 0) - 0.034) < 1e-12)
    #expect(abs((means["official"]?["id"] ?? 0) - 0.0335) < 1e-12)
  }

  @Test func theRatioWeighsBothSpeedLevels() {
    let ratio = MetricsDocument.ratioOutToIn(scores)["official"]
    #expect(abs((ratio?.mean ?? 0) - 0.6035 / 0.0335) < 1e-9)
    let inside = scores.filter { $0.level == "id" }
    #expect(MetricsDocument.ratioOutToIn(inside)["official"]?.mean.isNaN == true)
  }

  @Test func readingFails() {
    for text in ["", "{}", "[1, 2]", "{\"version\": \"x\"}"] {
      #expect(throws: MeasureError.self) { try MetricsDocument(json: Data(text.utf8)) }
    }
  }

  @Test func scoresFileRoundTrips() throws {
    let file = try ScoresFile.data(scores)
    #expect(file.split(separator: 0x0A).count == scores.count)
    #expect(String(decoding: file, as: UTF8.self).contains("\"unbiased\":null"))
    #expect(try ScoresFile.scores(file) == scores)
    #expect(try ScoresFile.scores(Data()).isEmpty)
  }

  @Test func scoresFileFails() {
    let broken = Data("{\"index\": 0}\n".utf8)
    #expect { try ScoresFile.scores(broken) } throws: { "\($0)".contains("line 1") }
  }
}
