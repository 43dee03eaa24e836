package dev.penstock.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BatchValidatorTest {
    private static final RequestHead HEAD =
            new RequestHead("POST", "/batch", "", Map.of("content-type", "application/json"), false);

    private final BatchValidator validator = new BatchValidator(Route.BATCH, Optional.empty());
    private final BatchContents contents = new BatchContents();

    private void validate(byte[] body) throws InvalidRequestException {
        validator.validate(HEAD, body, body.length, contents);
    }

    @Test
    void shouldCheckEveryCharacterOfAUuid() {
        String uuid = Batches.uuid(1);
        for (int i = 0; i < uuid.length(); i++) {
            for (char wrong : new char[] {'g', '/', ':', '@', '`', 'G', '\u0661', uuid.charAt(i) == '-' ? '0' : '-'}) {
                String other = uuid.substring(0, i) + wrong + uuid.substring(i + 1);
                assertThatThrownBy(() -> validate(Batches.utf8(Batches.one(1).replace(uuid, other))))
                        .as(other)
                        .hasMessageContaining("uuid is not a uuid");
            }
        }
    }

    @Test
    void shouldCheckEveryCharacterOfATimestamp() {
        String good = "2026-02-11T09:30:01.902Z";
        for (int i = 0; i < good.length(); i++) {
            for (char wrong : new char[] {'x', '/', ':', ' ', '\u0661'}) {
                if (wrong != good.charAt(i)) {
                    String other = good.substring(0, i) + wrong + good.substring(i + 1);
                    assertThat(UtcTimestamp.isValid(other.toCharArray(), 0, other.length()))
                            .as(other)
                            .isFalse();
                }
            }
        }
    }

    @Test
    void shouldRecoverAfterARequestThatBrokeOffDeepInside() {
        byte[] broken = Batches.utf8("{\"api_key\":\"k\",\"batch\":[{\"properties\":{\"a\":[{\"b\":");
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> validate(broken)).isInstanceOf(InvalidRequestException.class);
            assertThatCode(() -> validate(Batches.utf8(Batches.one(1)))).doesNotThrowAnyException();
        }
    }

    @Test
    void shouldRejectJsonThatIsNestedWithoutEnd() {
        byte[] deep = Batches.utf8(Batches.one(1).replace("12900", "[".repeat(100_000)));
        assertThatThrownBy(() -> validate(deep)).hasMessageContaining("not valid JSON");
    }

    @Test
    void shouldNotAllocatePerEventOnceWarm() throws InvalidRequestException {
        String[] events = new String[1_000];
        for (int i = 0; i < events.length; i++) {
            events[i] = Batches.event("invoice paid", i);
        }
        byte[] body = Batches.utf8(Batches.batch(events));
        for (int i = 0; i < 200; i++) {
            validate(body);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        int rounds = 50;
        for (int i = 0; i < rounds; i++) {
            validate(body);
        }
        long bytesPerRequest = (threads.getCurrentThreadAllocatedBytes() - before) / rounds;
        assertThat(bytesPerRequest).isLessThan(4_000);
    }
}
