/**
 * What {@code java -jar captcha.war} does: a front door over worker JVMs, each an embedded Tomcat
 * that serves the unpacked WAR.
 *
 * <p>{@link io.anynode.captcha.server.Commands} is the way in, {@code ClusterCommand} the order in
 * which things start, {@code Worker} the main class of the other processes. Further commands are
 * services ({@code Subcommand}), so that this room knows none of them. Nothing here is used when
 * the WAR is dropped into a container.
 */
@NullMarked
package io.anynode.captcha.server;

import org.jspecify.annotations.NullMarked;
