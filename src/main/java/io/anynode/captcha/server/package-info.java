/** {@code java -jar captcha.war}: the cluster command, its workers, and the front door. */
@NullMarked
package io.anynode.captcha.server;

import org.jspecify.annotations.NullMarked;
