package io.anynode.captcha.server.lab;

import java.net.http.HttpClient;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Who uses a row's site: a quarter of them are one school behind one address, the others have
 * networks of their own.
 *
 * @param users how many; at least 1
 */
record Population(int users) {

  private static final String SCHOOL = "203.0.113.7";

  /** How many share the school's address. */
  int atSchool() {
    return users / 4;
  }

  /** Fresh browsers of all. */
  List<Visitor> visitors(HttpClient client) {
    return IntStream.range(0, users).mapToObj(user -> new Visitor(client, address(user))).toList();
  }

  /** A user's address. */
  String address(int user) {
    return user < atSchool() ? SCHOOL : "10.%d.%d.7".formatted(user / 256, user % 256);
  }
}
