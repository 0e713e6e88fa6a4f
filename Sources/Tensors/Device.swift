import CTorch
import Synchronization

/// Where the elements of a tensor live.
public enum Device: Sendable, Hashable, CustomStringConvertible {
  case cpu
  /// CUDA device with this index, from 0.
  case cuda(Int)

  /// Where tensors are made when nobody says otherwise: the CPU, until `use()` has named another.
  public static var standard: Device { Device(code: standardCode.load(ordering: .relaxed)) }

  private static let standardCode = Atomic<Int32>(-1)

  /// Makes this the device of all tensors that are made from now on. Call it once, at program start.
  /// - Throws: `DeviceError` where the device cannot be used.
  public func use() throws(DeviceError) {
    try check()
    Device.standardCode.store(code, ordering: .relaxed)
  }

  /// Throws unless tensors can be made here.
  /// - Throws: `DeviceError`.
  public func check() throws(DeviceError) {
    guard case .cuda(let index) = self else { return }
    let count = Int(ct_cuda_count())
    if count == 0 { throw .noCUDA(reason: lastMessage()) }
    if !(0..<count).contains(index) { throw .noSuchDevice(index: index, count: count) }
  }

  /// The card's name, such as `NVIDIA H100 80GB HBM3`; nil on the CPU, and where the driver does not tell.
  public var name: String? {
    guard case .cuda(let index) = self else { return nil }
    var text = [CChar](repeating: 0, count: 256)
    guard ct_cuda_name(Int32(clamping: index), &text, text.count) == 0 else { return nil }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The shim's code: -1 for the CPU, else the CUDA index.
  var code: Int32 {
    switch self {
    case .cpu: -1
    case .cuda(let index): Int32(clamping: index)
    }
  }

  init(code: Int32) { self = code < 0 ? .cpu : .cuda(Int(code)) }

  /// `cpu` or `cuda:INDEX`.
  public var description: String {
    switch self {
    case .cpu: "cpu"
    case .cuda(let index): "cuda:\(index)"
    }
  }
}

/// A device as a user names it, in a setting or on the command line.
public enum DeviceChoice: Hashable, Sendable, CustomStringConvertible {
  /// The processor.
  case cpu
  /// A CUDA device.
  case cuda(Int)
  /// The first CUDA device where there is one, else the processor.
  case auto

  /// `cpu`, `cuda`, `cuda:1`, … or `auto`.
  /// - Throws: `DeviceError.unknown`.
  public init(_ text: String) throws(DeviceError) {
    switch text {
    case "cpu": self = .cpu
    case "auto": self = .auto
    case "cuda": self = .cuda(0)
    default:
      guard text.hasPrefix("cuda:"), let index = UInt16(text.dropFirst(5)) else {
        throw .unknown(text)
      }
      self = .cuda(Int(index))
    }
  }

  /// The device that is meant on this machine.
  /// - Throws: `DeviceError` where a CUDA device was named and cannot be used.
  public func resolved() throws(DeviceError) -> Device {
    switch self {
    case .cpu: return .cpu
    case .auto: return Torch.cudaAvailable ? .cuda(0) : .cpu
    case .cuda(let index):
      try Device.cuda(index).check()
      return .cuda(index)
    }
  }

  /// The text that `init(_:)` reads.
  public var description: String {
    switch self {
    case .cpu: "cpu"
    case .auto: "auto"
    case .cuda(let index): index == 0 ? "cuda" : "cuda:\(index)"
    }
  }
}

extension DeviceChoice: Codable {
  /// Reads the text of `description`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    do {
      try self.init(container.decode(String.self))
    } catch let error as DeviceError {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(error)")
    }
  }

  /// Writes `description`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// Why a device cannot be used.
public enum DeviceError: Error, Hashable, CustomStringConvertible {
  /// A text that names no device.
  case unknown(String)
  /// CUDA was asked for and is not there.
  case noCUDA(reason: String)
  /// There are CUDA devices, but not so many.
  case noSuchDevice(index: Int, count: Int)

  /// What is wrong, and what to do.
  public var description: String {
    switch self {
    case .unknown(let text):
      "“\(text)” is no device: use cpu, cuda, cuda:1, … or auto"
    case .noCUDA(let reason):
      "CUDA cannot be used: \(reason); use device cpu or auto, or install the NVIDIA driver and build "
        + "with LIBTORCH set to the folder of a CUDA build of torch (`phyworld doctor` says what is there)"
    case .noSuchDevice(let index, let count):
      "there is no device cuda:\(index): this machine has \(count), "
        + (count == 1 ? "cuda:0" : "cuda:0 to cuda:\(count - 1)")
    }
  }
}
