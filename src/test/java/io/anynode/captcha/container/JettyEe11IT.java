package io.anynode.captcha.container;

/** The contract in a container that every build tries. */
class JettyEe11IT extends ContainerContract {

  @Override
  Distribution distribution() {
    return Jetty.with("ee11");
  }
}
