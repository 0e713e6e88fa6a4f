// Plain C interface to libtorch.
//
// A ct_tensor is one owned reference to a TensorImpl. A function that can fail returns NULL (or -1)
// and leaves libtorch's message in ct_last_error() of the same thread. No C++ exception leaves a function.
// Functions of one form are declared by a table; the same table defines them in the .cpp file.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif
#pragma clang assume_nonnull begin

typedef struct ct_tensor_impl *ct_tensor;
typedef struct ct_generator_impl *ct_generator;
typedef struct ct_script_impl *ct_script;
typedef struct ct_store_impl *ct_store;
typedef struct ct_group_impl *ct_group;
typedef struct ct_work_impl *ct_work;
typedef ptrdiff_t ct_int;  // Swift's Int, so that [Int] passes as a shape; 64 bits like libtorch's int64_t
typedef ct_tensor _Nullable ct_result;
typedef const ct_tensor _Nonnull *_Nonnull ct_list;
typedef ct_result *_Nonnull ct_results;  // room for results, filled from the front

// runtime.cpp
const char *ct_last_error(void);
const char *ct_version(void);
void ct_release(ct_tensor t);
ct_int ct_live_tensors(void);  // references handed out and not yet released
int ct_set_threads(int n);
int ct_get_threads(void);
void ct_manual_seed(uint64_t seed);
bool ct_grad_enabled(void);
void ct_set_grad_enabled(bool on);

// device.cpp; a device is -1 for the CPU and n >= 0 for CUDA device n
int ct_cuda_count(void);  // 0 leaves the reason in ct_last_error()
bool ct_cuda_available(void);
int ct_cuda_name(int device, char *name, size_t room);
int ct_synchronize(int device);
void ct_set_tf32(bool on);
int ct_autocast_begin(int device, int dtype);  // answers what ct_autocast_end needs
void ct_autocast_end(int device, int before);

// creation.cpp; dtype is a c10::ScalarType
ct_result ct_empty(const ct_int *shape, size_t rank, int dtype, int device);
ct_result ct_full(const ct_int *shape, size_t rank, double value, int dtype, int device);
ct_result ct_arange(ct_int n, int dtype, int device);
ct_result ct_linspace(double start, double end, ct_int n, int dtype, int device);
ct_result ct_from_data(const void *data, size_t bytes, const ct_int *shape, size_t rank, int dtype);
ct_result ct_to_dtype(ct_tensor t, int dtype);
ct_result ct_to_device(ct_tensor t, int device);

// inspection.cpp
ct_int ct_rank(ct_tensor t);
ct_int ct_size(ct_tensor t, ct_int dim);
ct_int ct_count(ct_tensor t);
int ct_dtype(ct_tensor t);
int ct_device(ct_tensor t);
bool ct_is_contiguous(ct_tensor t);
int ct_item(ct_tensor t, double *out);
int ct_copy_out(ct_tensor t, int dtype, void *destination, size_t bytes);

// unary.cpp
#define CT_UNARY(X) \
  X(neg) X(abs) X(sqrt) X(rsqrt) X(exp) X(log) X(sin) X(cos) X(tanh) X(sigmoid) X(silu) X(relu) \
  X(square) X(round) X(floor) X(reciprocal) X(logical_not) X(isfinite)
#define CT_DECLARE(name) ct_result ct_##name(ct_tensor a);
CT_UNARY(CT_DECLARE)
#undef CT_DECLARE
ct_result ct_gelu(ct_tensor a, bool tanh);
ct_result ct_softmax(ct_tensor a, ct_int dim);
ct_result ct_clamp(ct_tensor a, const double *_Nullable low, const double *_Nullable high);

// binary.cpp and scalar.cpp
#define CT_BINARY(X) \
  X(add) X(sub) X(mul) X(div) X(matmul) X(maximum) X(minimum) X(gt) X(lt) X(ge) X(le) X(eq) X(mse_loss)
#define CT_DECLARE(name) ct_result ct_##name(ct_tensor a, ct_tensor b);
CT_BINARY(CT_DECLARE)
#undef CT_DECLARE
#define CT_SCALAR(X) X(add) X(sub) X(mul) X(div) X(rsub) X(pow) X(gt) X(lt) X(ge) X(le) X(eq)
#define CT_DECLARE(name) ct_result ct_##name##_scalar(ct_tensor a, double s);
CT_SCALAR(CT_DECLARE)
#undef CT_DECLARE
ct_result ct_addcmul(ct_tensor a, ct_tensor b, ct_tensor c, double value);
ct_result ct_addmm(ct_tensor a, ct_tensor b, ct_tensor c, double beta, double alpha);
ct_result ct_lerp(ct_tensor a, ct_tensor b, double weight);
ct_result ct_where(ct_tensor condition, ct_tensor a, ct_tensor b);
int ct_eigh(ct_tensor a, ct_results out);  // two results: values, vectors
ct_result ct_svdvals(ct_tensor a);

