package dev.penstock.engine.selfcheck;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/**
 * Finds out why TLS was not agreed on. An exception of the JDK's would have to be read for phrases; asking again, each time
 * for less, tells it for certain.
 */
final class TlsTrouble {

    private final CheckRun run;
    private final SSLContext context;
    private final Endpoint server;

    TlsTrouble(CheckRun run, SSLContext context) {
        this.run = run;
        this.context = context;
        this.server = run.target().server();
    }

    Finding finding() throws CheckEndedException {
        List<X509Certificate> chain = shown();
        if (chain.isEmpty()) {
            return Finding.failed(
                    "There was no TLS handshake with " + server
                            + ": what answers there speaks no TLS, or no version of it" + " that this JVM does.",
                    "See whether the port is one for plain http, and what TLS versions the server has.");
        }
        Instant now = Instant.now();
        for (int i = 0; i < chain.size(); i++) {
            Finding lapsed = lapsed(chain.get(i), i == 0, now);
            if (lapsed != null) {
                return lapsed;
            }
        }
        return isTrusted() ? otherName(chain.get(0)) : untrusted(chain);
    }

    /** What the server shows to somebody who takes anything. */
    private List<X509Certificate> shown() throws CheckEndedException {
        ShownChain shown = new ShownChain();
        try {
            new Handshake(run).with(shown.context(), false, allowed());
        } catch (TimeoutException | IOException e) {
            return shown.certificates(); // it may have got that far
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no TLS", e);
        }
        return shown.certificates();
    }

    /** Whether it is only the name. */
    private boolean isTrusted() throws CheckEndedException {
        try {
            new Handshake(run).with(context, false, allowed());
            return true;
        } catch (TimeoutException | IOException e) {
            return false;
        }
    }

    private Duration allowed() throws CheckEndedException {
        return run.time().allow(run.target().transport().connectTimeout());
    }

    /** What is wrong with its dates; null if nothing is. */
    private static Finding lapsed(X509Certificate certificate, boolean first, Instant now) {
        String which = first ? "The server's certificate" : "A certificate that vouches for the server's";
        if (now.isAfter(certificate.getNotAfter().toInstant())) {
            return Finding.failed(
                    which + " expired on " + CertificateText.lastDay(certificate) + ".",
                    "Have it renewed. If it is newer than this machine thinks, set this machine's clock.");
        }
        return now.isBefore(certificate.getNotBefore().toInstant())
                ? Finding.failed(
                        which + " is valid only from " + CertificateText.firstDay(certificate) + ".",
                        "Set this machine's clock if it is behind; else have the certificate issued again.")
                : null;
    }

    private Finding otherName(X509Certificate certificate) {
        return Finding.failed(
                "The server's certificate is for " + CertificateText.names(certificate) + ", not for " + server.host()
                        + ".",
                "Configure the host by a name that the certificate has, or have it issued for this one too.");
    }

    private static Finding untrusted(List<X509Certificate> chain) {
        X509Certificate last = chain.get(chain.size() - 1);
        String remedy =
                "If it is your own, add its issuer to the JVM's trust store, or to the sslContext given to the client."
                        + " If it is not, somebody between here and the server reads along.";
        if (chain.size() == 1 && CertificateText.isSelfSigned(last)) {
            return Finding.failed(
                    "The server's certificate is not trusted: it vouches for itself (" + CertificateText.issuer(last)
                            + ").",
                    remedy);
        }
        String missing = chain.size() == 1 ? " The server may have left out a certificate that belongs between." : "";
        return Finding.failed(
                "The server's certificate is not trusted: it was issued by " + CertificateText.issuer(last)
                        + ", whom nothing here vouches for." + missing,
                remedy);
    }
}
