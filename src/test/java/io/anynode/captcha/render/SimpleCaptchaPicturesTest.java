package io.anynode.captcha.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SimpleCaptchaPicturesTest {

  private static final List<String> TEXTS =
      List.of("Q", "-", "a7KxP", "gjpqy", "12+7=?", "3 \u00d7 4 \u2212 5", "WWWWWWWWWWWWWWWW");

  private final SimpleCaptchaPictures pictures = new SimpleCaptchaPictures(200, 50);

  @ParameterizedTest
  @EnumSource(Format.class)
  void theFormatIsAsAskedForAndTheSizeToo(Format format) throws IOException {
    byte[] file =
        new SimpleCaptchaPictures(130, 48, format, PictureDifficulty.MEDIUM).draw("a7Kx", 42);

    BufferedImage read = ImageIO.read(new ByteArrayInputStream(file));
    assertThat(read.getWidth()).isEqualTo(130);
    assertThat(read.getHeight()).isEqualTo(48);
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
      assertThat(ImageIO.getImageReaders(in).next().getOriginatingProvider().getMIMETypes())
          .contains(format.mediaType());
    }
    int[] levels = read.getRGB(0, 0, 130, 48, null, 0, 130);
    assertThat(Arrays.stream(levels).map(rgb -> rgb & 0xff).boxed())
        .anyMatch(level -> level < 90)
        .anyMatch(level -> level > 210);
  }

  @Test
  void theSameTextAndSeedGiveTheSameBytes() {
    assertThat(pictures.draw("a7KxP", 42))
        .isEqualTo(pictures.draw("a7KxP", 42))
        .isEqualTo(new SimpleCaptchaPictures(200, 50).draw("a7KxP", 42));
  }

  @Test
  void anotherSeedGivesAnotherPicture() throws IOException {
    Set<BitSet> seen = new HashSet<>();
    for (long seed = 0; seed < 200; seed++) {
      seen.add(inked(pixels(pictures.draw("a7KxP", seed))));
    }
    assertThat(seen).hasSize(200);
  }

  @Test
  void eightThreadsDrawWhatOneDraws() throws Exception {
    List<byte[]> alone = LongStream.range(0, 50).mapToObj(i -> pictures.draw("a7KxP", i)).toList();
    Callable<List<byte[]>> draw =
        () -> LongStream.range(0, 50).mapToObj(i -> pictures.draw("a7KxP", i)).toList();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (Future<List<byte[]>> drawn :
          threads.invokeAll(Stream.generate(() -> draw).limit(8).toList())) {
        assertThat(drawn.get()).usingElementComparator(Arrays::compare).isEqualTo(alone);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "80, 24, EASY",
    "80, 24, HARD",
    "80, 300, MEDIUM",
    "200, 50, EASY",
    "200, 50, MEDIUM",
    "200, 50, HARD",
    "800, 24, MEDIUM",
    "800, 300, EASY",
    "800, 300, HARD"
  })
  void nothingIsCutOffAtTheEdge(int width, int height, PictureDifficulty difficulty)
      throws IOException {
    SimpleCaptchaPictures sized = pictures(width, height, difficulty);
    for (int seed = 0; seed < (width == 200 ? 1000 : 200); seed++) {
      Raster pixels = pixels(sized.draw(TEXTS.get(seed % TEXTS.size()), seed));
      assertThat(pixels.getBounds()).isEqualTo(new Rectangle(width, height));
      assertThat(frame(pixels)).as("seed %d", seed).hasSize(1);
      assertThat(inked(pixels).cardinality()).as("seed %d", seed).isGreaterThan(20);
    }
  }

  @ParameterizedTest
  @EnumSource(PictureDifficulty.class)
  void inkAndPaperHaveTheContrastThatTextNeeds(PictureDifficulty difficulty) throws IOException {
    for (long seed = 0; seed < 200; seed++) {
      byte[] file = pictures(200, 50, difficulty).draw("a7KxP", seed);
      BufferedImage picture = ImageIO.read(new ByteArrayInputStream(file));
      int[] levels =
          Arrays.stream(picture.getRGB(0, 0, 200, 50, null, 0, 200)).map(p -> p & 0xff).toArray();
      double darkest = luminance(Arrays.stream(levels).min().orElseThrow());
      double lightest = luminance(Arrays.stream(levels).max().orElseThrow());
      // WCAG 2.2, success criterion 1.4.3.
      assertThat((lightest + 0.05) / (darkest + 0.05)).isGreaterThanOrEqualTo(4.5);
      // What is between the two is but the edges.
      long between = Arrays.stream(levels).filter(level -> level > 0 && level < 255).count();
      assertThat(between).as("seed %d", seed).isLessThan(levels.length / 3);
    }
  }

  @ParameterizedTest
  @EnumSource(PictureDifficulty.class)
  void charactersReachIntoEachOtherButLittle(PictureDifficulty difficulty) {
    double most =
        switch (difficulty) {
          case EASY -> 0.05;
          case MEDIUM -> 0.3;
          case HARD -> 0.4;
        };
    List<Face> faces = SimpleCaptchaPictures.FACES.stream().map(Face::read).toList();
    for (int seed = 0; seed < 300; seed++) {
      String word = List.of("WWTTA", "LTAVJ", "36926", "MWMWM", "ACEKX").get(seed % 5);
      Chance chance = new Chance(word, seed);
      WavyWords.Written written =
          new WavyWords(faces, new Ink(200, 50), difficulty.style(), chance).write(word, 200, 50);
      BitSet before = new BitSet();
      int from = 0;
      for (int end : written.ends()) {
        BitSet character = inked(written.line(), from, end);
        BitSet both = (BitSet) character.clone();
        both.and(before);
        int smaller = Math.min(character.cardinality(), Math.max(1, before.cardinality()));
        assertThat((double) both.cardinality() / smaller)
            .as("seed %d, the part of a character below the next", seed)
            .isLessThanOrEqualTo(most);
        before = character;
        from = end;
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = PictureDifficulty.class,
      names = {"MEDIUM", "HARD"})
  void linesFromTopToBottomCrossTheWordWhereverItIs(PictureDifficulty difficulty) {
    List<Face> faces = SimpleCaptchaPictures.FACES.stream().map(Face::read).toList();
    int all = 0;
    for (int seed = 0; seed < 300; seed++) {
      Chance chance = new Chance("ACE36", seed);
      BufferedImage image = new BufferedImage(600, 50, BufferedImage.TYPE_BYTE_GRAY);
      WavyWords words = new WavyWords(faces, new Ink(600, 50), difficulty.style(), chance);
      words.render("ACE36", image);
      Ink noise = new Ink(600, 50);
      new InvertingArcs(noise, difficulty.style(), words, chance).makeNoise(image);
      noise.dry(image);
      // In the uppermost row of the noise; its lines lean and are bent.
      List<Integer> changes =
          IntStream.range(4, 596)
              .filter(x -> isDark(image, x, 3) != isDark(image, x - 1, 3))
              .boxed()
              .toList();
      all += changes.size();
      assertThat(changes)
          .as("seed %d", seed)
          .allSatisfy(x -> assertThat((float) x).isBetween(words.begin() - 25, words.end() + 25));
    }
    // Two that cross each other may leave none.
    assertThat(all).isGreaterThan(300 * difficulty.style().sides() * 3 / 4);
  }

  @Test
  void spacesAloneHaveLinesToo() throws IOException {
    Set<BitSet> seen = new HashSet<>();
    for (long seed = 0; seed < 50; seed++) {
      seen.add(inked(pixels(pictures.draw("   ", seed))));
    }
    assertThat(seen).hasSize(50);
  }

  private static boolean isDark(BufferedImage image, int x, int y) {
    return image.getRaster().getSample(x, y, 0) < 128;
  }

  private static BitSet inked(Contours line, int from, int to) {
    BufferedImage image = new BufferedImage(200, 50, BufferedImage.TYPE_BYTE_GRAY);
    Ink ink = new Ink(200, 50);
    ink.invert(line, from, to);
    ink.dry(image);
    BitSet inked = new BitSet();
    for (int i = 0; i < 200 * 50; i++) {
      inked.set(i, (GreyPng.pixels(image)[i] & 0xff) < 128);
    }
    return inked;
  }

  @ParameterizedTest
  @EnumSource(PictureDifficulty.class)
  void aPictureIsSmall(PictureDifficulty difficulty) {
    SimpleCaptchaPictures drawn = pictures(200, 50, difficulty);
    for (long seed = 0; seed < 500; seed++) {
      assertThat(drawn.draw("WMARW", seed)).hasSizeLessThan(2000);
    }
  }

  /**
   * What is drawn for a seed is the same on each node of a version, whatever its Java and its
   * processor are. After a change of the drawing this number changes too; a visitor whose picture
   * is asked for twice while two versions run may then see two.
   */
  @Test
  void theBytesAreThoseOfEachJavaAndProcessor() {
    CRC32 all = new CRC32();
    for (PictureDifficulty difficulty : PictureDifficulty.values()) {
      for (long seed = 0; seed < 100; seed++) {
        all.update(pictures(200, 50, difficulty).draw("a7KxP", seed));
      }
    }
    assertThat(all.getValue()).isEqualTo(0xBBB90345L);
  }

  private static SimpleCaptchaPictures pictures(
      int width, int height, PictureDifficulty difficulty) {
    return new SimpleCaptchaPictures(width, height, Format.PNG, difficulty);
  }

  @Test
  void everyCharacterOfTheKindsHasAGlyph() {
    String kinds =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-=? \u00d7\u2212";
    assertThat(kinds.chars().allMatch(c -> pictures.canDraw((char) c))).isTrue();
    assertThat("\u00e9\u0416\u4e2d\n\0#".chars().noneMatch(c -> pictures.canDraw((char) c)))
        .isTrue();
  }

  @Test
  void whatHasNoGlyphIsRefusedByItsPlaceAlone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pictures.draw("a7K\u00e9P", 42))
        .withMessage("no glyph for the character at position 3");
  }

  @Test
  void aTextThatIsEmptyOrTooLongIsRefusedByItsLengthAlone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pictures.draw("", 42))
        .withMessage("a picture shows 1 to 16 characters, not 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pictures.draw("a7KxPa7KxPa7KxPa7", 42))
        .withMessage("a picture shows 1 to 16 characters, not 17");
  }

  @ParameterizedTest
  @CsvSource({"79, 50", "801, 50", "200, 23", "200, 301", "-1, -1"})
  void aSizeOutOfRangeIsRefused(int width, int height) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SimpleCaptchaPictures(width, height))
        .withMessageMatching("a picture's (width is 80 to 800|height is 24 to 300) pixels, not .*");
  }

  private static Raster pixels(byte[] png) throws IOException {
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
    return picture.getRaster();
  }

  /** The levels that occur in the outermost pixels. */
  private static Set<Integer> frame(Raster pixels) {
    Set<Integer> levels = new HashSet<>();
    for (int x = 0; x < pixels.getWidth(); x++) {
      levels.add(pixels.getSample(x, 0, 0));
      levels.add(pixels.getSample(x, pixels.getHeight() - 1, 0));
    }
    for (int y = 0; y < pixels.getHeight(); y++) {
      levels.add(pixels.getSample(0, y, 0));
      levels.add(pixels.getSample(pixels.getWidth() - 1, y, 0));
    }
    return levels;
  }

  /** Where there is anything but paper, so that a mere change of the two greys does not count. */
  private static BitSet inked(Raster pixels) {
    int[] levels = pixels.getSamples(0, 0, pixels.getWidth(), pixels.getHeight(), 0, (int[]) null);
    BitSet inked = new BitSet(levels.length);
    for (int i = 0; i < levels.length; i++) {
      inked.set(i, levels[i] != levels[0]);
    }
    return inked;
  }

  /** Relative luminance of a grey, as WCAG 2.2 defines it. */
  private static double luminance(int level) {
    double part = level / 255.0;
    return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
  }
}
