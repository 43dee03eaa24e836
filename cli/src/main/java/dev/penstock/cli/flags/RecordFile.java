package dev.penstock.cli.flags;

import dev.penstock.cli.common.LineSource;
import dev.penstock.cli.common.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Reads files of records; what is wrong with one is told with file and line. One thread at a time. */
final class RecordFile {
    private static final int MAX_LINE_BYTES = 1 << 26;

    private final InputStream input;
    private final CommandSpec spec;
    private final RecordReader reader = new RecordReader();

    RecordFile(InputStream input, CommandSpec spec) {
        this.input = input;
        this.spec = spec;
    }

    /** Takes one record. */
    interface Taker {
        void take(VectorRecord record) throws BadRecordException;
    }

    /** Hands over every record. */
    void each(String file, Taker taker) throws IOException {
        try (LineSource lines = open(file)) {
            each(file, lines, taker);
        }
    }

    /** Reads definitions: the records among all, or one plain body. */
    void definitions(String file, DefinitionsLibrary library) throws IOException {
        try (LineSource lines = open(file)) {
            if (!next(file, lines)) {
                return;
            }
            if (reader.isRecord(lines.line(), lines.length())) {
                Taker taker = record -> {
                    if (record instanceof VectorRecord.Definitions definitions) {
                        library.add(definitions);
                    }
                };
                take(file, lines, taker);
                each(file, lines, taker);
            } else {
                plain(file, lines, library);
            }
        }
    }

    private LineSource open(String file) {
        return SourceFile.open(file, input, MAX_LINE_BYTES, spec);
    }

    private void each(String file, LineSource lines, Taker taker) throws IOException {
        while (next(file, lines)) {
            take(file, lines, taker);
        }
    }

    private void take(String file, LineSource lines, Taker taker) {
        try {
            if (lines.tooLong()) {
                throw new BadRecordException("longer than " + MAX_LINE_BYTES + " bytes");
            }
            taker.take(reader.parse(lines.line(), lines.length()));
        } catch (BadRecordException e) {
            throw problem(file + " line " + lines.number() + ": " + e.getMessage());
        }
    }

    private void plain(String file, LineSource lines, DefinitionsLibrary library) throws IOException {
        try {
            library.addPlain(lines);
        } catch (BadRecordException e) {
            throw problem(file + ": " + e.getMessage());
        } catch (IOException e) {
            throw unreadable(file, lines, e);
        }
    }

    /** The next line with anything on it. */
    private boolean next(String file, LineSource lines) throws IOException {
        try {
            while (lines.next()) {
                if (!lines.blank()) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw unreadable(file, lines, e);
        }
    }

    private static IOException unreadable(String file, LineSource lines, IOException cause) {
        return new IOException(file + " cannot be read beyond line " + lines.number(), cause);
    }

    private ParameterException problem(String reason) {
        return new ParameterException(spec.commandLine(), reason + ".");
    }
}
