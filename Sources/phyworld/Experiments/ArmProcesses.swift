import Experiments
import Findings
import Foundation

/// Trains several arms at the same time, each in a process of this program.
struct ArmProcesses {
  /// What each is started with, before the arm's address.
  let arguments: [String]
  /// How many run at a time.
  let jobs: Int
  let observer: any StageObserver

  /// Trains all, or throws what keeps one from it; the others are asked to write a checkpoint first.
  ///
  /// - Throws: `RunError.interrupted`, `ExperimentError.failedArm`, `ExperimentError.cannotStart`.
  func train(_ trainings: [Reproduction.Training]) throws {
    var waiting = Dictionary(grouping: trainings, by: \.address).values.compactMap(\.first)
      .sorted { ($0.seed, $0.arm.name) > ($1.seed, $1.arm.name) }
    let total = waiting.count
    var running: [(training: Reproduction.Training, process: Process)] = []
    var failure: (any Error)?
    var isTold = false
    observer.began("training", "\(total) arms, \(jobs) at a time")
    while !waiting.isEmpty || !running.isEmpty {
      if Interruption.isRequested || failure != nil {
        waiting = []
        if !isTold { running.forEach { $0.process.terminate() } }
        isTold = true
      }
      while running.count < jobs, failure == nil, let next = waiting.popLast() {
        do {
          running.append((next, try start(next)))
        } catch {
          // The others are not left to themselves.
          failure = ExperimentError.cannotStart(
            next.arm.title, reason: (error as NSError).localizedDescription)
        }
      }
      for (place, child) in running.enumerated().reversed() where !child.process.isRunning {
        running.remove(at: place)
        let status = child.process.terminationStatus
        if status != 0, failure == nil, !Interruption.isRequested {
          failure = ExperimentError.failedArm(child.training.arm.title, status: status)
        }
        observer.advanced(total - waiting.count - running.count, of: total, "arms")
      }
      usleep(50_000)
    }
    if Interruption.isRequested {
      throw RunError.interrupted(
        stage: "training \(total) arms", remedy: "run the same command again to go on")
    }
    if let failure { throw failure }
  }

  private func start(_ training: Reproduction.Training) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: TrainingProcesses.program)
    process.arguments = arguments + ["--only", training.address]
    var environment = ProcessInfo.processInfo.environment
    environment["OMP_NUM_THREADS"] = "1"
    process.environment = environment
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    return process
  }
}
