#include "SHA1Instructions.h"

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>

bool sha1_instructions_are_available(void) {
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
void sha1_absorb(uint32_t state[5], const uint8_t *blocks, size_t count) {
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

bool sha1_instructions_are_available(void) { return false; }

void sha1_absorb(uint32_t state[5], const uint8_t *blocks, size_t count) {
  (void)state;
  (void)blocks;
  (void)count;
}

#endif
