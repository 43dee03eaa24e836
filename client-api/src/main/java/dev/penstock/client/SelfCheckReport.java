package dev.penstock.client;

import java.util.List;

/**
 * What {@link CaptureClient#selfCheck} has found on the way from this process to the server.
 *
 * <p><b>Threads:</b> immutable; any thread.
 *
 * @param steps every step, in the order they were taken; each is there however the check went
 */
public record SelfCheckReport(List<SelfCheckStep> steps) {

    /**
     * Copies the steps.
     *
     * @param steps every step, in the order they were taken
     */
    public SelfCheckReport {
        steps = List.copyOf(steps);
    }

    /**
     * Whether events can be delivered, as far as can be told without sending one.
     *
     * @return true if no step {@linkplain SelfCheckStatus#FAILED failed}; warnings do not count
     */
    public boolean passed() {
        return steps.stream().noneMatch(step -> step.status() == SelfCheckStatus.FAILED);
    }

    /**
     * The report for a person: a line for each step, and one below it for what to do.
     *
     * @return several lines without a line break at the end
     */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (SelfCheckStep step : steps) {
            if (!text.isEmpty()) {
                text.append('\n');
            }
            text.append(String.format("%-8s%-8s%s", step.status(), step.name(), step.finding()));
            if (!step.remedy().isEmpty()) {
                text.append("\n").append(" ".repeat(16)).append("-> ").append(step.remedy());
            }
        }
        return text.toString();
    }
}
