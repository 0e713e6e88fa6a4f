import Foundation

/// What `Doctor` judges: facts about this machine and this program, as plain values.
///
/// ``current(root:environment:)`` gathers those that the operating system tells. The caller adds
/// what only other modules know: libtorch's and FFmpeg's versions, the encoders, CUDA.
public struct MachineFacts: Hashable, Sendable {
  /// The processor's name, where the system tells it.
  public var processor: String?
  /// Whether the processor has AVX2, which libtorch's fast kernels and ours use.
  public var hasAVX2 = false
  /// Cores that this program may use.
  public var cores = 1
  /// Memory that programs can still get, in bytes.
  public var memory: Int?
  /// Free space where runs are written, in bytes.
  public var freeDisk: Int?

  /// libtorch's version, e.g. `2.13.0+cpu`; nil where it was not found.
  public var libtorchVersion: String?
  /// Why libtorch does not work, in its own words, if it does not.
  public var libtorchFailure: String?
  /// Whether `libtorch_cuda.so` lies beside the libtorch in use.
  public var hasCUDALibtorch = false
  /// Whether libtorch says that it can use a GPU.
  public var cudaUsable = false
  /// Whether the system has an NVIDIA driver.
  public var hasGPUDriver = false

  /// FFmpeg's version, e.g. `5.1.9`.
  public var ffmpegVersion: String?
  /// Names of FFmpeg's encoders, at least of those that matter here.
  public var encoders: [String] = []
  /// HDF5's version, e.g. `1.10.8`.
  public var hdf5Version: String?
  /// The Swift on PATH, if any.
  public var swiftVersion: String?
  /// pip, if Python has it.
  public var pipVersion: String?

  /// Where published networks are kept.
  public var networksPath = ""
  /// Names of published networks that are there.
  public var networks: [String] = []
  /// Names of published networks that have not been fetched.
  public var missingNetworks: [String] = []

  /// Where the released autoencoder's weights belong.
  public var autoencoderPath = ""
  /// Their size in bytes; nil where they are not there.
  public var autoencoderBytes: Int?

  /// Whole paths of the shared libraries that this program has loaded.
  public var loadedLibraries: [String] = []

  /// No facts: a slow machine with nothing on it.
  public init() {}

  /// The loaded library whose file name begins with `name`, e.g. `libbox2d.so`.
  public func path(ofLibrary name: String) -> String? {
    loadedLibraries.first { path in
      path.split(separator: "/").last.map { $0.hasPrefix(name) } ?? false
    }
  }
}

extension MachineFacts {
  /// What the system tells: processor, memory, disk, loaded libraries, tools on PATH, weights.
  ///
  /// - Parameters:
  ///   - root: The folder whose disk counts, where runs are written.
  ///   - autoencoder: Where the released autoencoder's weights belong.
  ///   - environment: What the tools that are asked for their version get to see.
  public static func current(
    root: URL, autoencoder: URL,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> MachineFacts {
    var facts = MachineFacts()
    let processors = text("/proc/cpuinfo")
    facts.processor = value(of: "model name", in: processors)
    facts.hasAVX2 =
      value(of: "flags", in: processors)?.split(separator: " ").contains("avx2") ?? false
    facts.cores = ProcessInfo.processInfo.activeProcessorCount
    facts.memory = availableMemory(text("/proc/meminfo"))
    facts.freeDisk = freeSpace(root)
    facts.loadedLibraries = libraries(inMaps: text("/proc/self/maps"))
    facts.hasGPUDriver = FileManager.default.fileExists(atPath: "/proc/driver/nvidia/version")
    if let torch = facts.path(ofLibrary: "libtorch_cpu.so") {
      let cuda = URL(fileURLWithPath: torch).deletingLastPathComponent()
        .appendingPathComponent("libtorch_cuda.so")
      facts.hasCUDALibtorch = FileManager.default.fileExists(atPath: cuda.path)
    }
    facts.swiftVersion = firstLine(of: "swift", ["--version"], environment)
    facts.pipVersion = firstLine(of: "python3", ["-m", "pip", "--version"], environment)
    facts.autoencoderPath = autoencoder.path
    facts.autoencoderBytes =
      (try? FileManager.default.attributesOfItem(atPath: autoencoder.path))?[.size] as? Int
    return facts
  }

  /// The value after `key :` in the first line of `/proc/cpuinfo` that has the key.
  package static func value(of key: String, in text: String) -> String? {
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      if parts.count == 2, parts[0].trimmingCharacters(in: .whitespaces) == key {
        return parts[1].trimmingCharacters(in: .whitespaces)
      }
    }
    return nil
  }

  /// `MemAvailable` of `/proc/meminfo`, in bytes.
  package static func availableMemory(_ text: String) -> Int? {
    value(of: "MemAvailable", in: text)?.split(separator: " ").first.flatMap { Int($0) }
      .map { $0 * 1024 }
  }

  /// The different shared libraries among the mapped files of `/proc/self/maps`, in its order.
  package static func libraries(inMaps text: String) -> [String] {
    var seen: Set<String> = []
    return text.split(separator: "\n").compactMap { line in
      guard let start = line.firstIndex(of: "/") else { return nil }
      let path = String(line[start...])
      let isLibrary = path.hasSuffix(".so") || path.contains(".so.")
      return isLibrary && seen.insert(path).inserted ? path : nil
    }
  }

  /// A file of `/proc`, or nothing. Such files come in pieces, and only an empty one is the end.
  private static func text(_ path: String) -> String {
    guard let file = FileHandle(forReadingAtPath: path) else { return "" }
    var data = Data()
    while let piece = try? file.read(upToCount: 1 << 16), !piece.isEmpty { data += piece }
    return String(decoding: data, as: UTF8.self)
  }

  private static func freeSpace(_ folder: URL) -> Int? {
    let attributes = try? FileManager.default.attributesOfFileSystem(forPath: folder.path)
    return (attributes?[.systemFreeSize] as? NSNumber)?.intValue
  }

  /// The first line that a command prints, if it can be run and succeeds.
  private static func firstLine(
    of program: String, _ arguments: [String], _ environment: [String: String]
  ) -> String? {
    let command = Command(program, arguments, environment: environment)
    guard let outcome = try? command.run(), outcome.code == 0 else { return nil }
    return outcome.output.split(separator: "\n").first.map(String.init)
  }
}
