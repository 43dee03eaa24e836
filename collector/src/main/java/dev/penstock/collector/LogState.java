package dev.penstock.collector;

/** What the logs route answers and has received, shared by the connections of one collector. Any thread. */
final class LogState {
    static final String PATH = "/i/v1/logs";

    private final LogRules rules;
    private final AnswerScript<LogRequest> script = new AnswerScript<>();
    private final HangGate gate = new HangGate();
    private final LogStore store;

    LogState(CollectorOptions options) {
        rules = new LogRules(options.apiKey());
        store = new LogStore(options);
    }

    LogRules rules() {
        return rules;
    }

    AnswerScript<LogRequest> script() {
        return script;
    }

    HangGate gate() {
        return gate;
    }

    LogStore store() {
        return store;
    }

    void reset() {
        script.clear();
        gate.drop();
        store.reset();
    }
}
