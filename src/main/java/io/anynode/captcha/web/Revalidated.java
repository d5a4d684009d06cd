package io.anynode.captcha.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;

/**
 * Content that browsers may keep and ask about each time (RFC 9110, 8.8.3 and 13.1.2). Its tag
 * comes of its bytes, so that nodes of one version agree on it and those of two do not; and it is a
 * weak one, so that containers may compress.
 *
 * @param type the media type
 * @param content is not copied
 * @param tag the entity tag
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these
record Revalidated(String type, byte[] content, String tag) {

  private static final int TAG_BYTES = 12;

  /** Content with its tag. */
  static Revalidated of(String type, byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      String tag = HexFormat.of().formatHex(Arrays.copyOf(hash, TAG_BYTES));
      return new Revalidated(type, content, "W/\"" + tag + '"');
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  /** Sends it, or says that the client has it. */
  void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
    response.setHeader("Cache-Control", "no-cache");
    response.setHeader("ETag", tag);
    response.setHeader("X-Content-Type-Options", "nosniff");
    if (isKnown(request)) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    response.setContentType(type);
    response.setContentLength(content.length);
    response.getOutputStream().write(content); // a container drops the body of a HEAD
  }

  private boolean isKnown(HttpServletRequest request) {
    return Collections.list(request.getHeaders("If-None-Match")).stream()
        .flatMap(header -> Arrays.stream(header.split(",")))
        .map(String::strip)
        .anyMatch(known -> known.equals("*") || known.replaceFirst("^W/", "").equals(opaque()));
  }

  private String opaque() {
    return tag.substring("W/".length());
  }
}
