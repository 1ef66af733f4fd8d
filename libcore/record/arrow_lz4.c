/*
 * arrow_lz4 - see arrow_lz4.h.
 *
 * Frame:  magic 0x184D2204, FLG, BD, [content size, 8], [dictionary id, 4], header check, blocks, end mark 0,
 *         [content check]
 * Block:  uint32 size (bit 31: stored as it is), data, [check]
 * Data:   sequences of a token (literals << 4 | match - 4, 15 goes on in bytes of 255), literals, uint16 distance
 */
#include "record/arrow_lz4.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { FLG_DICTIONARY = 1, FLG_CONTENT_CHECK = 4, FLG_CONTENT_SIZE = 8, FLG_BLOCK_CHECK = 16 };

static const uint32_t P1 = 2654435761u, P2 = 2246822519u, P3 = 3266489917u, P4 = 668265263u, P5 = 374761393u;

static uint32_t load32(const unsigned char *p)
{
    uint32_t v;

    memcpy(&v, p, sizeof v);
    return v;
}

static uint32_t rotate(uint32_t v, int k) { return v << k | v >> (32 - k); }

static uint32_t xxh32(const unsigned char *p, size_t n)
{
    const unsigned char *const end = p + n;
    uint32_t h = P5;

    if (n >= 16) {
        uint32_t lane[4] = { P1 + P2, P2, 0, 0u - P1 };
        for (; end - p >= 16; p += 16)
            for (int i = 0; i < 4; i++)
                lane[i] = rotate(lane[i] + load32(p + 4 * i) * P2, 13) * P1;
        h = rotate(lane[0], 1) + rotate(lane[1], 7) + rotate(lane[2], 12) + rotate(lane[3], 18);
    }
    h += (uint32_t)n;
    for (; end - p >= 4; p += 4)
        h = rotate(h + load32(p) * P3, 17) * P4;
    for (; p < end; p++)
        h = rotate(h + *p * P5, 11) * P1;
    h = (h ^ h >> 15) * P2;
    h = (h ^ h >> 13) * P3;
    return h ^ h >> 16;
}

struct input { const unsigned char *p, *end; };

/* The rest of a length that began with 15; false at the end of input. */
static bool long_length(struct input *in, size_t *n)
{
    unsigned char c;

    do {
        if (in->p == in->end)
            return false;
        c = *in->p++;
        *n += c;
    } while (c == 255);
    return true;
}

/*
 * One block into to[at ..]; matches may reach back to to[0] (blocks of a frame may be linked).  Returns the new
 * position, or SIZE_MAX.
 */
static size_t unpack_block(unsigned char *to, size_t at, size_t size, struct input in)
{
    for (;;) {
        if (in.p == in.end)
            return SIZE_MAX;
        const unsigned token = *in.p++;
        size_t n = token >> 4;
        if (n == 15 && !long_length(&in, &n))
            return SIZE_MAX;
        if (n > (size_t)(in.end - in.p) || n > size - at)
            return SIZE_MAX;
        memcpy(to + at, in.p, n);
        at += n;
        in.p += n;
        if (in.p == in.end)         /* the last sequence has literals only */
            return at;
        if (in.end - in.p < 2)
            return SIZE_MAX;
        const size_t distance = in.p[0] | (size_t)in.p[1] << 8;
        in.p += 2;
        n = token & 15;
        if (n == 15 && !long_length(&in, &n))
            return SIZE_MAX;
        n += 4;
        if (distance == 0 || distance > at || n > size - at)
            return SIZE_MAX;
        if (distance >= n) {
            memcpy(to + at, to + at - distance, n);
        } else {
            for (size_t i = 0; i < n; i++)      /* overlaps itself: a run */
                to[at + i] = to[at + i - distance];
        }
        at += n;
    }
}

/* One block with its size in front and check behind; in is moved past it.  SIZE_MAX: damaged.  *last: the end mark. */
static size_t next_block(struct input *in, unsigned flags, unsigned char *to, size_t at, size_t size, bool *last)
{
    if (in->end - in->p < 4)
        return SIZE_MAX;
    const uint32_t word = load32(in->p);
    const size_t n = word & 0x7fffffffu, check = flags & FLG_BLOCK_CHECK ? 4 : 0;
    in->p += 4;
    *last = word == 0;
    if (*last)
        return at;
    if (n > (size_t)(in->end - in->p) || check > (size_t)(in->end - in->p) - n)
        return SIZE_MAX;
    if (check && load32(in->p + n) != xxh32(in->p, n))
        return SIZE_MAX;
    if (word >> 31) {
        if (n > size - at)
            return SIZE_MAX;
        memcpy(to + at, in->p, n);
        at += n;
    } else {
        at = unpack_block(to, at, size, (struct input){ in->p, in->p + n });
    }
    in->p += n + check;
    return at;
}

/* Header of a frame; in is moved past it.  -1: not one that we read.  *flags gets FLG. */
static int frame_header(struct input *in, unsigned *flags)
{
    if (in->end - in->p < 7 || load32(in->p) != 0x184d2204u)
        return -1;
    const unsigned char *const head = in->p + 4;
    *flags = head[0];
    if (*flags >> 6 != 1 || *flags & (2 | FLG_DICTIONARY) || head[1] & 0x8f)
        return -1;
    const size_t n = 2 + (*flags & FLG_CONTENT_SIZE ? 8 : 0);
    if ((size_t)(in->end - head) < n + 1 || head[n] != (xxh32(head, n) >> 8 & 255))
        return -1;
    in->p = head + n + 1;
    return 0;
}

int oc_arrow_lz4_unpack(void *to, size_t size, const void *from, size_t n)
{
    struct input in = { from, (const unsigned char *)from + n };
    size_t at = 0;

    while (in.p < in.end) {
        const size_t begin = at;
        bool last = false;
        unsigned flags;
        if (frame_header(&in, &flags))
            return -1;
        while (!last) {
            at = next_block(&in, flags, to, at, size, &last);
            if (at == SIZE_MAX)
                return -1;
        }
        if (flags & FLG_CONTENT_CHECK) {
            if (in.end - in.p < 4 || load32(in.p) != xxh32((unsigned char *)to + begin, at - begin))
                return -1;
            in.p += 4;
        }
    }
    return at == size ? 0 : -1;
}
