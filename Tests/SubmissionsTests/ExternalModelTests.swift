import Foundation
import Submissions
import TestSupport
import Testing
import Videos

@Suite struct ExternalModelTests {
  /// Runs a shell script as a model; true videos to copy lie in `$truth`.
  private func run(
    _ script: String, placeholders: String = "{input} {output} {id}", count: Int = 4,
    change: (inout ExternalModel.Options) -> Void = { _ in },
    check: (URL, [SubmissionProblem], SceneSplit) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      let split = try Trial.split(count)
      let truth = try folder["truth"].made()
      try Trial.write(split, to: truth, size: 32)
      let file = folder["model.sh"]
      try "truth='\(truth.path)'\n\(script)\n".write(to: file, atomically: true, encoding: .utf8)
      var options = ExternalModel.Options()
      options.size = 32
      options.timeOut = 20
      change(&options)
      let model = try ExternalModel(
        command: "/bin/sh '\(file.path)' \(placeholders)", options: options)
      let videos = folder["videos"]
      let problems = try model.run(on: split, mapping: MappingOptions(), to: videos) { false }
      try check(videos, problems, split)
      #expect(folder.names == ["model.sh", "truth", "videos"], "work folders are gone")
    }
  }

  @Test func answersAreTakenAndNotAskedForAgain() throws {
    try run(#"test -s "$1" && cp "$truth/$3.mp4" "$2""#) { videos, problems, split in
      #expect(problems.isEmpty)
      #expect(videos.names == Trial.ids(split).map { "\($0).mp4" })
      let never = try ExternalModel(command: "/bin/false {output}")
      #expect(try never.run(on: split, mapping: MappingOptions(), to: videos) { false }.isEmpty)
    }
  }

  @Test func givenFramesAreThere() throws {
    let script = """
      test "$(ls "$1" | wc -l)" = 3 || exit 9
      cp "$truth/$3.mp4" "$2"
      """
    try run(script, placeholders: "{frames} {output} {id}") { _, problems, _ in
      #expect(problems.isEmpty)
    }
  }

  @Test func crashesHangsAndGarbageAreNamedSceneByScene() throws {
    let ids = Trial.ids(try Trial.split(7))
    let script = """
      case $3 in
      \(ids[0])) echo "out of \u{1B}[31mmemory"; kill -SEGV $$ ;;
      \(ids[1])) sleep 60 & sleep 60 ;;
      \(ids[2])) echo garbage > "$2" ;;
      \(ids[3])) : > "$2" ;;
      \(ids[4])) exit 3 ;;
      \(ids[5])) exit 0 ;;
      *) cp "$truth/$3.mp4" "$2" ;;
      esac
      """
    let start = ContinuousClock.now
    try run(script, count: 7, change: { $0.timeOut = 1.5 }) { videos, problems, _ in
      #expect(videos.names == ["\(ids[6]).mp4"])
      #expect(problems.map(\.id) == Array(ids[0..<6]))
      let expected = [
        "Segmentation fault; it said: out of \u{FFFD}[31mmemory", "still ran after 1.5 s",
        "no use", "no use: the file is empty", "exit code 3", "without an answer",
      ]
      for (problem, text) in zip(problems, expected) {
        #expect(problem.cause.contains(text), "\(problem)")
      }
    }
    #expect(start.duration(to: .now) < .seconds(15))
  }

  @Test func aBatchKeepsWhatWasAnsweredBeforeTheCrash() throws {
    let script = """
      head -n 3 "$1/ids.txt" | while read id; do
        test -s "$1/$id.mp4" && test -d "$1/$id" && cp "$truth/$id.mp4" "$2/"
      done
      exit 1
      """
    try run(
      script, placeholders: "{inputs} {outputs}", count: 5, change: { $0.batch = 5 }
    ) { videos, problems, _ in
      #expect(videos.names.count == 3)
      #expect(problems.count == 2 && problems.allSatisfy { $0.cause.contains("exit code 1") })
    }
  }

  @Test func patienceEnds() throws {
    try run("exit 1", count: 9, change: { $0.patience = 3 }) { _, problems, _ in
      #expect(problems.count == 9)
      #expect(problems.count { $0.cause.contains("not tried") } == 6)
    }
  }

  @Test func endlessOutputIsCut() throws {
    try run("yes | head -c 20000000; exit 2", count: 1) { _, problems, _ in
      #expect(problems[0].cause.contains("exit code 2") && problems[0].cause.count < 1000)
    }
  }

  @Test func cancellingEndsTheProgramAndItsChildren() throws {
    try withTemporaryFolder { folder in
      let mark = folder["mark"].path
      let model = try ExternalModel(
        command: "/bin/sh -c 'sleep 3; touch \(mark)' {output}", options: .init())
      let start = ContinuousClock.now
      #expect(throws: SubmissionError.interrupted(doing: "running the model")) {
        try model.run(on: Trial.split(1), mapping: MappingOptions(), to: folder["videos"]) {
          start.duration(to: .now) > .seconds(0.3)
        }
      }
      #expect(start.duration(to: .now) < .seconds(2.9))
      Thread.sleep(forTimeInterval: 3)
      #expect(!FileManager.default.fileExists(atPath: mark))
    }
  }

  @Test func commandsThatCannotWorkAreRefused() throws {
    for command in ["", "python model.py {input}", "a 'b {output}", "m {input} {outputs}"] {
      #expect(throws: SubmissionError.self, "\(command)") { try ExternalModel(command: command) }
    }
    try withTemporaryFolder { folder in
      let model = try ExternalModel(command: "/no/such/program {output}")
      #expect(throws: SubmissionError.self) {
        try model.run(on: Trial.split(1), mapping: MappingOptions(), to: folder["videos"]) { false }
      }
    }
  }

  @Test func wordsAreSplitAsInAShell() throws {
    #expect(
      try CommandWords.split(#"python  'my model.py' --x="a b" c\ d "" $(rm) ;"#) == [
        "python", "my model.py", "--x=a b", "c d", "", "$(rm)", ";",
      ])
    #expect(try CommandWords.split(#""a\"b\c" 'x\y'"#) == [#"a"b\c"#, #"x\y"#])
  }
}
