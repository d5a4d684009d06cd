package io.anynode.captcha;

import java.time.Instant;

/**
 * A challenge that was issued: what may be known of it outside.
 *
 * @param id names it in URLs and forms; 40 characters that need no escaping
 * @param expires from when on an answer comes too late
 */
public record Issued(String id, Instant expires) {}
