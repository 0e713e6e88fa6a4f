// Source of the kernels for x + gate * y, its normalisation and modulation, and their gradients.
#include "kernels.h"

namespace ct::kernels {
// Definitions: WIDTH, a multiple of 128; WARPS that share a row on the way back, a divisor of WIDTH / 128; HALF (1: y, h and their gradients are bfloat16, else float);
// CENTRED (LayerNorm, else RMS norm); RESIDUAL (1: z = x + gate * y comes first, else z = x).
// One warp takes one row; lane l holds columns 4 (32 i + l) … + 3, so that every access is 8 or 16 bytes wide.
const char *const norm_source = R"CUDA(
#if HALF
typedef unsigned short T;
__device__ inline void load(const T *p, float *v) {
  uint2 u = *reinterpret_cast<const uint2 *>(p);
  v[0] = __uint_as_float(u.x << 16); v[1] = __uint_as_float(u.x & 0xffff0000u);
  v[2] = __uint_as_float(u.y << 16); v[3] = __uint_as_float(u.y & 0xffff0000u);
}
__device__ inline unsigned packed(float low, float high) {
  unsigned d;
  asm("cvt.rn.bf16x2.f32 %0, %1, %2;" : "=r"(d) : "f"(high), "f"(low));
  return d;
}
__device__ inline void store(T *p, const float *v) {
  *reinterpret_cast<uint2 *>(p) = make_uint2(packed(v[0], v[1]), packed(v[2], v[3]));
}
#else
typedef float T;
#endif
__device__ inline void load(const float *p, float *v) {
  float4 u = *reinterpret_cast<const float4 *>(p);
  v[0] = u.x; v[1] = u.y; v[2] = u.z; v[3] = u.w;
}
__device__ inline void store(float *p, const float *v) {
  *reinterpret_cast<float4 *>(p) = make_float4(v[0], v[1], v[2], v[3]);
}
__device__ inline float total(float v) {
  for (int step = 16; step > 0; step /= 2) v += __shfl_xor_sync(0xffffffffu, v, step);
  return v;
}
constexpr int parts = WIDTH / 128;

extern "C" __global__ void __launch_bounds__(256) forward(
    const float *x, const float *gate, const T *y, const float *shift, const float *scale, float *z, T *h,
    float *means, float *inverses, long long rows, long long tokens, float eps) {
  const int lane = threadIdx.x & 31;
  const long long row = blockIdx.x * 8ll + threadIdx.x / 32;
  if (row >= rows) return;
  const long long batch = row / tokens, start = row * WIDTH, first = batch * WIDTH;
  float v[parts][4];
  float sum = 0;
#pragma unroll
  for (int i = 0; i < parts; ++i) {
    const int column = (i * 32 + lane) * 4;
    load(x + start + column, v[i]);
#if RESIDUAL
    float g[4], b[4];
    load(gate + first + column, g);
    load(y + start + column, b);
    for (int k = 0; k < 4; ++k) v[i][k] += g[k] * b[k];
    store(z + start + column, v[i]);
#endif
    for (int k = 0; k < 4; ++k) sum += v[i][k];
  }
  const float mean = CENTRED ? total(sum) / WIDTH : 0.0f;
  float squares = 0;
#pragma unroll
  for (int i = 0; i < parts; ++i)
    for (int k = 0; k < 4; ++k) { const float d = v[i][k] - mean; squares += d * d; }
  const float inverse = rsqrtf(total(squares) / WIDTH + eps);
  if (lane == 0) { means[row] = mean; inverses[row] = inverse; }
#pragma unroll
  for (int i = 0; i < parts; ++i) {
    const int column = (i * 32 + lane) * 4;
    float a[4], b[4];
    load(scale + first + column, a);
    load(shift + first + column, b);
    for (int k = 0; k < 4; ++k) a[k] = (v[i][k] - mean) * inverse * (1.0f + a[k]) + b[k];
    store(h + start + column, a);
  }
}

// One block takes `length` rows of one batch, blockIdx.y, and leaves the sums over its rows of the gradients of
// shift, scale, gate and branch in sums[batch][block][which][column]. WARPS warps share a row, so that a thread
// has few enough columns to keep its sums in registers.
constexpr int teams = 8 / WARPS, own = WIDTH / 128 / WARPS;

extern "C" __global__ void __launch_bounds__(teams * WARPS * 32) backward(
    const float *gz, const T *gh, const float *z, const float *gate, const T *y, const float *scale,
    const float *means, const float *inverses, float *dx, T *dy, float *sums, long long tokens, long long length) {
  constexpr int kinds = RESIDUAL ? 4 : 2;
  __shared__ float shared[kinds][WIDTH];
  __shared__ float2 halves[2][teams][WARPS];
  const int lane = threadIdx.x & 31, warp = threadIdx.x / 32, team = warp / WARPS, member = warp % WARPS;
  const long long batch = blockIdx.y, first = batch * WIDTH;
  const long long from = blockIdx.x * length;
  const long long to = from + length < tokens ? from + length : tokens;
  float into[kinds][own][4] = {};
  int turn = 0;
  for (long long token = from + team; token < to; token += teams, turn ^= 1) {
    const long long row = batch * tokens + token, start = row * WIDTH;
    const float mean = means[row], inverse = inverses[row];
    float u[own][4], n[own][4];
    float along_one = 0, along_n = 0;
#pragma unroll
    for (int i = 0; i < own; ++i) {
      const int column = ((i * WARPS + member) * 32 + lane) * 4;
      load(gh + start + column, u[i]);
      load(z + start + column, n[i]);
    }
#pragma unroll
    for (int i = 0; i < own; ++i) {
      const int column = ((i * WARPS + member) * 32 + lane) * 4;
      float s[4];
      load(scale + first + column, s);
      for (int k = 0; k < 4; ++k) {
        n[i][k] = (n[i][k] - mean) * inverse;
        into[0][i][k] += u[i][k];
        into[1][i][k] += u[i][k] * n[i][k];
        u[i][k] *= 1.0f + s[k];
        if (CENTRED) along_one += u[i][k];
        along_n += u[i][k] * n[i][k];
      }
    }
    if (CENTRED) along_one = total(along_one);
    along_n = total(along_n);
#if WARPS > 1
    if (lane == 0) halves[turn][team][member] = make_float2(along_one, along_n);
    asm volatile("bar.sync %0, %1;" ::"r"(team + 1), "r"(WARPS * 32) : "memory");
    along_one = along_n = 0;
    for (int i = 0; i < WARPS; ++i) { along_one += halves[turn][team][i].x; along_n += halves[turn][team][i].y; }
#endif
    const float a = along_one / WIDTH, b = along_n / WIDTH;
#pragma unroll
    for (int i = 0; i < own; ++i) {
      const int column = ((i * WARPS + member) * 32 + lane) * 4;
      float d[4] = {0, 0, 0, 0};
      if (gz) load(gz + start + column, d);
      for (int k = 0; k < 4; ++k) d[k] += inverse * (u[i][k] - a - n[i][k] * b);
      store(dx + start + column, d);
#if RESIDUAL
      float g[4], branch[4];
      load(gate + first + column, g);
      load(y + start + column, branch);
      for (int k = 0; k < 4; ++k) {
        into[2][i][k] += d[k] * branch[k];
        g[k] *= d[k];
        into[3][i][k] += g[k];
      }
      store(dy + start + column, g);
#endif
    }
  }
  for (int round = 0; round < teams; ++round) {
    if (round == team) {
#pragma unroll
      for (int which = 0; which < kinds; ++which) {
#pragma unroll
        for (int i = 0; i < own; ++i) {
          for (int k = 0; k < 4; ++k) {
            float *place = &shared[which][((i * WARPS + member) * 32 + lane) * 4 + k];
            *place = round == 0 ? into[which][i][k] : *place + into[which][i][k];
          }
        }
      }
    }
    __syncthreads();
  }
  float *out = sums + (batch * gridDim.x + blockIdx.x) * kinds * WIDTH;
  for (int i = threadIdx.x; i < kinds * WIDTH; i += teams * WARPS * 32) out[i] = shared[i / WIDTH][i % WIDTH];
}
)CUDA";
}  // namespace ct::kernels
