/// What `phyworld doctor` says about one thing that the lab needs or can use.
public struct DoctorCheck: Hashable, Codable, Sendable {
  /// How much a thing is missed.
  public enum Verdict: String, Codable, Sendable {
    /// There, and good enough.
    case found
    /// Not there, and not needed: something is slower or unavailable.
    case absent
    /// Not there or not good enough: something fails until the remedy is done.
    case missing
  }

  /// The thing, in a word or two, e.g. `libtorch`.
  public let name: String
  /// Whether it is there.
  public let verdict: Verdict
  /// What was found: version, place, size.
  public let detail: String
  /// What to do about it, where there is something to do.
  public let remedy: String?

  /// Whether it is there and good enough.
  public var found: Bool { verdict == .found }
}

/// Turns facts about the machine into findings with remedies; gathers and prints nothing itself.
public enum Doctor {
  /// The findings, in the order in which a reader wants them: machine, libraries, tools, files.
  public static func checks(_ facts: MachineFacts) -> [DoctorCheck] {
    [
      processor(facts), cores(facts), memory(facts), disk(facts),
      libtorch(facts), graphicsProcessor(facts), box2D(facts), ffmpeg(facts), encoder(facts),
      hdf5(facts),
      swift(facts), pip(facts), autoencoder(facts), networks(facts),
    ]
  }

  /// Whether nothing that is needed is missing.
  public static func isHealthy(_ checks: [DoctorCheck]) -> Bool {
    checks.allSatisfy { $0.verdict != .missing }
  }

  static func processor(_ facts: MachineFacts) -> DoctorCheck {
    let model = facts.processor ?? "unknown processor"
    guard facts.hasAVX2 else {
      return DoctorCheck(
        name: "processor", verdict: .absent, detail: "\(model), without AVX2",
        remedy: "all works, more slowly; a processor with AVX2 trains several times faster")
    }
    return DoctorCheck(
      name: "processor", verdict: .found, detail: "\(model), with AVX2", remedy: nil)
  }

  static func cores(_ facts: MachineFacts) -> DoctorCheck {
    guard facts.cores >= 2 else {
      return DoctorCheck(
        name: "cores", verdict: .absent, detail: "\(facts.cores)",
        remedy: "the demo's ten minutes are for two cores: use --scale quick, or wait longer")
    }
    return DoctorCheck(name: "cores", verdict: .found, detail: "\(facts.cores)", remedy: nil)
  }

  static func memory(_ facts: MachineFacts) -> DoctorCheck {
    amount(
      facts.memory, of: "memory", needed: 3e9,
      remedy: "the demo needs up to 3 GB: close other programs, or use --scale quick")
  }

  static func disk(_ facts: MachineFacts) -> DoctorCheck {
    amount(
      facts.freeDisk, of: "disk space", needed: 2e9,
      remedy: "remove old folders under runs/, or name another place with --output")
  }

  static func libtorch(_ facts: MachineFacts) -> DoctorCheck {
    if let failure = facts.libtorchFailure {
      return DoctorCheck(
        name: "libtorch", verdict: .missing, detail: failure,
        remedy: "run ./setup, which unpacks libtorch into .deps/libtorch, and build again")
    }
    guard let version = facts.libtorchVersion else {
      return DoctorCheck(
        name: "libtorch", verdict: .missing, detail: "not found",
        remedy: "run ./setup, or set LIBTORCH to a folder with include/ and lib/, and build again")
    }
    let place = facts.path(ofLibrary: "libtorch_cpu.so").map { ", from \($0)" } ?? ""
    return DoctorCheck(name: "libtorch", verdict: .found, detail: version + place, remedy: nil)
  }

  static func graphicsProcessor(_ facts: MachineFacts) -> DoctorCheck {
    let name = "GPU"
    switch (facts.hasGPUDriver, facts.hasCUDALibtorch, facts.cudaUsable) {
    case (_, _, true):
      return DoctorCheck(name: name, verdict: .found, detail: "usable by libtorch", remedy: nil)
    case (true, false, _):
      return DoctorCheck(
        name: name, verdict: .absent, detail: "there, but this libtorch has no CUDA part",
        remedy: "pip install torch==2.13.0, set LIBTORCH to its folder …/site-packages/torch, "
          + "and build again")
    case (true, true, false):
      return DoctorCheck(
        name: name, verdict: .absent, detail: "there, with libtorch_cuda.so, but not usable",
        remedy: "compare the driver's CUDA version (nvidia-smi) with libtorch's, CUDA 13")
    case (false, _, false):
      return DoctorCheck(
        name: name, verdict: .absent, detail: "none; the processor computes",
        remedy: nil)
    }
  }

