/** The API described for programs and for people who try it in a browser. */
@NullMarked
package dev.aicore.discovery.server.openapi;

import org.jspecify.annotations.NullMarked;
