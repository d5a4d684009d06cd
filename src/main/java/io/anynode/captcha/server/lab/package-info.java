/**
 * {@code java -jar captcha.war lab}: every way of keeping a captcha, measured side by side on real
 * processes with real requests.
 *
 * <p>A {@code Row} is a routing and a place where the answer lives. For each, a {@code Site} is
 * started: workers ({@code LabWorker}, a small application with the real captcha in it) behind a
 * front. {@code Load} sends the population through it; {@code Delay}, {@code Replay} and the others
 * measure what load does not show; what comes out is a {@code RowResult}. Nothing here is reachable
 * by a setting: the stores of rows 5 and 6 exist to show their fault.
 */
@NullMarked
package io.anynode.captcha.server.lab;

import org.jspecify.annotations.NullMarked;
