package dev.penstock.stress.scenario;

import dev.penstock.collector.Collector;
import dev.penstock.collector.CollectorMode;
import dev.penstock.stress.account.Account;
import dev.penstock.stress.account.HeldEvents;
import dev.penstock.stress.account.Violations;
import dev.penstock.stress.proxy.Fault;
import dev.penstock.stress.proxy.FaultProxy;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What a client under test sees of the world: a host behind a network that fails. The host's own record of what it counts
 * as received goes into the account.
 * <p>
 * <b>Threads:</b> any, but {@link #end()}.
 */
public final class World {
    private final Collector collector;
    private final FaultProxy proxy;
    private final HeldEvents held;

    private World(Collector collector, FaultProxy proxy, HeldEvents held) {
        this.collector = collector;
        this.proxy = proxy;
        this.held = held;
    }

    /**
     * Starts host and network.
     *
     * @param directory for a pipe
     * @param account where received events are noted
     * @param violations told of received events that nobody sent
     * @return a world without faults
     * @throws IOException if the pipe cannot be made
     * @throws InterruptedException if interrupted
     */
    public static World start(Path directory, Account account, Violations violations)
            throws IOException, InterruptedException {
        Path pipe = Pipe.make(directory.resolve("received"));
        HeldEvents held = new HeldEvents(pipe, account, violations);
        held.start();
        Collector collector =
                Collector.builder().mode(CollectorMode.COUNT).recordTo(pipe).start();
        // Tries that the network loses take a number all the same; this tells the host so.
        collector.closeConnections();
        return new World(collector, FaultProxy.to(collector.port()), held);
    }

    /**
     * The host.
     *
     * @return the same each time
     */
    public Collector collector() {
        return collector;
    }

    /**
     * The network.
     *
     * @return the same each time
     */
    public FaultProxy proxy() {
        return proxy;
    }

    /** Lifts all faults. */
    public void calm() {
        collector.answerNormally();
        proxy.set(Fault.NONE);
        proxy.accept();
    }

    /**
     * Ends network and host, and reads the record to its end.
     *
     * @return how many events the host counted as received, duplicates included
     * @throws IOException if the record could not be read
     * @throws InterruptedException if interrupted
     */
    public long end() throws IOException, InterruptedException {
        proxy.close();
        collector.close();
        return held.await();
    }
}
