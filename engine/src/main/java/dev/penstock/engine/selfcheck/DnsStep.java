package dev.penstock.engine.selfcheck;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** What addresses the name stands for that connections go to. */
final class DnsStep implements CheckStep {

    private static final int SHOWN = 4;

    @Override
    public String name() {
        return "dns";
    }

    @Override
    public Finding take(CheckRun run) throws CheckEndedException {
        String host = run.target().firstHop().host();
        String whose = run.target().isProxied() ? "the proxy " + host : host;
        Duration allowed = run.time().allow(run.target().transport().requestTimeout());
        long startedNs = System.nanoTime();
        try {
            List<InetAddress> found = run.aside().call(() -> List.of(InetAddress.getAllByName(host)), allowed);
            run.found(found);
            return Finding.passed(
                    run.target().firstHop().isAddress()
                            ? "There is no name to look up: " + host + " is an address."
                            : text(whose, found, Spoken.since(startedNs)));
        } catch (TimeoutException e) {
            return Finding.failed(
                    "No name server said within " + Spoken.time(allowed) + " what addresses " + whose + " has.",
                    "See whether this machine reaches its name server (port 53), and which one it asks.");
        } catch (IOException e) {
            return Finding.failed(
                    "No name server knows an address of " + whose + ".",
                    "Look for a typing error in the name. If it is right, see which name server this machine asks: inside a"
                            + " container or a closed network it may not know names of the outside.");
        }
    }

    private static String text(String whose, List<InetAddress> found, String took) {
        String shown = found.stream()
                .limit(SHOWN)
                .map(InetAddress::getHostAddress)
                .collect(Collectors.joining(", ", "", found.size() > SHOWN ? ", ..." : ""));
        String count = found.size() == 1 ? "1 address" : found.size() + " addresses";
        return whose + " has " + count + ", found in " + took + ": " + shown + ".";
    }
}
