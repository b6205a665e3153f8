#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Whether this processor has instructions for SHA-1 that this file knows how to use.
bool sha1_instructions_are_available(void);

/// Takes whole blocks of 64 bytes into a state (RFC 3174): an eighth of the instructions that the
/// rounds take otherwise. Only where `sha1_instructions_are_available`.
void sha1_absorb(uint32_t state[5], const uint8_t *blocks, size_t count);
