#pragma once

#ifdef __cplusplus
extern "C" {
#endif

/// A convex part of a body, metres, relative to the body's origin.
///
/// A disc of `radius` around the origin where `vertexCount` is 0, else the polygon of that many
/// vertices (x, y, x, y, …) from `firstVertex` on; at most 8.
typedef struct {
  int firstVertex, vertexCount;
  float radius;
} CBox2DPart;

/// A body before the first step: metres, radians. Its parts lie one after the other.
typedef struct {
  float x, y, angle;
  int isFixed;
  int firstPart, partCount;
} CBox2DRigidBody;

/// What all bodies share, and the settings of the solver.
typedef struct {
  float gravityX, gravityY;
  float density, friction, restitution, restitutionThreshold, angularDamping;
  float timeStep;
  int velocityIterations, positionIterations;
  int stepsPerFrame;
} CBox2DTestbedSettings;

/// Origin and turn of a body in a frame: metres, radians.
typedef struct {
  float x, y, angle;
} CBox2DPose;

/// What the engine made of a body's parts: kilograms, metres from the origin, kg m² about the origin.
typedef struct {
  float mass, centerX, centerY, inertia;
} CBox2DMass;

/// A world of bodies, created in order. NULL with a text in `message` (`messageSize` bytes, always
/// terminated) when the engine refuses. The caller checks all values: the engine only asserts.
typedef struct CBox2DTestbed CBox2DTestbed;
CBox2DTestbed *cbox2d_testbed_create(const CBox2DRigidBody *bodies, int count,
                                     const CBox2DPart *parts, const float *vertices,
                                     const CBox2DTestbedSettings *settings, char *message,
                                     int messageSize);

/// Releases a world.
void cbox2d_testbed_destroy(CBox2DTestbed *testbed);

/// Runs `frames` frames; frame k is the state after `k * stepsPerFrame + 1` steps. `poses` receives
/// frames x bodies that move. When `fastest` is not NULL it receives the greatest speed of any body
/// in any frame, metres per second. Returns the number of steps that were computed: once every body
/// sleeps a step changes nothing, and the rest is left out.
int cbox2d_testbed_run(CBox2DTestbed *testbed, int frames, CBox2DPose *poses, float *fastest);

/// `steps` steps and nothing else: what a benchmark compares with.
void cbox2d_testbed_step(CBox2DTestbed *testbed, int steps);

/// Velocity of a centre of mass and turning speed: metres and radians per second.
typedef struct {
  float vx, vy, spin;
} CBox2DMotion;

/// Gives the moving bodies velocities, in order.
void cbox2d_testbed_set_motions(CBox2DTestbed *testbed, const CBox2DMotion *motions);

/// The poses and velocities of the moving bodies, in order.
void cbox2d_testbed_state(const CBox2DTestbed *testbed, CBox2DPose *poses, CBox2DMotion *motions);

/// The masses of all bodies, in order.
void cbox2d_testbed_masses(CBox2DTestbed *testbed, CBox2DMass *masses);

#ifdef __cplusplus
}
#endif
