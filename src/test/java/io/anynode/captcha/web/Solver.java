package io.anynode.captcha.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Does the work of an ALTCHA challenge as a program would that knows nothing but the protocol. */
public final class Solver {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HexFormat HEX = HexFormat.of();

  private Solver() {}

  /**
   * Solves a challenge.
   *
   * @param challenge its JSON
   * @return what the widget's field would hold
   */
  public static String solve(String challenge) {
    try {
      JsonNode asked = JSON.readTree(challenge);
      JsonNode parameters = asked.get("parameters");
      byte[] nonce = HEX.parseHex(parameters.get("nonce").asText());
      byte[] salt = HEX.parseHex(parameters.get("salt").asText());
      int cost = parameters.get("cost").asInt();
      for (int counter = 0; ; counter++) {
        byte[] password = ByteBuffer.allocate(nonce.length + 4).put(nonce).putInt(counter).array();
        String key = HEX.formatHex(derived(password, salt, cost));
        if (key.startsWith(parameters.get("keyPrefix").asText())) {
          return payload(asked, counter, key);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the widget's field holds for these. */
  public static String payload(JsonNode challenge, long counter, String key) {
    ObjectNode payload = JSON.createObjectNode();
    payload.putObject("challenge").set("parameters", challenge.get("parameters"));
    payload.putObject("solution").put("counter", counter).put("derivedKey", key).put("time", 1.5);
    return Base64.getEncoder().encodeToString(payload.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] derived(byte[] password, byte[] salt, int cost)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(password, "HmacSHA256"));
    byte[] block = mac.doFinal(ByteBuffer.allocate(salt.length + 4).put(salt).putInt(1).array());
    byte[] sum = block.clone();
    for (int i = 1; i < cost; i++) {
      block = mac.doFinal(block);
      for (int n = 0; n < sum.length; n++) {
        sum[n] ^= block[n];
      }
    }
    return sum;
  }
}
