@NullMarked
package dev.aicore.discovery.readmodel;

import org.jspecify.annotations.NullMarked;
