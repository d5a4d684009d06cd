package io.anynode.captcha.render;

/**
 * How far a point is moved, for its place across a wave.
 *
 * @param size at most, to each side
 * @param often how many times it comes back in a length of 1
 * @param phase where it begins, in parts of the wave
 */
record Wave(float size, float often, float phase) {

  static Wave any(Chance chance, float size, float shortest, float longest) {
    return new Wave(
        chance.between(0.6f, 1) * size, 1 / chance.between(shortest, longest), chance.part());
  }

  float at(float place) {
    return size * of(place * often + phase);
  }

  /**
   * From -1 to 1, for so many turns. Two parabolas, which nobody can tell from a sine: they cost
   * less, and are the same on each processor.
   */
  static float of(float turns) {
    float part = turns - (float) Math.floor(turns);
    return part < 0.5f ? 16 * part * (0.5f - part) : 16 * (part - 1) * (part - 0.5f);
  }
}
