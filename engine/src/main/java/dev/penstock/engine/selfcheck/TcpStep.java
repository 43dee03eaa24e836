package dev.penstock.engine.selfcheck;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Whether a connection is made, to the proxy if there is one. */
final class TcpStep implements CheckStep {

    private static final int MOST_ADDRESSES = 4;

    private static final String REFUSED =
            "Nothing listens there, or a firewall says no: see whether the port is right and the server runs.";
    private static final String SILENT =
            "As a rule a firewall drops the packets: allow connections from this machine to there, or configure a proxy.";

    @Override
    public String name() {
        return "tcp";
    }

    @Override
    public Finding take(CheckRun run) throws CheckEndedException {
        List<String> problems = new ArrayList<>();
        boolean refused = false;
        for (InetAddress address : firsts(run.addresses())) {
            Endpoint endpoint = run.target().firstHop().at(address);
            Duration allowed = run.time().allow(run.target().transport().connectTimeout());
            long startedNs = System.nanoTime();
            try {
                run.aside()
                        .call(
                                socket -> {
                                    socket.connect(new InetSocketAddress(address, endpoint.port()));
                                    return true;
                                },
                                allowed);
                run.reached(address);
                return connected(endpoint, Spoken.since(startedNs), problems);
            } catch (TimeoutException e) {
                problems.add(endpoint + " does not answer within " + Spoken.time(allowed));
            } catch (ConnectException e) {
                refused = true;
                problems.add(endpoint + " refuses connections");
            } catch (IOException e) {
                problems.add(endpoint + " cannot be reached");
            }
        }
        return Finding.failed(sentence(problems), refused ? REFUSED : SILENT);
    }

    private static List<InetAddress> firsts(List<InetAddress> addresses) {
        return addresses.subList(0, Math.min(MOST_ADDRESSES, addresses.size()));
    }

    private static Finding connected(Endpoint endpoint, String took, List<String> problems) {
        String connected = "A connection to " + endpoint + " was made in " + took;
        return problems.isEmpty()
                ? Finding.passed(connected + ".")
                : Finding.warning(
                        sentence(problems) + " " + connected + ".",
                        "The client gets through, but later. Have the silent address repaired or its name server entry removed.");
    }

    private static String sentence(List<String> problems) {
        return String.join("; ", problems) + ".";
    }
}
