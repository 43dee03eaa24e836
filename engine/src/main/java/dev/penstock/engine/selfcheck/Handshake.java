package dev.penstock.engine.selfcheck;

import java.io.IOException;
import java.net.Socket;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/**
 * One TLS handshake with the server, on a connection of its own over which nothing is sent.
 *
 * <p><b>Threads:</b> the one that checks.
 */
final class Handshake {

    private final CheckRun run;

    Handshake(CheckRun run) {
        this.run = run;
    }

    /**
     * What was agreed on.
     *
     * @param version such as {@code TLSv1.3}
     * @param chain the server's certificate, followed by those that vouch for it
     */
    record Agreement(String version, List<X509Certificate> chain) {}

    /**
     * Shakes hands.
     *
     * @param context decides whom to trust
     * @param namedExactly whether the certificate has to be for the configured host
     */
    Agreement with(SSLContext context, boolean namedExactly, Duration allowed)
            throws CheckEndedException, TimeoutException, IOException {
        return run.aside().call(socket -> agree(socket, context, namedExactly), allowed);
    }

    private Agreement agree(Socket socket, SSLContext context, boolean namedExactly) throws IOException {
        int status = run.tunnel().open(socket, run.address());
        if (status != Tunnel.OPEN) {
            throw new IOException("no tunnel");
        }
        Endpoint server = run.target().server();
        SSLSocket secure =
                (SSLSocket) context.getSocketFactory().createSocket(socket, server.host(), server.port(), true);
        if (namedExactly) {
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secure.setSSLParameters(parameters);
        }
        secure.startHandshake();
        SSLSession session = secure.getSession();
        return new Agreement(session.getProtocol(), x509(session.getPeerCertificates()));
    }

    private static List<X509Certificate> x509(Certificate[] chain) {
        return Arrays.stream(chain)
                .filter(X509Certificate.class::isInstance)
                .map(X509Certificate.class::cast)
                .toList();
    }
}
