/* arrow_meta - see arrow_meta.h. */
#include "record/arrow_meta.h"
#include "record/arrow_sum.h"
#include "record/arrow_type.h"

#include <string.h>

size_t oc_arrow_meta_put(struct oc_buf *fb, size_t n, const struct oc_meta *pairs)
{
    const size_t vec = oc_arrow_fb_put_vector(fb, n, 4);

    for (size_t i = 0; i < n; i++) {
        size_t slot[2];
        oc_arrow_fb_point(fb, vec + 4 + 4 * i, oc_arrow_fb_put_table(fb, "oo", slot));
        oc_arrow_fb_point(fb, slot[ARROW_KEY], oc_arrow_fb_put_string(fb, pairs[i].key, strlen(pairs[i].key)));
        oc_arrow_fb_point(fb, slot[ARROW_VALUE], oc_arrow_fb_put_string(fb, pairs[i].value, strlen(pairs[i].value)));
    }
    return vec;
}

size_t oc_arrow_meta_put_sum(struct oc_buf *fb, size_t *digits)
{
    char key[] = OC_ARROW_META_SUM, zeros[OC_ARROW_SUM_DIGITS + 1] = "0000000000000000";
    const struct oc_meta pair = { key, zeros };
    const size_t vec = oc_arrow_meta_put(fb, 1, &pair);

    *digits = fb->n - OC_ARROW_SUM_DIGITS - 1;      /* the value is what was written last, with its NUL */
    return vec;
}

bool oc_arrow_meta_pair(const struct oc_arrow_tab *t, unsigned slot, size_t i, struct oc_arrow_pair *out)
{
    const struct oc_arrow_vec v = oc_arrow_fb_vector(t, slot, 4);

    if (i >= v.n)
        return false;
    const struct oc_arrow_tab pair = oc_arrow_fb_element(t->fb, v, i);
    out->key = oc_arrow_fb_string(&pair, ARROW_KEY, &out->nkey);
    out->value = oc_arrow_fb_string(&pair, ARROW_VALUE, &out->nvalue);
    if (!out->key)
        out->key = "";
    if (!out->value)
        out->value = "";
    return !t->fb->bad;
}

bool oc_arrow_meta_is(const struct oc_arrow_pair *p, const char *key)
{
    return p->nkey == strlen(key) && memcmp(p->key, key, p->nkey) == 0;
}

int oc_arrow_meta_sum(const struct oc_arrow_tab *t, unsigned slot, uint64_t *sum, size_t *digits)
{
    struct oc_arrow_pair pair;

    for (size_t i = 0; oc_arrow_meta_pair(t, slot, i, &pair); i++)
        if (oc_arrow_meta_is(&pair, OC_ARROW_META_SUM)) {
            if (oc_arrow_sum_parse(pair.value, pair.nvalue, sum))
                return -1;
            *digits = (size_t)((const unsigned char *)pair.value - t->fb->p);
            return 1;
        }
    return 0;
}
