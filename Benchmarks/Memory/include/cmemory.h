#pragma once

#include <stddef.h>

/// Fills memory with a byte through the caches, as plain code does (memset).
void cmemory_fill(void *target, unsigned char value, size_t count);

/// Fills memory with stores that go past the caches; target and count are multiples of 64.
void cmemory_stream(void *target, unsigned char value, size_t count);

/// Lets the allocator keep large blocks instead of returning them to the system.
void cmemory_keep(void);
