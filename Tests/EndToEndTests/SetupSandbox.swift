import Experiments
import Foundation

/// A copy of `setup` in a folder of its own, with tiny wheels and a PATH that tests can bend.
///
/// Nothing outside the folder is written, and pip asks no index: it sees the sandbox's wheels only.
/// A stand-in for Swift resolves no packages, in no time.
final class SetupSandbox {
  static let packageRoot = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  let folder: URL
  private let files = FileManager.default

  init() throws {
    folder = files.temporaryDirectory.appendingPathComponent("setup-\(UUID().uuidString)")
    for name in ["bin", "wheels", "Scripts"] {
      try files.createDirectory(at: path(name), withIntermediateDirectories: true)
    }
    for name in ["setup", "Scripts/libtorch.sh", "Scripts/unpack-libtorch.py"] {
      try files.copyItem(at: Self.packageRoot.appendingPathComponent(name), to: path(name))
    }
    try write("// No packages.\n", to: "Package.swift")
    try replace(
      command: "swift",
      by: """
        case "$1 $2" in
          'package resolve') mkdir -p .build/checkouts ;;
          *) echo 'Swift version 6.3.1 (stand-in)' ;;
        esac
        """)
    try makeWheels()
  }

  deinit { try? files.removeItem(at: folder) }

  func path(_ name: String) -> URL { folder.appendingPathComponent(name) }

  func exists(_ name: String) -> Bool { files.fileExists(atPath: path(name).path) }

  func names(in name: String) -> [String] {
    ((try? files.contentsOfDirectory(atPath: path(name).path)) ?? []).sorted()
  }

  func text(_ name: String) throws -> String { try String(contentsOf: path(name), encoding: .utf8) }

  func write(_ text: String, to name: String) throws {
    try text.write(to: path(name), atomically: true, encoding: .utf8)
  }

  func remove(_ name: String) throws { try files.removeItem(at: path(name)) }

  /// Puts a command before all others on the PATH of the set-up.
  func replace(command: String, by script: String) throws {
    try write("#!/bin/sh\n\(script)\n", to: "bin/\(command)")
    try files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path("bin/\(command)").path)
  }

  /// Runs `setup`; `alone` leaves nothing on its PATH but the replaced commands and `tools`.
  func run(
    _ arguments: [String] = [], _ variables: [String: String] = [:], alone tools: [String]? = nil
  ) throws -> Command.Outcome {
    var environment = ProcessInfo.processInfo.environment
    for name in environment.keys where name.hasPrefix("PIP_") || name.hasPrefix("MAKE") {
      environment[name] = nil
    }
    environment["LIBTORCH"] = nil
    environment["PHYWORLD_TORCH"] = nil
    environment["XDG_CACHE_HOME"] = path("cache").path
    environment["PIP_CONFIG_FILE"] = "/dev/null"
    environment["PIP_NO_INDEX"] = "1"
    environment["PIP_FIND_LINKS"] = path("wheels").path
    environment.merge(variables) { $1 }
    let search = environment["PATH"] ?? "/usr/bin:/bin"
    environment["PATH"] = path("bin").path + (tools == nil ? ":" + search : "")
    for tool in tools ?? [] {
      try files.createSymbolicLink(
        at: path("bin/\(tool)"), withDestinationURL: URL(fileURLWithPath: "/usr/bin/\(tool)"))
    }
    let command = Command(
      "/bin/bash", [path("setup").path] + arguments, environment: environment, keepsErrors: true)
    return try command.run()
  }

  /// Wheels named as the real ones, holding an empty library of each name, and their lock file.
  private func makeWheels() throws {
    let script = """
      import hashlib, os, subprocess, sys, zipfile
      os.chdir(sys.argv[1])
      subprocess.run(["g++", "-shared", "-o", "empty.so", "-x", "c++", "/dev/null"], check=True)
      lock = open("Scripts/libtorch.lock", "w")
      def wheel(kind, name, version, requirement, tags, platform, libraries):
          file = f"{name}-{version}-{tags}-{platform}.whl"
          info = f"{name}-{version}.dist-info"
          with zipfile.ZipFile("wheels/" + file, "w") as z:
              for library in libraries: z.write("empty.so", library)
              z.writestr("torch/include/ATen/core/Tensor.h", "")
              z.writestr("torch/unused.py", "")
              z.writestr(info + "/WHEEL", f"Wheel-Version: 1.0\\nTag: {tags}-{platform}\\n")
              z.writestr(info + "/METADATA",
                         f"Metadata-Version: 2.1\\nName: {name}\\nVersion: {version}\\n")
              z.writestr(info + "/RECORD", "")
          sum = hashlib.sha256(open("wheels/" + file, "rb").read()).hexdigest()
          print(kind, requirement, platform, sum, file, file=lock)
      torch = ["torch/lib/libtorch_cpu.so", "torch/lib/libc10.so", "torch/lib/libgomp.so.1"]
      new = "manylinux_2_28_x86_64"
      wheel("cpu", "torch", "2.13.0+cpu", "torch==2.13.0+cpu", "cp311-cp311", new, torch)
      wheel("ordinary", "torch", "2.13.0", "torch===2.13.0", "cp311-cp311", new,
            torch + ["torch/lib/libtorch_cuda.so"])
      wheel("ordinary", "nvidia_cuda_runtime", "13.0.96", "nvidia-cuda-runtime==13.0.96",
            "py3-none", "manylinux2014_x86_64", ["nvidia/cu13/lib/libcudart.so.13"])
      """
    let outcome = try Command(
      "python3", ["-c", script, folder.path], keepsErrors: true
    ).run()
    guard outcome.code == 0 else { throw SetupSandboxError.noWheels(outcome.output) }
  }
}

enum SetupSandboxError: Error {
  case noWheels(String)
}
