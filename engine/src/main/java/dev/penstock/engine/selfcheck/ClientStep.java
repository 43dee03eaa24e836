package dev.penstock.engine.selfcheck;

/** Whether the client itself takes events and sends them. */
final class ClientStep implements CheckStep {

    @Override
    public String name() {
        return "client";
    }

    @Override
    public Finding take(CheckRun run) {
        CheckTarget target = run.target();
        return switch (target.state().get()) {
            case OPEN ->
                Finding.passed("The client is open and sends to " + target.host() + " by "
                        + target.protocol().name() + ".");
            case RECORDING ->
                Finding.warning(
                        "An event recorder keeps the client's events in memory; none is sent.",
                        "Leave the recorder out where events shall be sent.");
            case SWITCHED_OFF ->
                Finding.warning(
                        "The client is switched off; what is captured is dropped.",
                        "Call setEnabled(true) to capture again.");
            case OPTED_OUT ->
                Finding.warning(
                        "The client is opted out; what is captured is dropped.", "Call optIn() to capture again.");
            case DISABLED ->
                Finding.failed(
                        "The client is configured as disabled; it captures nothing and sends nothing.",
                        "Configure it with enabled(true).");
            case WITHOUT_KEY ->
                Finding.failed(
                        "The client has no key; it captures nothing and sends nothing.",
                        "Configure it with the key from the project's or the source's settings.");
            case CLOSED -> Finding.failed("The client is closed.", "Make a new one; a closed one stays closed.");
        };
    }
}