// reductions.cpp; rank 0 reduces everything
#define CT_REDUCTION(X) X(sum) X(mean) X(amax) X(amin) X(norm)
#define CT_DECLARE(name) ct_result ct_##name(ct_tensor a, const ct_int *dims, size_t rank, bool keep);
CT_REDUCTION(CT_DECLARE)
#undef CT_DECLARE
ct_result ct_argmax(ct_tensor a, ct_int dim);
ct_result ct_argmin(ct_tensor a, ct_int dim);
ct_result ct_cumsum(ct_tensor a, ct_int dim);

// shape.cpp
#define CT_RESHAPE(X) X(view) X(reshape) X(permute) X(expand) X(flip)
#define CT_DECLARE(name) ct_result ct_##name(ct_tensor a, const ct_int *dims, size_t rank);
CT_RESHAPE(CT_DECLARE)
#undef CT_DECLARE
ct_result ct_transpose(ct_tensor a, ct_int dim0, ct_int dim1);
ct_result ct_narrow(ct_tensor a, ct_int dim, ct_int start, ct_int length);
ct_result ct_select(ct_tensor a, ct_int dim, ct_int index);
ct_result ct_unsqueeze(ct_tensor a, ct_int dim);
ct_result ct_squeeze(ct_tensor a, ct_int dim);
ct_result ct_contiguous(ct_tensor a);
ct_result ct_index_select(ct_tensor a, ct_int dim, ct_tensor index);
ct_int ct_unbind(ct_tensor a, ct_int dim, ct_results out, size_t capacity);
ct_int ct_chunk(ct_tensor a, ct_int chunks, ct_int dim, ct_results out, size_t capacity);
ct_result ct_cat(ct_list list, size_t n, ct_int dim);
ct_result ct_stack(ct_list list, size_t n, ct_int dim);

// neural.cpp
ct_result ct_linear(ct_tensor x, ct_tensor weight, ct_tensor _Nullable bias);
ct_result ct_conv1d(ct_tensor x, ct_tensor w, ct_tensor _Nullable bias, ct_int stride, ct_int padding);
ct_result ct_conv2d(ct_tensor x, ct_tensor w, ct_tensor _Nullable bias, ct_int stride, ct_int padding);
ct_result ct_pixel_shuffle(ct_tensor x, ct_int factor);
ct_result ct_layer_norm(ct_tensor x, ct_tensor _Nullable weight, ct_tensor _Nullable bias, double eps);
ct_result ct_rms_norm(ct_tensor x, double eps);
ct_result ct_attention(ct_tensor q, ct_tensor k, ct_tensor v);

// autograd.cpp
int ct_set_requires_grad(ct_tensor t, bool on);
bool ct_requires_grad(ct_tensor t);
int ct_backward(ct_tensor t);
ct_result ct_grad(ct_tensor t);  // NULL when there is none
int ct_set_grad(ct_tensor t, ct_tensor _Nullable grad);
ct_result ct_detach(ct_tensor t);

// recomputation.cpp: `run` gets owned inputs and leaves owned results; it is called once now and once in backward(),
// and `release` when neither can happen any more
typedef void (*ct_stretch)(void *context, ct_list inputs, size_t n, ct_results out, size_t results);
int ct_recomputed(ct_list inputs, size_t n, ct_stretch run, void *context, void (*release)(void *), ct_results out,
                  size_t results);
ct_result ct_retain(ct_tensor t);  // another reference

// memory.cpp
typedef struct ct_memory_watch_impl *ct_memory_watch;
// Counts what tensors on this thread, and in backward() from it, take on the CPU, until the end
ct_memory_watch _Nullable ct_memory_watch_begin(void);
void ct_memory_watch_end(ct_memory_watch w, ct_int *left, ct_int *peak);
int ct_device_memory(int device, ct_int *free, ct_int *total);
// the most since the last reset: what the allocator held, and what of it tensors used
int ct_device_peak(int device, ct_int *held, ct_int *used);
int ct_device_reset_peak(int device);

// gradient_hook.cpp: a call each time a gradient has been added to a leaf, NULL for none
typedef void (*ct_call)(void *_Nullable context);
int ct_on_gradient(ct_tensor leaf, ct_call _Nullable call, void *_Nullable context);

// c10d.cpp; a store keeps bytes under names for processes that share its host and port
typedef void (*ct_take)(void *_Nullable context, const void *_Nullable bytes, size_t count);
ct_store _Nullable ct_store_new(const char *host, int port, bool serves, double seconds);  // port 0: any free one
void ct_store_release(ct_store s);
int ct_store_port(ct_store s);
int ct_store_set(ct_store s, const char *key, const void *_Nullable bytes, size_t count);
int ct_store_get(ct_store s, const char *key, double seconds, ct_take take, void *_Nullable context);  // waits for it
int ct_store_has(ct_store s, const char *key);
// Processes 0 to size - 1 that each name the same group: Gloo on the CPU, NCCL on GPUs.
ct_group _Nullable ct_group_new(ct_store s, const char *name, bool on_gpu, int rank, int size, double seconds);
void ct_group_release(ct_group g);
// In place, and under way when they return: one ct_work_wait and one ct_work_release each.
ct_work _Nullable ct_all_reduce(ct_group g, ct_tensor t);  // the sum
ct_work _Nullable ct_broadcast(ct_group g, ct_tensor t, int root);
int ct_work_wait(ct_work w);
void ct_work_release(ct_work w);

