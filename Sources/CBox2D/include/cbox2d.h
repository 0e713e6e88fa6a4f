#pragma once

#ifdef __cplusplus
extern "C" {
#endif

/// A body before the first step; single precision, as the engine computes.
///
/// It collides as a disc of `radius`, or, where `halfHeight` is above 0, as the axis-parallel
/// rectangle of half-width `radius` and half-height `halfHeight`.
typedef struct {
  float x, y, vx, vy, radius, halfHeight, restitution;
  int isFixed;
} CBox2DBody;

/// Position and velocity of a body in a frame.
typedef struct {
  float x, y, vx, vy;
} CBox2DState;

/// Two bodies that begin to touch in a step (counted from 0).
typedef struct {
  int step, first, second;
} CBox2DContact;

/// What all bodies share, and the settings of the solver.
typedef struct {
  float gravityX, gravityY;
  float density, friction, restitutionThreshold;
  float timeStep;
  int velocityIterations, positionIterations;
  int stepsPerFrame;
  int allowsSleep;
} CBox2DSettings;

/// Simulates `frames` frames; frame k is the state after `k * stepsPerFrame + 1` steps.
///
/// `states` receives frames x count states. `contacts` receives the first `contactCapacity` contacts
/// and `contactCount` how many there were. Returns 0, or 1 with a text in `message` (`messageSize`
/// bytes, always terminated). The caller checks that the values are finite and the sizes positive:
/// the engine itself only asserts.
int cbox2d_simulate(const CBox2DBody *bodies, int count, const CBox2DSettings *settings,
                    int frames, CBox2DState *states, CBox2DContact *contacts, int contactCapacity,
                    int *contactCount, char *message, int messageSize);

#ifdef __cplusplus
}
#endif
