package io.anynode.captcha.settings;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Every key there is. {@code conf/captcha.properties} and the README's table are written from this
 * list.
 */
public enum Setting {
  CONFIG(
      "captcha.config",
      null,
      "the path of a properties file",
      "A file of further settings. It comes before the container's conf/captcha.properties and"
          + " WEB-INF/captcha.properties, which are read as well."),
  CONTEXTS(
      "captcha.contexts",
      null,
      "context paths with commas between them, such as /shop,/forum; / is the root",
      "The applications that the jar is for when it lies in the container's lib folder; it touches"
          + " no others, and none when this is not set. Set it as a system property, in the"
          + " environment, in captcha.config's file or in conf/captcha.properties."),
  NODE(
      "captcha.node",
      null,
      "up to 64 characters of A-Z a-z 0-9 . _ -",
      "This node's name in logs, in health and on pages. Default: the host's name and the process"
          + " id."),
  STORE(
      "captcha.session.store",
      "jdbc",
      "jdbc, redis, file or memory",
      "Where the sessions live. jdbc with neither URL nor JNDI name is an embedded H2 database in a"
          + " file: of this one node in a container, shared by all workers of the cluster command."),
  TIMEOUT(
      "captcha.session.timeout",
      "30m",
      "a time of 1s or more, such as 30s, 20m, 2h",
      "How long a session lives after its last request."),
  TOUCH(
      "captcha.session.touch",
      "10",
      "a number from 0 to 50",
      "How many percent of captcha.session.timeout may pass before a request that only reads its"
          + " session writes when it came. A session may end that much early; 0 has each such"
          + " request write."),
  CLEANUP(
      "captcha.session.cleanup",
      "1m",
      "a time of 100ms or more, such as 30s, 5m",
      "How often each node sweeps expired sessions from a database or folder, on average; each wait"
          + " is drawn between half and one and a half of it."),
  SCOPE(
      "captcha.session.scope",
      "application",
      "application or captcha",
      "Whose sessions the store holds: those of the application, with the captcha in them, or those"
          + " of the captcha alone, beside the container's own, which the application keeps."),
  SERIAL_FILTER(
      "captcha.session.serial-filter",
      null,
      "patterns as of java.io.ObjectInputFilter with semicolons between them:"
          + " com.example.**;java.base/*;!*",
      "The classes that a stored attribute may be made of, and the limits maxdepth, maxrefs, maxarray"
          + " and maxbytes. Of several patterns the first that fits counts; what none fits is let in"
          + " unless attacks are known with it. Default: all but those. A list that ends with !* is"
          + " the safest."),
  COOKIE_NAME(
      "captcha.session.cookie.name",
      null,
      "a token of RFC 6265, not JSESSIONID",
      "The session cookie's name. The container's own JSESSIONID would overwrite it. Default:"
          + " SESSION, or CAPTCHA if captcha.session.scope is captcha."),
  COOKIE_PATH(
      "captcha.session.cookie.path",
      null,
      "a path starting with /",
      "The session cookie's path. Default: the application's context path. Applications that share"
          + " a store keep their sessions apart, unless their cookies have one name and one path, as"
          + " with / in all of them."),
  COOKIE_SAME_SITE(
      "captcha.session.cookie.same-site",
      "Lax",
      "Lax, Strict or None",
      "The session cookie's SameSite attribute. None needs a secure cookie."),
  COOKIE_SECURE(
      "captcha.session.cookie.secure",
      null,
      "true or false",
      "Whether the session cookie is for HTTPS only. Default: as the request came. Behind a proxy"
          + " that ends TLS, set true."),
  JDBC_URL(
      "captcha.session.jdbc.url",
      null,
      "a URL starting with jdbc:",
      "The database: PostgreSQL, MariaDB, MySQL (bring its driver) or H2.",
      true),
  JDBC_USER(
      "captcha.session.jdbc.user", null, "a name", "The database user, if the URL does not say."),
  JDBC_PASSWORD(
      "captcha.session.jdbc.password", null, "a password", "The database user's password.", true),
  JDBC_JNDI(
      "captcha.session.jdbc.jndi",
      null,
      "a JNDI name such as jdbc/sessions, and no URL beside it",
      "The container's own DataSource, instead of a URL."),
  JDBC_POOL_SIZE(
      "captcha.session.jdbc.pool-size",
      "10",
      "a number from 1 to 1000",
      "The most connections that this node opens to the database's URL."),
  JDBC_TIMEOUT(
      "captcha.session.jdbc.timeout",
      "900ms",
      "a time from 250ms to 30s",
      "How long a request waits for a connection, and for an answer, before it is refused."),
  REDIS_URI(
      "captcha.session.redis.uri",
      "redis://localhost:6379",
      "a URI starting with redis://, redis-sentinel:// or redis-cluster://, or the same with rediss"
          + " for TLS",
      "The Redis or Valkey servers, with user and password: redis://user:password@host:6379/0;"
          + " rediss:// and so on for TLS; redis-sentinel://host1:26379,host2:26379/0#master;"
          + " redis-cluster://host1:6379,host2:6379.",
      true),
  REDIS_NAMESPACE(
      "captcha.session.redis.namespace",
      "captcha",
      "up to 100 characters of A-Z a-z 0-9 . : _ -",
      "What each key in Redis begins with: one for each group of nodes that share their sessions."),
  REDIS_POOL_SIZE(
      "captcha.session.redis.pool-size",
      "64",
      "a number from 1 to 1000",
      "The most connections that this node opens to a Redis server."),
  REDIS_TIMEOUT(
      "captcha.session.redis.timeout",
      "1s",
      "a time from 100ms to 30s",
      "How long a request waits for Redis before it is refused."),
  FILE_DIR(
      "captcha.session.file.dir",
      null,
      "the path of a folder that all nodes share",
      "The folder of the file store; needed when that store is chosen, save by the cluster command,"
          + " which makes one."),
  FILE_SYNC(
      "captcha.session.file.sync",
      "false",
      "true or false",
      "Whether each save and claim waits until the disk has it, so that not even a power failure"
          + " undoes it. Without, the end of a process undoes nothing either."),
  MEMORY_MANY_NODES(
      "captcha.session.memory.many-nodes",
      "false",
      "true or false",
      "Says out loud that several nodes may each keep sessions of their own in memory, so that the"
          + " cluster command starts them: then most captchas fail."),
  SECRET(
      "captcha.secret",
      null,
      "16 characters or more",
      "The key that seals challenges, the same on every node. Default: the nodes agree on a random"
          + " one, kept in the store.",
      true),
  SECRET_PREVIOUS(
      "captcha.secret.previous",
      null,
      "keys of 16 characters or more, with commas between them",
      "Keys that still open challenges while captcha.secret is being replaced.",
      true),
  KIND(
      "captcha.kind",
      "text",
      "text, sum or work",
      "What is asked: characters, or a sum, which has fewer possible answers; or nothing, since the"
          + " browser does work instead and captcha.offer does not count."),
  OFFER(
      "captcha.offer",
      "picture,sound,work",
      "picture, and sound or work or both, with commas between them",
      "The ways to answer a challenge; any one of them does. A picture alone shuts people out; work is"
          + " done by the browser and asks nothing of the person."),
  WORK_DIFFICULTY(
      "captcha.work.difficulty",
      "1000",
      "a number from 1 to 1000000",
      "How many keys of 1,000 rounds of PBKDF2 a browser has to derive on average until it finds the"
          + " right one; never more than twice as many. The chapter on proof of work has the times."),
  WORK_BUSY(
      "captcha.work.busy",
      "100",
      "a number from 1 to 1000000",
      "From how many challenges a second on, counted by each node, the work becomes harder: twice as"
          + " many, twice as hard."),
  WORK_RISE(
      "captcha.work.rise",
      "8",
      "a number from 1 to 100",
      "How many times as hard it may become at most, by load and by the client's refused answers: it"
          + " is twice as hard when of captcha.rate.failure one part of so many is used. 1 keeps it as"
          + " it is."),
  LENGTH(
      "captcha.length", "5", "a number from 3 to 12", "How many characters a text challenge has."),
  CASE_SENSITIVE(
      "captcha.case-sensitive",
      "false",
      "true or false",
      "Whether upper and lower case differ in an answer. Pictures show upper case only."),
  TTL(
      "captcha.ttl",
      "5m",
      "a time from 10s to 24h",
      "How long a challenge can be answered after it was issued."),
  MAX_OPEN(
      "captcha.max-open",
      "8",
      "a number from 1 to 64",
      "How many challenges a session may hold open; the oldest go first."),
  PICTURE_WIDTH(
      "captcha.picture.width", "200", "a number from 80 to 800", "The picture's width in pixels."),
  PICTURE_HEIGHT(
      "captcha.picture.height", "50", "a number from 24 to 300", "The picture's height in pixels."),
  PICTURE_DIFFICULTY(
      "captcha.picture.difficulty",
      "medium",
      "easy, medium or hard",
      "How far the picture is from plain writing. Harder ones cost machines more, and people too."),
  PREFIX(
      "captcha.prefix",
      "/captcha",
      "a path such as /captcha, with no slash at its end",
      "Where the endpoints are in the application."),
  ORDER(
      "captcha.order",
      "first",
      "first, or after: and names of filters with commas between them",
      "Where the captcha stands among the application's filters: before all, or behind those that"
          + " are named, which then come first, in this order. For filters that hide the session,"
          + " such as Shiro's with native sessions, or that a form's encoding depends on."),
  PARAMETER_ID(
      "captcha.parameter.id",
      "captcha-id",
      "up to 64 characters of A-Z a-z 0-9 . _ -",
      "The form field that carries the challenge's id."),
  PARAMETER_ANSWER(
      "captcha.parameter.answer",
      "captcha-answer",
      "up to 64 characters of A-Z a-z 0-9 . _ -, other than captcha.parameter.id's",
      "The form field that carries the answer."),
  PARAMETER_WORK(
      "captcha.parameter.work",
      "altcha",
      "up to 64 characters of A-Z a-z 0-9 . _ -, other than the two above",
      "The form field that carries a proof of work."),
  LANGUAGE(
      "captcha.language",
      null,
      "a language tag such as de or pt-BR, for which there are texts",
      "The language of messages, of the widget and of the captcha's own pages. Default: the first in"
          + " the request's Accept-Language for which there are texts, else English."),
  REQUEST_ENCODING(
      "captcha.request-encoding",
      "UTF-8",
      "a character set that this Java knows",
      "How the bytes of a guarded form are read when the request does not say. The guard reads it"
          + " before the application can set its own."),
  SITEVERIFY_SECRET(
      "captcha.siteverify.secret",
      null,
      "16 characters or more with no comma in them; several with commas between them",
      "What other applications' servers send to siteverify to have a visitor's token checked: the"
          + " secret key of a reCAPTCHA, hCaptcha or Turnstile client. Several, while one is being"
          + " replaced. Default: none, and no siteverify.",
      true),
  CORS_ORIGINS(
      "captcha.cors.origins",
      null,
      "origins with commas between them, such as https://shop.example; no path, no *",
      "The other origins whose scripts may ask for challenges and answer them, with cookies. On"
          + " another site than this one that needs captcha.session.cookie.same-site=None as well."),
  TEST_MODE(
      "captcha.test-mode",
      "false",
      "true or false",
      "For tests of your application: the answer PASSED is right. Warns at each start and in a"
          + " header of each response."),
  RATE_ISSUE(
      "captcha.rate.issue",
      "300/1m",
      "a number and a time from 1s to 24h, such as 60/1m; or off",
      "How many challenges are issued to one client address, on all nodes together. What is more"
          + " gets 429, and begins no session."),
  RATE_ISSUE_NETWORK(
      "captcha.rate.issue.network",
      null,
      "a number and a time from 1s to 24h, such as 600/1m; or off",
      "The same for all addresses of one network. Default: ten times captcha.rate.issue."),
  RATE_FAILURE(
      "captcha.rate.failure",
      "300/1m",
      "a number and a time from 1s to 24h, such as 60/1m; or off",
      "How many answers of one client address may be refused, on all nodes together. Then each gets"
          + " the verdict LIMITED, unread."),
  RATE_FAILURE_NETWORK(
      "captcha.rate.failure.network",
      null,
      "a number and a time from 1s to 24h, such as 600/1m; or off",
      "The same for all addresses of one network. Default: ten times captcha.rate.failure."),
  RATE_PREFIX_IPV4(
      "captcha.rate.prefix.ipv4",
      "24",
      "a number from 8 to 32",
      "How many leading bits the addresses of one IPv4 network have in common."),
  RATE_PREFIX_IPV6(
      "captcha.rate.prefix.ipv6", "64", "a number from 16 to 128", "The same for IPv6."),
  TRUSTED_PROXIES(
      "captcha.trusted-proxies",
      null,
      "addresses and networks with commas between them, such as 10.0.0.0/8,2001:db8::7",
      "The proxies whose Forwarded or X-Forwarded-For header is believed. Default: none, so that the"
          + " client is who the connection comes from."),
  METRICS(
      "captcha.metrics",
      "off",
      "off or prometheus",
      "Whether metrics under captcha.prefix answers in Prometheus' format. JMX has the same counts in"
          + " either case."),
  METRICS_ALLOW(
      "captcha.metrics.allow",
      "127.0.0.0/8,::1",
      "addresses and networks with commas between them, such as 10.0.0.0/8,2001:db8::7",
      "Who may read the metrics, by the address that the connection comes from. A request that a"
          + " proxy has passed on may not."),
  PROTECT_PATH(
      "captcha.protect.<name>.path",
      null,
      "a URL pattern of the Servlet specification: /login, /account/* or *.do, decoded and without"
          + " a query",
      "The requests that need a right answer. <name> is yours to choose; one name for each guard."),
  PROTECT_METHOD(
      "captcha.protect.<name>.method",
      "POST",
      "HTTP methods with commas between them, or *",
      "The methods that are guarded. * for an action that takes its form by GET as well: a JSP, or a"
          + " servlet whose doGet calls its doPost."),
  PROTECT_WHEN_PARAMETER(
      "captcha.protect.<name>.when-parameter",
      null,
      "a parameter's name, or name=value",
      "Guards only requests that have this parameter, for pages that post several forms to one"
          + " URL."),
  PROTECT_SCOPE(
      "captcha.protect.<name>.scope",
      "",
      "up to 64 characters of A-Z a-z 0-9 . _ -",
      "The challenge must have been issued for this scope, so that one form's challenge does not"
          + " count for another. Default: no scope."),
  PROTECT_WHEN(
      "captcha.protect.<name>.when",
      "always",
      "always, after-failures: and a number from 1, or suspicious",
      "When an answer is needed: always; once so many logins of the account or the address have"
          + " failed; or where they look like guessing. The page asks ${captcha.needed}."),
  PROTECT_FAILED(
      "captcha.protect.<name>.failed",
      null,
      "status:401, redirect:/login?error or attribute:name, or several with commas between them",
      "How the application shows that a login has failed: by a status, a redirect, or a request"
          + " attribute. Needed unless when is always."),
  PROTECT_ACCOUNT(
      "captcha.protect.<name>.account",
      "username",
      "a parameter's name",
      "The form field that names the account. It is stored as a keyed hash only."),
  PROTECT_FORGET(
      "captcha.protect.<name>.forget",
      "15m",
      "a time from 1s to 24h",
      "When failed logins are forgotten, counted from the first of them."),
  PROTECT_ON_FAILURE(
      "captcha.protect.<name>.on-failure",
      "status:422",
      "forward:/path, redirect:/path, redirect:https://…, or status:400 to status:499",
      "What a refused request gets: the page again in the same request (status 422), a redirect, or"
          + " a status with a short text."),
  PROTECT_REMEMBER(
      "captcha.protect.<name>.remember",
      null,
      "a time from 1s to 1h, such as 2m",
      "How long a right answer counts for further requests of the same form in the same session, one"
          + " after the other and 5 in all, so that a mistyped password does not ask for a second"
          + " captcha. A login that succeeds ends it by changing the session's id. Default: not at"
          + " all."),
  LEGACY_LIBRARY(
      "captcha.legacy.<name>.library",
      "servlet",
      "servlet, kaptcha, easycaptcha, simplecaptcha or cage",
      "Stands in for an old captcha, whose page stays as it is: the library that made it, or servlet"
          + " for a servlet, page or action of your own. <name> is yours to choose."),
  LEGACY_MODE(
      "captcha.legacy.<name>.mode",
      null,
      "takeover, guard or observe; simplecaptcha cannot be taken over",
      "takeover: this draws the picture, the old code checks. guard: this checks, and stops the"
          + " request. observe: the old code draws and checks, and one answer gets through once."
          + " Default: observe for simplecaptcha and cage, else takeover."),
  LEGACY_IMAGE(
      "captcha.legacy.<name>.image",
      null,
      "URL patterns with commas between them, each with ?name or ?name=value behind it if a"
          + " parameter decides",
      "The old picture's URL: /kaptcha.jpg, *.jpg, /image.jsp, /servlet/X, /user.do?method=code."
          + " Default: where the library's own servlet is mapped."),
  LEGACY_PATH(
      "captcha.legacy.<name>.path",
      null,
      "URL patterns with commas between them: /login, /account/* or *.do",
      "The requests in which the old code checks the answer."),
  LEGACY_METHOD(
      "captcha.legacy.<name>.method",
      "POST",
      "HTTP methods with commas between them, or *",
      "The methods of those requests. Name each that the old code takes, GET too."),
  LEGACY_WHEN_PARAMETER(
      "captcha.legacy.<name>.when-parameter",
      null,
      "a parameter's name, or name=value",
      "Only requests that have this parameter, for pages that post several forms to one URL."),
  LEGACY_ON_FAILURE(
      "captcha.legacy.<name>.on-failure",
      "status:422",
      "forward:/path, redirect:/path, redirect:https://…, or status:400 to status:499",
      "What a refused request gets, as for captcha.protect. A wrong answer is the old code's to"
          + " refuse, unless the mode is guard."),
  LEGACY_PARAMETER(
      "captcha.legacy.<name>.parameter",
      null,
      "a parameter's name",
      "The form field that carries the answer."),
  LEGACY_ATTRIBUTE(
      "captcha.legacy.<name>.attribute",
      null,
      "a session attribute's name",
      "The session attribute that the old code reads. Default: the library's own; needed for"
          + " servlet, unless the mode is guard."),
  LEGACY_TYPE(
      "captcha.legacy.<name>.type",
      "string",
      "string or integer",
      "What the old code takes that attribute for. An integer is asked for as a sum, or as digits if"
          + " captcha.legacy.<name>.alphabet has them."),
  LEGACY_CASE(
      "captcha.legacy.<name>.case",
      null,
      "as-is, upper or lower",
      "The case in which the old code expects the answer in the attribute. Default: lower for"
          + " easycaptcha, else as-is."),
  LEGACY_ALPHABET(
      "captcha.legacy.<name>.alphabet",
      null,
      "letters and digits of ASCII; digits for an integer",
      "The characters that are asked for. Default: kaptcha's own for kaptcha, else those that nobody"
          + " takes for one another."),
  LEGACY_LENGTH(
      "captcha.legacy.<name>.length",
      null,
      "a number from 3 to 12, to 9 for an integer",
      "How many characters are asked for. Default: 5 for kaptcha and easycaptcha, else 4."),
  LEGACY_WIDTH(
      "captcha.legacy.<name>.width",
      null,
      "a number from 80 to 800",
      "The picture's width in pixels. Default: 200 for kaptcha and cage, 130 for easycaptcha, else"
          + " 120."),
  LEGACY_HEIGHT(
      "captcha.legacy.<name>.height",
      null,
      "a number from 24 to 300",
      "The picture's height in pixels. Default: 50 for kaptcha, 48 for easycaptcha, 70 for cage, else"
          + " 40."),
  LEGACY_FORMAT(
      "captcha.legacy.<name>.format",
      null,
      "png, jpeg or gif",
      "The picture's format. Default: png for easycaptcha, else jpeg.");

