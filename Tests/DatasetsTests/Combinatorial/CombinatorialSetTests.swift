import Combinatorial
import Datasets
import Foundation
import Testing
import Videos
import Worlds

/// Sets of combinatorial scenes by name, and the videos they stand for.
struct CombinatorialSetTests {
  @Test func splitsAndTemplatesHaveNames() throws {
    let six = try CombinatorialSet(named: "combinatorial/train-6")
    #expect(six.templates.count == 6 && six.count == 6 * 100 * 990)
    #expect(six.tasks == 0..<100 && six.trials == 0..<990)
    let free = try CombinatorialSet(named: "combinatorial/train-leak-free")
    #expect(free.templates.count == 57)
    let mixed = try CombinatorialSet(named: "combinatorial/10005,dcba")
    #expect(mixed.templates.map(\.letters) == ["CDEF", "ABCD"])
    #expect(mixed.name == "10005,10023" && mixed.count == 2 * 100 * 1000)
    for split in CombinatorialSplit.allCases {
      let name = CombinatorialSet.prefix + CombinatorialSet.name(of: split)
      #expect(try CombinatorialSet(named: name).count == split.selection.count)
      #expect(!CombinatorialSet.entry(split).summary.isEmpty)
    }
  }

  @Test func whatIsNoNameIsRefused() throws {
    for (name, part) in [
      ("combinatorial/train-7", "train-7"), ("combinatorial/10070", "10070"),
      ("combinatorial/ABX", "X"), ("combinatorial/AA", "twice"), ("combinatorial/", "neither"),
    ] {
      let error = #expect(throws: DatasetError.self) { try CombinatorialSet(named: name) }
      #expect(error.map { "\($0)".contains(part) } == true, "\(name): \(String(describing: error))")
    }
    var empty = try CombinatorialSet(named: "combinatorial/ABCD")
    empty.trials = 3..<3
    #expect(throws: DatasetError.self) { try empty.stream(seed: 0) }
    empty.trials = -1..<3
    #expect(throws: DatasetError.self) { try empty.stream(seed: 0) }
  }

  /// A contact sheet of a set shows as many templates as it has rows.
  @Test func samplesAreSpreadOverTheTemplates() throws {
    for (name, wanted) in [
      ("train-60", 8), ("train-60", 64), ("train-6", 8), ("train-6", 3), ("out-of-template", 8),
      ("10005", 8), ("10005,ABCD", 5),
    ] {
      let set = try CombinatorialSet(named: "combinatorial/" + name)
      let stream = try set.stream(seed: 1)
      let numbers = set.spread(wanted)
      #expect(numbers.count == wanted && Set(numbers).count == wanted, "\(name)")
      let templates = try Set(numbers.map { try stream.element(at: $0).template })
      #expect(templates.count == min(wanted, set.templates.count), "\(name) \(wanted)")
    }
    var few = try CombinatorialSet(named: "combinatorial/ABCD")
    (few.tasks, few.trials) = (0..<2, 0..<1)
    #expect(few.spread(8) == [0, 1])
    #expect(few.spread(0).isEmpty)
  }

  @Test func theTrialsOfATaskLieInARow() throws {
    var set = try CombinatorialSet(named: "combinatorial/train-6")
    (set.tasks, set.trials, set.order) = (0..<2, 0..<3, .tasks)
    let stream = try set.stream(seed: 4)
    let elements = try (0..<stream.count).map { try stream.element(at: $0) }
    #expect(elements.map(\.trial) == (0..<36).map { $0 % 3 })
    #expect(elements.map(\.task) == (0..<36).map { $0 / 3 % 2 })
    #expect(elements.map(\.template) == (0..<36).map { set.templates[$0 / 6] })
    // The task fixes everything but the red ball.
    let scenes = try (0..<3).map { try stream.scene(at: $0) }
    #expect(scenes[0].bodies.dropLast() == scenes[2].bodies.dropLast())
    #expect(scenes[0].bodies.last != scenes[2].bodies.last)
  }

