#pragma once
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/log.h>
#include <libavutil/mem.h>
#include <libavutil/pixdesc.h>
#include <libavutil/sha.h>
#include <libswscale/swscale.h>

// Swift does not see function-like macros; each of these is one of them by name.

static inline int cffmpeg_error_again(void) { return AVERROR(EAGAIN); }
static inline int cffmpeg_error_end(void) { return AVERROR_EOF; }
static inline int cffmpeg_error_memory(void) { return AVERROR(ENOMEM); }
static inline int cffmpeg_error_io(void) { return AVERROR(EIO); }
static inline int cffmpeg_error_invalid(void) { return AVERROR(EINVAL); }
static inline int64_t cffmpeg_no_timestamp(void) { return AV_NOPTS_VALUE; }
