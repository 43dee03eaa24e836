package dev.penstock.engine.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.reactor.ssl.TransportSecurityLayer;
import org.junit.jupiter.api.Test;

class TlsOnDemandTest {

    @Test
    void shouldFailEachConnectionThatCannotHaveTlsAndAskAgainForTheNext() {
        List<RuntimeException> thrown = new ArrayList<>();
        List<Exception> failures = new ArrayList<>();
        TlsOnDemand tls = new TlsOnDemand(() -> {
            thrown.add(new IllegalStateException("no context " + thrown.size()));
            throw thrown.get(thrown.size() - 1);
        });
        FutureCallback<TransportSecurityLayer> callback = new FutureCallback<>() {
            @Override
            public void completed(TransportSecurityLayer session) {
                throw new AssertionError("there is no TLS");
            }

            @Override
            public void failed(Exception e) {
                failures.add(e);
            }

            @Override
            public void cancelled() {
                throw new AssertionError("nobody cancelled");
            }
        };
        assertThat(thrown).as("nothing is made before it is needed").isEmpty();

        tls.upgrade(null, null, null, null, callback);
        tls.upgrade(null, null, null, null, callback);

        assertThat(failures).hasSize(2).containsExactlyElementsOf(thrown);
    }
}
