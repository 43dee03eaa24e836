package dev.penstock.engine.selfcheck;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Keeps the certificates that a server shows, whatever they are, so that it can be said what is wrong with them. Decides
 * nothing: over a connection made with it nothing is ever sent.
 *
 * <p><b>Threads:</b> any.
 */
final class ShownChain extends X509ExtendedTrustManager {

    private volatile List<X509Certificate> chain = List.of();

    SSLContext context() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {this}, null);
        return context;
    }

    /** The server's certificate, followed by those that vouch for it; empty if it has shown none. */
    List<X509Certificate> certificates() {
        return chain;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String authType) {
        chain = List.of(shown);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String authType, Socket socket) {
        chain = List.of(shown);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String authType, SSLEngine engine) {
        chain = List.of(shown);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String authType) {
        throw new UnsupportedOperationException("this is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String authType, Socket socket) {
        throw new UnsupportedOperationException("this is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String authType, SSLEngine engine) {
        throw new UnsupportedOperationException("this is no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
