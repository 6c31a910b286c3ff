#pragma once
#include <stddef.h>
#include <stdint.h>

/// The sums of the extractor's networks, in vectors as wide as the processor has them.
///
/// On x86-64 each function is there twice, for SSE2 and for AVX2, and the dynamic linker takes the one that fits: Swift has
/// no way to say so. The numbers are the same to the last bit on every machine: what is added to a sum is added in the
/// order of the arguments, and no product is fused with a sum. Nothing is allocated; the functions may be called on any
/// thread at once.

enum {
  /// Units of a hidden layer of the relation model, and how many networks it has.
  roost_relation_units = 48,
  roost_relation_networks = 2,
  /// Labels that are computed together; their number is a multiple of it.
  roost_relation_lanes = 48,
  /// Slots of the table of its features that are compared at once.
  roost_relation_marks = 16,

  /// Units of the two layers of the entity model, how many words the second one sees, and the tags.
  roost_entity_inputs = 48,
  roost_entity_hidden = 64,
  roost_entity_window = 5,
  roost_entity_tags = 8,
};

/// Finds the rows of a pair's features in an open-addressing table, of which most slots are taken.
///
/// - keys: The features: the lower bits say where the search begins, the upper sixteen are the fingerprint.
/// - slots: Four bytes each, in the processor's order: 0 for an empty one, else its row and one more in the upper half, the fingerprint in the lower half.
/// - marks: The fingerprint of each slot, but 1 for 0, and 0 for an empty one; the first sixteen again after the last.
/// - mask: The number of slots, a power of two, less one.
/// - rows: How many rows there are.
/// - entries: Room for twice as many as there are keys. At first come the features that have a row, in ascending order
///   and each once: the key in the upper half, the row in the lower one.
/// - Returns how many these are.
size_t roost_relation_find(
  const uint32_t *keys, size_t count, const uint8_t *slots, const uint16_t *marks, size_t mask, uint32_t rows,
  uint64_t *entries);

/// Adds up rows of the relation model: four bits a unit, of each sixteen units the first eight in the lower halves.
///
/// - rows: 24 bytes for each network, row after row.
/// - scales: What a step of a row is worth, for each network, row after row.
/// - entries: In their lower halves the rows to add up, in this order.
/// - sums: 48 numbers for each network.
void roost_relation_sums(
  const uint8_t *rows, const float *scales, const uint64_t *entries, size_t count, float *sums);

/// The logits of both networks of the relation model, one after the other.
///
/// - sums: 48 numbers for each network, which `factor` scales and to which `hidden` is added.
/// - output: For each network and unit the weights of the labels.
/// - bias, logits: For each network a number for each label.
/// - labels: How many there are, a multiple of `roost_relation_lanes`.
void roost_relation_logits(
  const float *sums, float factor, const float *hidden, const float *output, const float *bias, size_t labels,
  float *logits);

/// Adds up what the features of each word of a sentence say of the tags.
///
/// - features: Rows of 8 weights.
/// - rows: Which of them to add up, `count` for each word.
/// - sums: Eight for each word.
void roost_entity_features(
  const int8_t *features, const uint32_t *rows, size_t count, size_t words, int32_t *sums);

/// The first layer of the entity model at each word of a sentence: the units that are above zero.
///
/// - inputs, codes: Rows of 48 weights.
/// - input_rows, code_rows: Which of them to add up, `input_count` and `code_count` for each word.
/// - offsets: 48 numbers.
/// - values, units: What the units are that are above zero, and which, word after word. Room for 48 a word and one more.
/// - starts: Where each word's begin among them, and where the last one's end: one number more than words.
void roost_entity_words(
  const int8_t *inputs, const uint32_t *input_rows, size_t input_count, float input_step, const int8_t *codes,
  const uint32_t *code_rows, size_t code_count, float code_step, const float *offsets, size_t words, float *values,
  uint8_t *units, int32_t *starts);

/// What a whole sentence adds to the second layer of the entity model: the mean of its words' first layers, weighed.
///
/// - weights: 48 rows of 64 numbers; offsets: 64.
/// - values, units, starts: What `roost_entity_words` gave, of one word or more.
/// - sums: 64 numbers: the offsets, and what is added to them.
void roost_entity_context(
  const float *weights, const float *offsets, const float *values, const uint8_t *units, const int32_t *starts,
  size_t words, float *sums);

/// The second layer of the entity model and what it says of the tags, for each word of a sentence.
///
/// - weights: 5 × 48 rows of 64 numbers; output: 64 rows of 8.
/// - offsets: What `roost_entity_context` gave.
/// - values, units, starts: What `roost_entity_words` gave.
/// - scores: Eight for each word.
void roost_entity_scores(
  const float *weights, const float *offsets, const float *output, const float *values, const uint8_t *units,
  const int32_t *starts, size_t words, float *scores);
