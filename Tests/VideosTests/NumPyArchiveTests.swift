import Foundation
import TestSupport
import Testing
import Videos

struct NumPyArchiveTests {
  @Test(.enabled(if: GoldenFolder.isPresent, "\(GoldenFolder.absent)"))
  func readsTheReferenceFrames() throws {
    let archive = try NumPyArchive(
      contentsOf: GoldenFolder.url.appendingPathComponent("frames.npz"))
    #expect(archive.names.count == 25)
    for name in archive.names {
      let video = try archive.video(named: name)
      #expect(video.width == 256 && video.height == 256 && video.frames > 0)
    }
    #expect(throws: ArchiveError.noArray(file: archive.file, name: "nobody")) {
      try archive.array(named: "nobody")
    }
  }

  @Test(.enabled(if: GoldenFolder.isPresent, "\(GoldenFolder.absent)"))
  func damagedArchivesAreRefused() throws {
    let whole = try Data(contentsOf: GoldenFolder.url.appendingPathComponent("frames.npz"))
    try withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("cut.npz")
      for cut in [0, 10, 21, 22, whole.count / 2, whole.count - 1] {
        try whole.prefix(cut).write(to: url)
        #expect(throws: ArchiveError.self, "\(cut) bytes") { try NumPyArchive(contentsOf: url) }
      }
      var flipped = whole
      flipped[1000] ^= 0xFF
      try flipped.write(to: url)
      let archive = try NumPyArchive(contentsOf: url)
      #expect(throws: ArchiveError.self) {
        for name in archive.names { _ = try archive.array(named: name) }
      }
    }
  }

  @Test func missingFileIsNamed() {
    let url = URL(fileURLWithPath: "missing.npz")
    #expect(throws: ArchiveError.missing(file: url.path)) { try NumPyArchive(contentsOf: url) }
  }

  static func npy(_ header: String, _ bytes: [UInt8]) -> [UInt8] {
    [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8) + bytes
  }

  @Test func readsAnArray() throws {
    let header = "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3), }\n"
    let array = try NumPyArray(npy: Self.npy(header, [1, 2, 3, 4, 5, 6]), file: "a.npy")
    #expect(array.shape == [2, 3] && array.bytes == [1, 2, 3, 4, 5, 6])
    let single = "{'descr': '|u1', 'fortran_order': False, 'shape': (1,), }\n"
    #expect(try NumPyArray(npy: Self.npy(single, [9]), file: "a.npy").shape == [1])
    let scalar = "{'descr': '|u1', 'fortran_order': False, 'shape': (), }\n"
    #expect(try NumPyArray(npy: Self.npy(scalar, [9]), file: "a.npy").shape == [])
  }

  @Test(arguments: [
    "{'descr': '<f4', 'fortran_order': False, 'shape': (6,), }",
    "{'descr': '|u1', 'fortran_order': True, 'shape': (6,), }",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (7,), }",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (-6,), }",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (9999999999999999999,), }",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (4294967296, 4294967296, 4294967296), }",
    "{'descr': '|u1'}", "",
  ])
  func otherArraysAreRefused(header: String) {
    #expect(throws: ArchiveError.self) {
      try NumPyArray(npy: Self.npy(header, [1, 2, 3, 4, 5, 6]), file: "a.npy")
    }
  }
}
