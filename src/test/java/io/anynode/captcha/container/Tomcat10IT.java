package io.anynode.captcha.container;

/** The contract in a container that every build tries. */
class Tomcat10IT extends ContainerContract {

  @Override
  Distribution distribution() {
    return Tomcat.line("10.1");
  }
}
