package dev.penstock.engine.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what it is told. */
final class RecordingSink implements AnswerSink {

    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();

    @Override
    public void onAnswer(Answer answer) {
        answers.add(answer);
    }

    /** The next answer, which must come within ten seconds. */
    Answer await() throws InterruptedException {
        Answer answer = answers.poll(10, TimeUnit.SECONDS);
        assertThat(answer).as("an answer within ten seconds").isNotNull();
        return answer;
    }

    int count() {
        return answers.size();
    }
}
