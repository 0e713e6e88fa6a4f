import Experiments
import Foundation
import Logging
import Training

/// Shows a run's stages: a moving line with ETA on a terminal, else a line every few seconds.
final class ProgressLine: StageObserver {
  private let quiet: Bool
  private let logger = Logger(label: "phyworld")
  private var stage = ""
  private var start = ContinuousClock.now
  private var lastLine = ContinuousClock.now - .seconds(100)
  private var firstStep: (step: Int, seconds: Double)?

  init(quiet: Bool) { self.quiet = quiet }

  func began(_ stage: String, _ detail: String) {
    self.stage = stage
    start = .now
    lastLine = .now - .seconds(100)
    firstStep = nil
    say("\(stage): \(detail)")
  }

  func advanced(_ done: Int, of total: Int, _ unit: String) {
    let seconds = Self.seconds(since: start)
    let rate = Double(done) / max(seconds, 1e-9)
    let left = done > 0 ? Double(total - done) / rate : .nan
    move(
      done, total,
      "\(done)/\(total) \(unit), \(Terminal.number(rate, 1)) \(unit)/s, "
        + "ETA \(Terminal.duration(left))")
  }

  func progress(_ progress: TrainingProgress, of steps: Int) {
    let first = firstStep ?? (progress.step, Self.seconds(since: start))
    firstStep = first
    let seconds = Self.seconds(since: start) - first.seconds
    let perStep = seconds / Double(max(progress.step - first.step, 1))
    let left = progress.step > first.step ? Double(steps - progress.step) * perStep : .nan
    move(
      progress.step, steps,
      "step \(progress.step)/\(steps), loss \(Terminal.number(progress.loss, 5)), "
        + "\(Terminal.number(progress.videosPerSecond, 0)) videos/s, ETA \(Terminal.duration(left))"
    )
  }

  func probed(_ progress: TrainingProgress) {
    let probe = progress.probe ?? [:]
    func value(_ key: String) -> String {
      probe["official.\(key)"].map { Terminal.number($0, 3) } ?? "–"
    }
    say(
      "  step \(progress.step), \(Terminal.duration(progress.seconds)): law error (official) "
        + "inside \(value("id")), slow \(value("v_low")), fast \(value("v_high"))")
  }

  func wroteCheckpoint(step: Int, path: String) { logger.debug("checkpoint \(path)") }

  func warning(_ message: String) { logger.warning("\(message)") }

  private func say(_ text: String) {
    if !quiet { Terminal.line(text) }
  }

  private func move(_ done: Int, _ total: Int, _ text: String) {
    guard !quiet else { return }
    if Terminal.isInteractive {
      let width = 24
      let filled = total > 0 ? done * width / total : width
      let bar =
        String(repeating: "█", count: filled) + String(repeating: "·", count: width - filled)
      Terminal.write("\r\u{1B}[K\(bar) \(text)")
      if done >= total { Terminal.write("\n") }
    } else if Self.seconds(since: lastLine) > 20 || done >= total {
      lastLine = .now
      Terminal.write("  \(text)\n")
    }
  }

  private static func seconds(since start: ContinuousClock.Instant) -> Double {
    let duration = start.duration(to: .now)
    return Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
  }
}
