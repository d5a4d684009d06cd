package io.anynode.captcha.server.lab;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The choice of {@code --front}. */
enum Fronts {
  /** Real balancers for the rows that are about them, where they are installed. */
  AUTO,
  /** The cluster's own front door for all. */
  BUILTIN,
  /** nginx for each way that it goes. */
  NGINX,
  /** HAProxy for each way that it goes. */
  HAPROXY;

  /** The balancer for a way, be it installed or not; null for the built-in front door. */
  @Nullable Balancer wanted(Way way) {
    Balancer balancer =
        switch (this) {
          case NGINX -> Balancer.NGINX;
          case HAPROXY -> Balancer.HAPROXY;
          case BUILTIN -> null;
          case AUTO ->
              switch (way) {
                case CLIENT_ADDRESS, SESSION_COOKIE -> Balancer.NGINX;
                case BALANCER_COOKIE -> Balancer.HAPROXY;
                default -> null;
              };
        };
    return balancer == null || balancer.file(way) == null ? null : balancer;
  }

  /**
   * A row's front.
   *
   * @param folder for its files
   */
  Front open(Way way, Path folder) {
    Balancer wanted = wanted(way);
    return wanted != null && RedisServer.isInstalled(wanted.program())
        ? BalancerFront.of(wanted, way, folder)
        : Front.Builtin.open(way);
  }
}
