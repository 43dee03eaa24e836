package dev.penstock.engine.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExceptionTreeTest {

    private static Exception exception(String message, Throwable cause, Throwable... suppressed) {
        Exception exception = new Exception(message, cause);
        for (Throwable each : suppressed) {
            exception.addSuppressed(each);
        }
        return exception;
    }

    private static List<String> described(Throwable outermost) {
        return ExceptionTree.of(outermost, 1_000).stream()
                .map(node -> node.thrown().getMessage() + " " + node.parentId() + " " + node.source())
                .toList();
    }

    @Test
    void shouldGoDepthFirstAndToTheCauseFirst() {
        Exception tree = exception(
                "a",
                exception("b", exception("c", null, exception("d", null)), exception("e", null)),
                exception("f", exception("g", null)),
                exception("h", null));

        assertThat(described(tree))
                .containsExactly(
                        "a -1 null",
                        "b 0 cause",
                        "c 1 cause",
                        "d 2 suppressed",
                        "e 1 suppressed",
                        "f 0 suppressed",
                        "g 5 cause",
                        "h 0 suppressed");
    }

    @Test
    void shouldCutCycles() {
        Exception inner = new Exception("inner");
        Exception outer = exception("outer", inner);
        inner.initCause(outer);
        inner.addSuppressed(outer);
        outer.addSuppressed(inner);

        assertThat(described(outer)).containsExactly("outer -1 null", "inner 0 cause");
    }

    @Test
    void shouldListAnObjectOnceWhereItIsFoundFirst() {
        Exception shared = new Exception("shared");
        Exception tree = exception("a", exception("b", shared), shared, shared);

        assertThat(described(tree)).containsExactly("a -1 null", "b 0 cause", "shared 1 cause");
    }

    @Test
    void shouldTellEqualObjectsApart() {
        final class Equal extends Exception {
            private static final long serialVersionUID = 1;

            Equal(Throwable cause) {
                super("equal", cause);
            }

            @Override
            public boolean equals(Object other) {
                return other instanceof Equal;
            }

            @Override
            public int hashCode() {
                return 1;
            }
        }

        assertThat(described(new Equal(new Equal(null)))).containsExactly("equal -1 null", "equal 0 cause");
    }

    @Test
    void shouldKeepTheFirstFiftyOfALongChain() {
        Exception chain = new Exception("49");
        for (int i = 48; i >= 0; i--) {
            chain = new Exception(Integer.toString(i), chain);
        }
        assertThat(ExceptionTree.of(chain, 1_000))
                .hasSize(50)
                .last()
                .matches(node -> "49".equals(node.thrown().getMessage()));

        chain = new Exception("-1", chain);
        assertThat(ExceptionTree.of(chain, 1_000))
                .hasSize(50)
                .last()
                .matches(node -> "48".equals(node.thrown().getMessage()));
    }

    @Test
    void shouldKeepNoMoreThanThereIsRoomFor() {
        Exception chain = new Exception("0", new Exception("1", new Exception("2")));

        assertThat(ExceptionTree.of(chain, 2))
                .extracting(node -> node.thrown().getMessage())
                .containsExactly("0", "1");
        assertThat(ExceptionTree.of(chain, 1)).hasSize(1);
    }

    @Test
    void shouldKeepTheFirstFiftyOfAWideTree() {
        Exception wide = new Exception("root", new Exception("cause"));
        for (int i = 0; i < 100; i++) {
            wide.addSuppressed(new Exception(Integer.toString(i)));
        }

        assertThat(described(wide))
                .hasSize(50)
                .startsWith("root -1 null", "cause 0 cause", "0 0 suppressed")
                .endsWith("47 0 suppressed");
    }

    @Test
    void shouldLookBehindManyRepetitions() {
        Exception wide = new Exception("root");
        Exception repeated = new Exception("repeated");
        for (int i = 0; i < 1_000; i++) {
            wide.addSuppressed(repeated);
        }
        wide.addSuppressed(new Exception("last"));

        assertThat(described(wide)).containsExactly("root -1 null", "repeated 0 suppressed", "last 0 suppressed");
    }
}
