/**
 * Sessions in Redis or Valkey: one server, Sentinel, or Cluster. Only this folder imports Jedis.
 */
@NullMarked
package io.anynode.captcha.session.redis;

import org.jspecify.annotations.NullMarked;
