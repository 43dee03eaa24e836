package dev.penstock.engine.encode;

import dev.penstock.engine.record.KeyRegistry;
import dev.penstock.engine.record.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The encoder's own view of the registered keys: their JSON and hash by id, made when an id is met for the first time.
 *
 * <p><b>Threads:</b> one.
 */
final class KeyTable {

    private final KeyRegistry registry;
    private byte[][] members = new byte[0][];
    private int[] hashes = new int[0];
    private String[] names = new String[0];

    KeyTable(KeyRegistry registry) {
        this.registry = registry;
    }

    /** {@code ,"name":} with the comma in front. */
    byte[] member(int id) {
        if (id >= members.length) {
            grow();
        }
        return members[id];
    }

    /** The hash of the name, valid after {@link #member}. */
    int hash(int id) {
        return hashes[id];
    }

    String name(int id) {
        if (id >= members.length) {
            grow();
        }
        return names[id];
    }

    private void grow() {
        int from = members.length;
        String[] registered = registry.names();
        names = Arrays.copyOf(names, registered.length);
        members = Arrays.copyOf(members, names.length);
        hashes = Arrays.copyOf(hashes, names.length);
        for (int id = from; id < names.length; id++) {
            // As it reads on the wire, where a lone surrogate is replaced.
            names[id] = new String(Utf8.encode(registered[id]), StandardCharsets.UTF_8);
            byte[] quoted = JsonText.quoted(names[id]);
            byte[] member = new byte[quoted.length + 2];
            member[0] = ',';
            System.arraycopy(quoted, 0, member, 1, quoted.length);
            member[member.length - 1] = ':';
            members[id] = member;
            hashes[id] = names[id].hashCode();
        }
    }
}
