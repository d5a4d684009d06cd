package io.anynode.captcha.challenge;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A node, as it is sealed into the challenges that it issues, so that the node that verifies can
 * tell whether it is the same one.
 *
 * @param value the beginning of the SHA-256 of the node's name: two nodes have the same one in a
 *     case of four thousand million; 0 stands for a node that is not known
 */
public record NodeMark(int value) {

  /** Of a challenge that does not say which node issued it. */
  public static final NodeMark UNKNOWN = new NodeMark(0);

  /** The mark of the node with this name. */
  public static NodeMark of(String name) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return new NodeMark(
          ByteBuffer.wrap(sha.digest(name.getBytes(StandardCharsets.UTF_8))).getInt());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java lacks SHA-256, which each Java must have.", e);
    }
  }
}
