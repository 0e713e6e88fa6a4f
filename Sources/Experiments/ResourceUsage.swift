import Foundation
import Training

/// What a process used.
public struct ResourceUsage: Codable, Hashable, Sendable {
  /// Wall seconds.
  public var wallSeconds: Double
  /// Processor seconds of all threads.
  public var processorSeconds: Double
  /// The largest resident memory.
  public var peakMemoryBytes: Int

  /// This process's use so far; wall time since `start`.
  public init(since start: ContinuousClock.Instant) {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) * 1e-6 }
    wallSeconds = start.duration(to: .now).inSeconds
    processorSeconds = seconds(usage.ru_utime) + seconds(usage.ru_stime)
    // Linux counts kilobytes.
    peakMemoryBytes = usage.ru_maxrss * 1024
  }
}
