import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct SafetensorsTests {
  func written(_ tensors: [String: Tensor], metadata: [String: String] = [:]) throws -> Data {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("file.safetensors")
      try Safetensors.write(tensors, metadata: metadata, to: file)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 1)
      return try Data(contentsOf: file)
    }
  }

  func reread(_ data: Data) throws -> (tensors: [String: Tensor], metadata: [String: String]) {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("file.safetensors")
      try data.write(to: file)
      return try Safetensors.read(file)
    }
  }

  static func oneOfEach() -> [String: Tensor] {
    let values = Tensor([-1.5, 0, 2, 255, 1, 7] as [Float], [2, 3])
    var tensors: [String: Tensor] = [:]
    for dtype in DType.allCases {
      tensors["all.\(dtype)"] = (dtype == .uint8 ? values.abs() : values).to(dtype)
    }
    tensors["a number"] = Tensor.full([], 3)
    tensors["nothing"] = Tensor.zeros([0, 4])
    tensors["turned"] = values.transpose(0, 1)
    tensors["ünïcode \"quoted\" a/b\\c\n"] = Tensor.ones([1])
    return tensors
  }

  @Test func everyTypeAndShapeComesBack() throws {
    let tensors = Self.oneOfEach()
    let metadata = ["format": "pt", "quote \"": "line\nbreak"]
    let back = try reread(written(tensors, metadata: metadata))
    #expect(back.metadata == metadata)
    #expect(back.tensors.keys.sorted() == tensors.keys.sorted())
    for (name, tensor) in tensors {
      let other = try #require(back.tensors[name])
      #expect(other.dtype == tensor.dtype, "\(name)")
      #expect(other.shape == tensor.shape, "\(name)")
      #expect(other.rawBytes() == tensor.rawBytes(), "\(name)")
    }
  }

  @Test func bytesAreThoseOfTheFormat() throws {
    let data = try written(
      ["b": Tensor(bytes: [7], [1]), "a": Tensor([1] as [Float], [1, 1])], metadata: ["k": "v"])
    let header =
      "{\"__metadata__\":{\"k\":\"v\"},"
      + "\"a\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]},"
      + "\"b\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[4,5]}}"
    let padded = header + String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
    #expect(data == safetensors(padded) + Data([0, 0, 0x80, 0x3f, 7]))
  }

  @Test func theSameContentGivesTheSameBytes() throws {
    let metadata = Dictionary(uniqueKeysWithValues: (0..<20).map { ("key \($0)", "\($0)") })
    let first = try written(Self.oneOfEach(), metadata: metadata)
    for _ in 0..<5 {
      var again: [String: Tensor] = [:]
      for (name, tensor) in Self.oneOfEach().shuffled() { again[name] = tensor }
      #expect(try written(again, metadata: metadata) == first)
    }
  }

  @Test func anEmptyFileOfNoTensors() throws {
    let back = try reread(written([:]))
    #expect(back.tensors.isEmpty && back.metadata.isEmpty)
  }

  @Test func anExistingFileIsReplaced() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("f")
      try Safetensors.write(["a": .ones([1000])], to: file)
      try Safetensors.write(["b": .ones([1])], to: file)
      #expect(try Safetensors.read(file).tensors.keys.sorted() == ["b"])
    }
  }

  static let pythonHasSafetensors = run("python3", ["-c", "import safetensors.numpy"]) == 0

  @Test(.enabled(if: pythonHasSafetensors, "python3 cannot import safetensors and numpy"))
  func pythonReadsAndWritesTheSame() throws {
    try withTemporaryFolder { folder in
      let ours = folder.appendingPathComponent("ours").path
      let theirs = folder.appendingPathComponent("theirs").path
      // NumPy has no bfloat16.
      let tensors = Self.oneOfEach().filter { $0.value.dtype != .bfloat16 }
      try Safetensors.write(tensors, metadata: ["k": "v"], to: URL(fileURLWithPath: ours))
      let program = """
        import sys
        from safetensors import safe_open
        from safetensors.numpy import save_file
        f = safe_open(sys.argv[1], "np")
        save_file({k: f.get_tensor(k) for k in f.keys()}, sys.argv[2], f.metadata())
        """
      #expect(run("python3", ["-c", program, ours, theirs]) == 0)
      let back = try Safetensors.read(URL(fileURLWithPath: theirs))
      #expect(back.metadata == ["k": "v"])
      #expect(back.tensors.count == tensors.count)
      for (name, tensor) in tensors {
        #expect(back.tensors[name]?.rawBytes() == tensor.rawBytes(), "\(name)")
        #expect(back.tensors[name]?.shape == tensor.shape, "\(name)")
      }
    }
  }
}