  private static final String NAME = "<name>";

  private final String key;
  private final @Nullable String byDefault;
  private final String allowed;
  private final String effect;
  private final boolean secret;

  Setting(String key, @Nullable String byDefault, String allowed, String effect) {
    this(key, byDefault, allowed, effect, false);
  }

  Setting(String key, @Nullable String byDefault, String allowed, String effect, boolean secret) {
    this.key = key;
    this.byDefault = byDefault;
    this.allowed = allowed;
    this.effect = effect;
    this.secret = secret;
  }

  /** The key; for guards and other named entries with {@code <name>} in it. */
  public String key() {
    return key;
  }

  /** What holds when it is not set; null if nothing does, or the effect says what. */
  public @Nullable String byDefault() {
    return byDefault;
  }

  /** What is allowed, as an error says it. */
  public String allowed() {
    return allowed;
  }

  /** What it does, in a sentence or two. */
  public String effect() {
    return effect;
  }

  /** Whether its value must not be shown. */
  public boolean secret() {
    return secret;
  }

  /** Whether it is one of a named entry's, with a name in its key. */
  public boolean ofEntry() {
    return key.contains(NAME);
  }

  /** The part of an entry's key before the name. */
  String family() {
    return key.substring(0, key.indexOf(NAME));
  }

  /** The part of an entry's key behind the name. */
  String field() {
    return key.substring(key.indexOf(NAME) + NAME.length() + 1);
  }

  /** The key of the entry of this name. */
  String key(String name) {
    return key.replace(NAME, name);
  }

  /** The key as an environment variable. */
  public static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
