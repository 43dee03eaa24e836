package dev.penstock.engine.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When new codes are due, and what is counted for them. */
class CodeLearnerTest {

    private final CodeLearner learner = new CodeLearner();
    private final BlockCodes codes = new BlockCodes();

    /** Chunks that take so many bytes each, with new codes whenever they are due. */
    private void chunks(int count, int compressed) {
        for (int i = 0; i < count; i++) {
            learner.endChunk(CodeLearner.CHUNK, compressed, false);
            if (learner.isDue()) {
                learner.learn(codes);
            }
        }
    }

    private void countEvent(int letter) {
        byte[] bytes = new byte[20];
        Arrays.fill(bytes, (byte) letter);
        Tokens tokens = new Tokens(100);
        tokens.addLiterals(bytes.length);
        learner.beginEvent();
        learner.count(bytes, 0, tokens, tokens.count);
    }

    private int bitsOf(int letter) {
        return codes.literals[letter] & BlockCodes.NUMBER;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 8, 12, 16, 20})
    void shouldCountEachOfTheKindsThatComeByTurns(int kinds) {
        chunks(40, CodeLearner.CHUNK / 4);
        for (int i = 0; i < 16_000; i++) {
            countEvent('a' + i % kinds);
        }
        learner.learn(codes);

        int expected = 32 - Integer.numberOfLeadingZeros(kinds - 1);
        for (int kind = 0; kind < kinds; kind++) {
            assertThat(bitsOf('a' + kind)).as("bits of kind %d", kind).isBetween(expected - 1, expected + 2);
        }
    }

    @Test
    void shouldCountOneEventInSixteenForSixteen() {
        chunks(40, CodeLearner.CHUNK / 4);
        for (int i = 0; i < 16_000; i++) {
            countEvent('a');
        }
        countOthers('b', 160_000);
        countOthers('c', 80_000);
        countOthers('d', 40_000);
        learner.learn(codes);

        // 320,000 times 'a', as far as is known.
        assertThat(new int[] {bitsOf('a'), bitsOf('b'), bitsOf('c'), bitsOf('d')})
                .containsExactly(1, 2, 3, 4);
    }

    private void countOthers(char letter, int times) {
        byte[] bytes = new byte[times];
        Arrays.fill(bytes, (byte) letter);
        Tokens tokens = new Tokens(100);
        tokens.addLiterals(times);
        learner.beginOther();
        learner.count(bytes, 0, tokens, tokens.count);
    }

    @Test
    void shouldLearnEverMoreRarely() {
        int chunks = 0;
        int before = 0;
        for (int times = 0; times < 5; times++) {
            int since = 0;
            while (!learner.isDue()) {
                learner.endChunk(CodeLearner.CHUNK, CodeLearner.CHUNK / 4, false);
                since++;
            }
            learner.learn(codes);
            assertThat(since).isGreaterThan(before);
            before = since;
            chunks += since;
        }
        assertThat(chunks).isBetween(1 + 4 + 16 + 64, 1 + 4 + 16 + 64 + 256);
    }

    @Test
    void shouldLearnAtOnceWhenAChunkTakesMoreThanUsual() {
        int usual = CodeLearner.CHUNK / 4;
        chunks(40, usual);
        learner.endChunk(CodeLearner.CHUNK, usual * 11 / 10, false);
        assertThat(learner.isDue()).as("a tenth more").isFalse();
        learner.endChunk(CodeLearner.CHUNK, usual * 3 / 2, false);
        assertThat(learner.isDue()).as("half as much again").isTrue();

        learner.learn(codes);
        assertThat(learner.isDue()).isFalse();
        learner.endChunk(CodeLearner.CHUNK, usual, false);
        assertThat(learner.isDue()).as("what was learned from little").isTrue();
    }

    @Test
    void shouldNotMindThatAStreamsFirstChunkTakesMore() {
        int usual = CodeLearner.CHUNK / 4;
        chunks(40, usual);
        learner.endChunk(CodeLearner.CHUNK, 2 * usual, true);
        learner.endChunk(CodeLearner.CHUNK / 2, 2 * usual, false);

        assertThat(learner.isDue()).isFalse();
    }
}
