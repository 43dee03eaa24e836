package dev.penstock.cli.flags;

/** What becomes of answers. One thread at a time. */
interface AnswerSink {

    /** Takes one answer. */
    void take(VectorRecord.Case question, FlagAnswer answer) throws BadRecordException;

    /** Says the last word; the exit status. */
    int finish();
}
