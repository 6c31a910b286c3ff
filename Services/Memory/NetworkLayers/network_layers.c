#include "network_layers.h"

// A fused product rounds once where others round twice.
#pragma STDC FP_CONTRACT OFF

#if defined(__x86_64__)
#define WIDEST __attribute__((target_clones("avx2", "default")))
#else
#define WIDEST
#endif
#define INLINE static inline __attribute__((always_inline))

typedef float Floats8 __attribute__((ext_vector_type(8)));
typedef float Floats16 __attribute__((ext_vector_type(16)));
typedef int32_t Ints8 __attribute__((ext_vector_type(8)));
typedef int16_t Shorts8 __attribute__((ext_vector_type(8)));
typedef int8_t SignedBytes8 __attribute__((ext_vector_type(8)));
typedef int16_t Shorts16 __attribute__((ext_vector_type(16)));
typedef int8_t Bytes16 __attribute__((ext_vector_type(16)));
typedef uint16_t Marks __attribute__((ext_vector_type(roost_relation_marks)));
typedef _Bool Bits __attribute__((ext_vector_type(roost_relation_marks)));
typedef uint8_t Bytes8 __attribute__((ext_vector_type(8)));

// Vectors lie anywhere in memory, and are passed by address: how they are passed by value differs between the clones.
#define LOAD(vector, address) __builtin_memcpy(&(vector), (address), sizeof(vector))
#define STORE(address, vector) __builtin_memcpy((address), &(vector), sizeof(vector))

INLINE uint32_t find_slot(
  uint32_t key, const uint8_t *slots, const uint16_t *marks, size_t mask) {
  enum { lanes = roost_relation_marks };
  const uint16_t fingerprint = (uint16_t)(key >> 16);
  const uint16_t wanted = fingerprint == 0 ? 1 : fingerprint;
  size_t slot = key & mask;
  for (size_t looked = 0; looked <= mask;) {
    Marks near;
    LOAD(near, marks + slot);
    const Bits hits = __builtin_convertvector((near == wanted) | (near == 0), Bits);
    uint16_t ends;
    LOAD(ends, &hits);
    if (ends == 0) {
      looked += lanes;
      slot = (slot + lanes) & mask;
      continue;
    }
    const size_t step = (size_t)__builtin_ctz(ends);
    uint32_t entry;
    LOAD(entry, slots + 4 * ((slot + step) & mask));
    // The mark of 0 is also that of 1.
    if (entry == 0 || (uint16_t)entry == fingerprint) return entry;
    looked += step + 1;
    slot = (slot + step + 1) & mask;
  }
  return 0;
}

/// Sorts by the uppermost six bits first: they are those of hashes, so that little is out of its place after it.
INLINE void sort(const uint64_t *entries, size_t count, uint64_t *sorted) {
  uint32_t ends[65] = {0};
  for (size_t index = 0; index < count; index++) ends[(entries[index] >> 58) + 1]++;
  for (int bucket = 1; bucket <= 64; bucket++) ends[bucket] += ends[bucket - 1];
  for (size_t index = 0; index < count; index++) sorted[ends[entries[index] >> 58]++] = entries[index];
  for (size_t index = 1; index < count; index++) {
    const uint64_t entry = sorted[index];
    size_t place = index;
    for (; place > 0 && sorted[place - 1] > entry; place--) sorted[place] = sorted[place - 1];
    sorted[place] = entry;
  }
}

WIDEST size_t roost_relation_find(
  const uint32_t *keys, size_t count, const uint8_t *slots, const uint16_t *marks, size_t mask, uint32_t rows,
  uint64_t *entries) {
  size_t found = 0;
  for (size_t index = 0; index < count; index++) {
    const uint32_t row = (find_slot(keys[index], slots, marks, mask) >> 16) - 1;
    // Half of them have none, and which half is not foreseen: written all, kept those that have one.
    entries[found] = (uint64_t)keys[index] << 32 | row;
    found += row < rows;
  }
  uint64_t *sorted = entries + count;
  sort(entries, found, sorted);
  size_t known = 0;
  for (size_t index = 0; index < found; index++) {
    entries[known] = sorted[index];
    known += index + 1 == found || sorted[index] != sorted[index + 1];
  }
  return known;
}

