// Source of the kernel for the gradient of tanh GELU and of the bias before it.
#include "kernels.h"

namespace ct::kernels {
// A thread keeps 8 columns over `length` rows, blockIdx.y: dx = g gelu'(x), and its sums over the rows go to
// sums[blockIdx.y][columns]. g, x and dx are bfloat16 [rows, columns], columns a multiple of 512.
const char *const gelu_source = R"CUDA(
__device__ inline float low(unsigned u) { return __uint_as_float(u << 16); }
__device__ inline float high(unsigned u) { return __uint_as_float(u & 0xffff0000u); }
__device__ inline unsigned packed(float low, float high) {
  unsigned d;
  asm("cvt.rn.bf16x2.f32 %0, %1, %2;" : "=r"(d) : "f"(high), "f"(low));
  return d;
}
// With u = slope (x + cubic x^3) and s = sigmoid(2 u): gelu = x s, gelu' = s + x s (1 - s) 2 u'.
__device__ inline float derivative(float x) {
  constexpr float slope = 2 * 0.7978845608f, cubic = 0.044715f;
  const float xx = x * x;
  const float s = __fdividef(1.0f, 1.0f + __expf(-x * slope * (1.0f + cubic * xx)));
  return s + x * s * (1.0f - s) * slope * (1.0f + 3 * cubic * xx);
}

extern "C" __global__ void __launch_bounds__(64) backward(
    const uint4 *g, const uint4 *x, uint4 *dx, float *sums, long long rows, long long columns, long long length) {
  const long long column = (blockIdx.x * 64ll + threadIdx.x), stride = columns / 8;
  const long long from = blockIdx.y * length, to = from + length < rows ? from + length : rows;
  float total[8] = {};
#pragma unroll 4
  for (long long row = from; row < to; ++row) {
    const uint4 a = g[row * stride + column], b = x[row * stride + column];
    const unsigned from_g[4] = {a.x, a.y, a.z, a.w}, from_x[4] = {b.x, b.y, b.z, b.w};
    unsigned to_dx[4];
#pragma unroll
    for (int i = 0; i < 4; ++i) {
      const float p = low(from_g[i]) * derivative(low(from_x[i]));
      const float q = high(from_g[i]) * derivative(high(from_x[i]));
      total[2 * i] += p;
      total[2 * i + 1] += q;
      to_dx[i] = packed(p, q);
    }
    dx[row * stride + column] = make_uint4(to_dx[0], to_dx[1], to_dx[2], to_dx[3]);
  }
  float4 *out = reinterpret_cast<float4 *>(sums + blockIdx.y * columns + column * 8);
  out[0] = make_float4(total[0], total[1], total[2], total[3]);
  out[1] = make_float4(total[4], total[5], total[6], total[7]);
}
)CUDA";
}  // namespace ct::kernels
