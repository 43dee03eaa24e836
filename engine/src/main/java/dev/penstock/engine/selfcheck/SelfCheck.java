package dev.penstock.engine.selfcheck;

import dev.penstock.client.SelfCheckReport;
import dev.penstock.client.SelfCheckStep;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the steps of a self check one after the other, and skips what needs a step that has failed.
 *
 * <p><b>Threads:</b> any; each check is independent.
 */
public final class SelfCheck {

    private static final List<CheckStep> STEPS = List.of(
            new ClientStep(),
            new DnsStep(),
            new TcpStep(),
            new ProxyStep(),
            new TlsStep(),
            new KeyStep(),
            new BodyStep(),
            new ClockStep());

    private final CheckTarget target;

    /**
     * Makes a check.
     *
     * @param target what to check
     */
    public SelfCheck(CheckTarget target) {
        this.target = target;
    }

    /**
     * Takes all steps. Blocks for the timeout, and for a second to close connections.
     *
     * @param timeoutNs the longest time for all of them
     * @return what was found
     */
    public SelfCheckReport run(long timeoutNs) {
        CheckTime time = new CheckTime(timeoutNs, target::isClosed);
        List<SelfCheckStep> done = new ArrayList<>();
        try (CheckRun run = new CheckRun(target, time)) {
            String failed = null;
            for (CheckStep step : STEPS) {
                Finding finding = failed == null || step.worksAfterFailure(run)
                        ? taken(step, run)
                        : Finding.skipped("Not looked at, because " + failed + " failed.");
                if (failed == null && finding.isFailure()) {
                    failed = step.name();
                }
                done.add(new SelfCheckStep(step.name(), finding.status(), finding.text(), finding.remedy()));
            }
        } finally {
            time.restoreInterrupt();
        }
        return new SelfCheckReport(done);
    }

    private static Finding taken(CheckStep step, CheckRun run) {
        try {
            return step.take(run);
        } catch (CheckEndedException e) {
            return e.finding();
        } catch (RuntimeException | OutOfMemoryError e) {
            // The message may quote anything.
            return Finding.failed(
                    "This could not be looked at (" + e.getClass().getSimpleName() + ").",
                    "See that the process has memory and may start threads, then check again.");
        }
    }
}
