package io.anynode.captcha.session.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One atomic step in Redis, in Lua. All work from Redis 6 and Valkey 7 on, and with RESP2 and
 * RESP3.
 *
 * @param lua its text
 * @param sha what Redis knows it by once it has seen it
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and sent as they are
record Script(byte[] lua, byte[] sha) {

  /**
   * Saves what a request changed of a session: {@code ARGV} is "1" for a new session, how many
   * fields are written, their names and values, and the names of the fields that go.
   *
   * <p>A session that is not new and is not there (any more) stays away, so that a save that comes
   * late brings nothing back. Fields that go are deleted: an empty field in their place would let a
   * claim succeed twice. The interval is what the hash says, and not what this request last knew,
   * and begins now, by Redis's own clock: a node's may be wrong. Of two requests that end in
   * another order than they began, the later one's time stays.
   */
  static final Script SAVE =
      of(
          """
          local function number(value)
            return value and tonumber(string.sub(value, 2))
          end
          local before = false
          if ARGV[1] ~= '1' then
            local known = redis.call('HMGET', KEYS[1], 'creationTime', 'lastAccessedTime')
            if not known[1] then
              return 0
            end
            before = known[2]
          end
          local ends = 2 + 2 * tonumber(ARGV[2])
          -- A thousand at a time, since Lua's stack ends at some thousands.
          for i = 3, ends, 1000 do
            redis.call('HSET', KEYS[1], unpack(ARGV, i, math.min(i + 999, ends)))
          end
          for i = ends + 1, #ARGV, 1000 do
            redis.call('HDEL', KEYS[1], unpack(ARGV, i, math.min(i + 999, #ARGV)))
          end
          local times = redis.call('HMGET', KEYS[1], 'lastAccessedTime', 'maxInactiveInterval')
          local last, interval = number(times[1]), number(times[2])
          if last and number(before) and number(before) > last then
            last = number(before)
            redis.call('HSET', KEYS[1], 'lastAccessedTime', before)
          end
          if last and interval and interval >= 0 then
            redis.call('PEXPIRE', KEYS[1], string.format('%.0f', 1000 * interval))
          else
            redis.call('PERSIST', KEYS[1])
          end
          return 1
          """);

  /**
   * Takes a field with a text out of a session; of all callers, one gets the value, and when the
   * session was begun. The others get nothing in their list.
   */
  static final Script CLAIM =
      of(
          """
          local found = redis.call('HMGET', KEYS[1], ARGV[1], 'creationTime')
          if found[1] and string.sub(found[1], 1, 1) == 's'
              and found[2] and string.sub(found[2], 1, 1) == 'l' then
            redis.call('HDEL', KEYS[1], ARGV[1])
            return found
          end
          return {}
          """);

  /** Renames a session, where both keys lie on one node; a session that is gone stays away. */
  static final Script RENAME =
      of(
          """
          if redis.call('EXISTS', KEYS[1]) == 1 then
            redis.call('RENAME', KEYS[1], KEYS[2])
          end
          return 1
          """);

  /** Takes a whole hash out of Redis: names and values by turns. */
  static final Script TAKE =
      of(
          """
          local fields = redis.call('HGETALL', KEYS[1])
          redis.call('DEL', KEYS[1])
          return fields
          """);

  /** Sets a value if there is none, and answers with the one that is there. */
  static final Script AGREE =
      of(
          """
          redis.call('SET', KEYS[1], ARGV[1], 'NX')
          return redis.call('GET', KEYS[1])
          """);

  /** Adds to a count; a new one, or one whose expiry got lost, begins its window now. */
  static final Script COUNT =
      of(
          """
          local total = redis.call('INCRBY', KEYS[1], ARGV[1])
          local left = redis.call('PTTL', KEYS[1])
          if left < 0 then
            left = tonumber(ARGV[2])
            redis.call('PEXPIRE', KEYS[1], left)
          end
          return {total, left}
          """);

  /** Takes back from a count that is there, to 0 at least. */
  static final Script TAKE_BACK =
      of(
          """
          local total = tonumber(redis.call('GET', KEYS[1]) or 0)
          local amount = math.min(total, tonumber(ARGV[1]))
          if amount > 0 then
            redis.call('INCRBY', KEYS[1], -amount)
          end
          return 1
          """);

  private static Script of(String lua) {
    byte[] text = lua.getBytes(UTF_8);
    try {
      byte[] sha = MessageDigest.getInstance("SHA-1").digest(text);
      return new Script(text, HexFormat.of().formatHex(sha).getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Each JDK has SHA-1.", e);
    }
  }
}
