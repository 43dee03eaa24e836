package dev.penstock.engine.encode;

import java.util.Arrays;

/** Members of an object as JSON made once, each with a comma before it. */
final class JsonMember {

    private JsonMember() {}

    static byte[] of(String name, byte[] value) {
        byte[] quoted = JsonText.quoted(name);
        byte[] member = new byte[2 + quoted.length + value.length];
        member[0] = ',';
        System.arraycopy(quoted, 0, member, 1, quoted.length);
        member[1 + quoted.length] = ':';
        System.arraycopy(value, 0, member, 2 + quoted.length, value.length);
        return member;
    }

    /** The value of a member of this name. */
    static byte[] valueOf(String name, byte[] member) {
        return Arrays.copyOfRange(member, JsonText.quoted(name).length + 2, member.length);
    }
}
