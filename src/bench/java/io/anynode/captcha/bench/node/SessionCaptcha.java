package io.anynode.captcha.bench.node;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;

/**
 * A captcha library as its own servlet uses it: a picture at a fixed URL, whose text is an attribute
 * of the session. Their servlets are of the javax API, so they stand here in the jakarta one, doing
 * the same. Each one's text is set to 5 times the same letter, since the load generator reads no
 * pictures.
 */
interface SessionCaptcha {

  /** What every picture shows. */
  String ANSWER = "aaaaa";

  /** The name of its session attribute. */
  String attribute();

  /** Draws a new picture, and keeps its text in the session. */
  void draw(HttpServletRequest request, HttpServletResponse response) throws IOException;

  /** Whether an answer fits the session's picture. */
  boolean isRight(HttpSession session, String answer);
}
