import ArgumentParser
import Datasets
import Experiments
import Foundation
import Perception
import Tensors
import Videos

struct DoctorCommand: LabCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "What is installed, what is missing, what to do about it.",
    discussion: """
      Exit code 1 when something that is needed is missing.

      Example:
        phyworld doctor --json
      """)

  @OptionGroup var global: GlobalOptions

  func execute() throws {
    let name = RunConfiguration().autoencoder.released
    let weights =
      (try? ReleasedWeights.folder(name))
      ?? URL(fileURLWithPath: "Weights").appendingPathComponent(name)
    var facts = MachineFacts.current(
      root: URL(fileURLWithPath: FileManager.default.currentDirectoryPath),
      autoencoder: weights.appendingPathComponent("model.safetensors"))
    facts.libtorchVersion = Torch.version
    facts.cudaUsable = Torch.cudaAvailable
    facts.ffmpegVersion = VideoLibrary.version
    facts.encoders = VideoLibrary.encoders
    facts.hdf5Version = HDF5Version.text
    let store = NetworkStore.standard()
    facts.networksPath = store.folder.path
    for network in PublishedNetwork.allCases {
      if store.state(of: network) == .absent {
        facts.missingNetworks.append(network.rawValue)
      } else {
        facts.networks.append(network.rawValue)
      }
    }
    let checks = Doctor.checks(facts)
    if global.json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      Terminal.result(try encoder.encode(checks))
    } else {
      for check in checks {
        let mark = check.found ? "ok     " : check.verdict == .missing ? "MISSING" : "–      "
        Terminal.write("\(mark)  \(check.name): \(check.detail)\n")
        if let remedy = check.remedy { Terminal.write("         \(remedy)\n") }
      }
    }
    if !Doctor.isHealthy(checks) { throw Exit.checkFailed }
  }
}
