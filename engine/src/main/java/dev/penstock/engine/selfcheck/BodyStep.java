package dev.penstock.engine.selfcheck;

import dev.penstock.engine.transport.FailureKind;
import dev.penstock.engine.transport.FetchAnswer;

/** Whether batches are taken at all, and up to what size. */
final class BodyStep implements CheckStep {

    private static final int BAD_REQUEST = 400;
    private static final int NOT_PAID_FOR = 402;
    private static final int TIMED_OUT = 408;
    private static final int TOO_LARGE = 413;
    private static final int TOO_MANY = 429;

    @Override
    public String name() {
        return "body";
    }

    @Override
    public Finding take(CheckRun run) throws CheckEndedException {
        FetchAnswer small = run.batches().smallest();
        Finding trouble = trouble(run, small);
        return trouble != null ? trouble : full(run, small);
    }

    /** Why a batch of any size comes to nothing; null if one would be taken. An empty one may well be refused as such. */
    private static Finding trouble(CheckRun run, FetchAnswer answer) {
        String host = run.target().host().toString();
        Finding obstacle = StatusText.obstacle(answer, host);
        if (obstacle != null) {
            return obstacle;
        }
        String path = run.target().protocol().path();
        if (StatusText.refusesKey(answer)) {
            return StatusText.refusedKey(answer, "Copy the key again; where batches go to, it is not taken.");
        }
        if (StatusText.isUnknownPath(answer)) {
            return Finding.failed(
                    host + " has nothing at " + path + " (status " + answer.status() + ").",
                    "See whether the host is that of the API, and whether a path belongs to it.");
        }
        return switch (answer.status()) {
            case NOT_PAID_FOR ->
                Finding.failed(
                        "The server takes no batches, for want of payment (status 402).", "See the billing settings.");
            case TOO_LARGE ->
                Finding.failed(
                        "The server finds even a body of "
                                + Spoken.bytes(run.batches().smallestLength()) + " too large (status 413).",
                        "Raise the limit of the server, or of what sits in front of it.");
            default -> inTrouble(answer) ? unclear(answer) : null;
        };
    }

    private static boolean inTrouble(FetchAnswer answer) {
        return answer.status() >= 500 || answer.status() == TIMED_OUT || answer.status() == TOO_MANY;
    }

    private static Finding unclear(FetchAnswer answer) {
        return Finding.warning(
                "The server is in trouble just now (status " + answer.status()
                        + "), so how much it takes cannot be told.",
                "Check again later. Events wait and are tried again meanwhile.");
    }

    private static Finding full(CheckRun run, FetchAnswer small) throws CheckEndedException {
        int most = run.target().maxBatchBytes();
        FetchAnswer answer = run.batches().send(most);
        if (answer.failure() != null && answer.failure() != FailureKind.CONNECTION) {
            return StatusText.obstacle(answer, run.target().host().toString());
        }
        if (isTooLarge(answer, small)) {
            return new LimitSearch(run.batches(), each -> isTooLarge(each, small)).below(most, answer);
        }
        if (inTrouble(answer)) {
            return unclear(answer);
        }
        // Segment answers 400 for a body that is too large, and may for an empty batch.
        boolean ambiguous = run.target().flagKey() == null && answer.status() == BAD_REQUEST;
        return ambiguous
                ? Finding.warning(
                        "A body of " + Spoken.bytes(most)
                                + ", the size of a full batch, was answered as an empty one is"
                                + " (status 400), so whether it was too large cannot be told.",
                        "Keep maxBatchBytes within Segment's limit of 500 KB, and see refusals in the client's account.")
                : Finding.passed("A body of " + Spoken.bytes(most) + ", the size of a full batch, was taken in (status "
                        + answer.status() + (StatusText.isSuccess(answer) ? ")." : ", for there is no event in it)."));
    }

    /** Breaking the connection off is a way to say it too; 400 is Segment's, where an empty batch is otherwise welcome. */
    private static boolean isTooLarge(FetchAnswer answer, FetchAnswer small) {
        return answer.failure() == FailureKind.CONNECTION
                || answer.status() == TOO_LARGE
                || (answer.status() == BAD_REQUEST && StatusText.isSuccess(small));
    }
}