enum { units = roost_relation_units, row_size = units / 2 };

/// Adds sixteen units of a row to two vectors of sums.
INLINE void add_packed(const uint8_t *packed, float scale, Floats8 *low, Floats8 *high) {
  Bytes8 bytes;
  LOAD(bytes, packed);
  const Ints8 pairs = __builtin_convertvector(bytes, Ints8);
  *low += __builtin_convertvector((pairs & 15) - 8, Floats8) * scale;
  *high += __builtin_convertvector((pairs >> 4) - 8, Floats8) * scale;
}

WIDEST void roost_relation_sums(
  const uint8_t *rows, const float *scales, const uint64_t *entries, size_t count, float *sums) {
  // The sums of one network stay in registers.
  for (int network = 0; network < roost_relation_networks; network++) {
    Floats8 a = 0, b = 0, c = 0, d = 0, e = 0, f = 0;
    for (size_t index = 0; index < count; index++) {
      const size_t row = (size_t)(uint32_t)entries[index] * roost_relation_networks + network;
      const uint8_t *packed = rows + row * row_size;
      add_packed(packed, scales[row], &a, &b);
      add_packed(packed + 8, scales[row], &c, &d);
      add_packed(packed + 16, scales[row], &e, &f);
    }
    float *own = sums + network * units;
    STORE(own, a);
    STORE(own + 8, b);
    STORE(own + 16, c);
    STORE(own + 24, d);
    STORE(own + 32, e);
    STORE(own + 40, f);
  }
}

INLINE void add_logits(
  const float *sums, float factor, const float *hidden, const float *output, const float *bias, size_t labels,
  float *logits) {
  float values[units + 1];
  uint32_t on[units + 1];
  // Half of the units are on, and which half is no more foreseen than a coin's side: written all, kept those that are.
  size_t count = 0;
  for (uint32_t unit = 0; unit < units; unit++) {
    const float value = sums[unit] * factor + hidden[unit];
    values[count] = value;
    on[count] = unit;
    count += value > 0;
  }
  for (size_t label = 0; label < labels; label += roost_relation_lanes) {
    Floats16 a, b, c, weights;
    LOAD(a, bias + label);
    LOAD(b, bias + label + 16);
    LOAD(c, bias + label + 32);
    for (size_t index = 0; index < count; index++) {
      const float *row = output + on[index] * labels + label;
      LOAD(weights, row);
      a += weights * values[index];
      LOAD(weights, row + 16);
      b += weights * values[index];
      LOAD(weights, row + 32);
      c += weights * values[index];
    }
    STORE(logits + label, a);
    STORE(logits + label + 16, b);
    STORE(logits + label + 32, c);
  }
}

WIDEST void roost_relation_logits(
  const float *sums, float factor, const float *hidden, const float *output, const float *bias, size_t labels,
  float *logits) {
  for (size_t network = 0; network < roost_relation_networks; network++) {
    add_logits(
      sums + network * units, factor, hidden + network * units, output + network * units * labels,
      bias + network * labels, labels, logits + network * labels);
  }
}

void roost_entity_features(
  const int8_t *features, const uint32_t *rows, size_t count, size_t words, int32_t *sums) {
  for (size_t word = 0; word < words; word++) {
    Shorts8 sum = 0;
    for (size_t index = 0; index < count; index++) {
      SignedBytes8 row;
      LOAD(row, features + (size_t)rows[word * count + index] * roost_entity_tags);
      sum += __builtin_convertvector(row, Shorts8);
    }
    const Ints8 wide = __builtin_convertvector(sum, Ints8);
    STORE(sums + word * roost_entity_tags, wide);
  }
}

/// The sums of 48 weights of one byte.
typedef struct {
  Shorts16 low, middle, high;
} ShortSums;

INLINE void add_bytes(const int8_t *row, Shorts16 *sums) {
  Bytes16 bytes;
  LOAD(bytes, row);
  *sums += __builtin_convertvector(bytes, Shorts16);
}

