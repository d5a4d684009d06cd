package io.anynode.captcha.web;

import io.anynode.captcha.http.ShortAnswer;
import io.anynode.captcha.settings.Network;
import io.anynode.captcha.telemetry.Meters;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code GET metrics}: the meters, in Prometheus' text format, for those whom the settings name.
 *
 * <p>They are told by the address that the connection comes from. A request that a proxy has passed
 * on is refused, whatever it says of its origin: behind one on the same host, all the world would
 * come from loopback.
 */
final class MetricsEndpoint implements Endpoint {

  private static final List<String> PASSED_ON =
      List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");

  private final Meters meters;
  private final List<Network> allowed;

  MetricsEndpoint(Meters meters, List<Network> allowed) {
    this.meters = meters;
    this.allowed = allowed;
  }

  @Override
  public void answer(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ProblemException {
    if (!isAllowed(request)) {
      throw new ProblemException(
          HttpServletResponse.SC_FORBIDDEN, "captcha.metrics.allow does not name this address.");
    }
    ShortAnswer.send(
        response, Meters.CONTENT_TYPE, meters.scrape().getBytes(StandardCharsets.UTF_8));
  }

  private boolean isAllowed(HttpServletRequest request) {
    String peer = request.getRemoteAddr();
    return peer != null
        && PASSED_ON.stream().allMatch(header -> request.getHeader(header) == null)
        && Stream.ofNullable(Network.address(peer.replaceFirst("%.*", "")))
            .anyMatch(address -> allowed.stream().anyMatch(network -> network.contains(address)));
  }
}
