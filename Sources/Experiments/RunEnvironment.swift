import Foundation
import Tensors

/// Build, machine and start of a run; `environment.json`.
public struct RunEnvironment: Codable, Hashable, Sendable {
  /// The program's version.
  public var phyworld = PhyWorld.version
  /// libtorch's version.
  public var libtorch = Torch.version
  /// The processor's name.
  public var processor: String
  /// Cores that the program may use.
  public var cores: Int
  /// Threads that it used.
  public var threads: Int
  /// When the run began.
  public var started: String

  /// This machine, now.
  public init(threads: Int) {
    let facts = MachineFacts.current(
      root: URL(fileURLWithPath: "."), autoencoder: URL(fileURLWithPath: "."), environment: [:])
    processor = facts.processor ?? "unknown"
    cores = facts.cores
    self.threads = threads
    started = ISO8601DateFormatter().string(from: Date())
  }
}

/// The program.
public enum PhyWorld {
  /// Its version.
  public static let version = "0.1.0"
}
