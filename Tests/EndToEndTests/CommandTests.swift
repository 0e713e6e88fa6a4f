import Experiments
import Testing

@Suite("Command") struct CommandTests {
  @Test func keepsOutputAndExitCode() throws {
    let outcome = try Command("/bin/sh", ["-c", "echo out; echo err >&2; exit 3"]).run()
    #expect(outcome.code == 3)
    #expect(outcome.output == "out\n")
    let both = try Command("sh", ["-c", "echo out; echo err >&2"], keepsErrors: true).run()
    #expect(both.code == 0)
    #expect(both.output == "out\nerr\n")
  }

  @Test func givesTheEnvironmentAndNoInput() throws {
    let command = Command("/bin/sh", ["-c", "cat; echo $WORD"], environment: ["WORD": "inertia"])
    #expect(try command.run().output == "inertia\n")
  }

  @Test func readsMoreThanAPipeHolds() throws {
    let outcome = try Command("/bin/sh", ["-c", "head -c 300000 /dev/zero | tr '\\0' x"]).run()
    #expect(outcome.output.count == 300_000)
  }

  @Test func tellsASignalFromAnExit() throws {
    #expect(try Command("/bin/sh", ["-c", "kill -TERM $$"]).run().code == 128 + 15)
  }

  @Test func namesAProgramThatIsNotThere() {
    #expect(throws: CommandError.self) { try Command("no-such-program").run() }
  }
}
