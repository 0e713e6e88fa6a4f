import CTorch

// Each operator means the plain expression in its comment, value and gradient. For contiguous float32
// tensors on a CPU with AVX2 it runs in one pass, on a GPU some do (see each); everywhere else it runs as that
// expression.
extension Tensor {
  /// `gelu(tanh: true)`, about three times as fast; values within 2e-6.
  public func geluFast() -> Tensor { apply(ct_gelu_fast) }

  /// `layerNorm(eps:) * (1 + scale) + shift`.
  ///
  /// `self` [batch, tokens, width]; `shift` and `scale` [batch, 1, width].
  public func layerNormModulate(shift: Tensor, scale: Tensor, eps: Double = 1e-6) -> Tensor {
    apply(shift, scale) { ct_norm_modulate($0, $1, $2, eps, true) }
  }

  /// `rmsNorm(eps:) * (1 + scale) + shift`; shapes as in `layerNormModulate`.
  public func rmsNormModulate(shift: Tensor, scale: Tensor, eps: Double = 1e-6) -> Tensor {
    apply(shift, scale) { ct_norm_modulate($0, $1, $2, eps, false) }
  }

  /// `self + gate * y`: `self` and `y` [batch, tokens, width], `gate` [batch, 1, width].
  public func gateAdd(_ gate: Tensor, _ y: Tensor) -> Tensor { apply(gate, y, ct_gate_add) }

  /// `linear(weight, bias).geluFast()`.
  ///
  /// On a GPU, for bfloat16 products whose columns are a multiple of 512, the way back takes one pass for the
  /// gradients of GELU and bias.
  public func linearGelu(_ weight: Tensor, _ bias: Tensor) -> Tensor {
    apply(weight, bias, ct_linear_gelu)
  }

  /// `sum = self + gate * input.linear(weight, bias)`, and `sum` normalised (over its mean too with `centred`) and
  /// modulated.
  ///
  /// `self` [batch, tokens, width]; `gate`, `shift` and `scale` [batch, 1, width]. On a GPU one pass after the
  /// product, for widths that are multiples of 128; the sum then is float32, and what is modulated has the type of
  /// the product.
  public func gateAddNorm(
    _ gate: Tensor, _ input: Tensor, weight: Tensor, bias: Tensor, shift: Tensor, scale: Tensor,
    eps: Double = 1e-6, centred: Bool
  ) -> (sum: Tensor, modulated: Tensor) {
    let both = withExtendedLifetime((self, gate, input, weight, bias, shift, scale)) {
      collect(2) {
        ct_linear_gate_add_norm(
          handle, gate.handle, input.handle, weight.handle, bias.handle, shift.handle,
          scale.handle, eps, centred, $0) == 0 ? 2 : -1
      }
    }
    return (both[0], both[1])
  }

  /// `attentionPacked` of `linear(weight, bias)`, after queries and keys of every head have been turned by the
  /// tokens' angles, and with `normalise` brought to unit root mean square before.
  ///
  /// `cosines` and `sines` [tokens, size / 2]; pair i couples channel i of a head with channel i + size / 2.
  /// On a GPU one pass before the attention and one after it, for bfloat16 products.
  public func rotaryAttention(
    _ weight: Tensor, _ bias: Tensor, heads: Int, cosines: Tensor, sines: Tensor, normalise: Bool
  ) -> Tensor {
    withExtendedLifetime((self, weight, bias, cosines, sines)) {
      .take(
        ct_linear_rotary_attention(
          handle, weight.handle, bias.handle, heads, cosines.handle, sines.handle, normalise))
    }
  }

  /// Self-attention of the packed projection [batch, tokens, 3 width] of q, k and v, in this order.
  ///
  /// The result is [batch, tokens, width]. Gradients go straight into one packed tensor.
  public func attentionPacked(heads: Int) -> Tensor { apply { ct_attention_packed($0, heads) } }
}
