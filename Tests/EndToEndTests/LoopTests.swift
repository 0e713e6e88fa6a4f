import Datasets
import Experiments
import Foundation
import Measures
import Testing
import Videos

@Suite("Loop") struct LoopTests {
  static let forms = ["official", "per_frame", "unbiased"]
  static let levels = ["id", "r_low", "r_high", "v_low", "v_high", "rv_low", "rv_high", "cross"]

  /// The value under a path of keys.
  static func value(_ keys: String..., in document: Any) throws -> Any {
    try keys.reduce(document) { inner, key in
      try #require((inner as? [String: Any])?[key], "no \(keys.joined(separator: "."))")
    }
  }

  @Test func printsNothingButResultsOnStandardOutput() throws {
    let made = try Miniature.shared()
    let file = try Data(contentsOf: made.run.appendingPathComponent("metrics.json"))
    let printed = made.outcome.output.trimmingCharacters(in: .newlines)
    #expect(printed == String(decoding: file, as: UTF8.self).trimmingCharacters(in: .newlines))
    #expect(made.outcome.messages.contains("In distribution"))
    #expect(made.outcome.messages.contains("report.html"))
  }

  @Test func measuresEveryFormOnEveryLevel() throws {
    let text = try Miniature.shared().outcome.output
    let metrics = try JSONSerialization.jsonObject(with: Data(text.utf8))
    for form in Self.forms {
      for level in Self.levels {
        let summary = try Self.value("velocity_error", form, level, in: metrics)
        for key in ["mean", "low", "high"] { _ = try Self.value(key, in: summary) }
        let count = try #require(try Self.value("count", in: summary) as? Int)
        // The unbiased form has no value where the ball is lost.
        let videos = level == "id" ? 4 : 2
        #expect(form == "unbiased" ? (0...videos).contains(count) : count == videos)
        for floor in ["ground_truth", "autoencoder", "constant_velocity", "nearest_case"] {
          _ = try Self.value("floors", floor, form, level, "mean", in: metrics)
        }
      }
    }
    let found = try MetricsDocument(json: Data(text.utf8))
    #expect(found.kept["id"]?.videos == 4)
    #expect(Set(found.samplingSteps.keys) == ["1", "2"])
    #expect(found.training.compactMap { $0.velocityError["official"]?["id"] }.count == 2)
    #expect(found.training.last?.step == 6)
  }

  @Test func floorsAreWhatTheyShouldBe() throws {
    let metrics = try MetricsDocument(json: Data(Miniature.shared().outcome.output.utf8))
    func mean(_ floor: String, _ level: String) throws -> Double {
      try #require(metrics.floors[floor]?["official"]?[level]?.mean)
    }
    #expect(try mean("ground_truth", "id") < 0.02)
    #expect(try mean("constant_velocity", "v_high") < 0.3)
    // Cases of speeds up to 4 cannot follow speeds above 4.5.
    #expect(try mean("nearest_case", "v_high") > 0.5)
    // An autoencoder after twelve steps, and a model after six, draw no ball.
    #expect(try mean("autoencoder", "id") > mean("ground_truth", "id"))
    #expect(try #require(metrics.velocityError["official"]?["id"]?.mean) > 0.02)
  }

  @Test func theReportNeedsNothingElse() throws {
    let file = try Miniature.shared().run.appendingPathComponent("report.html")
    let page = try String(contentsOf: file, encoding: .utf8)
    #expect(page.hasPrefix("<!DOCTYPE html>"))
    #expect(page.hasSuffix("</html>\n"))
    for word in ["http://", "https://", "<script", "<link", "src=\"//", "@import"] {
      #expect(!page.contains(word), "\(word)")
    }
    for word in ["<svg", "data:video/mp4;base64,", "data:image/", "scale: quick", "20411"] {
      #expect(page.contains(word), "\(word)")
    }
  }

  @Test func everyGeneratedVideoDecodes() throws {
    let run = RunFolder(try Miniature.shared().run)
    let configuration = try run.configuration()
    for part in SampleStage.parts(configuration) {
      let folder = run.sampleFolder(part.level, steps: part.steps)
      let manifest = try JSONDecoder().decode(
        SampleManifest.self, from: Data(contentsOf: folder.appendingPathComponent("manifest.json")))
      #expect(manifest.level == part.level.rawValue)
      #expect(manifest.steps == part.steps)
      #expect(manifest.count == part.count)
      #expect(manifest.evaluationSeed == configuration.evaluation.seed)
      #expect(manifest.samplingSeed == configuration.seed)
      for index in 0..<part.count {
        let video = try run.sample(index, level: part.level, steps: part.steps)
        let shape = [video.frames, video.height, video.width]
        #expect(shape == [32, 64, 64])
      }
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(names.count == part.count + 1)
    }
  }

  @Test func keepsConfigurationMachineAndTimes() throws {
    let run = RunFolder(try Miniature.shared().run)
    let configuration = try run.configuration()
    #expect(configuration.scale == .quick)
    #expect(configuration.loop.steps == 6)
    let machine = try JSONDecoder().decode(
      RunEnvironment.self, from: Data(contentsOf: run.environmentFile))
    #expect(machine.threads == 1)
    #expect(machine.phyworld == PhyWorld.version)
    #expect(run.timings().map(\.stage) == ["training", "sampling", "measuring"])
    try expectNothingHalfWritten(run.url)
  }

  @Test func everyStepAloneGivesTheSame() throws {
    try Miniature.withCopy { run in
      let before = try contents(run)
      let steps = [
        ["train", "--resume", "--output", run.path], ["sample", run.path],
        ["evaluate", run.path, "--json"], ["report", run.path],
      ]
      for step in steps {
        let outcome = try Program.run(step)
        #expect(outcome.code == 0, "\(outcome.messages)")
        #expect(outcome.output.isEmpty == !step.contains("--json"))
        #expect(!outcome.messages.contains("training:"))
      }
      // Times add up; everything else is made again, bit for bit, or left alone.
      let timely = ["timings.json", "report.html"]
      let after = try contents(run)
      #expect(Set(after.keys) == Set(before.keys))
      for (name, bytes) in before where !timely.contains(name) {
        #expect(after[name] == bytes, "\(name)")
      }
    }
  }

  @Test func samplingAgainGivesTheSameVideos() throws {
    try Miniature.withCopy { run in
      let samples = run.appendingPathComponent("samples")
      let before = try contents(samples)
      try FileManager.default.removeItem(at: samples)
      let some = try Program.run(["sample", run.path, "--level", "cross"])
      #expect(some.code == 0, "\(some.messages)")
      #expect(
        Set(try contents(samples).keys.filter { $0.hasSuffix("mp4") })
          == ["steps-2/cross/00000.mp4", "steps-2/cross/00001.mp4"])
      let rest = try Program.run(["sample", run.path, "--quiet"])
      #expect(rest.code == 0)
      #expect(rest.messages == "")
      #expect(try contents(samples) == before)
    }
  }

  @Test func writesFiguresAndATableOfSeeds() throws {
    try Miniature.withCopy { other in
      let run = try Miniature.shared().run
      let figures = other.appendingPathComponent("figures")
      let outcome = try Program.run(["report", other.path, run.path, "--figures", figures.path])
      #expect(outcome.code == 0, "\(outcome.messages)")
      let names = try FileManager.default.contentsOfDirectory(atPath: figures.path)
      for name in ["loss.svg", "sampling-steps.svg", "errors.md", "metrics.csv"] {
        #expect(names.contains(name), "\(name) of \(names)")
      }
    }
  }
}
