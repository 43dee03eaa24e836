package dev.penstock.engine.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.function.Supplier;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.ssl.TransportSecurityLayer;
import org.apache.hc.core5.util.Timeout;

/**
 * TLS that is made ready with the first connection that needs it. Reading the JDK's certificates and the list of public
 * suffixes was a third of a start, and a start is waited for while an I/O thread is not.
 *
 * <p><b>Threads:</b> only the I/O thread.
 */
final class TlsOnDemand implements TlsStrategy {

    private final Supplier<TlsStrategy> factory;
    private TlsStrategy made;

    /** What the factory throws fails the connection, and the next connection asks it again. */
    TlsOnDemand(Supplier<TlsStrategy> factory) {
        this.factory = factory;
    }

    private TlsStrategy made() {
        if (made == null) {
            made = factory.get();
        }
        return made;
    }

    @Override
    public void upgrade(
            TransportSecurityLayer session,
            NamedEndpoint endpoint,
            Object attachment,
            Timeout handshakeTimeout,
            FutureCallback<TransportSecurityLayer> callback) {
        TlsStrategy strategy;
        try {
            strategy = made();
        } catch (RuntimeException e) {
            callback.failed(e);
            return;
        } catch (LinkageError e) {
            // An Error would end the I/O thread and every exchange with it.
            callback.failed(new IOException("TLS could not be made ready", e));
            return;
        }
        strategy.upgrade(session, endpoint, attachment, handshakeTimeout, callback);
    }

    @Override
    @SuppressWarnings("deprecation") // abstract where it stands
    public boolean upgrade(
            TransportSecurityLayer session,
            HttpHost host,
            SocketAddress localAddress,
            SocketAddress remoteAddress,
            Object attachment,
            Timeout handshakeTimeout) {
        return made().upgrade(session, host, localAddress, remoteAddress, attachment, handshakeTimeout);
    }
}
