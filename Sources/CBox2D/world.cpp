#include "cbox2d.h"

#include <box2d/box2d.h>

#include <cstdio>
#include <exception>
#include <memory>
#include <vector>

namespace {

b2Body *addDisc(b2World &world, const CBox2DBody &body, const CBox2DSettings &settings) {
  b2BodyDef definition;
  definition.type = b2_dynamicBody;
  definition.position.Set(body.x, body.y);
  definition.linearVelocity.Set(body.vx, body.vy);
  definition.allowSleep = false;
  b2CircleShape circle;
  circle.m_radius = body.radius;
  b2FixtureDef fixture;
  fixture.shape = &circle;
  fixture.density = settings.density;
  fixture.restitution = settings.restitution;
  fixture.friction = settings.friction;
  b2Body *result = world.CreateBody(&definition);
  result->CreateFixture(&fixture);
  return result;
}

} // namespace

int cbox2d_simulate(const CBox2DBody *bodies, int count, const CBox2DSettings *settings,
                    int frames, float *positions, char *message, int messageSize) {
  try {
    // Box2D 2.4 adds gravity as h * (1/m) * (m * g), which rounds differently from the official
    // 2.3's h * g. The world therefore has none; the same product is added here before each step.
    auto world = std::make_unique<b2World>(b2Vec2(0.0f, 0.0f));
    world->SetAllowSleeping(false);
    std::vector<b2Body *> discs;
    for (int i = 0; i < count; ++i) discs.push_back(addDisc(*world, bodies[i], *settings));
    const b2Vec2 impulse =
        settings->timeStep * b2Vec2(settings->gravityX, settings->gravityY);
    const bool falls = settings->gravityX != 0.0f || settings->gravityY != 0.0f;

    for (int frame = 0; frame < frames; ++frame) {
      for (int step = frame == 0 ? 1 : settings->stepsPerFrame; step > 0; --step) {
        if (falls) {
          for (b2Body *disc : discs) disc->SetLinearVelocity(disc->GetLinearVelocity() + impulse);
        }
        world->Step(settings->timeStep, settings->velocityIterations,
                    settings->positionIterations);
      }
      for (b2Body *disc : discs) {
        *positions++ = disc->GetPosition().x;
        *positions++ = disc->GetPosition().y;
      }
    }
    return 0;
  } catch (const std::exception &error) {
    std::snprintf(message, static_cast<size_t>(messageSize), "%s", error.what());
    return 1;
  }
}
