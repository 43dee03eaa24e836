package dev.penstock.stress.kill;

import dev.penstock.client.ClientStats;
import dev.penstock.stress.account.Account;
import dev.penstock.stress.account.Violations;
import dev.penstock.stress.load.Load;
import dev.penstock.stress.load.Outcomes;
import dev.penstock.stress.load.Subject;
import java.io.IOException;
import java.util.SplittableRandom;

/** The process that is killed: a client under load that leaves its account in mapped files. It never ends by itself while its parent lives. */
public final class KillChild {
    private static final int SAMPLE_MS = 10;

    private KillChild() {}

    /**
     * Captures until killed.
     *
     * @param args a {@link ChildPlan}
     * @throws InterruptedException never
     */
    public static void main(String[] args) throws InterruptedException {
        ChildPlan plan = ChildPlan.parse(args);
        endWithParent();
        Account account = Account.open(plan.account());
        Control control = Control.at(plan.control());
        Violations violations = new Violations();
        Subject subject = Subject.open("killed", plan.setup(), plan.host(), new Outcomes(account, violations));
        Load load = new Load(
                subject, account, violations, new SplittableRandom(plan.seed() + plan.life()), plan.eventsPerSecond());
        load.start();
        control.begin(plan.life());
        while (violations.total() == 0) {
            ClientStats stats = subject.stats();
            // A batch on its way back to the disk may be counted twice, but no more are there than were put there.
            long stored = stats.recovered() + stats.spool().storedEvents();
            control.onDisk(Math.min(stats.pending().inSpool(), stored));
            control.worstPause(load.worstPauseNs());
            Thread.sleep(SAMPLE_MS);
        }
        System.err.println(violations);
        Runtime.getRuntime().halt(3);
    }

    /** A parent that is gone closes this process's input. */
    private static void endWithParent() {
        Thread watch = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            Thread.onSpinWait();
                        }
                    } catch (IOException e) {
                        System.err.println("input failed: " + e);
                    }
                    Runtime.getRuntime().halt(4);
                },
                "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }
}
