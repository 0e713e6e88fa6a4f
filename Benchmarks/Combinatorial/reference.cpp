// Runs scenes in Box2D 2.3.2, the engine of PHYRE's fork, with the restitution threshold that the compiler is
// given (-Db2_velocityThreshold=0.1f; the fork has 0.1, the engine as released 1.0).
//   reference STEPS STRIDE < SCENES > POSES
// A scene is a line of numbers: how many bodies, then for each whether it moves, x, y, angle, how many shapes, and
// for each of these its number of corners with x and y of each, or 0 and a radius. A line of the answer has x, y
// and angle of every moving body after steps 1, 1 + STRIDE, ... Lengths are scene units, six to the metre.
#include <Box2D/Box2D.h>

#include <cstdio>
#include <cstdlib>
#include <vector>

static float metres(double units) { return float(units) / 6.0f; }

static void attach(b2Body* body, const b2Shape& shape, bool moves) {
  b2FixtureDef fixture;
  fixture.shape = &shape;
  fixture.density = moves ? 0.25f : 0.0f;
  fixture.friction = 0.5f;
  fixture.restitution = 0.2f;
  body->CreateFixture(&fixture);
}

static void addWall(b2World& world, double x, double y, double width, double height) {
  b2BodyDef definition;
  definition.position.Set(metres(x), metres(y));
  float right = metres(width / 2), top = metres(height / 2);
  b2Vec2 corners[] = {{right, top}, {-right, top}, {-right, -top}, {right, -top}};
  b2PolygonShape polygon;
  polygon.Set(corners, 4);
  attach(world.CreateBody(&definition), polygon, false);
}

static bool readShape(b2Body* body, bool moves) {
  int count;
  if (scanf("%d", &count) != 1 || count > b2_maxPolygonVertices) return false;
  if (count == 0) {
    double radius;
    if (scanf("%lf", &radius) != 1) return false;
    b2CircleShape circle;
    circle.m_radius = metres(radius);
    attach(body, circle, moves);
    return true;
  }
  b2Vec2 corners[b2_maxPolygonVertices];
  for (int i = 0; i < count; i++) {
    double x, y;
    if (scanf("%lf %lf", &x, &y) != 2) return false;
    corners[i].Set(metres(x), metres(y));
  }
  b2PolygonShape polygon;
  polygon.Set(corners, count);
  attach(body, polygon, moves);
  return true;
}

static bool readBody(b2World& world, std::vector<b2Body*>& moving) {
  int moves, shapes;
  double x, y, angle;
  if (scanf("%d %lf %lf %lf %d", &moves, &x, &y, &angle, &shapes) != 5) return false;
  b2BodyDef definition;
  definition.type = moves ? b2_dynamicBody : b2_staticBody;
  definition.position.Set(metres(x), metres(y));
  definition.angle = float(angle);
  definition.angularDamping = 0.01f;
  b2Body* body = world.CreateBody(&definition);
  for (int i = 0; i < shapes; i++) {
    if (!readShape(body, moves)) return false;
  }
  if (moves) moving.push_back(body);
  return true;
}

int main(int argc, char** argv) {
  if (argc != 3) return 64;
  int steps = atoi(argv[1]), stride = atoi(argv[2]), count;
  while (scanf("%d", &count) == 1) {
    b2World world(b2Vec2(0.0f, -9.8f));
    addWall(world, 256, -2.5, 512, 5);
    addWall(world, -2.5, 256, 5, 512);
    addWall(world, 256, 514.5, 512, 5);
    addWall(world, 514.5, 256, 5, 512);
    std::vector<b2Body*> moving;
    for (int i = 0; i < count; i++) {
      if (!readBody(world, moving)) return 65;
    }
    for (int step = 0; step < steps; step++) {
      world.Step(1.0f / 60.0f, 15, 20);
      if (step % stride != 0) continue;
      for (b2Body* body : moving) {
        b2Vec2 place = body->GetPosition();
        printf("%.9g %.9g %.9g ", 6.0f * place.x, 6.0f * place.y, body->GetAngle());
      }
    }
    printf("\n");
  }
}
