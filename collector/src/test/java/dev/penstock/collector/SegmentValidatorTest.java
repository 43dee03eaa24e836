package dev.penstock.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SegmentValidatorTest {
    private static final RequestHead HEAD = new RequestHead(
            "POST",
            SegmentRequests.BATCH,
            "",
            Map.of(
                    "content-type",
                    "application/json",
                    "authorization",
                    SegmentRequests.basic(SegmentRequests.KEY, "").substring("Authorization: ".length())),
            false);

    private final SegmentTries tries = new SegmentTries();
    private final SegmentValidator validator = new SegmentValidator(options(), tries);
    private final BatchContents contents = new BatchContents();

    private static CollectorOptions options() {
        Optional<Path> nowhere = Optional.empty();
        return new CollectorOptions(
                0,
                Optional.empty(),
                CollectorMode.COUNT,
                nowhere,
                Optional.of(SegmentRequests.KEY),
                Optional.empty(),
                1 << 15,
                1 << 20,
                1 << 20,
                1,
                0,
                0,
                0,
                Map.of());
    }

    private void validate(byte[] body) throws InvalidRequestException {
        validator.validate(HEAD, body, body.length, contents);
    }

    /** As a first try each time. */
    private void validateTry(byte[] body) throws InvalidRequestException {
        tries.reset();
        validator.begin(HEAD);
        validate(body);
    }

    @Test
    void shouldRecoverAfterARequestThatBrokeOffDeepInside() {
        byte[] broken = Batches.utf8("{\"writeKey\":\"other\",\"batch\":[{\"context\":{\"app\":{\"a\":[{\"b\":");
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> validate(broken)).isInstanceOf(InvalidRequestException.class);
            assertThatCode(() -> validate(Batches.utf8(SegmentRequests.batch(SegmentRequests.track(1)))))
                    .doesNotThrowAnyException();
        }
        assertThat(contents.count()).isEqualTo(1);
    }

    @Test
    void shouldNotAllocatePerMessageOnceWarm() throws InvalidRequestException {
        String[] messages = new String[1_000];
        for (int i = 0; i < messages.length; i++) {
            messages[i] = SegmentRequests.track(i);
        }
        String member = SegmentRequests.SENT_AT + ",\"messageId\":\"b-1\"";
        byte[] body = Batches.utf8(SegmentRequests.envelope(member, messages));
        for (int i = 0; i < 400; i++) {
            validateTry(body);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        int rounds = 50;
        for (int i = 0; i < rounds; i++) {
            validateTry(body);
        }
        long bytesPerRequest = (threads.getCurrentThreadAllocatedBytes() - before) / rounds;
        assertThat(bytesPerRequest).isLessThan(4_000);
    }
}
