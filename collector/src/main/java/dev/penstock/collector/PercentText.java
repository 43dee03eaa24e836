package dev.penstock.collector;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-encoded text of a request target. Any thread. */
final class PercentText {
    private PercentText() {}

    /** Decodes; a plus sign means itself. */
    static String decode(String encoded) throws InvalidRequestException {
        byte[] bytes = new byte[encoded.length()];
        int length = 0;
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                int high = i + 2 < encoded.length() ? Character.digit(encoded.charAt(i + 1), 16) : -1;
                int low = high < 0 ? -1 : Character.digit(encoded.charAt(i + 2), 16);
                require(low >= 0);
                bytes[length++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                require(c > ' ' && c < 0x7f);
                bytes[length++] = (byte) c;
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw improper();
        }
    }

    private static void require(boolean proper) throws InvalidRequestException {
        if (!proper) {
            throw improper();
        }
    }

    private static InvalidRequestException improper() {
        return new InvalidRequestException("request target is not properly percent-encoded");
    }
}
