#include "SHA1.h"

#include <stdatomic.h>
#include <string.h>

// MARK: Blocks, by the rounds of RFC 3174

static inline uint32_t rotated(uint32_t word, int count) {
  return word << count | word >> (32 - count);
}

// Of the 80 words of a block the last 16 are enough to make the next one.
#define WORD(index)                                                                        \
  ((index) < 16                                                                            \
       ? words[(index) & 15]                                                               \
       : (words[(index) & 15] = rotated(words[((index) + 13) & 15] ^                       \
                                            words[((index) + 8) & 15] ^                    \
                                            words[((index) + 2) & 15] ^ words[(index) & 15], \
                                        1)))
// A round. The variables are turned by their names, so that none is moved.
#define ROUND(a, b, c, d, e, mix, constant, index)              \
  do {                                                          \
    e += rotated(a, 5) + mix(b, c, d) + (constant) + WORD(index); \
    b = rotated(b, 30);                                         \
  } while (0)
#define CHOOSE(b, c, d) (d ^ (b & (c ^ d)))
#define PARITY(b, c, d) (b ^ c ^ d)
#define MAJORITY(b, c, d) ((b & c) | (d & (b | c)))
#define FIVE_ROUNDS(mix, constant, index)                \
  do {                                                   \
    ROUND(a, b, c, d, e, mix, constant, (index));        \
    ROUND(e, a, b, c, d, mix, constant, (index) + 1);    \
    ROUND(d, e, a, b, c, mix, constant, (index) + 2);    \
    ROUND(c, d, e, a, b, mix, constant, (index) + 3);    \
    ROUND(b, c, d, e, a, mix, constant, (index) + 4);    \
  } while (0)
#define TWENTY_ROUNDS(mix, constant, index)      \
  do {                                           \
    FIVE_ROUNDS(mix, constant, (index));         \
    FIVE_ROUNDS(mix, constant, (index) + 5);     \
    FIVE_ROUNDS(mix, constant, (index) + 10);    \
    FIVE_ROUNDS(mix, constant, (index) + 15);    \
  } while (0)

static void absorb(uint32_t state[5], const uint8_t *blocks, size_t count) {
  for (; count > 0; count--, blocks += 64) {
    uint32_t words[16];
    for (int index = 0; index < 16; index++) {
      const uint8_t *bytes = blocks + 4 * index;
      words[index] = (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 |
                     (uint32_t)bytes[2] << 8 | bytes[3];
    }
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
    TWENTY_ROUNDS(CHOOSE, 0x5A827999, 0);
    TWENTY_ROUNDS(PARITY, 0x6ED9EBA1, 20);
    TWENTY_ROUNDS(MAJORITY, 0x8F1BBCDC, 40);
    TWENTY_ROUNDS(PARITY, 0xCA62C1D6, 60);
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
  }
}

// MARK: Blocks, by the processor's own instructions

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>

static bool find_instructions(void) {
  unsigned eax, ebx, ecx, edx;
  if (!__get_cpuid(1, &eax, &ebx, &ecx, &edx) || !(ecx & bit_SSSE3)) return false;
  return __get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) && (ebx & bit_SHA);
}

// Four rounds in which `function` mixes. A step's E is the A that four rounds before held, which is
// what `sha1nexte` makes of it.
#define FOUR_ROUNDS(function, message)                        \
  do {                                                        \
    const __m128i words = (message);                          \
    const __m128i e = _mm_sha1nexte_epu32(earlier, words);    \
    earlier = abcd;                                           \
    abcd = _mm_sha1rnds4_epu32(abcd, e, function);            \
  } while (0)

// The next four words, in the place of those of sixteen words ago.
#define NEXT(w0, w1, w2, w3) \
  (w0 = _mm_sha1msg2_epu32(_mm_xor_si128(_mm_sha1msg1_epu32(w0, w1), w2), w3))

