import Foundation
import TestSupport
import Testing

@Suite("Rate") struct RateTests {
  @Test func servesUntilItIsStoppedAndTellsWhatItFound() throws {
    try withTemporaryFolder { folder in
      let clips = folder.appendingPathComponent("clips").path
      let made = try Program.run([
        "simulate", "uniform-motion", "--count", "2", "--frames", "4", "--size", "32", "--output",
        clips,
      ])
      try #require(made.code == 0, "\(made.messages)")
      // Asks for the page as soon as there is a link.
      let meanwhile = """
        for i in {1..1000}; do grep -q '^open ' "$MESSAGES" && break; sleep 0.02; done
        port=$(sed -n 's|^open http://127.0.0.1:\\([0-9]*\\)/#key=[0-9a-f]\\{32\\}$|\\1|p' "$MESSAGES")
        exec 3<>/dev/tcp/127.0.0.1/$port
        printf 'GET / HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3
        head -1 <&3; exec 3>&-
        kill -TERM $program
        """
      let served = try Program.run(["rate", clips], meanwhile: meanwhile)
      #expect(served.code == 0, "\(served.messages)")
      #expect(served.output.hasPrefix("HTTP/1.1 200"), "\(served.messages)")
      #expect(served.messages.contains("2 clips, study \(clips)/ratings.sqlite"))

      let found = try Program.run(["rate", clips, "--results", "--json"])
      #expect(found.code == 0 && found.output.contains("\"ratings\" : 0"))
      let table = folder.appendingPathComponent("answers.csv")
      #expect(try Program.run(["rate", clips, "--export", table.path]).code == 0)
      #expect(
        try String(contentsOf: table, encoding: .utf8)
          == "clip,source,group,rater,answer,abnormal,seconds,given\n")
    }
  }

  @Test func saysWhatIsWrong() throws {
    try withTemporaryFolder { folder in
      let path = folder.path
      try Program.expectFailure(65, ["rate", path + "/none"], naming: ["/none: no such folder"])
      try Program.expectFailure(65, ["rate", path, "--results"], naming: ["no such study"])
      try Program.expectFailure(65, ["rate", path], naming: [path, "no clip that can be shown"])
      try Program.expectFailure(
        65, ["rate", path, "--raters", "=1"], naming: ["'=1'", "begin with a letter"])
      try Program.expectFailure(64, ["rate", path, "--port", "70000"], naming: ["70000"])
      try Program.expectFailure(64, ["rate", path, "--export", "a.txt"], naming: [".csv or .json"])
    }
  }
}
