package dev.penstock.engine.spool;

import dev.penstock.engine.testing.Await;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * A disk in memory with a quota, that fails, stalls and loses its power as a test wants it.
 *
 * <p>What was written and not forced is remembered by itself: a power cut keeps any part of it, or none.
 *
 * <p><b>Threads:</b> one uses it as a disk, others may set faults.
 */
final class FakeDisk implements SpoolDisk {

    /** What can be done to it. */
    enum Action {
        LIST,
        CREATE,
        OPEN,
        READ,
        WRITE,
        FORCE,
        FORCE_NAMES,
        TRUNCATE,
        RENAME,
        DELETE,
        SET_ASIDE
    }

    private static final int SECTOR = 512;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Unforced(long position, byte[] bytes) {}

    /** One file: what is read back, what is durable, and what lies between. */
    private static final class Content {
        byte[] bytes = new byte[0];
        byte[] durable = new byte[0];
        final List<Unforced> unforced = new ArrayList<>();
    }

    private final Map<Action, IOException> failures = new ConcurrentHashMap<>();
    private final Map<Action, Integer> counts = new EnumMap<>(Action.class);
    private final Map<String, Content> aside = new TreeMap<>();
    private Map<String, Content> files = new TreeMap<>();
    private Map<String, Content> durableFiles = new TreeMap<>();
    private long quota = Long.MAX_VALUE;
    private volatile int goodWrites = Integer.MAX_VALUE;
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile boolean stuck;
    private volatile boolean closed;
    private volatile Error namelessness;

    /** Has an action fail from now on. */
    void fail(Action action) {
        fail(action, new IOException("fake failure of " + action));
    }

    void fail(Action action, IOException failure) {
        failures.put(action, failure);
    }

    /** Has the question fail where it is, and with it every attempt to say something of it. */
    void failToSay(Error failure) {
        namelessness = failure;
    }

    /** Has so many writes succeed before the next ones fail half-way. */
    void failAfterWrites(int writes) {
        goodWrites = writes;
    }

    /** Has everything work again. */
    void repair() {
        failures.clear();
        namelessness = null;
        goodWrites = Integer.MAX_VALUE;
    }

    /** Bounds the length of all files. */
    synchronized void setQuota(long bytes) {
        quota = bytes;
    }

    /** Has every write and force wait. */
    void hold() {
        gate = new CountDownLatch(1);
    }

    void letGo() {
        gate.countDown();
    }

    /** Whether somebody waits in a write or force. */
    boolean isStuck() {
        return stuck;
    }

    boolean isClosed() {
        return closed;
    }

    synchronized int count(Action action) {
        return counts.getOrDefault(action, 0);
    }

    /** The names and content of files as they are read now. */
    synchronized Map<String, byte[]> content() {
        Map<String, byte[]> copy = new TreeMap<>();
        files.forEach((name, file) -> copy.put(name, file.bytes.clone()));
        return copy;
    }

    synchronized void put(String name, byte[] bytes) {
        Content file = new Content();
        file.bytes = bytes.clone();
        file.durable = bytes.clone();
        files.put(name, file);
        durableFiles.put(name, file);
    }

    synchronized long usedBytes() {
        return files.values().stream().mapToLong(file -> file.bytes.length).sum() + bytesSetAside();
    }

    /** Whether any file has something that was written and not forced. */
    synchronized boolean hasUnforced() {
        return files.values().stream().anyMatch(file -> !file.unforced.isEmpty());
    }

    /** What is there after the process was killed: everything written. */
    synchronized FakeDisk afterKill() {
        FakeDisk next = new FakeDisk();
        content().forEach(next::put);
        next.aside.putAll(aside);
        return next;
    }

    /** What may be there after a power cut: everything forced, and any part of the rest. */
    synchronized FakeDisk afterPowerCut(SplittableRandom random) {
        FakeDisk next = new FakeDisk();
        boolean namesSurvive = random.nextBoolean();
        for (Map.Entry<String, Content> file : (namesSurvive ? files : durableFiles).entrySet()) {
            next.put(file.getKey(), survivors(file.getValue(), random));
        }
        next.aside.putAll(aside);
        return next;
    }

    private static byte[] survivors(Content file, SplittableRandom random) {
        byte[] bytes = file.durable.clone();
        int kind = random.nextInt(3); // none, some sectors, all
        for (Unforced write : file.unforced) {
            for (int from = 0; from < write.bytes().length; from += SECTOR) {
                if (kind == 2 || (kind == 1 && random.nextBoolean())) {
                    int length = Math.min(SECTOR, write.bytes().length - from);
                    bytes = patched(bytes, write.position() + from, write.bytes(), from, length);
                }
            }
        }
        return bytes;
    }