// operations.cpp: floating-point operations of matrix products, convolutions and attention, of all threads; one
// counting at a time
int ct_operations_begin(void);
double ct_operations_end(void);

// inplace.cpp, lists.cpp; none of them is recorded by autograd
int ct_copy_(ct_tensor a, ct_tensor from);
int ct_add_(ct_tensor a, ct_tensor b, double alpha);
int ct_mul_scalar_(ct_tensor a, double s);
int ct_lerp_(ct_tensor a, ct_tensor b, double weight);
int ct_fill_(ct_tensor a, double value);
int ct_foreach_lerp_(ct_list a, ct_list b, size_t n, double weight);
int ct_foreach_add_(ct_list a, ct_list b, size_t n, double alpha);
int ct_foreach_mul_(ct_list a, size_t n, double s);
int ct_grad_norm(ct_list parameters, size_t n, double *out);
int ct_scale_grads_(ct_list parameters, size_t n, double s);
ct_result ct_clip_grads_(ct_list parameters, size_t n, double max_norm);  // the norm before, left on the device

// optimizer.cpp: one call for the whole list; parameters without a gradient are left out
int ct_adamw_(ct_list p, ct_list exp_avg,
              ct_list exp_avg_sq, ct_list steps, size_t n, double lr,
              double beta1, double beta2, double weight_decay, double eps);

// random.cpp
ct_generator _Nullable ct_generator_new(uint64_t seed, int device);
void ct_generator_release(ct_generator g);
ct_result ct_normal(const ct_int *shape, size_t rank, ct_generator g, int dtype);
ct_result ct_uniform(const ct_int *shape, size_t rank, ct_generator g, int dtype);
ct_result ct_integers(ct_int upper, ct_int count, ct_generator g);

// fused_*.cpp: the same values as the plain operators, in one pass where the tensors allow it
bool ct_fused_supported(void);
ct_result ct_gelu_fast(ct_tensor x);
ct_result ct_norm_modulate(ct_tensor x, ct_tensor shift, ct_tensor scale, double eps, bool centred);
ct_result ct_gate_add(ct_tensor x, ct_tensor gate, ct_tensor y);
ct_result ct_linear_gelu(ct_tensor x, ct_tensor weight, ct_tensor bias);
int ct_linear_gate_add_norm(ct_tensor x, ct_tensor gate, ct_tensor input, ct_tensor weight, ct_tensor bias,
                            ct_tensor shift, ct_tensor scale, double eps, bool centred, ct_results out);  // two results
ct_result ct_linear_rotary_attention(ct_tensor x, ct_tensor weight, ct_tensor bias, ct_int heads, ct_tensor cosines,
                                     ct_tensor sines, bool normalise);
bool ct_kernels_supported(int device);  // whether one-pass kernels run there; a reason is in ct_last_error()
ct_result ct_attention_packed(ct_tensor qkv, ct_int heads);

// frozen_convolution.cpp, for networks that learn no more: weights packed for inputs of about this shape, over n = 2
// or 3 dimensions, and the convolution with them, ReLU included if asked for
ct_result ct_frozen_weight(ct_tensor weight, const ct_int *stride, const ct_int *padding, size_t n, const ct_int *input,
                           size_t rank);
ct_result ct_frozen_convolution(ct_tensor x, ct_tensor weight, ct_tensor _Nullable bias, const ct_int *stride,
                                const ct_int *padding, size_t n, bool relu);

// pooling.cpp; windows over n = 2 or 3 dimensions, pads from the last dimension backwards
ct_result ct_max_pool(ct_tensor x, const ct_int *kernel, const ct_int *stride, const ct_int *padding, size_t n,
                      bool ceil);
ct_result ct_avg_pool(ct_tensor x, const ct_int *kernel, const ct_int *stride, size_t n);
ct_result ct_pad(ct_tensor x, const ct_int *pads, size_t n);
ct_result ct_resize_bilinear(ct_tensor x, ct_int height, ct_int width);
ct_result ct_channels_last(ct_tensor x);

// feature_distance.cpp; x [2 n, channels, height, width], the second half compared with the first
ct_result ct_feature_distance(ct_tensor x, ct_tensor weight);

// script.cpp: a TorchScript file, and its forward method with boolean options
ct_script _Nullable ct_script_load(const char *path, int device);
void ct_script_release(ct_script s);
ct_result ct_script_run(ct_script s, ct_tensor x, const char *_Nonnull const *_Nonnull names, const bool *values,
                        size_t n);

#pragma clang assume_nonnull end
#ifdef __cplusplus
}
#endif
