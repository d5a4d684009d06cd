package io.anynode.captcha.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What someone wrote into the store who may write there, and should not. */
interface DistrustContract extends TwoNodes {

  /** Whether values leave the JVM as bytes; false only for a store that keeps the objects. */
  boolean storesBytes();

  /** Tells when it is deserialized. */
  final class Trap implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String SPRUNG = "the.trap.is.sprung";

    private void readObject(ObjectInputStream in) {
      System.setProperty(SPRUNG, "yes");
    }
  }

  @Test
  default void anAttackByDeserializationDoesNothingAndCostsItsSession() {
    String other = savedOnA("start", "s");
    String id = savedOnA("poisoned", Gadget.payload());
    if (!storesBytes()) {
      return; // what was never written is not deserialized
    }

    try (LogLines log = LogLines.of(CarefulRepository.class)) {
      assertAbsent(id);
      assertAbsent(id);
      assertThat(log.with("attribute poisoned."))
          .hasSizeLessThanOrEqualTo(2)
          .allMatch(line -> line.contains("captcha.session.serial-filter refuses org.apache."));
    }
    assertThat(Gadget.hasFired()).isFalse();
    assertThat(Held.load(b(), other).get("start")).isEqualTo("s");
  }

  @Test
  default void anObjectUnderAChallengesNameIsNeitherDeserializedNorClaimed() {
    if (!storesBytes()) {
      return;
    }
    System.clearProperty(Trap.SPRUNG);
    String challenge = "captcha." + "i".repeat(40);
    String unnamed = "captcha.image.login." + "i".repeat(40);
    for (String name : Set.of(challenge, unnamed)) {
      String id = savedOnA(name, new Trap());
      var unused = b().sessions().findById(id);
      assertThat(b().claim(id, name)).isNull();
      assertThat(System.getProperty(Trap.SPRUNG)).as(name).isNull();
    }

    String id = savedOnA("cart", new Trap());
    assertThat(Held.load(b(), id).get("cart")).as("the trap works").isInstanceOf(Trap.class);
    assertThat(System.getProperty(Trap.SPRUNG)).isEqualTo("yes");
  }
}
