/* serveops - the operations of a service: from one request to its answer.  For serve.c, which reads and writes the lines. */
#ifndef OC_APP_SERVEOPS_H
#define OC_APP_SERVEOPS_H

#include "app/serve.h"

struct oc_service {
    struct oc_sessiondesk *desk;
    struct oc_io io;                /* of answers: JSON lines, no files */
    const json_t *request;
    const char *field;              /* the member at fault, for the error */
    json_t *answer;
    struct oc_buf records;          /* JSON lines of the answer's array */
    const char *array;              /* its name; NULL: none */
    struct oc_err err;
};

/* Do what v->request asks for; fills v->answer and the records, or v->err and v->field. */
int oc_serveops_run(struct oc_service *v);

#endif
