import Foundation
import Tensors
import Testing
import Training

@Suite struct ProcessesTests {
  @Test func agreeOnSumsAndAnswers() throws {
    let seen = try together(3) { processes in
      let rank = processes.place.rank
      let sums = try processes.sum([1, Double(rank)])
      let first = try processes.first { "said by \(rank)" }
      let second = try processes.first { rank + 40 }
      let tensor = Tensor([Float(rank), 7], [2], device: .cpu)
      try processes.broadcast([tensor], from: 2)
      processes.leave()
      return "\(sums) \(first) \(second) \(tensor.floats())"
    }
    #expect(seen == Array(repeating: "[3.0, 3.0] said by 0 40 [2.0, 7.0]", count: 3))
  }

  @Test func whatProcessZeroCannotDoTheOthersHear() throws {
    struct Broken: Error {}
    let seen = try together(2) { processes in
      do {
        _ = try processes.first { () throws -> Int in throw Broken() }
        return "nothing"
      } catch {
        return "\(error)"
      }
    }
    #expect(seen == ["Broken()", "\(ProcessError.firstFailed)"])
  }

  @Test func whoIsSilentIsNamed() throws {
    let seen = try together(3, answer: 1) { processes -> ProcessError? in
      if processes.place.rank == 1 { return nil }
      do {
        _ = try processes.sum([1])
        return nil
      } catch {
        return error as? ProcessError
      }
    }
    for rank in [0, 2] {
      let error = try #require(seen[rank])
      guard case .lost(let ranks, 3, _) = error else {
        Issue.record("\(error)")
        continue
      }
      #expect(ranks == [1])
      #expect("\(error)".contains("process 1 of 3 has ended"))
      #expect("\(error)".contains("--resume"))
      #expect(!error.isEverywhere)
    }
  }

  @Test func nobodyAtTheAddressIsSaid() throws {
    let store = try ProcessStore()
    var place = ProcessPlace(rank: 1, size: 2, port: store.port)
    place.isStoreKept = true
    #expect {
      try Processes(place, meeting: 0.5)
    } throws: {
      guard case ProcessError.notMet(1, 2, let address, _) = $0 else { return false }
      return address == "127.0.0.1:\(store.port)" && "\($0)".contains(address)
    }
  }

  @Test(arguments: [(64, 1, 2), (12, 3, 2), (5, 1, 5)])
  func equalSharesAreTaken(_ batch: Int, _ pieces: Int, _ processes: Int) {
    #expect(throws: Never.self) {
      try Processes.requireEqualShares(of: batch, pieces: pieces, processes: processes)
    }
  }

  @Test(arguments: [(64, 1, 3), (12, 4, 2), (2, 1, 4)])
  func unequalSharesAreRefused(_ batch: Int, _ pieces: Int, _ processes: Int) {
    let error = ProcessError.undivided(batch: batch, pieces: pieces, processes: processes)
    #expect(throws: error) {
      try Processes.requireEqualShares(of: batch, pieces: pieces, processes: processes)
    }
    #expect("\(error)".contains("\(batch)") && "\(error)".contains("\(processes * pieces)"))
    #expect(error.isEverywhere)
  }

  @Test(arguments: [
    (DeviceChoice.cuda(0), 4, 4), (.auto, 2, 8), (.auto, 3, 0), (.cpu, 9, 1), (.cuda(0), 2, 0),
  ])
  func aGPUForEachIsEnough(_ choice: DeviceChoice, _ processes: Int, _ gpus: Int) {
    #expect(throws: Never.self) {
      try Processes.requireDevices(choice, processes: processes, gpus: gpus)
    }
  }

  @Test(arguments: [(DeviceChoice.cuda(0), 2, 1), (.auto, 8, 4), (.cuda(1), 2, 4)])
  func processesThatWouldShareAGPUAreRefused(
    _ choice: DeviceChoice, _ processes: Int, _ gpus: Int
  ) {
    let error = #expect(throws: ProcessError.self) {
      try Processes.requireDevices(choice, processes: processes, gpus: gpus)
    }
    let room = choice == .cuda(1) ? 1 : gpus
    #expect(error == .crowded(processes: processes, gpus: room))
    #expect(error?.isEverywhere == true)
    #expect(error.map { "\($0)".contains(room == 1 ? "one GPU" : "--processes \(room)") } == true)
  }

  @Test(arguments: 1...7) func sharesCoverEachPlaceOnce(_ count: Int) {
    for total in [0, 1, 7, 64] {
      let places = (0..<count).flatMap { BatchShare(index: $0, count: count).range(of: total) }
      #expect(places == Array(0..<total))
    }
  }
}
