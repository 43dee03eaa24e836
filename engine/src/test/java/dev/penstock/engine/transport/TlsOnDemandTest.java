package dev.penstock.engine.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
        FutureCallback<TransportSecurityLayer> callback = into(failures);
        assertThat(thrown).as("nothing is made before it is needed").isEmpty();

        tls.upgrade(null, null, null, null, callback);
        tls.upgrade(null, null, null, null, callback);

        assertThat(failures).hasSize(2).containsExactlyElementsOf(thrown);
    }

    @Test
    void shouldFailTheConnectionAndNotTheThreadIfAClassCannotBeHad() {
        List<Exception> failures = new ArrayList<>();
        TlsOnDemand tls = new TlsOnDemand(() -> {
            throw new NoClassDefFoundError("for a test");
        });

        tls.upgrade(null, null, null, null, into(failures));

        assertThat(failures)
                .singleElement()
                .satisfies(failure -> assertThat(failure)
                        .isInstanceOf(IOException.class)
                        .hasCauseInstanceOf(NoClassDefFoundError.class));
    }

    private static FutureCallback<TransportSecurityLayer> into(List<Exception> failures) {
        return new FutureCallback<>() {
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
    }
}
