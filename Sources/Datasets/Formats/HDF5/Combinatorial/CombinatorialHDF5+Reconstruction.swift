import Combinatorial
import Foundation
import Worlds

// Released files hold features only: sizes follow from diameters, the rest from the object types.
extension CombinatorialHDF5 {
  /// The labels of a video from its features.
  ///
  /// - Parameter features: frames × bodies × 14.
  /// - Throws: ``DatasetError`` naming the body whose features say nothing.
  static func reconstruct(
    _ index: Int, _ task: Task, _ features: [Double], _ action: [Double], _ place: DatasetPlace
  ) throws(DatasetError) -> SceneLabel {
    let width = BodyFeatures.count
    func row(_ frame: Int, _ body: Int) -> ArraySlice<Double> {
      let start = (frame * task.bodies + body) * width
      return features[start..<(start + width)]
    }
    var bodies: [CombinatorialBody] = []
    for number in 0..<task.bodies {
      guard let body = CombinatorialBody(features: row(0, number)) else {
        throw place.error(
          "the features of body \(number) in frame 0 are of no object type: "
            + "\(row(0, number).map { ($0 * 1000).rounded() / 1000 })")
      }
      bodies.append(body)
    }
    if let last = bodies.indices.last, action.count == 3 {
      // The action is exact where the features are rounded.
      bodies[last].shapes = [.circle(radius: (2 + 62 * action[2]).rounded(.toNearestOrEven))]
    }
    var scene = CombinatorialScene(bodies: bodies)
    if let key = task.key ?? fileKey(place.file) {
      let parts = key.split(separator: ":")
      scene.template = parts.first.flatMap { try? CombinatorialTemplate(String($0)) }
      scene.task = parts.last.flatMap { Int($0) } ?? 0
    }
    scene.trial = index - task.first
    var poses: [Pose] = []
    for frame in 0..<task.frames {
      for number in scene.dynamicIndices {
        poses.append(bodies[number].pose(features: row(frame, number)))
      }
    }
    let steps = (0..<task.frames).map { 1 + $0 * CombinatorialSimulator.stepsPerFrame }
    do { try scene.validate() } catch { throw place.error("\(error)") }
    let label = CombinatorialLabel(
      scene: scene,
      trajectory: CombinatorialTrajectory(
        frameSteps: steps, bodyCount: scene.dynamicIndices.count, poses: poses))
    var result = SceneLabel(
      try LabelledVideo(
        index: index, label, video: .init(frames: 0, height: 0, width: 0, bytes: [])))
    result.isReconstructed = true
    return result
  }

  private static func fileKey(_ file: String) -> String? {
    let name = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
    return name.contains(":") ? name : nil
  }
}

extension CombinatorialBody {
  /// The body that has these 14 features; nil where there is none.
  fileprivate init?(features: ArraySlice<Double>) {
    let values = Array(features)
    guard values.allSatisfy(\.isFinite), let form = values[4..<8].firstIndex(where: { $0 > 0.5 }),
      let color = [(8, TestbedColor.red), (12, .gray), (13, .black)].first(where: {
        values[$0.0] > 0.5
      })?.1
    else { return nil }
    let isFixed = color == .black
    let type: ObjectType
    switch (form - 4, color) {
    case (0, .red): type = .redBall
    case (0, _): type = isFixed ? .staticBall : .dynamicBall1
    case (1, _): type = isFixed ? .staticBar : .dynamicBar
    case (2, _): type = .jar
    default: type = .standingSticks
    }
    let diameter = values[3] * CombinatorialScene.extent
    guard let shapes = type.outlines(diameter: diameter) else { return nil }
    self.init(
      objectType: type, mobility: isFixed ? .fixed : .free, color: color, position: .zero,
      shapes: shapes, diameter: diameter)
    let pose = pose(features: features)
    position = Vector2(x: Double(pose.x), y: Double(pose.y))
    angle = Double(pose.angle)
  }

  /// The pose that features tell: of jars they say the centre of mass.
  fileprivate func pose(features: ArraySlice<Double>) -> Pose {
    let values = Array(features.prefix(3))
    let angle = values[2] * 2 * .pi
    let center = objectType.form == .jar ? centerOfArea : .zero
    let extent = CombinatorialScene.extent
    return Pose(
      x: Float(values[0] * extent - center.x * cos(angle) + center.y * sin(angle)),
      y: Float(values[1] * extent - center.x * sin(angle) - center.y * cos(angle)),
      angle: Float(angle))
  }
}
