import Foundation

/// The header of a safetensors file: where each tensor lies in the data. A value of this type is sound.
struct SafetensorsHeader {
  struct Entry {
    let name: String
    let dtype: DType
    let shape: [Int]
    /// Bytes from the start of the data.
    let range: Range<Int>
  }

  /// In the order of the data, without gaps.
  let entries: [Entry]
  let metadata: [String: String]

  init(describing tensors: [(key: String, value: Tensor)], metadata: [String: String]) {
    var end = 0
    entries = tensors.map { name, tensor in
      let start = end
      end += tensor.count * tensor.dtype.size
      return Entry(name: name, dtype: tensor.dtype, shape: tensor.shape, range: start..<end)
    }
    self.metadata = metadata
  }

  /// JSON with sorted keys, padded with spaces to a multiple of 8 so that the data is aligned.
  func encoded() throws -> Data {
    var fields: [(String, String)] = try entries.map { entry in
      let dtype = Safetensors.names[entry.dtype] ?? ""
      let shape = entry.shape.map(String.init).joined(separator: ",")
      let offsets = "\(entry.range.lowerBound),\(entry.range.upperBound)"
      let key = try Self.quoted(entry.name)
      return (
        entry.name,
        "\(key):{\"dtype\":\"\(dtype)\",\"shape\":[\(shape)],\"data_offsets\":[\(offsets)]}"
      )
    }
    if !metadata.isEmpty {
      let pairs = try metadata.sorted { $0.key < $1.key }
        .map { "\(try Self.quoted($0.key)):\(try Self.quoted($0.value))" }
      let key = Safetensors.metadataKey
      fields.append((key, "\"\(key)\":{\(pairs.joined(separator: ","))}"))
    }
    fields.sort { $0.0 < $1.0 }
    var json = Data("{\(fields.map(\.1).joined(separator: ","))}".utf8)
    json.append(Data(repeating: UInt8(ascii: " "), count: (8 - json.count % 8) % 8))
    return json
  }

  private static func quoted(_ text: String) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    return String(decoding: try encoder.encode(text), as: UTF8.self)
  }

  /// Reads and checks a header over `dataBytes` bytes of data.
  init(decoding json: Data, dataBytes: Int) throws {
    let raw: RawHeader
    do {
      raw = try JSONDecoder().decode(RawHeader.self, from: json)
    } catch let error as SafetensorsError {
      throw error
    } catch {
      throw SafetensorsError.badHeader(reason: RawHeader.reason(error))
    }
    metadata = raw.metadata
    entries = try raw.tensors.map { try Self.checked($0.key, $0.value, dataBytes) }
      .sorted {
        ($0.range.lowerBound, $0.range.upperBound, $0.name)
          < ($1.range.lowerBound, $1.range.upperBound, $1.name)
      }
    var end = 0
    for entry in entries {
      let start = entry.range.lowerBound
      if start < end {
        throw SafetensorsError.overlap(tensor: entry.name, offset: start, previousEnd: end)
      }
      if start > end { throw SafetensorsError.hole(before: entry.name, from: end, to: start) }
      end = entry.range.upperBound
    }
    if end < dataBytes { throw SafetensorsError.hole(before: nil, from: end, to: dataBytes) }
  }

  private static func checked(
    _ name: String, _ raw: RawHeader.Entry, _ dataBytes: Int
  ) throws -> Entry {
    guard let dtype = Safetensors.names.first(where: { $0.value == raw.dtype })?.key else {
      throw SafetensorsError.unknownDType(tensor: name, dtype: raw.dtype)
    }
    var size = dtype.size
    for length in raw.shape {
      let (product, overflow) = size.multipliedReportingOverflow(by: length)
      guard length >= 0, !overflow else {
        throw SafetensorsError.badShape(tensor: name, shape: raw.shape)
      }
      size = product
    }
    let offsets = raw.offsets
    guard offsets.count == 2 else {
      throw SafetensorsError.badEntry(
        tensor: name, reason: "data_offsets has \(offsets.count) numbers instead of 2")
    }
    guard offsets[0] >= 0, offsets[0] <= offsets[1], offsets[1] <= dataBytes else {
      throw SafetensorsError.offsetsOutside(tensor: name, offsets: offsets, dataBytes: dataBytes)
    }
    guard offsets[1] - offsets[0] == size else {
      throw SafetensorsError.sizeMismatch(tensor: name, offsets: offsets, expected: size)
    }
    return Entry(name: name, dtype: dtype, shape: raw.shape, range: offsets[0]..<offsets[1])
  }
}

/// The header as it stands in the file, unchecked.
private struct RawHeader: Decodable {
  struct Entry: Decodable {
    let dtype: String
    let shape: [Int]
    let offsets: [Int]

    enum CodingKeys: String, CodingKey {
      case dtype, shape
      case offsets = "data_offsets"
    }
  }

  struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  var tensors: [String: Entry] = [:]
  var metadata: [String: String] = [:]

  init(from decoder: Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    for key in container.allKeys {
      let name = key.stringValue
      do {
        if name == Safetensors.metadataKey {
          metadata = try container.decode([String: String].self, forKey: key)
        } else {
          tensors[name] = try container.decode(Entry.self, forKey: key)
        }
      } catch {
        throw SafetensorsError.badEntry(tensor: name, reason: Self.reason(error))
      }
    }
  }

  /// The sentence of a decoding error, without its wrapping.
  static func reason(_ error: any Error) -> String {
    switch error {
    case DecodingError.keyNotFound(let key, _): "“\(key.stringValue)” is missing"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
      DecodingError.dataCorrupted(let context):
      context.debugDescription
    default: "\(error)"
    }
  }
}