INLINE void add_rows(const int8_t *rows, const uint32_t *numbers, size_t count, ShortSums *sums) {
  for (size_t index = 0; index < count; index++) {
    const int8_t *row = rows + (size_t)numbers[index] * roost_entity_inputs;
    add_bytes(row, &sums->low);
    add_bytes(row + 16, &sums->middle);
    add_bytes(row + 32, &sums->high);
  }
}

INLINE void weigh(
  const Shorts16 *inputs, float input_step, const Shorts16 *codes, float code_step, const float *offsets,
  float *layer) {
  Floats16 offset;
  LOAD(offset, offsets);
  const Floats16 sum = __builtin_convertvector(*inputs, Floats16) * input_step
    + __builtin_convertvector(*codes, Floats16) * code_step + offset;
  STORE(layer, sum);
}

WIDEST void roost_entity_words(
  const int8_t *inputs, const uint32_t *input_rows, size_t input_count, float input_step, const int8_t *codes,
  const uint32_t *code_rows, size_t code_count, float code_step, const float *offsets, size_t words, float *values,
  uint8_t *on, int32_t *starts) {
  int32_t count = 0;
  for (size_t word = 0; word < words; word++) {
    ShortSums written = {0}, meant = {0};
    add_rows(inputs, input_rows + word * input_count, input_count, &written);
    add_rows(codes, code_rows + word * code_count, code_count, &meant);
    float layer[roost_entity_inputs];
    weigh(&written.low, input_step, &meant.low, code_step, offsets, layer);
    weigh(&written.middle, input_step, &meant.middle, code_step, offsets + 16, layer + 16);
    weigh(&written.high, input_step, &meant.high, code_step, offsets + 32, layer + 32);
    starts[word] = count;
    for (int unit = 0; unit < roost_entity_inputs; unit++) {
      values[count] = layer[unit];
      on[count] = (uint8_t)unit;
      count += layer[unit] > 0;
    }
  }
  starts[words] = count;
}

WIDEST void roost_entity_context(
  const float *weights, const float *offsets, const float *values, const uint8_t *on, const int32_t *starts, size_t words,
  float *sums) {
  enum { hidden = roost_entity_hidden };
  float mean[roost_entity_inputs] = {0};
  for (int32_t index = 0; index < starts[words]; index++) mean[on[index]] += values[index];
  __builtin_memcpy(sums, offsets, hidden * sizeof *sums);
  for (int unit = 0; unit < roost_entity_inputs; unit++) {
    const float value = mean[unit] / (float)words;
    for (int other = 0; other < hidden; other++) sums[other] += weights[unit * hidden + other] * value;
  }
}

WIDEST void roost_entity_scores(
  const float *weights, const float *offsets, const float *output, const float *values, const uint8_t *on,
  const int32_t *starts, size_t words, float *scores) {
  enum { hidden = roost_entity_hidden, reach = roost_entity_window / 2, tags = roost_entity_tags };
  for (ptrdiff_t word = 0; word < (ptrdiff_t)words; word++) {
    const ptrdiff_t first = word < reach ? 0 : word - reach;
    const ptrdiff_t last = word + reach < (ptrdiff_t)words ? word + reach : (ptrdiff_t)words - 1;
    Floats8 sum = 0;
    // Half of the units at a time: their sums stay in registers.
    for (int half = 0; half < hidden; half += 32) {
      Floats16 a, b;
      LOAD(a, offsets + half);
      LOAD(b, offsets + half + 16);
      for (ptrdiff_t place = first; place <= last; place++) {
        const float *rows = weights + half + (place - word + reach) * roost_entity_inputs * hidden;
        for (int32_t index = starts[place]; index < starts[place + 1]; index++) {
          const float *row = rows + on[index] * hidden;
          Floats16 row_weights;
          LOAD(row_weights, row);
          a += row_weights * values[index];
          LOAD(row_weights, row + 16);
          b += row_weights * values[index];
        }
      }
      for (int unit = 0; unit < 16; unit++) {
        Floats8 row;
        LOAD(row, output + (half + unit) * tags);
        sum += row * (a[unit] > 0 ? a[unit] : 0);
        LOAD(row, output + (half + 16 + unit) * tags);
        sum += row * (b[unit] > 0 ? b[unit] : 0);
      }
    }
    STORE(scores + word * tags, sum);
  }
}
