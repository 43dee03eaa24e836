package dev.penstock.client.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SideCallTest {

    private final CountDownLatch never = new CountDownLatch(1);

    @Test
    void shouldCallWhileTheCallerDoesSomethingElse() {
        CountDownLatch here = new CountDownLatch(1);
        SideCall<String> call = SideCall.start(
                "side",
                () -> {
                    await(here);
                    return Thread.currentThread().getName();
                },
                Thread::start);
        here.countDown();

        assertThat(call.await()).isEqualTo("side");
        assertThat(call.await()).isEqualTo("side");
    }

    @Test
    void shouldPassAnInterruptOnAndKeepIt() {
        SideCall<Boolean> call = SideCall.start("side", () -> !await(never), Thread::start);
        Thread.currentThread().interrupt();
        boolean ended = call.await();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(ended).as("the call was interrupted").isTrue();
    }

    @Test
    void shouldThrowWhatTheCallThrew() {
        IllegalArgumentException cause = new IllegalArgumentException("bad");
        SideCall<Void> call = SideCall.start(
                "side",
                () -> {
                    throw cause;
                },
                Thread::start);

        assertThatIllegalStateException()
                .isThrownBy(call::await)
                .withMessageContaining("side")
                .withCause(cause);
    }

    private static void refuse(Thread thread) {
        throw new OutOfMemoryError("unable to create native thread " + thread.getName());
    }

    @Test
    void shouldCallAfterwardsAndOnceWhereNoThreadCanBeStarted() {
        List<String> calls = new ArrayList<>();
        SideCall<Thread> call = SideCall.start(
                "side",
                () -> {
                    calls.add("side");
                    return Thread.currentThread();
                },
                SideCallTest::refuse);
        List<Object> both = call.beside(() -> calls.add("here"), List::of);

        assertThat(both).containsExactly(true, Thread.currentThread());
        assertThat(call.await()).isSameAs(Thread.currentThread());
        assertThat(calls).containsExactly("here", "side");
    }

    @Test
    void shouldCallEvenIfTheOtherFailsAndNoThreadCanBeStarted() {
        IllegalStateException here = new IllegalStateException("here");
        IllegalStateException side = new IllegalStateException("side");
        SideCall<Void> call = SideCall.start(
                "side",
                () -> {
                    throw side;
                },
                SideCallTest::refuse);

        assertThatThrownBy(() -> call.beside(
                        () -> {
                            throw here;
                        },
                        List::of))
                .isSameAs(here);
        assertThat(here.getSuppressed())
                .singleElement()
                .satisfies(second -> assertThat(second).hasCause(side));
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
