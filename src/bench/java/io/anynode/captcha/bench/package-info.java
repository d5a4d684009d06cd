/**
 * Whole rounds over HTTP: a page, its picture and the right answer, of ours and of others as their
 * users set them up.
 *
 * <p>{@link io.anynode.captcha.bench.Nodes} are processes with a Tomcat each, {@link
 * io.anynode.captcha.bench.LoadGenerator} is the process that asks them, and {@link
 * io.anynode.captcha.bench.CpuTime} tells what either has used.
 */
@NullMarked
package io.anynode.captcha.bench;

import org.jspecify.annotations.NullMarked;
