import Foundation
import Perception
import Testing

/// Pickles are written out by hand, as Python's `pickletools.dis` shows them.
@Suite struct PickledArraysTests {
  /// `pickle.dumps({"a": {"b": array}}, protocol=4)` of a float32 array [[1, 2]], memo left out.
  static func pickle(
    module: String = "numpy.core.multiarray", function: String = "_reconstruct",
    code: String = "f4", order: String = "<", columnMajor: Bool = false, rows: UInt8 = 1,
    data: [Float] = [1, 2]
  ) -> Data {
    func text(_ value: String) -> [UInt8] { [0x8C, UInt8(value.utf8.count)] + Array(value.utf8) }
    func global(_ module: String, _ name: String) -> [UInt8] {
      Array("c\(module)\n\(name)\n".utf8)
    }
    let bytes = data.flatMap { value in
      withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
    }
    var pickle: [UInt8] = [0x80, 4, 0x7D] + text("a") + [0x7D] + text("b")
    pickle += text(module) + text(function) + [0x93]
    pickle += global("numpy", "ndarray") + [0x4B, 0, 0x85, 0x43, 1, 0x62, 0x87, 0x52]  // (…, (0,), b"b")
    pickle += [0x28, 0x4B, 1, 0x4B, rows, 0x4B, 2, 0x86]  // (1, (rows, 2), …
    pickle += global("numpy", "dtype") + text(code) + [0x89, 0x88, 0x87, 0x52]  // dtype(code, False, True)
    pickle += [0x28, 0x4B, 3] + text(order) + [0x4E, 0x4E, 0x4E]
    pickle += [0x4A, 0xFF, 0xFF, 0xFF, 0xFF, 0x4A, 0xFF, 0xFF, 0xFF, 0xFF, 0x4B, 0, 0x74, 0x62]
    pickle += [columnMajor ? 0x88 : 0x89, 0x43, UInt8(bytes.count)] + bytes + [0x74, 0x62]
    return Data(pickle + [0x73, 0x73, 0x2E])
  }

  @Test func readsNestedDictionaries() throws {
    for module in ["numpy.core.multiarray", "numpy._core.multiarray"] {
      let arrays = try PickledArrays(Self.pickle(module: module))
      #expect(arrays.entries.keys.sorted() == ["a.b"])
      #expect(arrays.entries["a.b"]?.shape == [1, 2])
      #expect(arrays.entries["a.b"].map { Array($0.data) } == [0, 0, 128, 63, 0, 0, 0, 64])
    }
  }

  @Test func runsNothing() {
    #expect(throws: PickleError.foreign(name: "os.system")) {
      try PickledArrays(Self.pickle(module: "os", function: "system"))
    }
    #expect(throws: PickleError.foreign(name: "builtins.eval")) {
      try PickledArrays(Data("cbuiltins\neval\n.".utf8))
    }
  }

  @Test func refusesOtherArrays() {
    for pickle in [
      Self.pickle(code: "f8"), Self.pickle(order: ">"), Self.pickle(columnMajor: true),
      Self.pickle(rows: 2), Self.pickle(data: [1]),
    ] {
      #expect {
        try PickledArrays(pickle)
      } throws: { error in
        guard case PickleError.array(key: "a.b", _) = error else { return false }
        return true
      }
    }
  }

  /// Every cut, and every byte replaced, is an error or a reading, never a crash.
  @Test func survivesDamage() {
    let whole = Self.pickle()
    for length in 0..<whole.count {
      #expect(throws: PickleError.self, "\(length) bytes") {
        try PickledArrays(whole.prefix(length))
      }
    }
    for index in whole.indices {
      for value in [0, 0x28, 0x2E, 0x52, 0x62, 0x68, 0x75, 0xFF] as [UInt8] {
        var damaged = whole
        damaged[index] = value
        _ = try? PickledArrays(damaged)
      }
    }
  }

  @Test func dictionariesThatHoldThemselvesEnd() {
    // d = {}; d["x"] = d; d["y"] = d
    let pickle: [UInt8] = [
      0x7D, 0x71, 0, 0x8C, 1, 0x78, 0x68, 0, 0x73, 0x8C, 1, 0x79, 0x68, 0, 0x73, 0x2E,
    ]
    #expect(throws: PickleError.self) { try PickledArrays(Data(pickle)) }
  }

  @Test func refusesWhatIsNoDictionary() {
    #expect(throws: PickleError.self) { try PickledArrays(Data([0x4E, 0x2E])) }
    #expect(throws: PickleError.instruction(code: 0x63 + 1, offset: 0)) {
      try PickledArrays(Data([0x64]))
    }
    #expect(throws: PickleError.truncated(offset: 0)) { try PickledArrays(Data()) }
  }
}
