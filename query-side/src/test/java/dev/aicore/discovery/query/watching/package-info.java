@NullMarked
package dev.aicore.discovery.query.watching;

import org.jspecify.annotations.NullMarked;
