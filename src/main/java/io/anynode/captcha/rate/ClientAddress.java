package io.anynode.captcha.rate;

import io.anynode.captcha.settings.Network;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells a request's client by its address.
 *
 * <p>A proxy that is trusted names the one before it, in {@code Forwarded} (RFC 7239) or, if that
 * is not there, in {@code X-Forwarded-For}. The hops are walked from the right, the nearest first,
 * to the first that is not trusted: what stands left of it is a stranger's word. A hop that is no
 * address ({@code unknown}, an obfuscated name, nonsense) ends the walk at the one that named it.
 */
public final class ClientAddress {

  /**
   * One parameter of a hop: a name, and a token or a quoted text. Possessive: else a long one takes
   * a stack frame for each character, and a stranger's could be as long as the stack.
   */
  private static final Pattern PAIR =
      Pattern.compile(
          "\\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)=(\"((?:[^\"\\\\]++|\\\\.)*+)\"|[^\",;]*+)\\s*");

  private static final Pattern BRACKETED = Pattern.compile("\\[([^\\]]*)](:[0-9A-Za-z._-]{1,64})?");
  private static final Pattern WITH_PORT = Pattern.compile("([0-9.]+):[0-9A-Za-z._-]{1,64}");

  /** No chain of proxies is longer; what is left of it is not looked at. */
  private static final int MOST_HOPS = 32;

  private final List<Network> trusted;

  /**
   * With these proxies.
   *
   * @param trusted may be empty: then the client is who the connection comes from
   */
  public ClientAddress(List<Network> trusted) {
    this.trusted = List.copyOf(trusted);
  }

  /**
   * The client's address.
   *
   * @return null if the container tells none, as for a connection that is no IP connection
   */
  public @Nullable InetAddress of(HttpServletRequest request) {
    InetAddress nearest = parsed(request.getRemoteAddr());
    if (nearest == null || !isTrusted(nearest)) {
      return nearest;
    }
    InetAddress client = nearest;
    for (String hop : nearestFirst(request)) {
      InetAddress named = parsed(hop);
      if (named == null) {
        return client;
      }
      client = named;
      if (!isTrusted(named)) {
        return client;
      }
    }
    return client;
  }

  private boolean isTrusted(InetAddress address) {
    for (Network network : trusted) {
      if (network.contains(address)) {
        return true;
      }
    }
    return false;
  }

  private static List<String> nearestFirst(HttpServletRequest request) {
    String forwarded = joined(request, "Forwarded");
    List<String> hops =
        forwarded.isEmpty()
            ? new ArrayList<>(List.of(joined(request, "X-Forwarded-For").split(",", -1)))
            : forwardedFor(forwarded);
    Collections.reverse(hops);
    return hops.subList(0, Math.min(hops.size(), MOST_HOPS));
  }

  private static String joined(HttpServletRequest request, String header) {
    return String.join(",", Collections.list(request.getHeaders(header)));
  }

  /** The {@code for} of each hop; empty for one that has none, and for what cannot be read. */
  private static List<String> forwardedFor(String forwarded) {
    List<String> hops = new ArrayList<>();
    Matcher pair = PAIR.matcher(forwarded);
    String hop = "";
    int at = 0;
    while (at <= forwarded.length()) {
      pair.region(at, forwarded.length());
      if (!pair.lookingAt()) {
        // What is unreadable ends here; nearer hops, behind it, are read again from the next comma.
        hop = "";
        int comma = forwarded.indexOf(',', at);
        at = comma < 0 ? forwarded.length() : comma;
      } else {
        if (pair.group(1).toLowerCase(Locale.ROOT).equals("for")) {
          hop = pair.group(3) == null ? pair.group(2) : pair.group(3).replaceAll("\\\\(.)", "$1");
        }
        at = pair.end();
      }
      if (at >= forwarded.length() || forwarded.charAt(at) == ',') {
        hops.add(hop);
        hop = "";
      } else if (forwarded.charAt(at) != ';') {
        hop = "";
        int comma = forwarded.indexOf(',', at);
        hops.add(hop);
        at = comma < 0 ? forwarded.length() : comma;
      }
      at++;
    }
    return hops;
  }

  /** An address, with brackets and a port if it has them. */
  private static @Nullable InetAddress parsed(@Nullable String hop) {
    if (hop == null) {
      return null;
    }
    String text = hop.strip();
    if (text.startsWith("[") || text.indexOf(':') >= 0) { // hardly any
      text = alone(text);
    }
    int zone = text.indexOf('%'); // a container may tell through which interface it came
    return Network.address(zone < 0 ? text : text.substring(0, zone));
  }

  private static String alone(String text) {
    Matcher bracketed = BRACKETED.matcher(text);
    if (bracketed.matches()) {
      return bracketed.group(1);
    }
    Matcher port = WITH_PORT.matcher(text);
    return port.matches() ? port.group(1) : text;
  }
}
