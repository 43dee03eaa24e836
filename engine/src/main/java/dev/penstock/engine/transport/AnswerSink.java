package dev.penstock.engine.transport;

/** Takes the answer to an exchange. Called on the I/O thread: hands over and returns. */
@FunctionalInterface
public interface AnswerSink {

    /**
     * The exchange has ended.
     *
     * @param answer what came back, or why nothing did
     */
    void onAnswer(Answer answer);
}
