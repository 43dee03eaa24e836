package dev.penstock.engine.selfcheck;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Whether the proxy opens a tunnel to the server. */
final class ProxyStep implements CheckStep {

    private static final int LOG_IN = 407;
    private static final int FIRST_OF_GATEWAY = 500;

    @Override
    public String name() {
        return "proxy";
    }

    @Override
    public Finding take(CheckRun run) throws CheckEndedException {
        CheckTarget target = run.target();
        if (!target.isProxied()) {
            return Finding.skipped("No proxy is configured.");
        }
        Endpoint proxy = target.firstHop();
        if (!target.isSecure()) {
            return Finding.passed(
                    "The proxy " + proxy + " is there. Requests to a plain http host are handed to it as they"
                            + " are; there is no tunnel to ask for.");
        }
        Duration allowed = run.time().allow(target.transport().connectTimeout());
        long startedNs = System.nanoTime();
        try {
            int status = run.aside().call(socket -> run.tunnel().open(socket, run.address()), allowed);
            return status == Tunnel.OPEN
                    ? Finding.passed("The proxy " + proxy + " opened a tunnel to " + target.server() + " in "
                            + Spoken.since(startedNs) + ".")
                    : refused(proxy, target.server(), status);
        } catch (TimeoutException e) {
            return Finding.failed(
                    "The proxy " + proxy + " does not answer within " + Spoken.time(allowed)
                            + " whether it opens a tunnel to " + target.server() + ".",
                    "See whether the proxy itself reaches " + target.server() + ".");
        } catch (IOException e) {
            return Finding.failed(
                    "The proxy " + proxy + " broke the connection off when asked for a tunnel.",
                    "See whether it is an HTTP proxy, and its log for why.");
        }
    }

    private static Finding refused(Endpoint proxy, Endpoint server, int status) {
        if (status == 0) {
            return Finding.failed(
                    "What answers at " + proxy + " is no HTTP proxy.",
                    "Look for a typing error in the proxy's address.");
        }
        String text = "The proxy " + proxy + " opens no tunnel to " + server + " (status " + status + ").";
        if (status == LOG_IN) {
            return Finding.failed(
                    text,
                    "It wants a user name and password, which the client has not: have it let this machine pass.");
        }
        return Finding.failed(
                text,
                status < FIRST_OF_GATEWAY
                        ? "Have whoever runs it allow CONNECT to " + server + "."
                        : "It does not reach the server itself: see its log, and whether it resolves the name.");
    }
}
