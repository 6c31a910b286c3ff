extension SentenceForms {
  /// How many rows ``features(at:shift:_:)`` gives for a token.
  package static let featureCount = 68

  /// Gives the rows of the weight table that speak for a token.
  ///
  /// The compiled model was learned with these templates in this order: a change to one needs a new model.
  ///
  /// - Parameter shift: 64 less the number of bits of a row.
  @inline(__always)
  package func features(at index: Int, shift: UInt64, _ give: (UInt32) -> Void) {
    forms.withUnsafeBufferPointer { forms in
      let word = forms[index + 2]
      let (before, after) = (forms[index + 1], forms[index + 3])
      let (before2, after2) = (forms[index], forms[index + 4])
      let style = style.rawValue
      let capitals = word.capitals.rawValue
      let opens: UInt64 =
        switch before.kind {
        case .padding, .sign, .address, .handle, .hashtag: 1
        case .word, .number: 0
        }
      var template: UInt64 = 0
      @inline(__always) func add(_ value: UInt64) {
        give(FeatureHash.row(template, value, shift: shift))
        template &+= 1
      }
      @inline(__always) func add(_ first: UInt64, _ second: UInt64) { add(FeatureHash.join(first, second)) }

      // The word and its neighbours.
      add(0)
      add(word.word)
      add(word.lower)
      add(before.lower)
      add(after.lower)
      add(before2.lower)
      add(after2.lower)
      add(before.lower, word.lower)
      add(word.lower, after.lower)
      add(word.lower, opens)
      add(before.lower, capitals + 8 * after.capitals.rawValue + 64 * style)
      add(after.lower, capitals + 8 * before.capitals.rawValue + 64 * style)
      add(FeatureHash.join(before.lower, after.lower), capitals)

      // How it is written.
      add(word.shape, style)
      add(word.outline)
      add(before.outline, style + 16)
      add(after.outline, style + 16)
      add(FeatureHash.join(before.outline, word.outline), style)
      add(FeatureHash.join(word.outline, after.outline), style)
      add(FeatureHash.join(before.outline, word.outline), FeatureHash.join(after.outline, style))
      for place in 1..<4 { add(word.suffixes[place]) }
      for place in 1..<4 { add(word.prefixes[place]) }
      add(word.suffixes[2], capitals + 8 * style)
      add((index < 2 ? UInt64(index) : 2) * 64 + capitals * 8 + style)
      add(word.kind.rawValue + 8 * before.kind.rawValue + 64 * after.kind.rawValue)

      // How other texts write it, and how often.
      let casing = word.casing
      add(casing * 64 + capitals * 8 + style + opens * 1024)
      add(word.frequency * 64 + capitals * 8 + style)
      add(casing * 256 + before.casing * 16 + after.casing + 4096 * capitals)
      add(casing * 16 + word.frequency + 256 * (capitals + 8 * opens + 16 * style))
      add(before.casing * 64 + before.capitals.rawValue * 8 + capitals)
      add(after.casing * 64 + after.capitals.rawValue * 8 + capitals)

      // The words that are used alike.
      add(word.wordClass)
      add(word.wordClass & 63)
      add(word.lowerClass)
      add(before.wordClass)
      add(after.wordClass)
      add(word.wordClass + before.wordClass << 10)
      add(word.wordClass + after.wordClass << 10)
      let writing = capitals + 8 * casing
      add(word.wordClass + writing << 10)
      add(before.wordClass + writing << 10)
      add(after.wordClass + writing << 10)
      add(before.wordClass + after.wordClass << 10 + capitals << 20)

      // The words that are used alike in messages.
      add(word.messagePath)
      add(word.messageBranch(6))
      add(word.messageBranch(8))
      add(word.messageBranch(10))
      add(before.messagePath)
      add(after.messagePath)
      add(before.messageBranch(10))
      add(after.messageBranch(10))
      add(word.messagePath + writing << 20)
      add(word.messageBranch(10) + before.messageBranch(10) << 20)
      add(word.messageBranch(10) + after.messageBranch(10) << 20)

      // What the lists say.
      add(word.listed + (capitals + 8 * style) << 32)
      add(word.listedInside)
      add(word.listed + before.listed << 20)
      add(word.listed + after.listed << 20)
      add(before.listed)
      add(after.listed)
      add(before.listedInside + word.listedInside << 20)
      add(after.listedInside + word.listedInside << 20)
      add(word.listed + writing << 20)
      add(word.listed + after.listed << 20 + (capitals + 8 * after.capitals.rawValue) << 40)
      add(word.listed + before.listed << 20 + (capitals + 8 * before.capitals.rawValue) << 40)
    }
  }

  /// How many rows ``inputs(at:shift:_:)`` gives for a token.
  package static let inputCount = 20

  /// Gives the rows of the network's first layer that a token brings in by itself: how it is written, what lists and
  /// tables say of it, and the word where it is frequent.
  ///
  /// - Parameter shift: 64 less the number of bits of a row.
  @inline(__always)
  package func inputs(at index: Int, shift: UInt64, _ give: (UInt32) -> Void) {
    forms.withUnsafeBufferPointer { forms in
      let word = forms[index + 2]
      let style = style.rawValue
      let capitals = word.capitals.rawValue
      let opens: UInt64 = forms[index + 1].kind == .word || forms[index + 1].kind == .number ? 0 : 1
      var template: UInt64 = 128
      @inline(__always) func add(_ value: UInt64) {
        give(FeatureHash.row(template, value, shift: shift))
        template &+= 1
      }
      add(capitals + 8 * style + 64 * opens)
      add(FeatureHash.join(word.outline, style))
      for place in 0..<4 { add(word.suffixes[place]) }
      add(word.prefixes[1])
      add(word.prefixes[2])
      add(word.wordClass)
      add(word.wordClass & 63)
      add(word.lowerClass & 255)
      add(word.casing + 16 * capitals + 256 * style)
      add(word.frequency + 16 * capitals)
      add(word.listed)
      add(word.listedInside)
      add(word.kind.rawValue)
      add(word.messagePath)
      add(word.messageBranch(6))
      add(word.messageBranch(10))
      add(word.frequency >= Self.frequent ? word.lower : 0)
    }
  }

  /// From this frequency on a word speaks for itself.
  private static let frequent: UInt64 = 6

  /// Where a token's vector is; -1 for none.
  package func vector(_ index: Int) -> Int32 { forms[index + 2].vector }
}
