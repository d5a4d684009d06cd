package io.anynode.captcha.server.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowTest {

  @Test
  void aNumberStandsForAllRowsThatHaveIt() {
    assertThat(Row.named(List.of("10", "1")).stream().map(Row::id))
        .containsExactly("1", "10a", "10b");
    assertThat(Row.named(List.of("4b")).stream().map(Row::id)).containsExactly("4b");
  }

  @Test
  void anUnknownRowIsToldWithThoseThatThereAre() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Row.named(List.of("1", "99")))
        .withMessage("There is no row 99; there are " + String.join(", ", Row.ids()));
  }

  @Test
  void noIdIsTwice() {
    assertThat(new HashSet<>(Row.ids())).hasSameSizeAs(Row.ids());
  }

  @Test
  void aQuarterOfTheUsersAreAtSchoolAndNoOtherTwoShareANetwork() {
    Population population = new Population(40);

    List<String> networks =
        java.util.stream.IntStream.range(0, 40)
            .mapToObj(population::address)
            .map(address -> address.substring(0, address.lastIndexOf('.')))
            .toList();

    assertThat(networks.stream().filter(networks.get(0)::equals)).hasSize(10);
    assertThat(new HashSet<>(networks)).hasSize(31);
  }
}
