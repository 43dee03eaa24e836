package dev.penstock.engine.selfcheck;

import dev.penstock.engine.selfcheck.Handshake.Agreement;
import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/** Whether TLS is agreed on with a server that is trusted. */
final class TlsStep implements CheckStep {

    private static final Duration SOON = Duration.ofDays(14);

    @Override
    public String name() {
        return "tls";
    }

    @Override
    public Finding take(CheckRun run) throws CheckEndedException {
        if (!run.target().isSecure()) {
            return plain(run);
        }
        Duration allowed = run.time().allow(run.target().transport().connectTimeout());
        try {
            return agreed(new Handshake(run).with(context(run.target()), true, allowed));
        } catch (TimeoutException e) {
            return Finding.failed(
                    "The TLS handshake with " + run.target().server() + " was not finished within "
                            + Spoken.time(allowed) + ".",
                    "See whether that port speaks TLS, and whether something between drops large packets.");
        } catch (IOException e) {
            return new TlsTrouble(run, context(run.target())).finding();
        }
    }

    private static Finding plain(CheckRun run) {
        Endpoint server = run.target().server();
        boolean here = run.target().isProxied()
                ? server.host().equals("localhost") || server.host().startsWith("127.")
                : run.address().isLoopbackAddress();
        return here
                ? Finding.skipped("The host is plain http on this machine; there is no TLS.")
                : Finding.warning(
                        "The host is plain http: the key and all events can be read on the way to " + server + ".",
                        "Use https if the server has it.");
    }

    private static Finding agreed(Agreement agreement) {
        X509Certificate certificate = agreement.chain().get(0);
        String text = agreement.version() + " with a certificate for " + CertificateText.names(certificate)
                + ", issued by " + CertificateText.issuer(certificate) + ", valid until "
                + CertificateText.lastDay(certificate) + ".";
        // TLS goes by the machine's clock, whatever clock the client has.
        Duration left =
                Duration.between(Instant.now(), certificate.getNotAfter().toInstant());
        if (left.compareTo(SOON) >= 0) {
            return Finding.passed(text);
        }
        return left.isNegative()
                ? Finding.warning(
                        text + " That is over; it is taken because it is itself among the trusted ones.",
                        "Have the server's certificate renewed.")
                : Finding.warning(
                        text + " That is in " + Spoken.distance(left) + ".",
                        "Have the server's certificate renewed before; nothing is delivered afterwards.");
    }

    private static SSLContext context(CheckTarget target) {
        if (target.transport().sslContext() != null) {
            return target.transport().sslContext();
        }
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK has no default TLS context", e);
        }
    }
}
