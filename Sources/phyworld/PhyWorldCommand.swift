import ArgumentParser
import Experiments

/// The program: one subcommand per step of the loop.
struct PhyWorldCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "phyworld",
    abstract: "Has a video model learned a law of physics, or is it replaying cases?",
    discussion: """
      The loop, all at once or step by step:
        phyworld demo                   everything, then a report to open
        phyworld train --output runs/a  train a model
        phyworld sample runs/a          let it continue videos it never saw
        phyworld evaluate runs/a        measure them against the law
        phyworld report runs/a          the page for people

      Messages for people go to stderr; --json prints results to stdout.
      Exit codes: 0 done, 1 a check failed, 2 done but for what is listed, 64 usage,
      65 bad data or configuration, 69 one of several processes has ended, 71 no
      memory or a device failed, 73 cannot write, 130 interrupted (go on with
      --resume).
      """,
    version: PhyWorld.version,
    subcommands: [
      DemoCommand.self, DataCommand.self, SimulateCommand.self, EstimateCommand.self,
      TrainCommand.self, SampleCommand.self,
      EvaluateCommand.self, RateCommand.self, ChallengeCommand.self, CompareCommand.self,
      LeaderboardCommand.self, ReportCommand.self, VerifyCommand.self, NetworksCommand.self,
      AutoencoderCommand.self, ExperimentsCommand.self, ReproduceCommand.self,
      DoctorCommand.self,
    ])
}
