package dev.penstock.benchmarks.limits;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.penstock.benchmarks.sink.SinkProcess;
import dev.penstock.benchmarks.support.Cpu;
import dev.penstock.benchmarks.support.Figures;
import dev.penstock.benchmarks.support.Options;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What does sending a body over the loopback device cost: one blocking socket, one request open?
 * <p>
 * <pre>
 * java -cp jmh-benchmarks/target/benchmarks.jar dev.penstock.benchmarks.limits.RawPost
 *      [--bytes 10000,100000,500000] [--seconds 3] [--warmup 2]
 * </pre>
 * The head and the body are written at once, and the answer read, by one thread; the sink reads the body and answers. Time
 * and CPU are for a body; CPU is that of the client's thread.
 */
public final class RawPost {
    private static final long SEED = 5;

    private final InputStream in;
    private final Socket socket;
    private final byte[] answer = new byte[1_024];

    private RawPost(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
    }

    /**
     * Runs all sizes and writes the figures.
     *
     * @param args see above
     */
    public static void main(String[] args) throws IOException {
        Options options = new Options(args, Set.of("bytes", "seconds", "warmup"));
        Figures figures = new Figures();
        try (SinkProcess sink = new SinkProcess();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), sink.port())) {
            socket.setTcpNoDelay(true);
            RawPost post = new RawPost(socket);
            for (String bytes : options.list("bytes", "10000,100000,500000")) {
                byte[] request = request(Integer.parseInt(bytes));
                post.repeat(request, options.number("warmup", 2));
                long began = System.nanoTime();
                long cpu = Cpu.threadNs(Thread.currentThread());
                double posts = post.repeat(request, options.number("seconds", 3));
                figures.add(bytes + " cpu us", (Cpu.threadNs(Thread.currentThread()) - cpu) / posts / 1e3);
                figures.add(bytes + " us", (System.nanoTime() - began) / posts / 1e3);
            }
        }
        figures.write();
    }

    private static byte[] request(int length) {
        byte[] head =
                ("POST /raw HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n\r\n").getBytes(US_ASCII);
        byte[] request = new byte[head.length + length];
        new Random(SEED).nextBytes(request);
        System.arraycopy(head, 0, request, 0, head.length);
        return request;
    }

    private long repeat(byte[] request, int seconds) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        long posts = 0;
        do {
            socket.getOutputStream().write(request);
            awaitAnswer();
            posts++;
        } while (System.nanoTime() < end);
        return posts;
    }

    /** The sink's answer ends with the only closing brace in it. */
    private void awaitAnswer() throws IOException {
        int read;
        do {
            read = in.read(answer);
        } while (read > 0 && answer[read - 1] != '}');
        if (read <= 0) {
            throw new IOException("the sink has closed the connection");
        }
    }
}