  @Test func feedsHaveTheBytesOfTheVideos() throws {
    let source = try RenderedCombinatorial(
      CombinatorialSet(named: "combinatorial/ABCD"), seed: 2, size: 64)
    let feed = try VideoFeed(source, isShuffled: false)
    let bytes = try feed.bytes(at: 1..<3, frames: 50, size: 64)
    #expect(try bytes == source.video(at: 1).video.bytes + source.video(at: 2).video.bytes)
    #expect(throws: VideoSourceError.self) { try feed.bytes(at: 0..<1, frames: 51, size: 64) }
    #expect(throws: VideoError.self) { try feed.bytes(at: 0..<1, frames: 50, size: 60) }
    #expect(throws: CombinatorialError.self) { try source.video(at: source.stream.count) }
  }

  @Test func theRedBallIsTheSceneInWorldUnits() throws {
    let source = try RenderedCombinatorial(
      CombinatorialSet(named: "combinatorial/10005"), seed: 2, size: 32)
    let video = try source.video(at: 7)
    let label = try #require(video.combinatorial)
    let ball = try #require(label.scene.bodies.last)
    #expect(video.scenario == "combinatorial" && video.level == "10005")
    #expect(video.scene.bodies.count == 1 && video.scene.frames == 50)
    #expect(abs(video.scene.bodies[0].position.x * 51.2 - ball.position.x) < 1e-9)
    #expect(video.parameters["radius"] == ball.diameter / 2)
    try video.scene.validate()
    let pose = label.trajectory[frame: 49, body: label.trajectory.bodyCount - 1]
    #expect(abs(video.trajectory.positions[49].y * 51.2 - Double(pose.y)) < 1e-6)
  }

  @Test func aMirroredVideoShowsAMirroredScene() throws {
    let source = try RenderedCombinatorial(
      CombinatorialSet(named: "combinatorial/10001"), seed: 3, size: 256)
    let mirrored = try source.video(at: 0).flippedHorizontally()
    let label = try #require(mirrored.combinatorial)
    try label.scene.validate()
    let fresh = try CombinatorialRenderer(size: 256).video(of: label.scene, label.trajectory)
    let different = zip(fresh.bytes, mirrored.video.bytes).count { $0 != $1 }
    // Ties of the raster fall the other way in a mirror.
    #expect(Double(different) < 0.005 * Double(fresh.bytes.count))
  }

  @Test func labelsThatDoNotFitAreRefused() throws {
    let source = try RenderedCombinatorial(
      CombinatorialSet(named: "combinatorial/10001"), seed: 3, size: 16)
    let label = try #require(try source.video(at: 0).combinatorial)
    let data = try JSONEncoder().encode(label)
    #expect(try JSONDecoder().decode(CombinatorialLabel.self, from: data) == label)
    var fields = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    fields["frame_steps"] = [1, 21]
    let short = try JSONSerialization.data(withJSONObject: fields)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(CombinatorialLabel.self, from: short)
    }
    var empty = label
    empty.scene.bodies.removeLast()
    #expect(throws: DatasetError.self) {
      try LabelledVideo(
        index: 0, empty, video: Video(frames: 0, height: 0, width: 0, bytes: []))
    }
  }
}

extension CombinatorialSetTests {
  /// A manifest from elsewhere must not end the program.
  @Test func impossibleSetsOfFilesAreRefused() throws {
    let set = try CombinatorialSet(named: "combinatorial/10005")
    let data = try JSONEncoder().encode(set)
    #expect(try JSONDecoder().decode(CombinatorialSet.self, from: data) == set)
    let text = String(decoding: data, as: UTF8.self)
    for (old, new) in [
      ("[0,100]", "[0,9223372036854775807]"), ("[0,100]", "[-5,3]"), ("[0,100]", "[7,7]"),
      ("[0,1000]", "[-9223372036854775808,9223372036854775807]"), ("[\"10005\"]", "[]"),
      ("[\"10005\"]", "[\"10099\"]"), ("interleaved", "random"),
    ] {
      let changed = Data(text.replacing(old, with: new).utf8)
      #expect(changed != data)
      #expect(throws: DecodingError.self, "\(new)") {
        try JSONDecoder().decode(CombinatorialSet.self, from: changed)
      }
    }
  }
}
