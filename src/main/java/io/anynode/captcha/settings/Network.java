package io.anynode.captcha.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A network: the addresses that begin with the same bits.
 *
 * @param address the first of them
 * @param bits how many bits they have in common: 0 to 32 for IPv4, to 128 for IPv6
 */
public record Network(InetAddress address, int bits) {

  private static final int IPV4_BYTES = 4;

  /** With a colon in it, Java takes it for an IPv6 address or for nothing, and asks no DNS. */
  private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9A-Fa-f:.]{2,45}");

  /** The network of an address: its other bits are 0. */
  public static Network of(InetAddress address, int bits) {
    byte[] all = address.getAddress();
    for (int bit = bits; bit < all.length * 8; bit++) {
      all[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
    }
    return new Network(ofBytes(all), bits);
  }

  /**
   * Reads an address as it is written; nothing is looked up.
   *
   * @param text {@code 192.0.2.7} or {@code 2001:db8::7}, with no brackets, port or zone; an IPv4
   *     address in an IPv6 one is the IPv4 address
   * @return null if it is none
   */
  public static @Nullable InetAddress address(String text) {
    byte[] ipv4 = ipv4(text);
    if (ipv4 != null) {
      return ofBytes(ipv4);
    }
    if (!IPV6.matcher(text).matches()) {
      return null;
    }
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      return null;
    }
  }

  /**
   * Four numbers with no zeros in front, which some take for octal. Not by a pattern: each request
   * that is limited asks, and those take ten times as long.
   */
  private static byte @Nullable [] ipv4(String text) {
    byte[] bytes = new byte[IPV4_BYTES];
    int read = 0;
    int number = -1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' && number >= 0 && read < IPV4_BYTES - 1) {
        bytes[read++] = (byte) number;
        number = -1;
      } else if (c >= '0' && c <= '9' && number != 0) {
        number = Math.max(number, 0) * 10 + c - '0';
      } else {
        return null;
      }
      if (number > 0xff) {
        return null;
      }
    }
    if (number < 0 || read < IPV4_BYTES - 1) {
      return null;
    }
    bytes[read] = (byte) number;
    return bytes;
  }

  /**
   * Reads an address, or a network such as {@code 10.0.0.0/8}.
   *
   * @return null if it is none, or has a bit set behind its prefix
   */
  static @Nullable Network parse(String text) {
    int slash = text.indexOf('/');
    InetAddress address = address(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      return null;
    }
    int most = address.getAddress().length * 8;
    int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
    if (bits < 0 || bits > most) {
      return null;
    }
    Network network = of(address, bits);
    return network.address().equals(address) ? network : null;
  }

  /** Reads a setting that lists networks with commas; null if it is unset and has no default. */
  static @Nullable List<Network> listed(Values values, Setting setting) {
    return values.<List<Network>>parsed(
        setting,
        setting.key(),
        value -> {
          List<Network> all = new ArrayList<>();
          for (String part : value.split(",", -1)) {
            Network network = parse(part.strip());
            if (network == null) {
              return null;
            }
            all.add(network);
          }
          return List.copyOf(all);
        });
  }

  /** Whether an address is in it. */
  public boolean contains(InetAddress other) {
    byte[] mine = address.getAddress();
    byte[] theirs = other.getAddress();
    int whole = bits / 8;
    int rest = bits % 8;
    return mine.length == theirs.length
        && Arrays.equals(mine, 0, whole, theirs, 0, whole)
        && (rest == 0 || ((mine[whole] ^ theirs[whole]) & 0xff) >> (8 - rest) == 0);
  }

  @Override
  public String toString() {
    return address.getHostAddress() + "/" + bits;
  }

  private static InetAddress ofBytes(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // it has as many bytes as an address
    }
  }
}
