package dev.penstock.engine.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostAddressesTest {

    private final AtomicLong nowNs = new AtomicLong();
    private final List<String> lookups = new ArrayList<>();
    private final List<Throwable> told = new ArrayList<>();
    private final List<Runnable> threads = new ArrayList<>();
    private InetAddress[] answer = {InetAddress.getLoopbackAddress()};

    @Test
    void shouldLookUpOnItsOwnThreadAndThenKnow() throws UnknownHostException {
        HostAddresses addresses = addresses("eu.example.invalid", this::parked);

        assertThat(addresses.isKnown()).isFalse();
        assertThatThrownBy(() -> addresses.resolve("eu.example.invalid")).isInstanceOf(UnknownHostException.class);
        addresses.look();
        assertThat(lookups).isEmpty();
        threads.get(0).run();

        assertThat(addresses.isKnown()).isTrue();
        assertThat(addresses.resolve("eu.example.invalid")).containsExactly(InetAddress.getLoopbackAddress());
        assertThat(told).containsExactly((Throwable) null);
    }

    @Test
    void shouldRunOneLookupAtATime() {
        HostAddresses addresses = addresses("eu.example.invalid", this::parked);

        addresses.look();
        addresses.look();

        assertThat(threads).hasSize(1);
        threads.get(0).run();
        addresses.look();
        assertThat(threads).hasSize(2);
    }

    @Test
    void shouldTellThatAHostIsUnknownAndTryAgainWhenAsked() {
        HostAddresses addresses = addresses("eu.example.invalid", this::parked);
        answer = null;

        addresses.look();
        threads.get(0).run();

        assertThat(addresses.isKnown()).isFalse();
        assertThat(told).singleElement().isInstanceOf(UnknownHostException.class);
        answer = new InetAddress[] {InetAddress.getLoopbackAddress()};
        addresses.look();
        threads.get(1).run();
        assertThat(addresses.isKnown()).isTrue();
    }

    @Test
    void shouldServeOldAddressesWhileTheyAreLookedUpAgainAndWhenThatFails() throws UnknownHostException {
        HostAddresses addresses = addresses("eu.example.invalid", this::parked);
        addresses.look();
        threads.get(0).run();

        nowNs.addAndGet(Duration.ofSeconds(31).toNanos());
        answer = null;
        assertThat(addresses.isKnown()).isTrue();
        assertThat(threads).hasSize(2);
        threads.get(1).run();

        assertThat(addresses.isKnown()).isTrue();
        assertThat(addresses.resolve("eu.example.invalid")).isNotEmpty();
        assertThat(threads).as("not again at once").hasSize(2);
        assertThat(told).containsExactly(null, null);
    }

    @Test
    void shouldTellWhenThereIsNoThreadForALookup() {
        HostAddresses addresses = addresses("eu.example.invalid", work -> null);

        addresses.look();

        assertThat(told).singleElement().isInstanceOf(NullPointerException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "255.255.255.255", "10.1.2.3", "::1", "2001:db8::7"})
    void shouldKnowAnAddressWithoutLookingItUp(String literal) throws UnknownHostException {
        HostAddresses addresses = addresses(literal, this::parked);
        nowNs.addAndGet(Duration.ofDays(1).toNanos());

        assertThat(addresses.isKnown()).isTrue();
        assertThat(addresses.resolve(literal)).containsExactly(InetAddress.getByName(literal));
        assertThat(threads).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.3", "256.1.1.1", "cafe", "1.2.3.4.example", "localhost"})
    void shouldTakeEverythingElseForAName(String name) {
        assertThat(addresses(name, this::parked).isKnown()).isFalse();
    }

    private HostAddresses addresses(String host, ThreadFactory factory) {
        return new HostAddresses(host, this::find, factory, nowNs::get, told::add);
    }

    private InetAddress[] find(String host) throws UnknownHostException {
        lookups.add(host);
        if (answer == null) {
            throw new UnknownHostException(host);
        }
        return answer;
    }

    /** A thread that runs when the test says so. */
    private Thread parked(Runnable work) {
        threads.add(work);
        return new Thread(() -> {});
    }
}