  static func box2D(_ facts: MachineFacts) -> DoctorCheck {
    library(facts, "Box2D", file: "libbox2d.so", version: nil, package: "libbox2d-dev")
  }

  static func ffmpeg(_ facts: MachineFacts) -> DoctorCheck {
    library(
      facts, "FFmpeg", file: "libavcodec.so", version: facts.ffmpegVersion,
      package: "libavcodec-dev libavformat-dev libswscale-dev")
  }

  static func encoder(_ facts: MachineFacts) -> DoctorCheck {
    guard facts.encoders.contains("libx264") else {
      return DoctorCheck(
        name: "H.264 encoder", verdict: .missing, detail: "FFmpeg has no libx264",
        remedy: "install Debian's libavcodec59, whose FFmpeg has it, and build again")
    }
    return DoctorCheck(name: "H.264 encoder", verdict: .found, detail: "libx264", remedy: nil)
  }

  static func hdf5(_ facts: MachineFacts) -> DoctorCheck {
    library(facts, "HDF5", file: "libhdf5", version: facts.hdf5Version, package: "libhdf5-dev")
  }

  static func swift(_ facts: MachineFacts) -> DoctorCheck {
    guard let version = facts.swiftVersion else {
      return DoctorCheck(
        name: "Swift", verdict: .absent, detail: "no swift on PATH",
        remedy: "only needed to build: install Swift 6.3 and add its usr/bin to PATH")
    }
    return DoctorCheck(name: "Swift", verdict: .found, detail: version, remedy: nil)
  }

  static func pip(_ facts: MachineFacts) -> DoctorCheck {
    guard let version = facts.pipVersion else {
      return DoctorCheck(
        name: "Python's pip", verdict: .absent, detail: "not found",
        remedy: "only ./setup uses it, to fetch libtorch: apt-get install python3-pip")
    }
    return DoctorCheck(name: "Python's pip", verdict: .found, detail: version, remedy: nil)
  }

  static func autoencoder(_ facts: MachineFacts) -> DoctorCheck {
    guard let bytes = facts.autoencoderBytes else {
      return DoctorCheck(
        name: "autoencoder", verdict: .absent,
        detail: "no released weights at \(facts.autoencoderPath)",
        remedy: "check the file out again (git checkout), or train one with phyworld train")
    }
    return DoctorCheck(
      name: "autoencoder", verdict: .found,
      detail: "\(facts.autoencoderPath), \(megabytes(bytes))", remedy: nil)
  }

  static func networks(_ facts: MachineFacts) -> DoctorCheck {
    guard facts.missingNetworks.isEmpty, !facts.networks.isEmpty else {
      let missing =
        facts.missingNetworks.isEmpty
        ? "none" : "without \(facts.missingNetworks.joined(separator: ", "))"
      return DoctorCheck(
        name: "networks", verdict: .absent, detail: "\(facts.networksPath), \(missing)",
        remedy: "only LPIPS and the Fréchet video distance need them: phyworld networks fetch")
    }
    return DoctorCheck(
      name: "networks", verdict: .found,
      detail: "\(facts.networks.joined(separator: ", ")), in \(facts.networksPath)", remedy: nil)
  }
}

extension Doctor {
  private static func amount(
    _ bytes: Int?, of name: String, needed: Double, remedy: String
  ) -> DoctorCheck {
    guard let bytes else {
      return DoctorCheck(name: name, verdict: .absent, detail: "not known", remedy: nil)
    }
    let enough = Double(bytes) >= needed
    return DoctorCheck(
      name: name, verdict: enough ? .found : .missing, detail: "\(megabytes(bytes)) available",
      remedy: enough ? nil : remedy)
  }

  private static func library(
    _ facts: MachineFacts, _ name: String, file: String, version: String?, package: String
  ) -> DoctorCheck {
    guard let path = facts.path(ofLibrary: file) else {
      return DoctorCheck(
        name: name, verdict: .missing, detail: "\(file) is not loaded",
        remedy: "apt-get install \(package), and build again")
    }
    let detail = version.map { "\($0), from \(path)" } ?? path
    return DoctorCheck(name: name, verdict: .found, detail: detail, remedy: nil)
  }

  /// A size for people: megabytes below ten gigabytes, gigabytes above.
  private static func megabytes(_ bytes: Int) -> String {
    if bytes >= 10_000_000_000 { return "\(bytes / 1_000_000_000) GB" }
    if bytes >= 10_000_000 { return "\(bytes / 1_000_000) MB" }
    return "\(bytes / 1000) kB"
  }
}
