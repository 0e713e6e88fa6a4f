#include "testbed.h"

#include "contact_order.h"

#include <box2d/box2d.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <memory>
#include <vector>

struct CBox2DTestbed {
  explicit CBox2DTestbed(const CBox2DTestbedSettings &settings)
      : settings(settings), world(b2Vec2(settings.gravityX, settings.gravityY)) {}

  void step() {
    world.Step(settings.timeStep, settings.velocityIterations, settings.positionIterations);
  }

  CBox2DTestbedSettings settings;
  ContactOrder order;
  b2World world;
  std::vector<b2Body *> all, moving;
};

namespace {

void add(CBox2DTestbed &testbed, const CBox2DRigidBody &body, const CBox2DPart *parts,
         const float *vertices) {
  const CBox2DTestbedSettings &settings = testbed.settings;
  b2BodyDef definition;
  definition.type = body.isFixed ? b2_staticBody : b2_dynamicBody;
  definition.position.Set(body.x, body.y);
  definition.angle = body.angle;
  definition.angularDamping = settings.angularDamping;
  b2Body *result = testbed.world.CreateBody(&definition);
  b2FixtureDef fixture;
  fixture.density = body.isFixed ? 0.0f : settings.density;
  fixture.friction = settings.friction;
  fixture.restitution = settings.restitution;
  fixture.restitutionThreshold = settings.restitutionThreshold;
  for (int i = body.firstPart; i < body.firstPart + body.partCount; ++i) {
    if (parts[i].vertexCount == 0) {
      b2CircleShape disc;
      disc.m_radius = parts[i].radius;
      fixture.shape = &disc;
      result->CreateFixture(&fixture);
    } else {
      b2Vec2 corners[b2_maxPolygonVertices];
      const float *vertex = vertices + 2 * parts[i].firstVertex;
      const int count = std::min(parts[i].vertexCount, b2_maxPolygonVertices);
      for (int j = 0; j < count; ++j) corners[j].Set(vertex[2 * j], vertex[2 * j + 1]);
      b2PolygonShape polygon;
      polygon.Set(corners, count);
      fixture.shape = &polygon;
      result->CreateFixture(&fixture);
    }
  }
  testbed.all.push_back(result);
  if (!body.isFixed) testbed.moving.push_back(result);
}

} // namespace

CBox2DTestbed *cbox2d_testbed_create(const CBox2DRigidBody *bodies, int count,
                                     const CBox2DPart *parts, const float *vertices,
                                     const CBox2DTestbedSettings *settings, char *message,
                                     int messageSize) {
  try {
    auto testbed = std::make_unique<CBox2DTestbed>(*settings);
    for (int i = 0; i < count; ++i) add(*testbed, bodies[i], parts, vertices);
    testbed->order.apply(testbed->world);
    return testbed.release();
  } catch (const std::exception &error) {
    std::snprintf(message, static_cast<size_t>(messageSize), "%s", error.what());
    return nullptr;
  }
}

void cbox2d_testbed_destroy(CBox2DTestbed *testbed) { delete testbed; }

int cbox2d_testbed_run(CBox2DTestbed *testbed, int frames, CBox2DPose *poses, float *fastest) {
  int steps = 0;
  float square = 0.0f;
  bool sleeps = false;
  for (int frame = 0; frame < frames; ++frame) {
    const int ahead = frame == 0 ? 1 : testbed->settings.stepsPerFrame;
    for (int i = 0; i < ahead && !sleeps; ++i) {
      testbed->step();
      ++steps;
      // Nothing wakes a body but another one that moves.
      sleeps = std::none_of(testbed->moving.begin(), testbed->moving.end(),
                            [](const b2Body *body) { return body->IsAwake(); });
    }
    for (const b2Body *body : testbed->moving) {
      const b2Vec2 position = body->GetPosition();
      *poses++ = {position.x, position.y, body->GetAngle()};
      square = std::max(square, body->GetLinearVelocity().LengthSquared());
    }
  }
  if (fastest) *fastest = b2Sqrt(square);
  return steps;
}

void cbox2d_testbed_step(CBox2DTestbed *testbed, int steps) {
  for (int i = 0; i < steps; ++i) testbed->step();
}

void cbox2d_testbed_set_motions(CBox2DTestbed *testbed, const CBox2DMotion *motions) {
  for (b2Body *body : testbed->moving) {
    body->SetLinearVelocity(b2Vec2(motions->vx, motions->vy));
    body->SetAngularVelocity(motions->spin);
    ++motions;
  }
}

void cbox2d_testbed_state(const CBox2DTestbed *testbed, CBox2DPose *poses, CBox2DMotion *motions) {
  for (const b2Body *body : testbed->moving) {
    const b2Vec2 position = body->GetPosition();
    const b2Vec2 velocity = body->GetLinearVelocity();
    *poses++ = {position.x, position.y, body->GetAngle()};
    *motions++ = {velocity.x, velocity.y, body->GetAngularVelocity()};
  }
}

void cbox2d_testbed_masses(CBox2DTestbed *testbed, CBox2DMass *masses) {
  for (const b2Body *body : testbed->all) {
    b2MassData data;
    body->GetMassData(&data);
    *masses++ = {data.mass, data.center.x, data.center.y, data.I};
  }
}
