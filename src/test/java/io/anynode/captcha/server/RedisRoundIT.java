package io.anynode.captcha.server;

import io.anynode.captcha.real.RealRedis;
import java.util.Map;

/** The cluster over Redis. */
class RedisRoundIT extends ClusterContract {

  @Override
  Map<String, String> settings() {
    return Map.of(
        "captcha.session.store", "redis",
        "captcha.session.redis.uri", RealRedis.singleUri(),
        "captcha.session.redis.namespace", "captcha:cluster");
  }
}
