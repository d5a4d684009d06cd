package io.anynode.captcha.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionTest {

  private final SecureRandom random = new SecureRandom();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0OQD", "1IJLl", "2Z", "4A", "5S8B", "6G", "7T", "EF", "HKX", "MN", "PR", "UVY", "9gq"
      })
  void ofLookAlikesTheAlphabetHasAtMostOne(String lookAlikes) {
    assertThat(lookAlikes.chars().filter(c -> TextMaker.ALPHABET.indexOf(c) >= 0).count())
        .isLessThanOrEqualTo(1);
  }

  @Test
  void aTextHasItsLengthAndEachCharacterOfTheAlphabetComesUp() {
    StringBuilder seen = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      Question question = new TextMaker(5, false).make(random);
      assertThat(question.shown()).hasSize(5).isEqualTo(question.answer().text());
      seen.append(question.shown());
    }
    for (char c : TextMaker.ALPHABET.toCharArray()) {
      assertThat(seen).contains(String.valueOf(c));
    }
  }

  @Test
  void aSumsAnswerIsWhatItComesTo() {
    for (int i = 0; i < 1000; i++) {
      Question question = new SumMaker().make(random);
      String[] numbers = question.shown().replace("=?", "").split("[+-]", -1);
      int a = Integer.parseInt(numbers[0]);
      int b = Integer.parseInt(numbers[1]);
      int result = question.shown().contains("+") ? a + b : a - b;
      assertThat(result).isNotNegative();
      assertThat(question.answer().text()).isEqualTo(Integer.toString(result));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"AK7", "ak7", " aK 7\t", "ＡＫ７", "AK٧", "AK\u00a07"})
  void whatAPersonMeansByTheRightAnswerIsRight(String given) {
    assertThat(new Answer("AK7", false).matches(given)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "AK", "AK77", "AK8", "A\u0000K7", "AK7\u0000", "АK7"})
  void anythingElseIsWrong(String given) {
    assertThat(new Answer("AK7", false).matches(given)).isFalse();
  }

  @Test
  void noAnswerAndOneOfAMegabyteAreWrong() {
    assertThat(new Answer("AK7", false).matches(null)).isFalse();
    assertThat(new Answer("AK7", false).matches("AK7" + " ".repeat(1 << 20))).isFalse();
  }

  @Test
  void caseCountsWhenItIsSetTo() {
    assertThat(new Answer("AK7", true).matches("AK7")).isTrue();
    assertThat(new Answer("AK7", true).matches("ak7")).isFalse();
  }
}
