/** Keys that are issued, rotated and revoked. */
@NullMarked
package dev.aicore.discovery.command.access;

import org.jspecify.annotations.NullMarked;
