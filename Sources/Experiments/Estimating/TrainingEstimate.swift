import Foundation
import Tensors
import Training

/// What a training will cost on this machine, found out before it starts.
public struct TrainingEstimate: Codable, Hashable, Sendable {
  /// Something that the training does, once or many times.
  public struct Part: Codable, Hashable, Sendable {
    /// "encoding", "steps", "probes", …
    public var name: String
    /// How many of them.
    public var count: Int
    /// What is counted, such as "videos".
    public var unit: String
    /// Seconds for all.
    public var seconds: Double
  }

  /// Weights that are learned.
  public var parameters: Int
  /// Floating-point operations of the matrix products of a step, forward and back; nil where nobody counts them.
  public var flopsPerStep: Double?
  /// The most memory that the program will take, in bytes; on a GPU that of its tensors.
  public var memoryBytes: Int
  /// Seconds from start to end.
  public var seconds: Double
  /// Seconds of one step.
  public var stepSeconds: Double
  /// Floating-point operations per second while stepping; nil without their number.
  public var flopsPerSecond: Double? { flopsPerStep.map { $0 / stepSeconds } }
  /// Where the time goes.
  public var parts: [Part]
  /// Where the memory goes; nil where only the whole was measured.
  public var need: MemoryNeed?
  /// Whether whole steps were run, or fewer videos and a straight line through their costs.
  public var isWhole: Bool
  /// Where tensors are made.
  public var device: String
  /// Threads.
  public var threads: Int

  enum CodingKeys: String, CodingKey {
    case parameters, seconds, parts, need, device, threads
    case flopsPerStep = "flops_per_step"
    case memoryBytes = "memory_bytes"
    case stepSeconds = "step_seconds"
    case isWhole = "whole_steps_measured"
  }

  init(parameters: Int, cost: StepCost, parts: [Part], memory: Int, need: MemoryNeed?) {
    self.parameters = parameters
    self.parts = parts
    self.need = need
    memoryBytes = memory
    seconds = parts.reduce(0) { $0 + $1.seconds }
    stepSeconds = cost.seconds
    isWhole = cost.isWhole
    device = "\(Device.standard)"
    threads = Workers.limit
  }

  /// The estimate as a person reads it, a line each.
  public var lines: [String] {
    func fixed(_ value: Double, _ digits: Int) -> String {
      String(format: "%.\(digits)f", value)
    }
    func time(_ seconds: Double) -> String {
      switch seconds {
      case ..<1: "\(fixed(seconds * 1000, 0)) ms"
      case ..<120: "\(fixed(seconds, 1)) s"
      case ..<7200: "\(fixed(seconds / 60, 1)) min"
      case ..<172_800: "\(fixed(seconds / 3600, 1)) h"
      default: "\(fixed(seconds / 86400, 1)) days"
      }
    }
    var lines = ["parameters  \(fixed(Double(parameters) / 1e6, 2)) million"]
    if let flopsPerStep, let flopsPerSecond {
      lines.append(
        "a step      \(time(stepSeconds)), \(fixed(flopsPerStep / 1e9, 1)) GFLOP, "
          + "\(fixed(flopsPerSecond / 1e9, 1)) GFLOP/s")
    } else {
      lines.append("a step      \(time(stepSeconds))")
    }
    let there = need?.available.map { " (available \(Megabytes($0)))" } ?? ""
    lines.append("memory      \(Megabytes(memoryBytes))\(there)")
    lines.append("time        \(time(seconds)) on \(device), \(threads) threads")
    for part in parts {
      lines.append("  \(part.name): \(part.count) \(part.unit), \(time(part.seconds))")
    }
    if !isWhole {
      lines.append(
        "steps of a few videos were run; whole ones are on the straight line through them")
    }
    if let need, need.isTooMuch { lines.append("too much: \(need)") }
    return lines
  }
}
