import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct AtomicFileTests {
  @Test func aMissingFolderIsAnError() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("none/file")
      let error = #expect(throws: SafetensorsError.self) {
        try Safetensors.write(["a": .zeros([1])], to: file)
      }
      #expect(error == .unwritable(file: file.path, reason: "No such file or directory"))
    }
  }

  @Test func aFolderInTheWayIsAnErrorAndLeavesNothing() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("taken")
      try FileManager.default.createDirectory(
        at: file.appendingPathComponent("full"), withIntermediateDirectories: true)
      #expect(throws: SafetensorsError.self) {
        try Safetensors.write(["a": .zeros([1])], to: file)
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["taken"])
    }
  }

  /// A limit on the size of files stands for a full disk; it holds for a whole process, so for a child.
  @Test func noRoomIsAnErrorAndKeepsTheOldFile() async {
    await #expect(processExitsWith: .success) {
      try withTemporaryFolder { folder in
        let file = folder.appendingPathComponent("file")
        try Safetensors.write(["a": .ones([1])], to: file)
        signal(SIGXFSZ, SIG_IGN)
        let resource = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
        var limit = rlimit()
        try #require(getrlimit(resource, &limit) == 0)
        limit.rlim_cur = 4096
        try #require(setrlimit(resource, &limit) == 0)
        #expect(throws: SafetensorsError.unwritable(file: file.path, reason: "File too large")) {
          try Safetensors.write(["b": .ones([100_000])], to: file)
        }
        try #require(FileManager.default.contentsOfDirectory(atPath: folder.path) == ["file"])
        try #require(Safetensors.read(file).tensors["a"]?.floats() == [1])
      }
    }
  }
}
