package dev.aicore.discovery.ui;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import org.springframework.http.MediaType;

/**
 * File of the UI in memory.
 *
 * @param content the bytes of the file; never modified
 * @param compressed the same bytes, compressed with gzip; never modified
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never exposed
record UiFile(MediaType type, byte[] content, byte[] compressed) {

    static UiFile of(MediaType type, byte[] content) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new UiFile(type, content, out.toByteArray());
    }
}
