import Datasets
import Experiments
import Foundation
import TestSupport
import Testing
import Worlds

@Suite("simulate") struct SimulateTests {
  @Test func writesVideosThatCanBeReadBack() throws {
    try withTemporaryFolder { folder in
      let (one, two) = (folder.appendingPathComponent("one"), folder.appendingPathComponent("two"))
      for target in [one, two] {
        let outcome = try Program.run([
          "simulate", "uniform-motion", "--level", "v_high", "--count", "2", "--size", "64",
          "--lossless", "--seed", "3", "--output", target.path,
        ])
        #expect(outcome.code == 0, "\(outcome.messages)")
        #expect(outcome.output == "")
      }
      #expect(try contents(one) == contents(two))
      let videos = try VideoFolder(contentsOf: one).loadAll()
      #expect(videos.count == 2)
      let speed = try #require(videos.first?.parameters["v"])
      #expect(EvaluationLevel.highSpeed.contains(speed))
      try expectNothingHalfWritten(folder)
    }
  }

  @Test(arguments: [
    (["pendulum"], "pendulum"), (["parabola", "--level", "id"], "parabola"),
    (["collision", "--region", "v1=4"], "v1=4"), (["uniform-motion", "--level", "id2"], "id2"),
    (["uniform-motion", "--size", "100"], "100"), (["uniform-motion", "--frames", "0"], "0"),
    (["uniform-motion", "--count=-3"], "-3"), (["uniform-motion", "--seed", "x"], "x"),
  ])
  func refusesImpossibleScenes(arguments: [String], value: String) throws {
    try withTemporaryFolder { folder in
      let target = folder.appendingPathComponent("videos").path
      try Program.expectFailure(
        64, ["simulate"] + arguments + ["--output", target], naming: [value])
      #expect(try contents(folder) == [:])
    }
  }

  @Test(arguments: AnyScenario.types.map { $0.name })
  func everyLawHasAUsualRegion(name: String) throws {
    try withTemporaryFolder { folder in
      let target = folder.appendingPathComponent("videos")
      let outcome = try Program.run([
        "simulate", name.replacing("_", with: "-"), "--count", "2", "--size", "32", "--output",
        target.path,
      ])
      #expect(outcome.code == 0, "\(outcome.messages)")
      let videos = try VideoFolder(contentsOf: target).loadAll()
      #expect(videos.map(\.scenario) == [name, name])
      #expect(videos.allSatisfy { $0.trajectory.velocities.count == $0.trajectory.positions.count })
    }
  }

  @Test func theRegionDecidesTheParameters() throws {
    try withTemporaryFolder { folder in
      let target = folder.appendingPathComponent("videos")
      let outcome = try Program.run([
        "simulate", "collision", "--region", "r1=0.5...0.6", "r2=1...1.1", "v1=1...1.5", "v2=2...2",
        "--count", "3", "--size", "32", "--frames", "12", "--output", target.path,
      ])
      #expect(outcome.code == 0, "\(outcome.messages)")
      for video in try VideoFolder(contentsOf: target).loadAll() {
        #expect((0.5...0.6).contains(video.parameters["r1"] ?? 0))
        #expect(video.parameters["v2"] == 2 && video.video.frames == 12)
      }
    }
  }

  @Test func leavesWhatIsThereAlone() throws {
    try withTemporaryFolder { folder in
      try Data("mine".utf8).write(to: folder.appendingPathComponent("note"))
      try Program.expectFailure(
        65, ["simulate", "uniform-motion", "--count", "1", "--output", folder.path],
        naming: [folder.path])
      #expect(try contents(folder) == ["note": Data("mine".utf8)])
    }
  }

  @Test func leavesNothingWhereThereIsNoSpace() throws {
    try withTemporaryFolder { folder in
      let target = folder.appendingPathComponent("videos").path
      try Program.expectFailure(
        73, ["simulate", "uniform-motion", "--count", "2", "--lossless", "--output", target],
        naming: [target], shell: FailureTests.noSpace(kilobytes: 2))
      #expect(try contents(folder) == [:])
    }
  }

  /// A disk of 40 kB; only root, or who may be root in a namespace, can have one.
  private static let smallDisk = "mount -t tmpfs -o size=40k none"
  private static let canMount =
    (try? Command("unshare", ["-rm", "sh", "-c", "\(smallDisk) /mnt"]).run().code) == 0

  @Test(.enabled(if: canMount, "no disk can be mounted here"))
  func saysThatTheDiskIsFull() throws {
    try withTemporaryFolder { folder in
      // The program runs on the small disk; what it left there is listed at the end.
      let script = """
        \(Self.smallDisk) "$1" && cd "$1" && \
        "$0" simulate uniform-motion --count 9 --lossless --output videos; echo "$?"; ls -A
        """
      let outcome = try Command(
        "unshare", ["-rm", "bash", "-c", script, Program.url.path, folder.path],
        keepsErrors: true
      ).run()
      let lines = outcome.output.split(separator: "\n")
      #expect(lines.last == "73", "\(outcome.output)")
      let error = try #require(lines.first { $0.contains("error: ") })
      #expect(error.contains("/videos: cannot be written: "))
      #expect(error.contains("space"))
    }
  }
}
