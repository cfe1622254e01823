/* SPDX-License-Identifier: Apache-2.0 */
/* What endpoints share: a changing call as review wants it, and answers that are one outcome. */
#ifndef AR_HTTP_ENDPOINT_H
#define AR_HTTP_ENDPOINT_H

#include "http/exchange.h"
#include "review/record.h"

/* The caller's side of a changing call, from the exchange. */
struct call endpoint_call(struct exchange *exchange);

/* An empty outcome in the exchange's arena. */
struct outcome *endpoint_outcome(struct exchange *exchange);

/* Commits a prepared change and answers with its outcome; a NULL change answers with OUTCOME as it stands. LOCATION_BASE as in record_settle. */
void endpoint_commit(struct exchange *exchange, struct record_change *record, const struct outcome *outcome);

#endif
