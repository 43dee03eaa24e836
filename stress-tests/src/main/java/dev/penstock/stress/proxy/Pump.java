package dev.penstock.stress.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/**
 * Moves the bytes of one direction of one {@link Link}, and hurts them as the link's fault says. Runs on a thread of its
 * own; looks at the fault before every piece. Once bytes are lost, nothing more passes, even if the fault is lifted: what
 * followed would be taken for what is missing.
 */
final class Pump implements Runnable {
    static final int TRICKLE_BYTES = 7;

    private static final int PIECE_BYTES = 16 << 10;
    private static final int STEPS_PER_SECOND = 50;

    private final Link link;
    private final Side side;
    private final InputStream in;
    private final OutputStream out;
    private Fault fault = Fault.NONE;
    private long passed;
    private boolean struck;
    private boolean ended;
    private boolean swallowed;

    Pump(Link link, Side side, InputStream in, OutputStream out) {
        this.link = link;
        this.side = side;
        this.in = in;
        this.out = out;
    }

    @Override
    public void run() {
        byte[] piece = new byte[PIECE_BYTES];
        try {
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                forward(piece, 0, count);
            }
            if (swallowed) {
                link.reset(); // the receiver must not wait for ever for what is gone
            } else if (!ended) {
                link.endOutput(side);
            }
        } catch (IOException e) {
            // One end is gone: a proxy's way of saying so is to be gone at the other.
            link.reset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            link.reset();
        } finally {
            link.pumpEnded();
        }
    }

    private void forward(byte[] piece, int from, int to) throws IOException, InterruptedException {
        look();
        if (fault.side() != side || fault.kind() == FaultKind.NONE) {
            write(piece, from, to);
            return;
        }
        int safe = (int) Math.min(to - from, Math.max(0, fault.afterBytes() - passed));
        write(piece, from, from + safe);
        passed += safe;
        if (from + safe < to) {
            hurt(piece, from + safe, to);
        }
    }

    private void look() {
        Fault now = link.fault();
        if (!now.equals(fault)) {
            fault = now;
            passed = 0;
            struck = false;
        }
    }

    private void hurt(byte[] piece, int from, int to) throws IOException, InterruptedException {
        if (!struck) {
            struck = true;
            link.counts().count(fault.kind());
            if (fault.kind() == FaultKind.CORRUPT) {
                piece[from] ^= (byte) (1 << fault.amount());
            }
        }
        switch (fault.kind()) {
            case DELAY -> {
                link.pause(fault.amount());
                write(piece, from, to);
            }
            case DROP -> swallowed = true;
            case RESET -> link.reset();
            case HALF_CLOSE -> endOnce();
            case TRICKLE -> inSteps(piece, from, to, TRICKLE_BYTES, fault.amount());
            case BANDWIDTH -> {
                int step = (int) Math.min(PIECE_BYTES, Math.max(1, fault.amount() / STEPS_PER_SECOND));
                inSteps(piece, from, to, step, step * TimeUnit.SECONDS.toMillis(1) / fault.amount());
            }
            case CORRUPT, NONE, REFUSE -> write(piece, from, to);
        }
    }

    /** The fault may be lifted in the midst of a piece; the rest then passes at once. */
    private void inSteps(byte[] piece, int from, int to, int step, long pauseMs)
            throws IOException, InterruptedException {
        Fault begun = fault;
        int at = from;
        while (at < to && link.fault().equals(begun)) {
            int end = Math.min(to, at + step);
            write(piece, at, end);
            link.pause(pauseMs);
            at = end;
        }
        write(piece, at, to);
    }

    private void endOnce() throws IOException {
        if (!ended) {
            ended = true;
            link.endOutput(side);
        }
    }

    private void write(byte[] piece, int from, int to) throws IOException {
        if (to > from && !ended && !swallowed) {
            out.write(piece, from, to - from);
            out.flush();
        }
    }
}
