package dev.penstock.engine.selfcheck;

import java.net.InetAddress;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * A host and its port.
 *
 * @param host a name or an address; an IPv6 address without brackets
 * @param port the port, also where the URL leaves it out
 */
record Endpoint(String host, int port) {

    private static final Pattern DIGITS_AND_DOTS = Pattern.compile("[0-9.]+");

    static Endpoint of(URI url) {
        String host = url.getHost();
        int port = url.getPort();
        if (port < 0) {
            port = "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
        }
        return new Endpoint(host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port);
    }

    Endpoint at(InetAddress address) {
        return new Endpoint(address.getHostAddress(), port);
    }

    /** Whether there is nothing to look up. */
    boolean isAddress() {
        return host.indexOf(':') >= 0 || DIGITS_AND_DOTS.matcher(host).matches();
    }

    /** As URLs and CONNECT have it. */
    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ':' + port;
    }
}
