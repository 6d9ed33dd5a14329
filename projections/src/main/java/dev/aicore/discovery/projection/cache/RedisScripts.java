package dev.aicore.discovery.projection.cache;

import java.util.List;
import org.springframework.data.redis.core.script.RedisScript;

/** Lua scripts, which Redis executes atomically. */
final class RedisScripts {

    /** Returns the epoch of this store; stores a new one if there is none, or that of another store. */
    static RedisScript<String> claim() {
        return RedisScript.of("""
                local epoch = redis.call('GET', KEYS[1])
                if epoch and string.match(epoch, '^{"store":"([^"]*)"') == ARGV[1] then
                    return epoch
                end
                redis.call('SET', KEYS[1], ARGV[2])
                return ARGV[2]
                """, String.class);
    }

    /** Moves the epoch's position forward; returns 0 if the epoch was replaced, 1 otherwise. */
    static RedisScript<Long> confirm() {
        return RedisScript.of("""
                local store, mark, position = string.match(redis.call('GET', KEYS[1]) or '',
                    '^{"store":"([^"]*)","mark":"([^"]*)","position":(%d+)')
                if store ~= ARGV[1] or mark ~= ARGV[2] then
                    return 0
                end
                if tonumber(position) <= tonumber(ARGV[3]) then
                    redis.call('SET', KEYS[1], ARGV[4])
                end
                return 1
                """, Long.class);
    }

    /**
     * Writes a document and announces it, and returns 1. Returns 0 if a newer document is stored, or all documents were
     * compared at a later position; -1 if there is no epoch of this store.
     */
    static RedisScript<Long> write() {
        return RedisScript.of("""
                local position = tonumber(ARGV[2])
                local store, compared = string.match(redis.call('GET', KEYS[2]) or '',
                    '^{"store":"([^"]*)","mark":"[^"]*","position":(%d+)')
                if store ~= ARGV[1] then
                    return -1
                end
                local kept, reached = string.match(redis.call('GETRANGE', KEYS[1], 0, 254),
                    '^{"store":"([^"]*)","position":(%d+)')
                local newest = tonumber(compared)
                if kept == store then
                    newest = math.max(newest, tonumber(reached))
                end
                if position < newest then
                    return 0
                end
                if ARGV[4] == '0' then
                    redis.call('SET', KEYS[1], ARGV[3])
                else
                    redis.call('SET', KEYS[1], ARGV[3], 'PX', ARGV[4])
                end
                redis.call('PUBLISH', ARGV[5], ARGV[6])
                return 1
                """, Long.class);
    }

    /**
     * Returns a page of keys with the beginnings of their documents, one per line; the first line is the cursor of the
     * next page.
     */
    static RedisScript<String> page() {
        return RedisScript.of("""
                local page = redis.call('SCAN', ARGV[1], 'MATCH', ARGV[2], 'COUNT', ARGV[3])
                local lines = {page[1]}
                for _, key in ipairs(page[2]) do
                    local document = redis.pcall('GETRANGE', key, 0, 254)
                    lines[#lines + 1] = key
                    lines[#lines + 1] = type(document) == 'string' and string.match(document, '^[^\\n]*') or ''
                end
                return table.concat(lines, '\\n')
                """, String.class);
    }

    private RedisScripts() {}

    /** Splits the result of {@link #page}: the cursor of the next page, then each key and its document's beginning. */
    static List<String> lines(String page) {
        return List.of(page.split("\n", -1));
    }
}
