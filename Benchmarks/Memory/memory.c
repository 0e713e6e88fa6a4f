#include "cmemory.h"

#include <limits.h>
#include <malloc.h>

#include <string.h>

typedef unsigned char line __attribute__((vector_size(16), aligned(16)));

void cmemory_fill(void *target, unsigned char value, size_t count) { memset(target, value, count); }

void cmemory_stream(void *target, unsigned char value, size_t count) {
  line pattern;
  memset(&pattern, value, sizeof pattern);
  line *next = target, *end = next + count / sizeof pattern;
  for (; next < end; next += 4) {
    __builtin_nontemporal_store(pattern, next);
    __builtin_nontemporal_store(pattern, next + 1);
    __builtin_nontemporal_store(pattern, next + 2);
    __builtin_nontemporal_store(pattern, next + 3);
  }
}

void cmemory_keep(void) {
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, INT_MAX);
}