    private static byte[] patched(byte[] bytes, long position, byte[] from, int offset, int length) {
        byte[] result = position + length > bytes.length ? Arrays.copyOf(bytes, (int) position + length) : bytes;
        System.arraycopy(from, offset, result, (int) position, length);
        return result;
    }

    private void act(Action action) throws IOException {
        synchronized (this) {
            counts.merge(action, 1, Integer::sum);
        }
        if (action == Action.WRITE || action == Action.FORCE) {
            stuck = gate.getCount() > 0;
            Await.latch(gate, "the disk goes on");
            stuck = false;
        }
        IOException failure = failures.get(action);
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public String where() {
        if (namelessness != null) {
            throw namelessness;
        }
        return "/fake/spool";
    }

    @Override
    public List<String> names() throws IOException {
        act(Action.LIST);
        synchronized (this) {
            return new ArrayList<>(files.keySet());
        }
    }

    @Override
    public synchronized boolean isFile(String name) {
        return files.containsKey(name);
    }

    @Override
    public SegmentFile create(String name) throws IOException {
        act(Action.CREATE);
        synchronized (this) {
            if (files.containsKey(name)) {
                throw new FileAlreadyExistsException(name);
            }
            files.put(name, new Content());
            return new File(files.get(name));
        }
    }

    @Override
    public SegmentFile open(String name) throws IOException {
        act(Action.OPEN);
        return new File(find(name));
    }

    private synchronized Content find(String name) throws IOException {
        Content file = files.get(name);
        if (file == null) {
            throw new NoSuchFileException(name);
        }
        return file;
    }

    @Override
    public void rename(String from, String to) throws IOException {
        act(Action.RENAME);
        synchronized (this) {
            files.put(to, find(from));
            files.remove(from);
        }
    }

    @Override
    public void delete(String name) throws IOException {
        act(Action.DELETE);
        synchronized (this) {
            files.remove(name);
        }
    }

    @Override
    public String setAside(String name) throws IOException {
        act(Action.SET_ASIDE);
        synchronized (this) {
            String target = name + "." + aside.size() + SegmentName.DAMAGED;
            aside.put(target, find(name));
            files.remove(name);
            durableFiles.remove(name);
            return target;
        }
    }

    @Override
    public synchronized List<String> namesSetAside() {
        return new ArrayList<>(aside.keySet());
    }

    @Override
    public synchronized long bytesSetAside() {
        return aside.values().stream().mapToLong(file -> file.bytes.length).sum();
    }

    @Override
    public void force() throws IOException {
        act(Action.FORCE_NAMES);
        synchronized (this) {
            durableFiles = new TreeMap<>(files);
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    private final class File implements SegmentFile {

        private final Content content;
        private boolean open = true;

        File(Content content) {
            this.content = content;
        }

        private void check() {
            if (!open) {
                throw new IllegalStateException("the file is closed");
            }
        }

        @Override
        public void write(ByteBuffer from, long position) throws IOException {
            check();
            boolean torn = goodWrites <= 0;
            goodWrites = goodWrites == Integer.MAX_VALUE ? goodWrites : goodWrites - 1;
            byte[] bytes = new byte[torn ? from.remaining() / 2 : from.remaining()];
            from.get(bytes);
            act(Action.WRITE);
            synchronized (FakeDisk.this) {
                long growth = Math.max(0, position + bytes.length - content.bytes.length);
                if (growth > quota - usedBytes()) {
                    throw new IOException("No space left on device");
                }
                content.bytes = patched(content.bytes, position, bytes, 0, bytes.length);
                content.unforced.add(new Unforced(position, bytes));
            }
            if (torn) {
                throw new IOException("fake failure within a write");
            }
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            check();
            act(Action.READ);
            synchronized (FakeDisk.this) {
                int length = (int) Math.min(into.remaining(), Math.max(0, content.bytes.length - position));
                into.put(content.bytes, length == 0 ? 0 : (int) position, length);
                return length;
            }
        }

        @Override
        public void force(boolean metadata) throws IOException {
            check();
            act(Action.FORCE);
            synchronized (FakeDisk.this) {
                content.durable = content.bytes.clone();
                content.unforced.clear();
            }
        }

        @Override
        public void truncate(long length) throws IOException {
            check();
            act(Action.TRUNCATE);
            synchronized (FakeDisk.this) {
                if (length < content.bytes.length) {
                    content.bytes = Arrays.copyOf(content.bytes, (int) length);
                }
            }
        }

        @Override
        public long size() {
            synchronized (FakeDisk.this) {
                return content.bytes.length;
            }
        }

        @Override
        public void close() {
            open = false;
        }
    }
}
