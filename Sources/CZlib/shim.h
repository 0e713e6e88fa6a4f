#pragma once
#include <zlib.h>

/// Inflates one raw deflate stream (no zlib header) of known length.
/// Returns Z_OK, or zlib's error code; Z_BUF_ERROR when the length is not the announced one.
static inline int czlib_inflate_raw(const unsigned char *source, unsigned long sourceLength,
                                    unsigned char *target, unsigned long targetLength) {
  z_stream stream = {0};
  int status = inflateInit2(&stream, -15);
  if (status != Z_OK) return status;
  stream.next_in = (Bytef *)source;
  stream.avail_in = (uInt)sourceLength;
  stream.next_out = target;
  stream.avail_out = (uInt)targetLength;
  status = inflate(&stream, Z_FINISH);
  const int whole = status == Z_STREAM_END && stream.avail_out == 0;
  inflateEnd(&stream);
  if (whole) return Z_OK;
  return status < 0 ? status : Z_BUF_ERROR;
}
