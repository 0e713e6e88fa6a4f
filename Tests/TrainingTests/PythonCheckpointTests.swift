import Foundation
import Models
import Tensors
import TestSupport
import Testing
import Training

/// A checkpoint opened by Python's own library; `PHYWORLD_PYTHON` names another Python than `python3`.
@Suite struct PythonCheckpointTests {
  private static let python: URL? = {
    let name = ProcessInfo.processInfo.environment["PHYWORLD_PYTHON"] ?? "python3"
    let url = URL(fileURLWithPath: "/usr/bin/env")
    guard let answer = try? output(url, [name, "-c", "import safetensors.numpy, numpy"]) else {
      return nil
    }
    return answer.code == 0 ? URL(fileURLWithPath: name) : nil
  }()

  private static func output(
    _ program: URL, _ arguments: [String]
  ) throws -> (code: Int32, text: String) {
    let process = Process()
    (process.executableURL, process.arguments) = (program, arguments)
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  @Test(
    .enabled(
      if: PythonCheckpointTests.python != nil,
      "no Python with the packages safetensors and numpy"),
    arguments: ["model", "ema", "optimizer"]
  ) func isOpened(_ name: String) throws {
    try withTemporaryFolder { folder in
      let trainer = try DiffusionTrainer(
        tinyDiffusionTraining(), latents: CachedLatents(lineLatents(8), seed: 0))
      let outcome = try loop(folder, steps: 2).run(trainer)
      let file = outcome.checkpoint.appendingPathComponent("\(name).safetensors")
      let program = ProcessInfo.processInfo.environment["PHYWORLD_PYTHON"] ?? "python3"
      let script = """
        import sys
        from safetensors import safe_open
        from safetensors.numpy import load_file
        with safe_open(sys.argv[1], "np") as file:
            assert file.metadata() == {"format": "pt"}
        for name, values in sorted(load_file(sys.argv[1]).items()):
            print(name, list(values.shape), float(abs(values.astype("float64")).sum()))
        """
      let answer = try Self.output(
        URL(fileURLWithPath: "/usr/bin/env"), [program, "-c", script, file.path])
      #expect(answer.code == 0)
      let lines = answer.text.split(separator: "\n").map(String.init)
      let own = try Safetensors.read(file).tensors.sorted { $0.key < $1.key }
      #expect(lines.count == own.count)
      for (line, (name, tensor)) in zip(lines, own) {
        #expect(line.hasPrefix("\(name) \(tensor.shape) "))
        let sum = try #require(line.split(separator: " ").last.flatMap { Double($0) })
        let expected = tensor.doubles().reduce(0) { $0 + abs($1) }
        #expect(abs(sum - expected) <= 1e-9 * max(expected, 1))
      }
    }
  }
}
