/** Up to which position the read models are complete, and waiting until they are. */
@NullMarked
package dev.aicore.discovery.query.watermark;

import org.jspecify.annotations.NullMarked;
