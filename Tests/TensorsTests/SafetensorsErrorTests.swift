import Foundation
import Tensors
import TestSupport
import Testing

/// One damaged file for every reason to refuse it. The file that all of them damage is a good one.
@Suite struct SafetensorsErrorTests {
  func read(_ data: Data) throws -> [String: Tensor] {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("file.safetensors")
      try data.write(to: file)
      return try Safetensors.read(file).tensors
    }
  }

  func expectRefused(
    _ data: Data, _ expected: SafetensorsError, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let error = #expect(throws: SafetensorsError.self, sourceLocation: sourceLocation) {
      try read(data)
    }
    #expect(error == expected, sourceLocation: sourceLocation)
  }

  /// Two tensors of 8 bytes each.
  func pair(_ a: String, _ b: String, data: Int = 16) -> Data {
    safetensors("{\(a),\(b)}", data: data)
  }
  let a = entry("a", "F32", "[2]", "[0,8]")
  let b = entry("b", "I64", "[1]", "[8,16]")

  @Test func theGoodFile() throws {
    #expect(try read(pair(a, b)).keys.sorted() == ["a", "b"])
  }

  @Test func lengths() {
    expectRefused(Data([1, 0, 0]), .truncated(bytes: 3))
    expectRefused(Data(), .truncated(bytes: 0))
    expectRefused(safetensors("{}", claiming: 100_000_001), .headerTooLong(length: 100_000_001))
    expectRefused(safetensors("{}", claiming: .max), .headerTooLong(length: .max))
    expectRefused(safetensors("{}", claiming: 3), .headerPastEnd(length: 3, bytes: 10))
    expectRefused(
      safetensors("{}", claiming: 100_000_000), .headerPastEnd(length: 100_000_000, bytes: 10))
  }

  @Test(arguments: ["", "{", "[]", "null", "{} trailing", "{\"a\":1"]) func notAHeader(text: String)
  {
    let error = #expect(throws: SafetensorsError.self) { try read(safetensors(text)) }
    guard case .badHeader(let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(!reason.isEmpty)
  }

  @Test(arguments: [
    "1", "{}", "{\"dtype\":\"F32\",\"shape\":[2]}",
    "{\"dtype\":\"F32\",\"shape\":[2.5],\"data_offsets\":[0,8]}",
    "{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}",
    "{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,99999999999999999999]}",
    "{\"dtype\":4,\"shape\":[2],\"data_offsets\":[0,8]}",
  ])
  func notAnEntry(text: String) {
    let error = #expect(throws: SafetensorsError.self) {
      try read(safetensors("{\"weight\":\(text)}", data: 8))
    }
    guard case .badEntry("weight", let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(!reason.isEmpty)
  }

  @Test func badMetadata() {
    let error = #expect(throws: SafetensorsError.self) {
      try read(safetensors("{\"__metadata__\":{\"k\":1}}"))
    }
    guard case .badEntry("__metadata__", _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func typesAndShapes() {
    expectRefused(
      pair(entry("a", "F8_E5M2", "[8]", "[0,8]"), b), .unknownDType(tensor: "a", dtype: "F8_E5M2"))
    expectRefused(
      pair(entry("a", "F32", "[-2]", "[0,8]"), b), .badShape(tensor: "a", shape: [-2]))
    let huge = [4_294_967_296, 4_294_967_296]
    expectRefused(
      pair(entry("a", "F32", "\(huge)", "[0,8]"), b), .badShape(tensor: "a", shape: huge))
    expectRefused(
      pair(entry("a", "F32", "[3]", "[0,8]"), b),
      .sizeMismatch(tensor: "a", offsets: [0, 8], expected: 12))
  }

  @Test func offsets() {
    expectRefused(
      pair(a, b, data: 15), .offsetsOutside(tensor: "b", offsets: [8, 16], dataBytes: 15))
    expectRefused(
      pair(entry("a", "F32", "[2]", "[8,0]"), b),
      .offsetsOutside(tensor: "a", offsets: [8, 0], dataBytes: 16))
    expectRefused(
      pair(entry("a", "F32", "[2]", "[-8,0]"), b),
      .offsetsOutside(tensor: "a", offsets: [-8, 0], dataBytes: 16))
    expectRefused(
      pair(a, entry("b", "I64", "[1]", "[4,12]"), data: 12),
      .overlap(tensor: "b", offset: 4, previousEnd: 8))
    expectRefused(
      pair(a, entry("b", "I64", "[1]", "[12,20]"), data: 20), .hole(before: "b", from: 8, to: 12))
    expectRefused(pair(a, b, data: 17), .hole(before: nil, from: 16, to: 17))
  }

  @Test func aMissingFile() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("none")
      #expect(
        throws: SafetensorsError.unreadable(file: file.path, reason: "No such file or directory")
      ) {
        try Safetensors.read(file)
      }
    }
  }

  @Test func theReservedName() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("f")
      #expect(throws: SafetensorsError.reservedName("__metadata__")) {
        try Safetensors.write(["__metadata__": .zeros([1])], to: file)
      }
      #expect(!FileManager.default.fileExists(atPath: file.path))
    }
  }

  @Test func everyMessageNamesWhatWasFound() {
    let cases: [(SafetensorsError, [String])] = [
      (.truncated(bytes: 3), ["3"]),
      (.headerPastEnd(length: 77, bytes: 55), ["77", "55"]),
      (.headerTooLong(length: 123_456_789), ["123456789"]),
      (.badEntry(tensor: "w", reason: "r"), ["“w”", "r"]),
      (.unknownDType(tensor: "w", dtype: "F4"), ["“w”", "“F4”", "BF16"]),
      (.badShape(tensor: "w", shape: [-1]), ["“w”", "[-1]"]),
      (.offsetsOutside(tensor: "w", offsets: [1, 2], dataBytes: 0), ["“w”", "[1, 2]"]),
      (.sizeMismatch(tensor: "w", offsets: [0, 8], expected: 12), ["“w”", "[0, 8]", "12"]),
      (.overlap(tensor: "w", offset: 4, previousEnd: 8), ["“w”", "4", "8"]),
      (.hole(before: "w", from: 4, to: 8), ["“w”", "4", "8"]),
      (.hole(before: nil, from: 4, to: 8), ["the end"]),
      (.reservedName("__metadata__"), ["__metadata__"]),
      (.unreadable(file: "f", reason: "r"), ["“f”", "r"]),
      (.unwritable(file: "f", reason: "r"), ["“f”", "r"]),
      (.badHeader(reason: "r"), ["r"]),
    ]
    for (error, parts) in cases {
      for part in parts { #expect(error.description.contains(part), "\(error)") }
    }
  }
}
