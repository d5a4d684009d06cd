package io.anynode.captcha.container;

/** The contract in a container that every build tries. */
class JettyEe10IT extends ContainerContract {

  @Override
  Distribution distribution() {
    return Jetty.with("ee10");
  }
}
