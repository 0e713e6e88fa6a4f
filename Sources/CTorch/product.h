// x Wᵀ + b and its gradients for nodes of the graph that contain a product: nothing here is recorded.
#pragma once
#include "handle.h"

namespace ct {
/// Whether a node may hold this product: single precision throughout, no autocast, and shapes that fit.
bool takes_product(const Tensor &x, const Tensor &weight, const Tensor &bias);

/// x [..., inputs] Wᵀ + b, as [rows, outputs].
Tensor product(const Tensor &x, const Tensor &weight, const Tensor &bias);
/// g W for g [..., outputs], as [rows, inputs].
Tensor product_gradient_of_input(const Tensor &g, const Tensor &weight);
/// gᵀ x, [outputs, inputs].
Tensor product_gradient_of_weight(const Tensor &g, const Tensor &x);
}  // namespace ct
