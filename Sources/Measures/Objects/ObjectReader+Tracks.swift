import Videos
import Worlds

extension ObjectReader {
  /// The objects of every frame as the bodies of a scene.
  ///
  /// In each frame objects and bodies are matched so that the sum of the costs of `BodyLikeness` is
  /// least: colour, shape, size, and the distance to where the body was last seen (carried on by its
  /// last velocity) or, if that is nearer, to where it truly is. Objects left over are surplus, bodies
  /// left over nil.
  ///
  /// - Throws: ``MeasureError`` when the truth does not fit the video or the scene.
  public func tracks(
    of video: Video, scene: Scene, truth: Trajectory
  ) throws(MeasureError) -> ObjectTracks {
    try tracks(of: video, scene: scene, truth: truth, areas: nil)
  }

  /// - Parameter areas: The video's painted areas below `GroundLevel.bright`, where they are known.
  func tracks(
    of video: Video, scene: Scene, truth: Trajectory, areas: [PixelArea?]?
  ) throws(MeasureError) -> ObjectTracks {
    guard truth.frameCount == video.frames else {
      throw .frameMismatch(video: video.frames, truth: truth.frameCount)
    }
    guard truth.bodyCount == scene.bodies.count else {
      throw .bodyMismatch(scene: scene.bodies.count, truth: truth.bodyCount)
    }
    var scan = InkScan(seed: seed, floor: floor)
    scan.areas = areas
    var followers = scene.bodies.map { _ in BodyFollower() }
    var tracks = ObjectTracks(
      bodies: scene.bodies.map { _ in
        var track: [SeenObject?] = []
        track.reserveCapacity(video.frames)
        return track
      }, surplus: [])
    tracks.surplus.reserveCapacity(video.frames)
    for frame in 0..<video.frames {
      let seen = objects(in: video, frame: frame, &scan)
      var costs: [Double] = []
      costs.reserveCapacity(seen.count * followers.count)
      for body in followers.indices {
        followers[body].expect(truth[frame: frame, body: body], scene.bodies[body])
        for object in seen { costs.append(followers[body].cost(of: object)) }
      }
      let columns = Assignment.solve(
        rows: followers.count, columns: seen.count, costs: costs, alone: BodyLikeness.limit)
      for (body, column) in columns.enumerated() {
        let object = column.map { seen[$0] }
        followers[body].saw(object)
        tracks.bodies[body].append(object)
      }
      tracks.surplus.append(
        seen.indices.filter { index in !columns.contains(index) }.map { seen[$0] })
    }
    return tracks
  }

  /// The objects of every frame followed from frame to frame, without knowing the scene.
  ///
  /// Every object that is like none of the frame before begins a body of its own, so that nothing is
  /// surplus until there are 64 bodies.
  public func tracks(of video: Video) -> ObjectTracks {
    var scan = InkScan(seed: seed, floor: floor)
    var followers: [BodyFollower] = []
    var tracks = ObjectTracks(bodies: [], surplus: [])
    for frame in 0..<video.frames {
      let seen = objects(in: video, frame: frame, &scan)
      let costs = followers.flatMap { follower in seen.map { follower.cost(of: $0) } }
      let columns = Assignment.solve(
        rows: followers.count, columns: seen.count, costs: costs, alone: BodyLikeness.limit)
      for (body, column) in columns.enumerated() {
        let object = column.map { seen[$0] }
        followers[body].saw(object)
        tracks.bodies[body].append(object)
      }
      var rest = seen.indices.filter { index in !columns.contains(index) }.map { seen[$0] }
      while followers.count < Scene.maximumBodies, !rest.isEmpty {
        let object = rest.removeFirst()
        followers.append(BodyFollower(object))
        tracks.bodies.append([SeenObject?](repeating: nil, count: frame) + [object])
      }
      tracks.surplus.append(rest)
    }
    return tracks
  }
}
