// Source of the kernels that normalise and turn queries and keys of a packed projection, and their gradients.
#include "kernels.h"

namespace ct::kernels {
// Definitions: SIZE of a head, a multiple of 8; LANES, the power of two that is at least SIZE / 8; NORMALISE.
// LANES threads take one head of one token: thread l holds channels 4 l … + 3 of the first half and of the second.
// Everything is bfloat16 but the cosines and sines [tokens, SIZE / 2].
const char *const rotary_source = R"CUDA(
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
__device__ inline void load(const float *p, float *v) {
  float4 u = *reinterpret_cast<const float4 *>(p);
  v[0] = u.x; v[1] = u.y; v[2] = u.z; v[3] = u.w;
}
__device__ inline float total(float v) {
#pragma unroll
  for (int step = LANES / 2; step > 0; step /= 2) v += __shfl_xor_sync(0xffffffffu, v, step);
  return v;
}
constexpr int half_size = SIZE / 2;

// qkv [rows, 3, heads, SIZE] to q and k [rows, heads, SIZE].
extern "C" __global__ void __launch_bounds__(256) forward(
    const T *qkv, const float *cosines, const float *sines, T *q, T *k, long long rows, long long tokens,
    int heads, float eps) {
  const long long item = (blockIdx.x * 256ll + threadIdx.x) / LANES;
  const int lane = threadIdx.x % LANES;
  const long long row = item / (2 * heads);
  const int rest = item % (2 * heads), which = rest / heads, head = rest % heads;
  const bool active = row < rows && lane * 4 < half_size;
  float a[4] = {0, 0, 0, 0}, b[4] = {0, 0, 0, 0};
  const T *from = qkv + ((row * 3 + which) * heads + head) * SIZE + lane * 4;
  if (active) { load(from, a); load(from + half_size, b); }
#if NORMALISE
  float squares = 0;
  for (int i = 0; i < 4; ++i) squares += a[i] * a[i] + b[i] * b[i];
  const float inverse = rsqrtf(total(squares) / SIZE + eps);
  for (int i = 0; i < 4; ++i) { a[i] *= inverse; b[i] *= inverse; }
#endif
  if (!active) return;
  float c[4], s[4], x[4], y[4];
  load(cosines + (row % tokens) * half_size + lane * 4, c);
  load(sines + (row % tokens) * half_size + lane * 4, s);
  for (int i = 0; i < 4; ++i) { x[i] = a[i] * c[i] - b[i] * s[i]; y[i] = a[i] * s[i] + b[i] * c[i]; }
  T *to = (which ? k : q) + (row * heads + head) * SIZE + lane * 4;
  store(to, x);
  store(to + half_size, y);
}

// Gradients of q, k and v, each with strides of batch, head and token, to one of qkv. A thread keeps its channels
// over `length` rows, blockIdx.y, and leaves the sums over them in sums[blockIdx.y][3 * heads * SIZE].
extern "C" __global__ void __launch_bounds__(256) backward(
    const T *qkv, const float *cosines, const float *sines, const T *dq, const T *dk, const T *dv,
    long long q_batch, long long q_head, long long q_token, long long k_batch, long long k_head, long long k_token,
    long long v_batch, long long v_head, long long v_token, T *d, float *sums, long long rows, long long tokens,
    long long length, int heads, float eps) {
  const int item = (blockIdx.x * blockDim.x + threadIdx.x) / LANES, lane = threadIdx.x % LANES;
  const int which = item / heads, head = item % heads;
  const bool active = which < 3 && lane * 4 < half_size;
  const T *source = which == 0 ? dq + head * q_head : which == 1 ? dk + head * k_head : dv + head * v_head;
  const long long by_batch = which == 0 ? q_batch : which == 1 ? k_batch : v_batch;
  const long long by_token = which == 0 ? q_token : which == 1 ? k_token : v_token;
  float first[4] = {0, 0, 0, 0}, second[4] = {0, 0, 0, 0};
  const long long from = blockIdx.y * length, to = from + length < rows ? from + length : rows;
#pragma unroll 4
  for (long long row = from; row < to; ++row) {
    const long long batch = row / tokens, token = row % tokens;
    const T *place = source + batch * by_batch + token * by_token + lane * 4;
    const long long here = ((row * 3 + which) * heads + head) * SIZE + lane * 4;
    float a[4] = {0, 0, 0, 0}, b[4] = {0, 0, 0, 0};
    if (active) { load(place, a); load(place + half_size, b); }
    if (active && which < 2) {
      float c[4], s[4];
      load(cosines + token * half_size + lane * 4, c);
      load(sines + token * half_size + lane * 4, s);
      for (int i = 0; i < 4; ++i) {
        const float x = a[i], y = b[i];
        a[i] = x * c[i] + y * s[i];
        b[i] = y * c[i] - x * s[i];
      }
    }
#if NORMALISE
    // Threads of the values take part in the sums, whose answer they do not use: a warp must not split there.
    float p[4] = {0, 0, 0, 0}, r[4] = {0, 0, 0, 0};
    if (active && which < 2) { load(qkv + here, p); load(qkv + here + half_size, r); }
    float squares = 0, along = 0;
    for (int i = 0; i < 4; ++i) {
      squares += p[i] * p[i] + r[i] * r[i];
      along += a[i] * p[i] + b[i] * r[i];
    }
    const float inverse = rsqrtf(total(squares) / SIZE + eps);
    const float share = total(along) * inverse * inverse / SIZE;
    if (which < 2)
      for (int i = 0; i < 4; ++i) { a[i] = (a[i] - p[i] * share) * inverse; b[i] = (b[i] - r[i] * share) * inverse; }
#endif
    if (active) {
      store(d + here, a);
      store(d + here + half_size, b);
      for (int i = 0; i < 4; ++i) { first[i] += a[i]; second[i] += b[i]; }
    }
  }
  if (!active) return;
  float *out = sums + blockIdx.y * 3ll * heads * SIZE + item * SIZE + lane * 4;
  *reinterpret_cast<float4 *>(out) = make_float4(first[0], first[1], first[2], first[3]);
  *reinterpret_cast<float4 *>(out + half_size) = make_float4(second[0], second[1], second[2], second[3]);
}
)CUDA";
}  // namespace ct::kernels
