package io.anynode.captcha.session.redis;

import io.anynode.captcha.session.redis.RedisAddress.Verify;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/** TLS over a connected socket, with the JVM's trust as {@link RedisAddress} says it. */
final class RedisTls {

  private final RedisAddress address;

  RedisTls(RedisAddress address) {
    this.address = address;
  }

  /** Shakes hands, and waits for each of the server's parts no longer than is left now. */
  Socket over(Socket plain, HostAndPort server, Deadline deadline) throws IOException {
    SSLSocket tls =
        (SSLSocket)
            context()
                .getSocketFactory()
                .createSocket(plain, server.getHost(), server.getPort(), true);
    if (address.verify() == Verify.FULL) {
      SSLParameters checked = tls.getSSLParameters();
      checked.setEndpointIdentificationAlgorithm("HTTPS");
      tls.setSSLParameters(checked);
    }
    tls.setSoTimeout(deadline.leftMillis());
    tls.startHandshake();
    return tls;
  }

  /** Made anew for each connection: a renewed trust store needs no restart. */
  private SSLContext context() throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("The JVM's trust store cannot be used", e);
    }
  }

  private TrustManager @Nullable [] trust() throws GeneralSecurityException {
    if (address.verify() == Verify.NONE) {
      return new TrustManager[] {new TrustAll()};
    }
    TrustManagerFactory jvms =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    jvms.init((KeyStore) null);
    return jvms.getTrustManagers();
  }

  /** For {@code verifyPeer=NONE}: any certificate will do, as whoever wrote that wants it. */
  private static final class TrustAll extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
