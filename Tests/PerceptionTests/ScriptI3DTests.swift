import Foundation
import Perception
import Tensors
import TestSupport
import Testing

@Suite struct ScriptI3DTests {
  /// Saves a stand-in with the signature of StyleGAN-V's file: features are means of channels, frame by
  /// frame, added to 0 … 399; other options give other answers.
  static let program = """
    import sys, torch
    class StandIn(torch.nn.Module):
        def forward(self, x, rescale: bool = True, resize: bool = True, return_features: bool = False):
            if rescale or resize or not return_features:
                return torch.zeros(x.size(0), 3)
            return x.mean((1, 2, 3, 4))[:, None] + torch.arange(400, dtype=torch.float32)
    torch.jit.script(StandIn()).save(sys.argv[1])
    """

  /// Whether the Python on PATH, or PHYWORLD_PYTHON, has PyTorch.
  static let python = ProcessInfo.processInfo.environment["PHYWORLD_PYTHON"] ?? "python3"
  static let hasTorch = run(["-c", "import torch"]) == 0

  static func run(_ arguments: [String]) -> Int32? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [python, "-W", "ignore"] + arguments
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch { return nil }
    process.waitUntilExit()
    return process.terminationStatus
  }

  @Test(.enabled(if: hasTorch, "\(python) has no torch; set PHYWORLD_PYTHON"))
  func runsAFileOfTheUser() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("i3d_torchscript.pt")
      // TorchScript reads the source of a class from its file.
      let program = folder.appendingPathComponent("save.py")
      try Data(Self.program.utf8).write(to: program)
      try #require(Self.run([program.path, file.path]) == 0)
      let script = try ScriptI3D(contentsOf: file)
      #expect(script.name == "torchscript:i3d_torchscript.pt")
      let clips = Tensor.cat([.full([1, 3, 9, 8, 8], 0.5), .full([1, 3, 9, 8, 8], -0.25)])
      let answer = try script.features(clips)
      #expect(answer.shape == [2, 400])
      let values = answer.floats()
      #expect(values[0] == 0.5 && values[399] == 399.5 && values[400] == -0.25)
    }
  }

  @Test func whatIsNoTorchScriptIsRefused() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("i3d.pt")
      for content in ["", "not a network"] {
        try Data(content.utf8).write(to: file)
        #expect {
          try ScriptI3D(contentsOf: file)
        } throws: { error in
          guard case PerceptionError.badScript(file.path, _) = error else { return false }
          return true
        }
      }
      #expect(throws: PerceptionError.self) {
        try ScriptI3D(contentsOf: folder.appendingPathComponent("missing.pt"))
      }
    }
  }
}
