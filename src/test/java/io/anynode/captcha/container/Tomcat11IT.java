package io.anynode.captcha.container;

/** The contract in a container that every build tries. */
class Tomcat11IT extends ContainerContract {

  @Override
  Distribution distribution() {
    return Tomcat.line("11");
  }
}
