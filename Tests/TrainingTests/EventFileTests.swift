import Foundation
import TestSupport
import Testing
import Training

/// TensorBoard's event files, read back by a reader of their documented layout.
struct EventFileTests {
  /// The records of a file: lengths and checksums hold, or the test fails.
  private func records(_ url: URL) throws -> [[UInt8]] {
    let bytes = [UInt8](try Data(contentsOf: url))
    var records: [[UInt8]] = []
    var place = 0
    func number(_ count: Int) -> UInt64 {
      defer { place += count }
      return bytes[place..<place + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
    while place < bytes.count {
      let start = place
      let length = Int(number(8))
      #expect(number(4) == UInt64(masked(Array(bytes[start..<start + 8]))))
      let message = Array(bytes[place..<place + length])
      place += length
      #expect(number(4) == UInt64(masked(message)))
      records.append(message)
    }
    return records
  }

  /// CRC-32C bit by bit, then the documented mask.
  private func masked(_ bytes: [UInt8]) -> UInt32 {
    var crc = ~UInt32(0)
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0x82F6_3B78 : crc >> 1 }
    }
    crc = ~crc
    return (crc >> 15 | crc << 17) &+ 0xA282_EAD8
  }

  /// Field number to its values: numbers as bit patterns, blocks as bytes.
  private func fields(_ message: [UInt8]) -> [(field: Int, number: UInt64, block: [UInt8])] {
    var found: [(field: Int, number: UInt64, block: [UInt8])] = []
    var place = 0
    func variable() -> UInt64 {
      var value: UInt64 = 0
      var shift: UInt64 = 0
      while true {
        let byte = message[place]
        place += 1
        value |= UInt64(byte & 0x7F) << shift
        if byte < 0x80 { return value }
        shift += 7
      }
    }
    func fixed(_ count: Int) -> UInt64 {
      defer { place += count }
      return message[place..<place + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
    while place < message.count {
      let key = Int(variable())
      switch key & 7 {
      case 0: found.append((key >> 3, variable(), []))
      case 1: found.append((key >> 3, fixed(8), []))
      case 5: found.append((key >> 3, fixed(4), []))
      default:
        let length = Int(variable())
        found.append((key >> 3, 0, Array(message[place..<place + length])))
        place += length
      }
    }
    return found
  }

  private func scalars(_ message: [UInt8]) -> [String: Float] {
    var values: [String: Float] = [:]
    for summary in fields(message) where summary.field == 5 {
      for value in fields(summary.block) where value.field == 1 {
        let parts = fields(value.block)
        let name = parts.first { $0.field == 1 }.map { String(decoding: $0.block, as: UTF8.self) }
        let bits = parts.first { $0.field == 2 }.map { UInt32(truncatingIfNeeded: $0.number) }
        if let name, let bits { values[name] = Float(bitPattern: bits) }
      }
    }
    return values
  }

  @Test func whatWasAppendedIsThere() throws {
    try withTemporaryFolder { folder in
      let file = try EventFile(folder: folder)
      #expect(file.url.lastPathComponent.hasPrefix("events.out.tfevents."))
      var record = TrainingProgress(
        step: 300, loss: 0.25, gradientNorm: .infinity, learningRate: 0.5, videosPerSecond: 128,
        seconds: 3)
      try file.append(record)
      record.probe = ["official.id": 0.03]
      try file.append(record)
      let found = try records(file.url)
      try #require(found.count == 3)
      let version = fields(found[0]).first { $0.field == 3 }
      #expect(version.map { String(decoding: $0.block, as: UTF8.self) } == "brain.Event:2")
      #expect(fields(found[1]).first { $0.field == 2 }?.number == 300)
      #expect(
        scalars(found[1]) == [
          "train/loss": 0.25, "train/learning_rate_share": 0.5, "train/videos_per_second": 128,
        ])
      #expect(scalars(found[2]) == ["law_error/official/id": 0.03])
      let time = fields(found[2]).first { $0.field == 1 }.map { Double(bitPattern: $0.number) }
      #expect(abs((time ?? 0) - Date().timeIntervalSince1970) < 60)
    }
  }

  @Test func aResumedRunTakesLaterStepsBack() throws {
    try withTemporaryFolder { folder in
      let first = try EventFile(folder: folder)
      let second = try EventFile(folder: folder, resumingAt: 40)
      #expect(first.url != second.url)
      let found = try records(second.url)
      try #require(found.count == 2)
      #expect(fields(found[1]).first { $0.field == 2 }?.number == 40)
      let session = try #require(fields(found[1]).first { $0.field == 7 })
      #expect(fields(session.block).first { $0.field == 1 }?.number == 1)
    }
  }

  @Test func anUnwritablePlaceIsNamed() {
    let folder = URL(fileURLWithPath: "/proc/phyworld")
    #expect {
      try EventFile(folder: folder)
    } throws: {
      "\($0)".contains("/proc/phyworld/events.out.tfevents.")
    }
  }
}
