#include "cbox2d.h"

#include <box2d/box2d.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <memory>
#include <vector>

namespace {

b2FixtureDef material(const CBox2DBody &body, const CBox2DSettings &settings) {
  b2FixtureDef fixture;
  fixture.density = settings.density;
  fixture.restitution = body.restitution;
  fixture.restitutionThreshold = settings.restitutionThreshold;
  fixture.friction = settings.friction;
  return fixture;
}

b2Body *add(b2World &world, const CBox2DBody &body, int index, const CBox2DSettings &settings) {
  b2BodyDef definition;
  definition.type = body.isFixed ? b2_staticBody : b2_dynamicBody;
  definition.position.Set(body.x, body.y);
  definition.linearVelocity.Set(body.vx, body.vy);
  definition.allowSleep = settings.allowsSleep != 0;
  definition.userData.pointer = static_cast<uintptr_t>(index);
  b2Body *result = world.CreateBody(&definition);
  b2FixtureDef fixture = material(body, settings);
  if (body.halfHeight > 0.0f) {
    // Box2D wraps polygons in a skin and stops other bodies at its outside. The polygon shrinks by
    // the skin, so that bodies stop where the rectangle is drawn.
    b2PolygonShape rectangle;
    rectangle.SetAsBox(std::max(body.radius - b2_polygonRadius, b2_linearSlop),
                       std::max(body.halfHeight - b2_polygonRadius, b2_linearSlop));
    fixture.shape = &rectangle;
    result->CreateFixture(&fixture);
  } else {
    b2CircleShape disc;
    disc.m_radius = body.radius;
    fixture.shape = &disc;
    result->CreateFixture(&fixture);
  }
  return result;
}

/// Notes which bodies begin to touch, and in which step.
class ContactLog : public b2ContactListener {
public:
  ContactLog(CBox2DContact *contacts, int capacity) : contacts(contacts), capacity(capacity) {}

  void BeginContact(b2Contact *contact) override {
    const int a = indexOf(contact->GetFixtureA()), b = indexOf(contact->GetFixtureB());
    if (count < capacity) contacts[count] = {step, std::min(a, b), std::max(a, b)};
    ++count;
  }

  int step = 0;
  int count = 0;

private:
  static int indexOf(b2Fixture *fixture) {
    return static_cast<int>(fixture->GetBody()->GetUserData().pointer);
  }

  CBox2DContact *contacts;
  int capacity;
};

} // namespace

int cbox2d_simulate(const CBox2DBody *bodies, int count, const CBox2DSettings *settings,
                    int frames, CBox2DState *states, CBox2DContact *contacts, int contactCapacity,
                    int *contactCount, char *message, int messageSize) {
  try {
    // Box2D 2.4 adds gravity as h * (1/m) * (m * g), which rounds differently from the official
    // 2.3's h * g. The world therefore has none; the same product is added here before each step.
    auto world = std::make_unique<b2World>(b2Vec2(0.0f, 0.0f));
    world->SetAllowSleeping(settings->allowsSleep != 0);
    ContactLog log(contacts, contactCapacity);
    world->SetContactListener(&log);
    // Impacts between free bodies are never looked for within a step; only fixed ones need that pass.
    world->SetContinuousPhysics(
        std::any_of(bodies, bodies + count, [](const CBox2DBody &body) { return body.isFixed; }));
    std::vector<b2Body *> all, falling;
    for (int i = 0; i < count; ++i) {
      all.push_back(add(*world, bodies[i], i, *settings));
      if (!bodies[i].isFixed) falling.push_back(all.back());
    }
    const b2Vec2 impulse =
        settings->timeStep * b2Vec2(settings->gravityX, settings->gravityY);
    if (settings->gravityX == 0.0f && settings->gravityY == 0.0f) falling.clear();

    for (int frame = 0; frame < frames; ++frame) {
      for (int step = frame == 0 ? 1 : settings->stepsPerFrame; step > 0; --step) {
        for (b2Body *body : falling) body->SetLinearVelocity(body->GetLinearVelocity() + impulse);
        world->Step(settings->timeStep, settings->velocityIterations,
                    settings->positionIterations);
        ++log.step;
      }
      for (b2Body *body : all) {
        const b2Vec2 position = body->GetPosition(), velocity = body->GetLinearVelocity();
        *states++ = {position.x, position.y, velocity.x, velocity.y};
      }
    }
    *contactCount = log.count;
    return 0;
  } catch (const std::exception &error) {
    std::snprintf(message, static_cast<size_t>(messageSize), "%s", error.what());
    return 1;
  }
}
