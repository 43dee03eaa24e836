package dev.penstock.benchmarks.pipeline;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.penstock.benchmarks.support.CaptureApi;
import dev.penstock.benchmarks.support.Cpu;
import dev.penstock.benchmarks.support.Figures;
import dev.penstock.benchmarks.support.Options;
import dev.penstock.benchmarks.support.ReferenceCapture;
import dev.penstock.benchmarks.support.ReferenceEvents;
import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureClients;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientConfig;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * What does a client cost while nothing happens, and how soon does a lone event leave?
 * <p>
 * <pre>
 * java -cp jmh-benchmarks/target/benchmarks.jar dev.penstock.benchmarks.pipeline.WakeUp [--seconds 10] [--events 300]
 * </pre>
 * A client as shipped but for a linger of 20 ms. Events come one at a time, at random distances, and the time is
 * taken from before the call until a plain socket has the first byte of the request. Then the client has nothing to do for some
 * seconds; then a thread of nobody's parks as the pipeline does, to tell what that alone takes.
 */
public final class WakeUp {
    /** Of the measured client. */
    public static final Duration LINGER = Duration.ofMillis(20);

    private static final long SEED = 7;
    private static final int BACKLOG = 16;
    private static final int WARMUP_EVENTS = 50;
    private static final long MIN_GAP_MS = 30;
    private static final int GAPS_MS = 20;
    private static final long PATIENCE_S = 10;

    /** As long as an idle pipeline does. */
    private static final long PARK_NS = 2_000_000;

    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}".getBytes(ISO_8859_1);

    private final ServerSocket server;
    private final SynchronousQueue<Long> firstBytes = new SynchronousQueue<>();

    private WakeUp(ServerSocket server) {
        this.server = server;
    }

    /**
     * Runs both and writes the figures.
     *
     * @param args see above
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Options options = new Options(args, Set.of("seconds", "events"));
        try (ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress())) {
            WakeUp wakeUp = new WakeUp(server);
            daemon(wakeUp::accept);
            wakeUp.measure(options.number("seconds", 10), options.number("events", 300));
        }
    }

    private void measure(int seconds, int events) throws InterruptedException {
        CaptureClient client = CaptureClients.create(ClientConfig.builder("phc_benchmark")
                .host("http://127.0.0.1:" + server.getLocalPort())
                .linger(LINGER)
                .build());
        ReferenceCapture capture = new ReferenceCapture(CaptureApi.of(client));
        ReferenceEvents source = new ReferenceEvents(ReferenceEvents.Strings.TOUCHED, SEED);
        Random random = new Random(SEED);
        for (int i = 0; i < WARMUP_EVENTS; i++) {
            lone(capture, source, random);
        }
        Figures figures = new Figures();
        Histogram times = new Histogram(3);
        for (int i = 0; i < events; i++) {
            times.recordValue(lone(capture, source, random));
        }
        figures.add("first byte", times);
        long cpu = Cpu.clientNs();
        long began = System.nanoTime();
        rest(began + TimeUnit.SECONDS.toNanos(seconds));
        figures.add("idle cpu share", (double) (Cpu.clientNs() - cpu) / (System.nanoTime() - began));
        figures.add("parking cpu share", parking(seconds));
        figures.write();
        client.close(Duration.ofSeconds(PATIENCE_S));
    }

    /** What this thread takes while it does nothing but park, as a share of a core. */
    private static double parking(int seconds) {
        long cpu = Cpu.threadNs(Thread.currentThread());
        long began = System.nanoTime();
        long end = began + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(PARK_NS);
        }
        return (double) (Cpu.threadNs(Thread.currentThread()) - cpu) / (System.nanoTime() - began);
    }

    /** One event after a while of nothing; answers when its request began to arrive, from before the call. */
    private long lone(ReferenceCapture capture, ReferenceEvents source, Random random) throws InterruptedException {
        long gapNs = TimeUnit.MILLISECONDS.toNanos(MIN_GAP_MS)
                + random.nextInt((int) TimeUnit.MILLISECONDS.toNanos(GAPS_MS));
        rest(System.nanoTime() + gapNs);
        long began = System.nanoTime();
        if (capture.builder(source.next()) != CaptureResult.ACCEPTED) {
            throw new IllegalStateException("a capture was refused");
        }
        Long arrived = firstBytes.poll(PATIENCE_S, TimeUnit.SECONDS);
        if (arrived == null) {
            throw new IllegalStateException("no request within " + PATIENCE_S + " s of an event");
        }
        return arrived - began;
    }

    private static void rest(long until) {
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** A thread for each connection: a client that has not read an answer yet may open another. */
    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                daemon(() -> answer(socket));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException("the measuring server failed", e);
                }
            }
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "server");
        thread.setDaemon(true);
        thread.start();
    }

    /** One request after another until the client closes the connection, which it may do at any time. */
    private void answer(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            for (int first = in.read(); first >= 0; first = in.read()) {
                long arrived = System.nanoTime();
                in.skipNBytes(bodyLength(in));
                socket.getOutputStream().write(ANSWER);
                firstBytes.offer(arrived, PATIENCE_S, TimeUnit.SECONDS);
            }
        } catch (IOException e) {
            // Whoever waits for a request that never comes says so.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long bodyLength(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("a request's head ended in the middle");
            }
            head.append((char) next);
        }
        String name = "content-length:";
        String text = head.toString().toLowerCase(Locale.ROOT);
        int at = text.indexOf(name) + name.length();
        return Long.parseLong(text.substring(at, text.indexOf('\r', at)).strip());
    }
}
