package dev.penstock.cli.flags;

import dev.penstock.cli.common.Screen;

/** Compares each answer with the one expected; prints those that differ and a summary. One thread at a time. */
final class AnswerCheck implements AnswerSink {
    private final Screen screen;
    private long passed;
    private long failed;

    AnswerCheck(Screen screen) {
        this.screen = screen;
    }

    @Override
    public void take(VectorRecord.Case question, FlagAnswer answer) throws BadRecordException {
        FlagAnswer expected = question.expected();
        if (expected == null) {
            throw new BadRecordException("expected is missing, which --check compares with");
        }
        if (answer.sameAs(expected)) {
            passed++;
            return;
        }
        failed++;
        boolean withPayload = !JsonValues.same(expected.payload(), answer.payload());
        screen.line(question.id() + (question.kind() == null ? "" : " " + question.kind()) + ": expected "
                + expected.describe(withPayload) + ", got " + answer.describe(withPayload));
    }

    @Override
    public int finish() {
        String summary = passed + " passed, " + failed + " failed";
        screen.line(failed == 0 ? screen.good(summary) : screen.bad(summary));
        return failed == 0 ? 0 : 1;
    }
}
