package dev.penstock.client.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SideCallTest {

    private final CountDownLatch never = new CountDownLatch(1);

    @Test
    void shouldCallWhileTheCallerDoesSomethingElse() {
        CountDownLatch here = new CountDownLatch(1);
        SideCall<String> call = SideCall.start("side", () -> {
            await(here);
            return Thread.currentThread().getName();
        });
        here.countDown();

        assertThat(call.await()).isEqualTo("side");
        assertThat(call.await()).isEqualTo("side");
    }

    @Test
    void shouldPassAnInterruptOnAndKeepIt() {
        SideCall<Boolean> call = SideCall.start("side", () -> !await(never));
        Thread.currentThread().interrupt();
        boolean ended = call.await();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(ended).as("the call was interrupted").isTrue();
    }

    @Test
    void shouldThrowWhatTheCallThrew() {
        IllegalArgumentException cause = new IllegalArgumentException("bad");
        SideCall<Void> call = SideCall.start("side", () -> {
            throw cause;
        });

        assertThatIllegalStateException()
                .isThrownBy(call::await)
                .withMessageContaining("side")
                .withCause(cause);
    }

    /** False if interrupted. */
    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
