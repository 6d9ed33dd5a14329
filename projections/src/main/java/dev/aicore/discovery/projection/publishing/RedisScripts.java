package dev.aicore.discovery.projection.publishing;

import java.util.List;
import org.springframework.data.redis.core.script.RedisScript;

/** What is done inside Redis, where nothing can come in between. */
final class RedisScripts {

    /** Answers the epoch of this store; makes it if there is none, or another's. */
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

    /** Moves the same epoch on, never back; 0 if it isn't the same any more. */
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
     * Writes a document and announces it, unless a newer one is there, or all documents were compared at a later position: then
     * 0. Without an epoch of this store nothing is written: then -1.
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

    /** A page of keys with the beginnings of their documents, one a line; the first line is where the next page begins. */
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

    /** What {@link #page} has answered, as key, beginning, key, beginning, …, behind the next page's place. */
    static List<String> lines(String page) {
        return List.of(page.split("\n", -1));
    }
}
