/** Tests access control of the whole server. */
@NullMarked
package dev.aicore.discovery.server.access;

import org.jspecify.annotations.NullMarked;
