#pragma once

#ifdef __cplusplus
extern "C" {
#endif

/// A body before the first step. It collides as a disc; single precision, as the engine computes.
typedef struct {
  float x, y, vx, vy, radius;
} CBox2DBody;

/// Material of every body and the settings of the solver.
typedef struct {
  float gravityX, gravityY;
  float density, restitution, friction;
  float timeStep;
  int velocityIterations, positionIterations;
  int stepsPerFrame;
} CBox2DSettings;

/// Simulates `frames` frames; frame k is the state after `k * stepsPerFrame + 1` steps.
///
/// `positions` receives frames x count x 2 numbers. Returns 0, or 1 with a text in `message`
/// (`messageSize` bytes, always terminated). The caller checks that the values are finite and the
/// radii positive: the engine itself only asserts.
int cbox2d_simulate(const CBox2DBody *bodies, int count, const CBox2DSettings *settings,
                    int frames, float *positions, char *message, int messageSize);

#ifdef __cplusplus
}
#endif
