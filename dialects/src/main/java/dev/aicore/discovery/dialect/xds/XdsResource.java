package dev.aicore.discovery.dialect.xds;

import com.google.protobuf.Any;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Resource in the form of a response.
 *
 * @param version differs between resources of different content
 */
record XdsResource(Any body, long version) {

    static XdsResource of(Any body) {
        var bytes = body.getValue().toByteArray();
        var checksum = new CRC32C();
        checksum.update(bytes);
        return new XdsResource(body, (checksum.getValue() << 32) ^ Arrays.hashCode(bytes));
    }
}
