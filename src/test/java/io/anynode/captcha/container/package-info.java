/** The captcha in containers as people run them: unpacked distributions, each node a process. */
@NullMarked
package io.anynode.captcha.container;

import org.jspecify.annotations.NullMarked;
