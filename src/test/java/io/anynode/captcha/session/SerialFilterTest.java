package io.anynode.captcha.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which classes and sizes are read from the store. */
class SerialFilterTest {

  private record Cart(String owner) implements Serializable {}

  @BeforeEach
  void forget() {
    Gadget.forget();
  }

  private static AttributeCodec codec(@Nullable String filter) {
    return new AttributeCodec(SerialFilterTest.class.getClassLoader(), filter);
  }

  private static byte[] written(Object value) {
    return codec(null).write(value);
  }

  @Test
  void theAttackWorksWithoutAFilter() throws Exception {
    byte[] stored = written(Gadget.payload());
    assertThat(Gadget.hasFired()).isFalse();

    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(stored))) {
      Object unused = in.readObject();
    }

    assertThat(Gadget.hasFired()).isTrue();
  }

  @Test
  void theAttackIsRefusedByDefaultAndTheErrorNamesTheClassAndTheSetting() {
    byte[] stored = written(Gadget.payload());

    assertThatThrownBy(() -> codec(null).read(stored))
        .isInstanceOf(UnreadableAttributeException.class)
        .hasMessageContaining(
            "captcha.session.serial-filter refuses org.apache.commons.collections");
    assertThat(Gadget.hasFired()).isFalse();
  }

  @Test
  void theAttackIsRefusedInsideOfWhatIsAllowedToo() {
    HashMap<String, Object> cart = new HashMap<>();
    cart.put("items", new ArrayList<>(List.of(new Object[] {Gadget.payload()})));
    byte[] stored = written(cart);

    assertThatThrownBy(() -> codec("java.base/*").read(stored))
        .isInstanceOf(UnreadableAttributeException.class);
    assertThat(Gadget.hasFired()).isFalse();
  }

  @Test
  void anApplicationsOwnClassesAreReadByDefault() {
    Cart cart = new Cart("Ada");
    assertThat(codec(null).read(written(cart))).isEqualTo(cart);
  }

  @Test
  void aListOfWhatIsAllowedRefusesAllElse() {
    AttributeCodec strict = codec("java.base/*;!*");

    assertThat(strict.read(written(new ArrayList<>(List.of("a"))))).isEqualTo(List.of("a"));
    assertThat(strict.read(written("text"))).as("text is no object").isEqualTo("text");
    assertThatThrownBy(() -> strict.read(written(new Cart("Ada"))))
        .hasMessageContaining("refuses " + Cart.class.getName())
        .hasMessageNotContaining("Ada");
    assertThat(codec(Cart.class.getName() + ";java.base/*;!*").read(written(new Cart("Ada"))))
        .isEqualTo(new Cart("Ada"));
  }

  @Test
  void aLimitCanBeSetAndHoldsOtherwise() {
    int[] large = new int[5_000_000];
    assertThatThrownBy(() -> codec(null).read(written(large))).hasMessageContaining("refuses");
    assertThat(codec("maxarray=6000000;maxbytes=30000000").read(written(large))).isEqualTo(large);
    List<Integer> many = new ArrayList<>(IntStream.range(0, 100).boxed().toList());
    assertThatThrownBy(() -> codec("maxbytes=100").read(written(many)))
        .hasMessageContaining("serial-filter refuses");
  }

  @Test
  void aPatternThatIsMalformedIsToldOf() {
    assertThatIllegalArgumentException().isThrownBy(() -> codec("maxdepth=deep"));
  }
}
