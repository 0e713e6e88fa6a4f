import Foundation
import Tensors
import Videos

/// The folder in which published networks are kept, each in a folder of its own name.
///
/// What is used is compared with the published digests every time it is loaded; a missing network is an
/// error and never replaced by another.
public struct NetworkStore: Hashable, Sendable {
  /// How a network stands.
  public enum State: Hashable, Sendable {
    /// There, with the published number of files.
    case present(bytes: Int)
    /// Not there.
    case absent
  }

  /// The folder.
  public let folder: URL

  /// A store in a folder, which need not exist.
  public init(folder: URL) { self.folder = folder }

  /// The user's store: `PHYWORLD_NETWORKS`, else `phyworld/networks` in the user's cache folder
  /// (`XDG_CACHE_HOME`, else `~/.cache`).
  public static func standard(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> NetworkStore {
    if let own = environment["PHYWORLD_NETWORKS"], !own.isEmpty {
      return NetworkStore(folder: URL(fileURLWithPath: own))
    }
    let cache: URL
    if let named = environment["XDG_CACHE_HOME"], named.hasPrefix("/") {
      cache = URL(fileURLWithPath: named)
    } else {
      let home = environment["HOME"].map { URL(fileURLWithPath: $0) }
      cache = (home ?? FileManager.default.homeDirectoryForCurrentUser)
        .appendingPathComponent(".cache")
    }
    return NetworkStore(folder: cache.appendingPathComponent("phyworld/networks"))
  }

  /// Where a network's files lie or would lie.
  public func folder(of network: PublishedNetwork) -> URL {
    folder.appendingPathComponent(network.rawValue)
  }

  /// Whether a network is there. Only names are looked at: ``check(_:)`` looks at the bytes.
  public func state(of network: PublishedNetwork) -> State {
    var total = 0
    for file in network.files {
      let path = folder(of: network).appendingPathComponent(file.name).path
      guard let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int else {
        return .absent
      }
      total += size
    }
    return .present(bytes: total)
  }

  /// A file of a network, compared with the published digest.
  ///
  /// - Throws: ``NetworkError`` where it is missing or another.
  public func file(
    _ name: String = NetworkFile.weights, of network: PublishedNetwork
  ) throws(NetworkError) -> URL {
    guard case .present = state(of: network) else {
      throw .notFetched(network, folder: folder.path)
    }
    let url = folder(of: network).appendingPathComponent(name)
    guard let expected = network.files.first(where: { $0.name == name })?.sha256 else {
      throw .unreadable(file: url.path, cause: "\(network.rawValue) has no file '\(name)'")
    }
    let found: String
    do { found = try SHA256.digest(ofFile: url).sha256 } catch {
      throw .unreadable(file: url.path, cause: "\(error)")
    }
    guard found == expected else {
      throw .altered(file: url.path, expected: expected, found: found)
    }
    return url
  }

  /// Compares all files of a network with the published digests.
  ///
  /// - Throws: ``NetworkError``
  public func check(_ network: PublishedNetwork) throws(NetworkError) {
    for file in network.files { _ = try self.file(file.name, of: network) }
  }

  /// The weights of a network by their published names, in their published layout.
  ///
  /// - Throws: ``NetworkError``
  public func weights(of network: PublishedNetwork) throws(NetworkError) -> [String: Tensor] {
    let url = try file(of: network)
    do { return try Safetensors.read(url).tensors } catch {
      throw .unreadable(file: url.path, cause: "\(error)")
    }
  }
}
