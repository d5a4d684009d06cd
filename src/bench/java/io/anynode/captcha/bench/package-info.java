/**
 * The benchmark: {@code mvn -Pbench verify}. Each {@link io.anynode.captcha.bench.Part} measures one
 * thing and fills a {@link io.anynode.captcha.bench.Sheet} with tables, plots and goals; {@link
 * io.anynode.captcha.bench.Bench} runs them one after the other, writes each sheet as JSON and as
 * Markdown, and prints each goal beside its figure at the end.
 *
 * <p>For whole rounds over HTTP (a page, its picture and the right answer, of ours and of others as
 * their users set them up), {@link io.anynode.captcha.bench.Nodes} are processes with a Tomcat each,
 * {@link io.anynode.captcha.bench.LoadGenerator} is the process that asks them, and {@link
 * io.anynode.captcha.bench.CpuTime} tells what either has used.
 */
@NullMarked
package io.anynode.captcha.bench;

import org.jspecify.annotations.NullMarked;