__attribute__((target("sha,ssse3")))
static void absorb_by_instructions(uint32_t state[5], const uint8_t *blocks, size_t count) {
  // The instructions take the first word from the highest place.
  const __m128i reversed = _mm_set_epi64x(0x0001020304050607, 0x08090a0b0c0d0e0f);
  __m128i abcd = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state), 0x1B);
  __m128i e = _mm_set_epi32((int)state[4], 0, 0, 0);

  for (; count > 0; count--, blocks += 64) {
    const __m128i *data = (const __m128i *)blocks;
    __m128i w0 = _mm_shuffle_epi8(_mm_loadu_si128(data), reversed);
    __m128i w1 = _mm_shuffle_epi8(_mm_loadu_si128(data + 1), reversed);
    __m128i w2 = _mm_shuffle_epi8(_mm_loadu_si128(data + 2), reversed);
    __m128i w3 = _mm_shuffle_epi8(_mm_loadu_si128(data + 3), reversed);
    const __m128i old_abcd = abcd, old_e = e;

    // The first E stands in the state as it is.
    __m128i earlier = abcd;
    abcd = _mm_sha1rnds4_epu32(abcd, _mm_add_epi32(e, w0), 0);
    FOUR_ROUNDS(0, w1);
    FOUR_ROUNDS(0, w2);
    FOUR_ROUNDS(0, w3);
    FOUR_ROUNDS(0, NEXT(w0, w1, w2, w3));

    FOUR_ROUNDS(1, NEXT(w1, w2, w3, w0));
    FOUR_ROUNDS(1, NEXT(w2, w3, w0, w1));
    FOUR_ROUNDS(1, NEXT(w3, w0, w1, w2));
    FOUR_ROUNDS(1, NEXT(w0, w1, w2, w3));
    FOUR_ROUNDS(1, NEXT(w1, w2, w3, w0));

    FOUR_ROUNDS(2, NEXT(w2, w3, w0, w1));
    FOUR_ROUNDS(2, NEXT(w3, w0, w1, w2));
    FOUR_ROUNDS(2, NEXT(w0, w1, w2, w3));
    FOUR_ROUNDS(2, NEXT(w1, w2, w3, w0));
    FOUR_ROUNDS(2, NEXT(w2, w3, w0, w1));

    FOUR_ROUNDS(3, NEXT(w3, w0, w1, w2));
    FOUR_ROUNDS(3, NEXT(w0, w1, w2, w3));
    FOUR_ROUNDS(3, NEXT(w1, w2, w3, w0));
    FOUR_ROUNDS(3, NEXT(w2, w3, w0, w1));
    FOUR_ROUNDS(3, NEXT(w3, w0, w1, w2));

    e = _mm_sha1nexte_epu32(earlier, old_e);
    abcd = _mm_add_epi32(abcd, old_abcd);
  }

  _mm_storeu_si128((__m128i *)state, _mm_shuffle_epi32(abcd, 0x1B));
  state[4] = (uint32_t)_mm_extract_epi16(e, 6) | (uint32_t)_mm_extract_epi16(e, 7) << 16;
}

#else

static bool find_instructions(void) { return false; }

static void absorb_by_instructions(uint32_t state[5], const uint8_t *blocks, size_t count) {
  absorb(state, blocks, count);
}

#endif

bool sha1_instructions_are_available(void) {
  // Asking the processor takes as long as a small file.
  static atomic_int known = -1;
  int found = atomic_load_explicit(&known, memory_order_relaxed);
  if (found < 0) {
    found = find_instructions();
    atomic_store_explicit(&known, found, memory_order_relaxed);
  }
  return found;
}

// MARK: Any number of bytes

void sha1_start(sha1_hash *hash) {
  *hash = (sha1_hash){
      .state = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0},
      .has_instructions = sha1_instructions_are_available(),
  };
}

static void absorb_blocks(sha1_hash *hash, const uint8_t *blocks, size_t count) {
  (hash->has_instructions ? absorb_by_instructions : absorb)(hash->state, blocks, count);
}

void sha1_append(sha1_hash *hash, const void *bytes, size_t count) {
  if (count == 0) return;
  const uint8_t *next = bytes;
  const size_t pending = hash->length % 64;
  hash->length += count;
  if (pending > 0) {
    const size_t missing = 64 - pending;
    memcpy(hash->pending + pending, next, count < missing ? count : missing);
    if (count < missing) return;
    absorb_blocks(hash, hash->pending, 1);
    next += missing;
    count -= missing;
  }
  absorb_blocks(hash, next, count / 64);
  if (count % 64 > 0) memcpy(hash->pending, next + count / 64 * 64, count % 64);
}

void sha1_finish(sha1_hash *hash) {
  static const uint8_t padding[64] = {0x80};
  const uint64_t bits = hash->length * 8;
  sha1_append(hash, padding, 1 + (119 - hash->length % 64) % 64);
  uint8_t length[8];
  for (int index = 0; index < 8; index++) length[index] = (uint8_t)(bits >> (56 - 8 * index));
  sha1_append(hash, length, 8);
}
