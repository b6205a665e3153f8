#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// A SHA-1 (RFC 3174) in the making. Git names objects by it; it tells contents apart and protects
/// nothing.
typedef struct {
  /// The digest, first word first, once the hash is finished.
  uint32_t state[5];
  /// Of what was appended, in bytes.
  uint64_t length;
  /// What does not fill a block yet.
  uint8_t pending[64];
  /// Whether blocks are taken in by the processor's instructions: an eighth of those that the rounds
  /// take otherwise.
  bool has_instructions;
} sha1_hash;

/// Whether this processor has instructions for SHA-1 that are known here.
bool sha1_instructions_are_available(void);

void sha1_start(sha1_hash *hash);
void sha1_append(sha1_hash *hash, const void *bytes, size_t count);
/// Afterwards nothing can be appended any more.
void sha1_finish(sha1_hash *hash);
