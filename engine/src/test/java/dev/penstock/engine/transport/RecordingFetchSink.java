package dev.penstock.engine.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what it is told. */
final class RecordingFetchSink implements FetchSink {

    private final BlockingQueue<FetchAnswer> answers = new LinkedBlockingQueue<>();

    @Override
    public void onFetched(FetchAnswer answer) {
        answers.add(answer);
    }

    /** The next answer, which must come within ten seconds. */
    FetchAnswer await() throws InterruptedException {
        FetchAnswer answer = answers.poll(10, TimeUnit.SECONDS);
        assertThat(answer).as("an answer within ten seconds").isNotNull();
        return answer;
    }

    int count() {
        return answers.size();
    }
}
