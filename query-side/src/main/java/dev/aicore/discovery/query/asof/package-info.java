/** Moments that callers ask about: how they are written, and which position each of them is. */
@NullMarked
package dev.aicore.discovery.query.asof;

import org.jspecify.annotations.NullMarked;
