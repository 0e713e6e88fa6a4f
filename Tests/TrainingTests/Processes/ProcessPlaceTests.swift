import Tensors
import Testing
import Training

@Suite struct ProcessPlaceTests {
  private static let torchrun = [
    "RANK": "5", "WORLD_SIZE": "8", "LOCAL_RANK": "1", "LOCAL_WORLD_SIZE": "4",
    "MASTER_ADDR": "node7", "MASTER_PORT": "29501", "TORCHELASTIC_USE_AGENT_STORE": "True",
    "TORCHELASTIC_RESTART_COUNT": "2",
  ]
  private static let slurm = [
    "SLURM_PROCID": "3", "SLURM_NTASKS": "6", "SLURM_LOCALID": "1", "SLURM_JOB_ID": "90021",
    "SLURM_STEP_ID": "0", "SLURM_STEP_NODELIST": "gpu[04-05,9],login1",
    "SLURM_STEP_TASKS_PER_NODE": "2(x3)",
  ]

  @Test func nobodyAskedForProcesses() throws {
    #expect(try ProcessPlace(environment: [:]) == nil)
    #expect(try ProcessPlace(environment: ["RANK": "0", "LOCAL_RANK": "0"]) == nil)
    // The batch script itself, where nothing runs in parallel.
    #expect(
      try ProcessPlace(environment: ["SLURM_PROCID": "0", "SLURM_NTASKS": "4"]) == nil)
  }

  @Test func torchrunSaysWhoIsWho() throws {
    let place = try #require(try ProcessPlace(environment: Self.torchrun))
    #expect((place.rank, place.size) == (5, 8))
    #expect((place.localRank, place.localSize) == (1, 4))
    #expect((place.host, place.port) == ("node7", 29501))
    #expect(place.isStoreKept)
    var earlier = Self.torchrun
    earlier["TORCHELASTIC_RESTART_COUNT"] = "1"
    #expect(try ProcessPlace(environment: earlier)?.prefix != place.prefix)
  }

  @Test func theFourVariablesOfAnyLauncherAreEnough() throws {
    let four = ["RANK": "1", "WORLD_SIZE": "2", "MASTER_ADDR": "10.0.0.1", "MASTER_PORT": "400"]
    let place = try #require(try ProcessPlace(environment: four))
    #expect((place.rank, place.size, place.localRank, place.localSize) == (1, 2, 1, 1))
    #expect(!place.isStoreKept)
  }

  @Test func slurmSaysWhoIsWho() throws {
    let place = try #require(try ProcessPlace(environment: Self.slurm))
    #expect((place.rank, place.size) == (3, 6))
    #expect((place.localRank, place.localSize) == (1, 2))
    #expect(place.host == "gpu04")
    #expect((15_000..<35_000).contains(place.port))
    var next = Self.slurm
    next["SLURM_JOB_ID"] = "90022"
    #expect(try ProcessPlace(environment: next)?.port == place.port + 1)
    var named = Self.slurm
    (named["MASTER_ADDR"], named["MASTER_PORT"]) = ("head", "7000")
    let there = try #require(try ProcessPlace(environment: named))
    #expect((there.host, there.port) == ("head", 7000))
  }

  @Test(arguments: [
    ("a", "a"), ("n1,n2", "n1"), ("n[3-9]", "n3"), ("n[03,5]", "n03"), ("r[1-2]c0,x", "r1c0"),
    ("x,n[1-2]", "x"),
  ])
  func theFirstNodeIsTheMeetingPlace(_ list: String, _ host: String) throws {
    var environment = Self.slurm
    environment["SLURM_STEP_NODELIST"] = list
    #expect(try ProcessPlace(environment: environment)?.host == host)
  }

  @Test(arguments: [
    ("RANK", nil), ("RANK", "8"), ("RANK", "first"), ("WORLD_SIZE", "0"), ("MASTER_ADDR", nil),
    ("MASTER_PORT", "70000"), ("MASTER_PORT", nil), ("LOCAL_RANK", "-1"),
  ])
  func contradictionsAreNamed(_ name: String, _ value: String?) {
    var environment = Self.torchrun
    environment[name] = value
    #expect {
      try ProcessPlace(environment: environment)
    } throws: {
      guard case ProcessError.variable(name, value, _) = $0 else { return false }
      return "\($0)".contains(name)
    }
  }

  @Test func eachProcessOfAMachineHasItsOwnGPU() {
    var place = ProcessPlace(rank: 6, size: 8, port: 1)
    place.localRank = 2
    #expect(place.device(.cuda(0), gpus: 4) == .cuda(2))
    #expect(place.device(.auto, gpus: 4) == .cuda(2))
    #expect(place.device(.auto, gpus: 0) == .cpu)
    #expect(place.device(.cpu, gpus: 4) == .cpu)
    #expect(place.device(.cuda(3), gpus: 4) == .cuda(3))
    #expect(place.device(.cuda(0), gpus: 1) == .cuda(0))
  }
}
