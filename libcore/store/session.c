/* session - the table of sessions.def, and what all stores have in common: URLs and ids.  See session.h. */
#include "store/session.h"

#include <stdlib.h>
#include <string.h>

#define SESSIONS(NAME) extern const struct oc_session_store oc_sessions_##NAME;
#include "store/sessions.def"
#undef SESSIONS

const struct oc_session_store *const oc_session_stores[] = {
#define SESSIONS(NAME) &oc_sessions_##NAME,
#include "store/sessions.def"
#undef SESSIONS
    NULL
};

struct oc_sessions {
    const struct oc_session_store *store;
    void *self;
    char *name;
};

int oc_session_id(const char *id, size_t n, struct oc_err *err)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
    size_t good = 0;

    while (good < n && id[good] && strchr(letters, id[good]))
        good++;
    if (n && n <= OC_SESSION_ID && good == n)
        return 0;
    return oc_fail(err, OC_USAGE, "'%.*s' is no name of a session: 1 to %d letters, digits, dots, dashes and underscores",
                   (int)(n > 80 ? 80 : n), id, OC_SESSION_ID);
}

static const struct oc_session_store *find(const char *url, size_t n, struct oc_err *err)
{
    char list[128] = "";

    for (size_t i = 0; oc_session_stores[i]; i++) {
        const char *scheme = oc_session_stores[i]->scheme;
        if (strlen(scheme) == n && memcmp(scheme, url, n) == 0)
            return oc_session_stores[i];
        strncat(list, i ? " " : "", sizeof list - strlen(list) - 1);
        strncat(list, scheme, sizeof list - strlen(list) - 1);
    }
    oc_fail(err, OC_USAGE, "'%.80s' names no store of sessions: it begins with one of: %s, such as sqlite:FILE#ID", url,
            list);
    return NULL;
}

int oc_sessions_open(const char *url, bool create, struct oc_sessions **out, char id[OC_SESSION_ID + 1], struct oc_err *err)
{
    const size_t scheme = strcspn(url, ":");
    const struct oc_session_store *store = find(url, url[scheme] ? scheme : 0, err);
    const char *hash = strrchr(url, '#');

    *out = NULL;
    id[0] = '\0';
    if (!store)
        return -1;
    if (hash) {
        if (oc_session_id(hash + 1, strlen(hash + 1), err))
            return -1;
        strcpy(id, hash + 1);
    }
    struct oc_sessions *s = calloc(1, sizeof *s);
    char *name = hash ? strndup(url, (size_t)(hash - url)) : strdup(url);
    if (!s || !name) {
        free(s);
        free(name);
        return oc_fail(err, OC_MEMORY, "no memory to open %s", url);
    }
    *s = (struct oc_sessions){ .store = store, .name = name };
    if (store->open(name + scheme + 1, create, &s->self, err)) {
        oc_sessions_close(s);
        return -1;
    }
    *out = s;
    return 0;
}

void oc_sessions_close(struct oc_sessions *s)
{
    if (!s)
        return;
    if (s->self)
        s->store->close(s->self);
    free(s->name);
    free(s);
}

const char *oc_sessions_name(const struct oc_sessions *s) { return s->name; }

int oc_sessions_call(struct oc_sessions *s, const char *name, struct oc_err *err)
{
    char *copy = strdup(name);

    if (!copy)
        return oc_fail(err, OC_MEMORY, "no memory for a name");
    free(s->name);
    s->name = copy;
    return s->store->call(s->self, name, err);
}

int oc_sessions_get(struct oc_sessions *s, const char *id, struct oc_session_row *out, struct oc_err *err)
{
    return s->store->get(s->self, id, out, err);
}

int oc_sessions_create(struct oc_sessions *s, const struct oc_session_row *session, struct oc_err *err)
{
    return s->store->create(s->self, session, err);
}

int oc_sessions_swap(struct oc_sessions *s, const struct oc_session_row *session, uint64_t version, struct oc_err *err)
{
    return s->store->swap(s->self, session, version, err);
}

int oc_sessions_remove(struct oc_sessions *s, const char *id, uint64_t version, struct oc_err *err)
{
    return s->store->remove(s->self, id, version, err);
}

int oc_sessions_list(struct oc_sessions *s, int (*see)(void *ctx, const struct oc_session_row *s, struct oc_err *err),
                     void *ctx, struct oc_err *err)
{
    return s->store->list(s->self, see, ctx, err);
}

void oc_session_free(struct oc_session_row *s)
{
    oc_buf_free(&s->spec);
    oc_buf_free(&s->blob);
    oc_buf_free(&s->last);
    *s = (struct oc_session_row){ .version = 0 };
}
