/** Which keys there are, and tokens for them. */
@NullMarked
package dev.aicore.discovery.query.access;

import org.jspecify.annotations.NullMarked;
